import { openSimilarity } from "../../platform/similarity.ts";
import { invalid } from "../../platform/errors.ts";
import { type Command, jsonOption } from "./command.ts";
import { write } from "./input.ts";
import { paint } from "./paint.ts";
import { allDocuments, indexOption, withIndex } from "./similar-lines.ts";

const countForm = /^[1-9]\d{0,2}$/;
const sixth = (share: number) => Math.round(share * 1e6) / 1e6;

export const similarQuery: Command = {
  name: ["similar", "query"],
  positional: [],
  options: [
    indexOption,
    { name: "top", value: "N", help: "每份给出几个，默认 10 / how many for each, 10 unless told" },
    jsonOption,
  ],
  summary: "查找相似的项目及相同的段落 / similar projects and the passages they share",
  help: `标准输入每行一份文档，形状与语料相同。coverage 是查询文档自己的字（不计空白、标点、模板和指南文字）被相同段落覆盖的份额；
位置是给出的各部分里的 UTF-16 单位，末尾不含。注明 group 的，不报同组的文档。
Standard input: one document a line, shaped as in the corpus. coverage is the share of its own characters (white space, punctuation, template and
guide text not counted) that shared passages cover; offsets are UTF-16 units of the section, end exclusive.`,
  run: async ({ values, switches }) => {
    const folder = values.get("index") ?? "";
    const asked = values.get("top") ?? "10";
    if (!countForm.test(asked))
      throw invalid("--top", "应为 1 至 999 的整数", "must be a whole number from 1 to 999");
    // All lines are read before the first answer: a malformed one leaves nothing half done.
    const queries = await allDocuments("-");
    return withIndex(folder, async () => {
      const index = await openSimilarity(folder);
      try {
        for (const query of queries) {
          const start = performance.now();
          const found = index.query(query, Number(asked));
          const seconds = sixth((performance.now() - start) / 1000);
          const hits = found.map(({ id, coverage, passages }) => ({
            id,
            coverage: sixth(coverage),
            passages: passages.map(({ section, from, to, inSection, inFrom, inTo }) => ({
              section,
              from,
              to,
              inSection,
              inFrom,
              inTo,
            })),
          }));
          if (switches.has("json")) {
            await write(`${JSON.stringify({ id: query.id, seconds, hits })}\n`);
            continue;
          }
          await write(`${paint.strong(query.id)}\n`);
          if (hits.length === 0) await write(`  ${paint.quiet("没有共同的文字 / no text in common")}\n`);
          for (const { id, coverage, passages } of hits)
            await write(
              `  ${(coverage * 100).toFixed(1)}%  ${id}  ${paint.quiet(`${passages.length} 段`)}\n`,
            );
        }
        return 0;
      } finally {
        index.close();
      }
    });
  },
};
