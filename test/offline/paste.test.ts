import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fieldsOfForm, plain, siteOf } from "../application/form-visit.ts";
import { openWorld, type World } from "../world/world.ts";
import { pastedRows } from "../../src/stages/application/offline/paste-in.ts";
import { type Draft, draftIn, saveFrom, storedOf } from "./world.ts";

let world: World;
let app: FastifyInstance;
beforeAll(async () => {
  world = await openWorld({ at: "2024-06-20T16:02:33+08:00" });
  app = await siteOf(world);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const paste = async (draft: Draft, rows: string, over: Readonly<Record<string, string>> = {}) => {
  const action = `${draft.base}/offline/paste`;
  const fields = fieldsOfForm((await draft.at.get(action)).body, action);
  for (const [name, value] of Object.entries({ rows, ...over })) fields.set(name, value);
  return draft.at.raw(action, fields);
};
const linesOf = async (draft: Draft) =>
  (await storedOf(world, draft.id)).content.budget.lines.map((one) => [
    one.subject,
    one.source,
    one.amount,
    one.explanation,
  ]);

it("reads cells as a spreadsheet copies them", () => {
  expect(pastedRows('a\t"b\n""c"""\r\nd\t')).toEqual([
    ["a", 'b\n"c"'],
    ["d", ""],
  ]);
  expect(pastedRows("5″ 管\t1")).toEqual([["5″ 管", "1"]]);
});

it.each<[string, string, Readonly<Record<string, string>>]>([
  ["in order, in 万元", "设备费\t市财政\t１０\t仪器\n劳务费\t自筹\t2.5\t助研", {}],
  ["in order, in 元", "设备费\t市财政\t100,000\t仪器\n劳务费\t自筹\t25000\t助研", { unit: "yuan" }],
  [
    "with names of columns in another order, unit in the head, subjects without 费",
    "测算依据\t金额（元）\t资金来源\t预算科目\n仪器\t￥100,000.00\t市财政\t设备\n助研\t25,000\t自筹\t劳务\n\t125000\t\t合计",
    {},
  ],
  [
    "amounts with units of their own",
    "设备费\t市财政\t10万元\t仪器\n劳务费\t自筹\t25,000元\t助研",
    { unit: "wan" },
  ],
])("replaces the budget: %s", async (_what, rows, over) => {
  const draft = await draftIn(world, app);
  const before = await linesOf(draft);
  const preview = await paste(draft, rows, over);
  expect(preview.statusCode).toBe(200);
  expect(await linesOf(draft)).toEqual(before);
  const saved = await saveFrom(draft, preview.body);
  expect(saved.headers.location).toBe(`${draft.base}/form/budget?saved=1`);
  expect(await linesOf(draft)).toEqual([
    ["EQUIPMENT", "CITY", 10_000_000, "仪器"],
    ["LABOR", "SELF", 2_500_000, "助研"],
  ]);
});

it("appends, and carries the subject of merged cells down with a word about it", async () => {
  const draft = await draftIn(world, app);
  const before = await linesOf(draft);
  const preview = await paste(draft, "业务费\t市财政\t1\t材料\n\t自筹\t2\t测试\n小计\t\t3\t", {
    how: "append",
  });
  expect(plain(preview.body)).toContain("空着的科目或来源沿用了上一行的（合并单元格）：第 2 行");
  expect(plain(preview.body)).toContain("合计行没有取入（平台自己合计）：第 3 行");
  await saveFrom(draft, preview.body);
  expect(await linesOf(draft)).toEqual([
    ...before,
    ["OPERATING", "CITY", 1_000_000, "材料"],
    ["OPERATING", "SELF", 2_000_000, "测试"],
  ]);
});

it.each([
  ["交通费\t市财政\t1\t车票", "粘贴的第 1 行 科目", "请写成：设备费、业务费、劳务费、间接费用"],
  ["设备费\t市财政\t一万\t仪器", "粘贴的第 1 行 金额", "“一万”未能识别为金额"],
  ["设备费\t市财政\t=A1*3\t仪器", "粘贴的第 1 行 金额", "这一格是公式"],
  ["设备费\t市财政\t1\t仪器\t多\t余", "粘贴的第 1 行", "这一行多出 2 格"],
  ["科目\t来源\t说明\n设备费\t市财政\t仪器", "粘贴的第 1 行", "列名里没有“金额（万元）”"],
])("tells what is wrong, keeps what was pasted, saves nothing: %j", async (rows, place, words) => {
  const draft = await draftIn(world, app);
  const before = await storedOf(world, draft.id);
  const answer = await paste(draft, rows);
  const page = plain(answer.body);
  expect(answer.statusCode).toBe(422);
  expect(page).toContain(place);
  expect(page).toContain(words);
  expect(fieldsOfForm(answer.body, `${draft.base}/offline/paste`).get("rows")).toBe(rows);
  expect(await storedOf(world, draft.id)).toEqual(before);
});
