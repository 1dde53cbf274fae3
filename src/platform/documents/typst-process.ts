import {
  type CompileDocArgs,
  NodeCompiler,
  type NodeTypstDocument,
} from "@myriaddreamin/typst-ts-node-compiler";
import path from "node:path";
import { renderSVG } from "uqr";
import { pageCodeText } from "../../core/document/page-code.ts";
import { serveApart } from "../apart-child.ts";
import type { TypstAnswer, TypstOrder } from "./typst.ts";

/** Typst in a process of its own: its memory is never given back, so the process is replaced now and then. */

const compilers = new Map<string, NodeCompiler>();
const compilerFor = ({ workspace, fonts }: TypstOrder): NodeCompiler => {
  const key = [workspace, ...fonts].join("\n");
  const known = compilers.get(key);
  if (known !== undefined) return known;
  const made = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [...fonts] }] });
  compilers.set(key, made);
  return made;
};

/** Pages for which squares are drawn before the length of the paper is known. */
const guessed = 40;

const drawSquares = (compiler: NodeCompiler, order: TypstOrder, pages: number) => {
  const { code, kind, workspace } = order;
  if (code === null) return;
  for (let page = 1; page <= pages; page += 1)
    compiler.mapShadow(
      path.join(workspace, "squares", `${page}.svg`),
      Buffer.from(renderSVG(pageCodeText({ code, kind, page }), { border: 0, ecc: "M" })),
    );
};

const compile = (compiler: NodeCompiler, order: TypstOrder): NodeTypstDocument => {
  const args: CompileDocArgs = { mainFilePath: path.join(order.workspace, order.template) };
  const result = compiler.compile(args);
  if (result.result !== null) return result.result;
  const error = result.takeError() ?? result.takeDiagnostics();
  throw new Error(`${order.template}: ${JSON.stringify(error?.shortDiagnostics ?? "no reason given")}`);
};

const draw = (order: TypstOrder): TypstAnswer => {
  const compiler = compilerFor(order);
  compiler.resetShadow();
  compiler.mapShadow(path.join(order.workspace, "data.json"), Buffer.from(order.data));
  drawSquares(compiler, order, guessed);
  try {
    if (order.as === "html") {
      const made = compiler.tryHtml({ mainFilePath: path.join(order.workspace, order.template) });
      const { result } = made;
      if (result === null)
        throw new Error(`${order.template}: ${JSON.stringify(made.takeError()?.shortDiagnostics ?? "")}`);
      return { html: result.body() };
    }
    let document = compile(compiler, order);
    if (document.numOfPages > guessed) {
      drawSquares(compiler, order, document.numOfPages);
      document = compile(compiler, order);
    }
    const bytes = compiler.pdf(document, {
      pdfStandard: "a-2a",
      creationTimestamp: Math.floor(order.at / 1000),
    });
    return { bytes, pages: document.numOfPages };
  } finally {
    compiler.evictCache(5);
  }
};

serveApart(draw);
