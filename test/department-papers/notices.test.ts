import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { sealSchema } from "../../src/core/document/seal.ts";
import { faultOfSeal } from "../../src/platform/seals.ts";
import { perform } from "../../src/platform/action.ts";
import {
  acceptApplication,
  refuseApplication,
  requestCorrection,
} from "../../src/stages/acceptance/actions.ts";
import { expireCorrection } from "../../src/stages/acceptance/clock.ts";
import { decideAppeal, fileAppeal } from "../../src/stages/appeal/actions.ts";
import { atTheDesk, type Filed, rowOf, versionOf } from "../acceptance/forward.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { enter, flat, pagesOf, withoutTags } from "./reading.ts";

let world: World;
let app: FastifyInstance;
let officer: Someone;
let judge: Someone;
let admin: Someone;

beforeAll(async () => {
  world = await openWorld();
  officer = await world.someone({ roles: ["ACCEPTANCE_OFFICER"], organization: "bureau" });
  judge = await world.someone({ roles: ["APPEAL_OFFICER"], organization: "bureau" });
  admin = await world.someone({ roles: ["ORG_ADMIN"] });
  app = await buildServer({ platform: world.platform, clock: Date.now });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const reasons = [
  { code: "R08", fact: "同时作为负责人申报了“海洋装备防腐涂层研究”。" },
  { code: "R03", fact: "登记地址不在本市。\n营业执照上的地址也是。" },
];
const refuse = async (one: Filed, notice = "") =>
  perform(world.platform, refuseApplication, await world.actorOf(officer), {
    application: one.id,
    version: await versionOf(world, one.id),
    reasons,
    notice,
  });
const correct = async (one: Filed) =>
  perform(world.platform, requestCorrection, await world.actorOf(officer), {
    application: one.id,
    version: await versionOf(world, one.id),
    defects: [{ code: "R16", fact: "协议缺外方签署页。", fields: ["attachments"] }],
  });
const fileOf = async (who: Someone, id: string, of = "") => {
  const answer = await (await enter(app, world, who)).get(`/acceptance/${id}/notice/pdf${of}`);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toContain("application/pdf");
  return (await pagesOf(answer.rawPayload)).join("");
};

describe("notices of the acceptance desk", () => {
  it("are not there before the decision, and then for the applicants alone", async () => {
    const one = await atTheDesk(world);
    const stranger = await world.someone({ roles: ["PI"], organization: "institute" });
    const own = await enter(app, world, one.who);
    expect((await own.get(`/acceptance/${one.id}/notice/pdf`)).statusCode).toBe(404);
    expect((await own.get(`/acceptance/${one.id}/notice`)).body).toContain("还没有作出决定");
    await perform(world.platform, acceptApplication, await world.actorOf(officer), {
      application: one.id,
      version: await versionOf(world, one.id),
    });
    const { acceptance_number: number, number: serial } = await rowOf(world, one.id);
    for (const who of [one.who, admin, officer]) {
      const text = await fileOf(who, one.id);
      expect(text).toContain("受理通知书");
      expect(text).toContain(number);
      expect(text).toContain(`编号2024-${String(serial).padStart(4, "0")}，第1版`);
      expect(text).toContain("高比能锂硫电池电解质界面调控与储能系统应用研究");
      expect(text).toContain("抄送：市教育局");
    }
    const other = await enter(app, world, stranger);
    expect((await other.get(`/acceptance/${one.id}/notice`)).statusCode).toBe(404);
    expect((await other.get(`/acceptance/${one.id}/notice/pdf`)).statusCode).toBe(404);
    expect((await own.get(`/acceptance/${one.id}/notice/pdf?of=acceptance.refuse`)).statusCode).toBe(404);
  });

  it("carry an electronic seal over exactly the file that is given out, the same at every asking", async () => {
    const one = await atTheDesk(world);
    await refuse(one, "材料原件可以来取。");
    const own = await enter(app, world, one.who);
    const file = (await own.get(`/acceptance/${one.id}/notice/pdf`)).rawPayload;
    const answer = await own.get(`/acceptance/${one.id}/notice/seal`);
    const seal = sealSchema.parse(JSON.parse(answer.body));
    expect(seal.certified).toBe(false);
    expect(await faultOfSeal(seal, Readable.from([file]))).toBeNull();
    expect(await faultOfSeal(seal, Readable.from([Buffer.concat([file, Buffer.from("\n")])]))).toBe(
      "document",
    );
    expect((await own.get(`/acceptance/${one.id}/notice/seal`)).body).toBe(answer.body);
    expect((await own.get(`/acceptance/${one.id}/notice`)).body).toContain("软件签章，未经认证");
    const stranger = await world.someone({ roles: ["PI"], organization: "institute" });
    const other = await enter(app, world, stranger);
    expect((await other.get(`/acceptance/${one.id}/notice/seal`)).statusCode).toBe(404);
  });

  it("give each reason with its clause, the words of the clause and the fact, and the last day to appeal", async () => {
    const one = await atTheDesk(world);
    await refuse(one, "材料原件可以来取。");
    const text = await fileOf(one.who, one.id);
    const page = await (await enter(app, world, one.who)).get(`/acceptance/${one.id}/notice`);
    const policy = world.platform.policies[0];
    for (const said of [text, withoutTags(page.body)]) {
      expect(said).toContain("不予受理通知书");
      expect(said).toContain("项目负责人申报超过一项（R08）");
      expect(said).toContain(`《${policy?.programme.title.zh}》四.6：“每个项目负责人限报1个项目`);
      expect(said).toContain(flat(reasons[0]?.fact ?? "?"));
      expect(said).toContain("营业执照上的地址也是。");
      // Five working days after Monday 10 June.
      expect(said).toContain("2024年6月17日24时前");
      expect(said).toContain("材料原件可以来取。");
      expect(said).toContain("2024年6月10日");
    }
  });

  it("cite the clause of the category applied for, and quote no summary as if it were the clause", async () => {
    const one = await atTheDesk(world);
    await perform(world.platform, refuseApplication, await world.actorOf(officer), {
      application: one.id,
      version: await versionOf(world, one.id),
      reasons: [
        { code: "R13", fact: "申请经费超过上限。" },
        { code: "R14", fact: "内容不属于所选方向。" },
      ],
    });
    const text = await fileOf(one.who, one.id);
    expect(text).toContain("：“应用基础研究项目每项支持额度不超过30万元”");
    expect(text).not.toContain("重大基础研究项目每项");
    expect(text).toMatch(/依据：《[^》]*》二（项目须归入一个类别[^“]*）事实：内容不属于/);
  });

  it("say what may be corrected until when, and what became of it when nothing came", async () => {
    const one = await atTheDesk(world);
    await correct(one);
    const asked = await fileOf(one.who, one.id);
    expect(asked).toContain("补正通知书");
    expect(asked).toContain("协议缺外方签署页。");
    expect(asked).toMatch(/可以修改的内容.*附件/);
    expect(asked).toContain("2024年6月17日24时前");
    await world.at("2024-06-18T09:00:00+08:00");
    expect(await expireCorrection(world.platform, one.id)).toBe(true);
    const gone = await fileOf(one.who, one.id);
    expect(gone).toContain("不予受理通知书");
    expect(gone).toContain("补正期限已过");
    expect(gone).toContain("2024年6月25日24时前");
    // What was sent first is still what it was.
    expect(await fileOf(one.who, one.id, "?of=acceptance.requestCorrection")).toBe(asked);
    await world.at("2024-06-10T09:00:00+08:00");
  });

  it("say what an appeal decided, and the refusal before it keeps its words", async () => {
    const [kept, changed] = [await atTheDesk(world), await atTheDesk(world)];
    for (const one of [kept, changed]) {
      await refuse(one);
      const before = await fileOf(one.who, one.id);
      await perform(world.platform, fileAppeal, await world.actorOf(admin), {
        application: one.id,
        version: await versionOf(world, one.id),
        grounds: "地址在本市。",
      });
      await perform(world.platform, decideAppeal, await world.actorOf(judge), {
        application: one.id,
        version: await versionOf(world, one.id),
        outcome: one === kept ? "dismissed" : "upheld",
        reason: "已核对登记机关的记录。",
      });
      expect(await fileOf(one.who, one.id, "?of=acceptance.refuse")).toBe(before);
    }
    const dismissed = await fileOf(kept.who, kept.id);
    expect(dismissed).toContain("复审决定书");
    expect(dismissed).toContain("维持不予受理");
    expect(dismissed).toContain("登记地址不在本市。");
    expect(dismissed).toContain("已核对登记机关的记录。");
    expect(dismissed).not.toContain("24时前");
    const upheld = await fileOf(changed.who, changed.id);
    expect(upheld).toContain("改为受理");
    expect(upheld).toContain((await rowOf(world, changed.id)).acceptance_number);
  });

  it("are shown to the officer before they are sent, as they would be sent", async () => {
    const one = await atTheDesk(world);
    const desk = await enter(app, world, officer);
    const fields = [
      ["version", String(await versionOf(world, one.id))],
      ["decision", "refuse"],
      ["code", "R08"],
      ["fact.R08", "另有一项<b>在审</b>。"],
      ["preview", "1"],
    ] as const;
    const preview = await desk.post(`/acceptance/${one.id}`, fields);
    expect(preview.body).toContain("zn-paper__letterhead");
    const [, paper = ""] = preview.body.split('class="zn-paper"');
    expect(paper).toContain("事实：另有一项&lt;b");
    expect(paper.split("</article>")[0]).not.toContain("<b>");
    expect(withoutTags(preview.body)).toContain("四.6：“每个项目负责人限报1个项目");
    expect((await rowOf(world, one.id)).state).toBe("ACCEPTANCE");
    const accepted = await desk.post(`/acceptance/${one.id}`, [
      ["decision", "accept"],
      ["preview", "1"],
    ]);
    expect(accepted.body).toContain("（受理时编定）");
  });

  it("cannot be had once their words were destroyed", async () => {
    const one = await atTheDesk(world);
    await refuse(one);
    await world.platform.database.kysely
      .updateTable("application")
      .set({ state: "PURGED" })
      .where("id", "=", one.id)
      .execute();
    const own = await enter(app, world, one.who);
    expect((await own.get(`/acceptance/${one.id}/notice/pdf`)).statusCode).toBe(404);
  });
});
