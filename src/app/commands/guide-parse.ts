import type { GuideNode } from "../../core/guide/guide.ts";
import { parseGuide } from "../../core/guide/parse.ts";
import { readGuideFile } from "../../platform/guide-files.ts";
import { type Command, jsonOption } from "./command.ts";
import { write } from "./input.ts";
import { paint } from "./paint.ts";

const outline = (nodes: readonly GuideNode[], depth: number): string =>
  nodes
    .map((node) => {
      const first = node.heading === "" ? node.text.slice(0, 40) : paint.strong(node.heading);
      const line = paint.quiet(`:${node.line}`);
      return `${"  ".repeat(depth)}${paint.clause(node.marker)} ${first} ${line}\n${outline(node.children, depth + 1)}`;
    })
    .join("");

export const guideParse: Command = {
  name: ["guide", "parse"],
  positional: [{ name: "FILE", required: true }],
  options: [jsonOption],
  summary: "指南文本变成条款树 / a guide's text as a tree of clauses",
  help: `把指南（UTF-8 文本、.docx 或带文字的 PDF）按它自己的编号变成条款树。FILE 为 - 时读标准输入。
Turns a guide (UTF-8 text, .docx or text PDF) into a tree of clauses by its own numbering. FILE may be - for standard input.`,
  run: async ({ positional, switches }) => {
    const guide = parseGuide(await readGuideFile(positional[0] ?? "-"));
    await write(
      switches.has("json")
        ? `${JSON.stringify(guide)}\n`
        : `${paint.strong(guide.title)}\n${outline(guide.nodes, 0)}`,
    );
    return 0;
  },
};
