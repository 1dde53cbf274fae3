import { writeFile } from "node:fs/promises";
import { isCivilDate } from "../../core/calendar.ts";
import { invalid } from "../../platform/errors.ts";
import { hashOf, packFile, publishedHashOf } from "../../platform/policies.ts";
import type { Command } from "./command.ts";
import { write } from "./input.ts";
import { paint } from "./paint.ts";
import { faultsOfPack } from "./policy-check.ts";

export const policyPublish: Command = {
  name: ["policy", "publish"],
  positional: [{ name: "POLICY", required: true }],
  options: [
    { name: "on", value: "YYYY-MM-DD", required: true, help: "发布日期 / the day of publication" },
    {
      name: "correct",
      help: "尚未有人依此申报时改正已发布的包 / correct a published pack that nobody has applied under yet",
    },
  ],
  summary: "锁定规则包的摘要 / pin a pack by its hash",
  help: `核对通过后把规则包的摘要写入 published.json。此后内容有变，policy check 即不通过。
Writes the hash of a sound pack to published.json; from then on policy check fails when the pack changes.`,
  run: async ({ positional, switches, values }) => {
    const id = positional[0] ?? "";
    const on = values.get("on") ?? "";
    if (!isCivilDate(on)) throw invalid("--on", "不是存在的日期", "not a date of the calendar");
    const faults = (await faultsOfPack(id)).filter((fault) => !fault.startsWith("published.json"));
    if (faults.length > 0) {
      for (const fault of faults) await write(`${paint.error(fault)}\n`);
      return 1;
    }
    const hash = await hashOf(id);
    const before = await publishedHashOf(id);
    if (before !== null && before !== hash && !switches.has("correct"))
      throw invalid(id, "已经发布过，内容有变应另立新包", "already published; a change is a new pack");
    await writeFile(packFile(id, "published.json"), `${JSON.stringify({ hash, on })}\n`);
    await write(`${hash}\n`);
    return 0;
  },
};
