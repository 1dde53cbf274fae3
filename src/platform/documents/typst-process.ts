import { NodeCompiler, type NodeError, type NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";
import path from "node:path";
import { serveApart } from "../apart-child.ts";
import { type Drawable, drawableWith } from "./drawable.ts";
import { faultsOf, refusalsOf } from "./faults.ts";
import { squaresOf } from "./squares.ts";
import type { TypstAnswer, TypstOrder } from "./typst.ts";

/** Typst in a process of its own: its memory is never given back, so the process is replaced now and then. */

type Press = { readonly compiler: NodeCompiler; readonly drawable: (json: string) => Drawable };

const presses = new Map<string, Press>();
const pressFor = (order: TypstOrder): Press => {
  const { workspace, fonts } = order;
  const key = [workspace, ...fonts].join("\n");
  const known = presses.get(key);
  if (known !== undefined) return known;
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...fonts] }] });
  const made = { compiler, drawable: drawableWith(compiler, order) };
  presses.set(key, made);
  return made;
};

/** Pages for which squares are drawn before the length of a paper is known; no paper is longer than the last. */
const lengths = [60, 300, 1_000] as const;

/** `file:line:column`, for who edits a template. */
const faultOf = (
  compiler: NodeCompiler,
  { workspace, template }: TypstOrder,
  error: NodeError | null,
): Error =>
  new Error(
    error === null
      ? `${template} no reason given`
      : faultsOf(workspace, compiler.fetchDiagnostics(error) as never),
  );

/** Sets a paper; where it turns out longer than squares were drawn for, again with more of them. */
const paperOf = (compiler: NodeCompiler, order: TypstOrder, mainFilePath: string): NodeTypstDocument => {
  const { code, kind, workspace } = order;
  let drawn = 0;
  for (const length of lengths) {
    if (code !== null)
      for (const [page, svg] of squaresOf({ code, kind }, drawn + 1, length))
        compiler.mapShadow(path.join(workspace, "squares", `${page}.svg`), Buffer.from(svg));
    drawn = length;
    const made = compiler.compile({ mainFilePath });
    if (made.result !== null) return made.result;
    const error = made.takeError();
    const told = (error?.shortDiagnostics ?? []) as readonly { readonly message: string }[];
    const wanted = `/squares/${drawn + 1}.svg`;
    if (code === null || !told.some(({ message }) => message.includes(wanted)))
      throw faultOf(compiler, order, error);
  }
  throw new Error(`${order.template} is longer than ${drawn} pages`);
};

const pageOf = (compiler: NodeCompiler, order: TypstOrder, mainFilePath: string): string => {
  const made = compiler.tryHtml({ mainFilePath });
  if (made.result === null) throw faultOf(compiler, order, made.takeError());
  return made.result.body();
};

const printed = (compiler: NodeCompiler, document: NodeTypstDocument, { template, at }: TypstOrder) => {
  try {
    return compiler.pdf(document, { pdfStandard: "a-2a", creationTimestamp: Math.floor(at / 1000) });
  } catch (error) {
    throw new Error(refusalsOf(template, error), { cause: error });
  }
};

const draw = (order: TypstOrder): TypstAnswer => {
  const { compiler, drawable } = pressFor(order);
  const mainFilePath = path.join(order.workspace, order.template);
  const { json, unknown } = drawable(order.data);
  compiler.resetShadow();
  compiler.mapShadow(path.join(order.workspace, "data.json"), Buffer.from(json));
  try {
    if (order.as === "html") return { html: pageOf(compiler, order, mainFilePath), unknown };
    const document = paperOf(compiler, order, mainFilePath);
    return { bytes: printed(compiler, document, order), pages: document.numOfPages, unknown };
  } finally {
    compiler.evictCache(5);
  }
};

serveApart(draw);
