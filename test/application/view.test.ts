import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { Denied, Missing, Refused } from "../../src/platform/errors.ts";
import { ask } from "../../src/platform/query.ts";
import { isEd25519, sha256 } from "../../src/platform/ledger/sealed.ts";
import { verifyReceipt } from "../../src/core/ledger/receipt.ts";
import { consent, confirmPartnership } from "../../src/stages/application/consent-actions.ts";
import { applicationList, listInput } from "../../src/stages/application/list.ts";
import { applicationQueries } from "../../src/stages/application/queries.ts";
import { applicationReceipt } from "../../src/stages/application/receipt.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { applicationTimeline } from "../../src/stages/application/timeline.ts";
import { applicationTodos } from "../../src/stages/application/todos.ts";
import { applicationDiff } from "../../src/stages/application/versions.ts";
import { applicationRead } from "../../src/stages/application/view.ts";
import { approved, openViewWorld, partnerName, returned, submit, type ViewWorld } from "./view-world.ts";

let world: ViewWorld;
beforeAll(async () => {
  world = await openViewWorld();
}, 60_000);
afterAll(() => world?.close());

const page = async (who: keyof ViewWorld["people"], url: string) => {
  const { cookie } = await world.browser(world.people[who]);
  return world.app.inject({ url, headers: { cookie } });
};
const todosOf = (who: keyof ViewWorld["people"]) =>
  applicationTodos({ platform: world.platform, viewer: { actor: world.actors[who] } } as Parameters<
    typeof applicationTodos
  >[0]);
const versionNow = async () =>
  (await ask(world.platform, applicationRead, world.actors.pi, { application: world.application })).version;

// One application walks through its life; each block stands on the one before.
describe("consents and partnerships", () => {
  it("wait for the member and the partner unit, and for nobody else", async () => {
    expect((await todosOf("member")).map(({ href }) => href)).toEqual([`/consents#${world.application}`]);
    expect((await todosOf("partner")).map(({ href }) => href)).toEqual([
      `/partnerships#${world.application}`,
    ]);
    expect((await todosOf("pi")).map(({ href }) => href)).toEqual([`/applications/${world.application}`]);
    expect(await todosOf("other")).toEqual([]);
  });

  it("are given by the person, never by another", async () => {
    const { platform, actors, application } = world;
    await expect(perform(platform, consent, actors.pi, { application, agreed: true })).rejects.toThrow(
      Denied,
    );
    await expect(perform(platform, consent, actors.other, { application, agreed: true })).rejects.toThrow(
      Missing,
    );
    await expect(
      perform(platform, confirmPartnership, actors.partner, {
        application,
        organization: world.organizations.university.id,
        agreed: true,
      }),
    ).rejects.toThrow(Denied);
  });

  it("are asked on a plain form, and a refusal keeps what was written", async () => {
    const { cookie, csrf } = await world.browser(world.people.partner);
    const post = (fields: Record<string, string>) =>
      world.app.inject({
        method: "POST",
        url: "/partnerships",
        headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({
          csrf,
          application: world.application,
          organization: world.organizations.company.id,
          ...fields,
        }).toString(),
      });
    const refused = await post({ agreed: "0", remark: " " });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain("请写明不参加合作的理由");
    expect((await post({ agreed: "1", remark: "同意按此分工" })).statusCode).toBe(303);
    expect((await page("partner", "/partnerships")).body).toContain("同意按此分工");
    expect(await todosOf("partner")).toEqual([]);
  });

  it("can be taken back until it is submitted; without them it is not", async () => {
    const { platform, actors, application } = world;
    await perform(platform, consent, actors.member, { application, agreed: true });
    await perform(platform, consent, actors.member, { application, agreed: false });
    await expect(submit(world, async () => {})).rejects.toThrow(/成员乙|confirmed/);
    await submit(world, () => perform(platform, consent, actors.member, { application, agreed: true }));
    await expect(perform(platform, consent, actors.member, { application, agreed: false })).rejects.toThrow(
      Refused,
    );
  });
});

describe("one application", () => {
  it("shows masks, never numbers or hashes", async () => {
    const { platform, application, people } = world;
    for (const who of ["pi", "admin", "member", "partner", "supervisor"] as const) {
      const answers = await Promise.all(
        applicationQueries
          // Shared text is for the investigator, and later for the desk.
          .filter(({ name }) => !/diff|list/.test(name) && (who === "pi" || name !== "similarity.read"))
          .map((query) => ask(platform, query as typeof applicationRead, world.actors[who], { application })),
      );
      const text = JSON.stringify(answers) + (await page(who, `/applications/${application}/read`)).body;
      expect(text).toContain("成员乙");
      expect(text).not.toContain(people.member.identityNo);
      expect(text).not.toContain(people.pi.identityNo);
      expect(text).not.toMatch(/"sealed"|"hash":"[0-9a-f]{64}","mask"/);
    }
  });

  it("is there for those who may read it and missing for the others, on every page and file", async () => {
    const { application } = world;
    for (const path of ["", "/read", "/findings", "/history", "/receipt", "/receipt.json", "/versions/1/1"]) {
      expect([path, (await page("admin", `/applications/${application}${path}`)).statusCode]).toEqual([
        path,
        200,
      ]);
      expect([path, (await page("other", `/applications/${application}${path}`)).statusCode]).toEqual([
        path,
        404,
      ]);
      expect([path, (await page("department", `/applications/${application}${path}`)).statusCode]).toEqual([
        path,
        404,
      ]);
    }
    for (const path of [
      "/applications/x",
      `/applications/${application}/versions/1/9`,
      `/applications/${application}/files/1`,
    ])
      expect((await page("admin", path)).statusCode).toBe(404);
  });

  it("says what the reader may do now", async () => {
    const { platform, actors, application } = world;
    const mayDo = async (who: keyof ViewWorld["actors"]) =>
      (await ask(platform, applicationRead, actors[who], { application })).mayDo;
    expect(await mayDo("admin")).toContain("endorsement.approve");
    expect(await mayDo("pi")).toContain("application.requestWithdrawal");
    expect(await mayDo("pi")).not.toContain("application.submit");
    expect((await mayDo("supervisor")).filter((one) => one !== "application.read")).toEqual([]);
  });

  it("has findings at any stage, each with its clause", async () => {
    const { platform, actors, application } = world;
    const { findings } = await ask(platform, applicationRead, actors.pi, {
      application,
      stage: "acceptance",
    });
    expect(findings?.met).toBeGreaterThan(5);
    expect(findings?.findings.every(({ clause }) => clause !== "")).toBe(true);
  });
});

describe("a receipt", () => {
  it("verifies offline, and a changed one does not", async () => {
    const { platform, actors, application } = world;
    const { receipt, version } = await ask(platform, applicationReceipt, actors.pi, { application });
    expect(version?.number).toBe(1);
    expect(receipt?.entry.body).toMatchObject({ hash: version?.hash });
    const { body } = await page("pi", `/applications/${application}/receipt.json`);
    const downloaded = JSON.parse(body) as NonNullable<typeof receipt>;
    expect(downloaded.entry).toEqual(receipt?.entry);
    expect(verifyReceipt(sha256, isEd25519, downloaded)).toEqual({ verified: true, fault: null });
    const forged = { ...downloaded, entry: { ...downloaded.entry, objectId: crypto.randomUUID() } };
    expect(verifyReceipt(sha256, isEd25519, forged).verified).toBe(false);
  });

  it("of another application is missing", async () => {
    const { platform, actors, application } = world;
    await expect(
      ask(platform, applicationReceipt, actors.pi, { application, entry: crypto.randomUUID() }),
    ).rejects.toThrow(Missing);
  });
});

describe("a returned application", () => {
  it("is amended; what differs is shown by its place, and only where it differs", async () => {
    const { platform, actors, application } = world;
    await perform(platform, returned, actors.admin, {
      application,
      version: await versionNow(),
      reason: "请补充",
    });
    await saveDraft(platform, actors.pi, {
      application,
      version: 2,
      changes: { title: "改过的题目", keywords: ["锂硫电池"] },
    });
    const diff = await ask(platform, applicationDiff, actors.pi, { application, from: "1", to: "draft" });
    expect(diff.sections.flatMap(({ fields }) => fields.map(({ path }) => path))).toEqual([
      "title",
      "keywords",
    ]);
    expect((await page("pi", `/applications/${application}/versions/1/draft`)).body).toContain("<ins>");
  });

  it("is read as it was filed by those who may not see drafts", async () => {
    const { platform, actors, application } = world;
    const seen = await ask(platform, applicationRead, actors.supervisor, { application });
    expect([seen.shown, seen.content.title.startsWith("高比能")]).toEqual([1, true]);
    const listed = await ask(platform, applicationList, actors.supervisor, {});
    expect(listed.rows.map(({ title }) => title.slice(0, 3))).toEqual(["高比能"]);
    expect((await ask(platform, applicationList, actors.pi, {})).rows[0]?.title).toBe("改过的题目");
    await expect(
      ask(platform, applicationDiff, actors.supervisor, { application, from: "1", to: "draft" }),
    ).rejects.toThrow(Missing);
  });

  it("has its history in words: who, from where to where, why, with codes and marks", async () => {
    const { platform, actors, application } = world;
    const { events } = await ask(platform, applicationTimeline, actors.pi, { application });
    expect(events.map(({ what }) => what)).toEqual([
      "endorsement.return",
      "application.submit",
      "MEMBER_CONSENT",
      "PARTNER",
      "application.create",
    ]);
    expect(events[0]).toMatchObject({
      role: "ORG_ADMIN",
      name: "科研管理丙",
      from: "ORG_REVIEW",
      to: "RETURNED_TO_PI",
      reason: "请补充",
    });
    expect(events[0]?.codes[0]?.title.zh).toBe("缺合作协议");
    expect(events[3]).toMatchObject({ name: partnerName, agreed: true });
    const { body } = await page("pi", `/applications/${application}/history`);
    for (const words of ["单位退回修改", "请补充", "题目与研究内容不一致", "R16", "科研管理丙", partnerName])
      expect(body).toContain(words);
  });

  it("comes first in the investigator's list", async () => {
    expect((await todosOf("pi"))[0]).toMatchObject({
      weight: 30,
      href: `/applications/${world.application}`,
    });
  });
});

describe("the list", () => {
  it("pages without loss or repetition, in every order", async () => {
    await world.bulk(65);
    const { platform, actors } = world;
    for (const sort of ["updated", "number", "title"] as const) {
      const seen: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const { rows, next }: Awaited<ReturnType<typeof applicationList.run>> = await ask(
          platform,
          applicationList,
          actors.pi,
          {
            sort,
            limit: "20",
            ...(cursor === "" ? {} : { cursor }),
          },
        );
        seen.push(...rows.map(({ id }) => id));
        cursor = next;
      }
      expect([sort, seen.length, new Set(seen).size]).toEqual([sort, 66, 66]);
    }
    await expect(ask(platform, applicationList, actors.pi, { cursor: "???" })).rejects.toThrow("cursor");
  });

  it("counts what the reader may see, and nothing else", async () => {
    const { platform, actors } = world;
    const sum = (counts: object) => Object.values(counts).reduce((all: number, one: number) => all + one, 0);
    expect(sum((await ask(platform, applicationList, actors.admin, {})).counts)).toBe(66);
    expect(sum((await ask(platform, applicationList, actors.supervisor, {})).counts)).toBe(1);
    expect(await ask(platform, applicationList, actors.other, {})).toMatchObject({
      rows: [],
      total: 0,
      counts: {},
    });
  });

  it("filters by state, field, unit, division and text", async () => {
    const { platform, actors } = world;
    const total = async (input: object) => (await ask(platform, applicationList, actors.admin, input)).total;
    expect(await total({ state: ["LAPSED", "WITHDRAWN"] })).toBe(22);
    expect(await total({ text: "第12项" })).toBe(1);
    expect(await total({ text: "%" })).toBe(0);
    expect(await total({ text: "负责人甲", category: "SOFT_SCI" })).toBe(0);
    expect(await total({ organization: world.organizations.hospital.id })).toBe(0);
    const division = (await ask(platform, applicationList, actors.admin, {})).rows[0]?.division ?? "";
    expect(division).not.toBe("");
    expect(await total({ division })).toBe(66);
    expect(await total({ division: "NOWHERE" })).toBe(0);
    expect(listInput.safeParse({ state: "NO_STATE" }).success).toBe(false);
  });

  it("is a page for everybody, with why it is empty where it is", async () => {
    expect((await page("admin", "/applications")).body).toContain("66");
    expect((await page("other", "/applications")).body).toContain("没有你能查看的申报");
    expect((await page("admin", "/applications?text=没有的词")).body).toContain("没有符合条件的申报");
    expect((await page("admin", "/en/applications?state=nonsense&cursor=x")).statusCode).toBe(200);
  });

  it("shows the department what reached it, with the officers' names for officers only", async () => {
    const { platform, actors, application } = world;
    const { state } = await ask(platform, applicationRead, actors.pi, { application });
    expect(state).toBe("RETURNED_TO_PI");
    await saveDraft(platform, actors.pi, {
      application,
      version: 3,
      changes: { keywords: ["锂硫电池", "电解质", "储能"] },
    });
    await submit(world, async () => {});
    await perform(platform, approved, actors.admin, { application, version: await versionNow() });
    expect((await ask(platform, applicationList, actors.department, {})).rows.map(({ id }) => id)).toEqual([
      application,
    ]);
    const { body } = await page("department", `/applications/${application}`);
    expect(body).toContain(`/department/${application}`);
    expect(body).toContain("归口管理部门初审");
  });
});
