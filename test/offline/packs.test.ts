import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leaves } from "../../src/core/policy/programme.ts";
import type { Policy } from "../../src/core/policy/policy.ts";
import { perform } from "../../src/platform/action.ts";
import { jsonText } from "../../src/platform/database/values.ts";
import { loadPolicy } from "../../src/platform/policies.ts";
import { createApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { siteOf, visitor } from "../application/form-visit.ts";
import { completeContent } from "../world/content.ts";
import { openWorld, type World } from "../world/world.ts";
import {
  cellOf,
  type Draft,
  editDocx,
  editWorkbook,
  fileOf,
  partners,
  reword,
  saveFrom,
  sendBack,
  sheetOf,
  storedOf,
  team,
} from "./world.ts";

/** Every form of every pack goes out and comes back. */

const packs = [await loadPolicy("dalian-2024"), await loadPolicy("yunzhou-2025")];
let world: World;
let app: FastifyInstance;
const calls = new Map<string, string>();
beforeAll(async () => {
  world = await openWorld({ at: "2024-06-20T16:02:33+08:00" });
  const policies = world.platform.policies as Policy[];
  for (const pack of packs)
    if (!policies.some((one) => one.id === pack.id)) {
      policies.push(pack);
      const { windows, call } = pack.programme;
      const { id } = await world.platform.database.kysely
        .insertInto("call")
        .values({
          funder: world.platform.funder,
          code: pack.id,
          policy: pack.id,
          policy_hash: pack.hash,
          title: jsonText(call),
          apply_open_on: windows.application.opens,
          apply_close_on: windows.application.closes,
          recommend_close_on: windows.recommendation.closes,
          accept_close_on: windows.acceptance.closes,
        })
        .returning("id")
        .executeTakeFirstOrThrow();
      calls.set(pack.id, id);
    } else calls.set(pack.id, world.call);
  app = await siteOf(world);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const every = packs.flatMap((pack) =>
  pack.programme.categories.map((category) => ({ pack, code: category.code, category })),
);

describe.each(every)("$pack.id $code", ({ pack, code, category }) => {
  let draft: Draft;
  const form = pack.forms.find((one) => one.categories.includes(code));
  const questions = form?.sections.flatMap((one) => one.questions) ?? [];
  const [field] = category.fields;
  const [leaf] = field === undefined ? [] : leaves(field);
  beforeAll(async () => {
    await world.at(`${pack.programme.windows.application.closes}T09:00:00+08:00`);
    const pi = await world.someone({ roles: ["PI"] });
    const actor = await world.actorOf(pi);
    const { application } = await perform(world.platform, createApplication, actor, {
      call: calls.get(pack.id),
    });
    const sections = Object.fromEntries(
      questions
        .filter((one) => one.path.startsWith("sections."))
        .map((one, at) => [one.path.slice(9), `第 ${at} 题的回答。\n\n　　第二段\t有制表符，有“引号”<&>。`]),
    );
    await saveDraft(world.platform, actor, {
      application,
      version: 1,
      changes: completeContent({
        category: code,
        field: field?.code ?? null,
        direction: leaf?.code ?? null,
        members: team,
        partners,
        sections,
        extensionReason: "理由",
        completionPercent: 62.5,
      } as Parameters<typeof completeContent>[0]),
    });
    draft = { id: application, base: `/applications/${application}`, pi, at: await visitor(app, world, pi) };
  });

  it("comes back as it went out", async () => {
    for (const [kind, name] of [
      ["word", "正文.docx"],
      ["workbook", "工作簿.xlsx"],
    ] as const) {
      const back = await sendBack(draft, await fileOf(draft, kind), name);
      expect(back.text).toContain("文件里的内容与草稿相同");
      expect(back.text).not.toContain("没有找到");
    }
  });

  it("comes back with what was changed", async () => {
    const book = await editWorkbook(await fileOf(draft, "workbook"), (one) => {
      cellOf(sheetOf(one, "基本信息"), "项目名称", "beside").value = "新的名称";
    });
    await saveFrom(draft, (await sendBack(draft, book, "工作簿.xlsx")).html);
    const narrative = questions.find((one) => one.path.startsWith("sections."));
    const bytes = editDocx(await fileOf(draft, "word"), (xml) =>
      reword(xml, "第 0 题的回答。", "改写过的回答。"),
    );
    await saveFrom(draft, (await sendBack(draft, bytes, "正文.docx")).html);
    const { content } = await storedOf(world, draft.id);
    expect(content.title).toBe("新的名称");
    expect(content.sections[narrative?.path.slice(9) ?? ""]).toContain(
      "改写过的回答。\n\n　　第二段\t有制表符",
    );
  });
});
