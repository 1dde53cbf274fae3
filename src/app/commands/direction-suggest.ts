import { leaves } from "../../core/policy/programme.ts";
import { type InputFault, Invalid, invalid } from "../../platform/errors.ts";
import { finderOf } from "../../platform/finder.ts";
import { loadPolicy } from "../../platform/policies.ts";
import { type Command, jsonOption } from "./command.ts";
import { lines, megabyte, write } from "./input.ts";
import { paint } from "./paint.ts";

const mostCharacters = 32 * megabyte;
const countForm = /^[1-9]\d{0,2}$/;

const readLines = async (): Promise<readonly string[]> => {
  const texts: string[] = [];
  const faults: InputFault[] = [];
  let size = 0;
  for await (const line of lines("-", megabyte)) {
    const place = `line ${line.number}`;
    if ("tooLong" in line) faults.push({ place, reason: { zh: "超过 1 MB", en: "longer than 1 MB" } });
    else if ("notText" in line || line.text.includes("\0"))
      faults.push({ place, reason: { zh: "不是 UTF-8 文本", en: "not UTF-8 text" } });
    else {
      texts.push(line.text);
      size += line.text.length;
    }
    if (size > mostCharacters)
      throw invalid(place, "输入过大，请分批", "the input is too large; send it in parts");
  }
  if (faults.length > 0) throw new Invalid(faults);
  return texts;
};

export const directionSuggest: Command = {
  name: ["direction", "suggest"],
  positional: [],
  options: [
    { name: "policy", value: "POLICY", required: true, help: "指南 / the guide" },
    { name: "top", value: "N", help: "每条给出几个方向，默认 5 / how many, 5 unless told" },
    jsonOption,
  ],
  summary: "由题目或摘要找方向 / directions for a title or abstract",
  help: `标准输入每行一段文字（题目，或题目加摘要），给出最接近的方向和起作用的词，最接近的在前。
Standard input: one text a line (title, or title and abstract); the closest directions with the words that decided, best first.`,
  run: async ({ switches, values }) => {
    const asked = values.get("top") ?? "5";
    if (!countForm.test(asked))
      throw invalid("--top", "应为 1 至 999 的整数", "must be a whole number from 1 to 999");
    const policy = await loadPolicy(values.get("policy") ?? "");
    const finder = await finderOf(policy);
    const titles = new Map(
      policy.programme.categories
        .flatMap((category) => category.fields)
        .flatMap(leaves)
        .map((leaf) => [leaf.code, leaf.title.zh]),
    );
    // All lines are read before the first answer: a malformed one leaves nothing half done.
    for (const text of await readLines()) {
      const suggestions = finder.suggest(text, Number(asked));
      if (switches.has("json")) {
        await write(`${JSON.stringify({ suggestions })}\n`);
        continue;
      }
      await write(`${paint.strong(text.slice(0, 100))}\n`);
      if (suggestions.length === 0) await write(`  ${paint.quiet("没有接近的方向 / nothing close")}\n`);
      for (const one of suggestions) {
        const title = titles.get(one.code) ?? "";
        await write(
          `  ${one.score.toFixed(2)} ${paint.clause(one.code)} ${title}  ${paint.quiet(one.why.join("、"))}\n`,
        );
      }
    }
    return 0;
  },
};
