import { buildSimilarity, openSimilarity } from "../../platform/similarity.ts";
import { type Command, jsonOption } from "./command.ts";
import { write } from "./input.ts";
import { documentsOf, withIndex } from "./similar-lines.ts";

export const similarIndex: Command = {
  name: ["similar", "index"],
  positional: [],
  options: [
    { name: "corpus", value: "FILE.jsonl", required: true, help: "每行一份文档 / one document a line" },
    { name: "out", value: "DIR", required: true, help: "索引写到这里 / the index goes here" },
    jsonOption,
  ],
  summary: "为一批项目建立相似性索引 / build an index of projects for similarity",
  help: `语料每行 {"id","title","sections":{名:正文}}，可加 "group"（同一申报的各版本）。指南、表单和各类标题的文字不计入相似。
已有的索引被整个换下；有一行不合格就什么也不改。
Corpus lines are {"id","title","sections":{name:text}}, with a "group" where versions of one application belong together. Text of guides,
forms and headings does not count. An index that is there is replaced as a whole; one malformed line and nothing is changed.`,
  run: async ({ values, switches }) => {
    const folder = values.get("out") ?? "";
    const start = performance.now();
    const documents = await withIndex(folder, async () => {
      await buildSimilarity(folder, documentsOf(values.get("corpus") ?? ""));
      const index = await openSimilarity(folder);
      index.close();
      return index.documents();
    });
    const seconds = Math.round(performance.now() - start) / 1000;
    await write(
      switches.has("json")
        ? `${JSON.stringify({ documents, seconds })}\n`
        : `已索引 ${documents} 份文档，${seconds} 秒\n`,
    );
    return 0;
  },
};
