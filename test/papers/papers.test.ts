import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { Missing } from "../../src/platform/errors.ts";
import { ask } from "../../src/platform/query.ts";
import { consent, confirmPartnership } from "../../src/stages/application/consent-actions.ts";
import { applicationFacts } from "../../src/stages/application/facts.ts";
import { applicationPapers } from "../../src/stages/application/papers/list.ts";
import { filenameOf, orderOf, versionPapers } from "../../src/stages/application/papers/orders.ts";
import { receiptOrder } from "../../src/stages/application/papers/receipt-paper.ts";
import { paperSource } from "../../src/stages/application/papers/source.ts";
import { receiptFor } from "../../src/stages/application/receipt.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { openViewWorld, returned, submit, type ViewWorld } from "../application/view-world.ts";
import { seenIn } from "../documents/pdf.ts";

let world: ViewWorld;
beforeAll(async () => {
  world = await openViewWorld();
}, 60_000);
afterAll(() => world?.close());

const sourceFor = async (who: keyof ViewWorld["people"], side: number | "draft") => {
  const { platform, actors, application } = world;
  const facts = await applicationFacts(platform, platform.database.kysely, actors[who], application);
  return paperSource(platform, actors[who], facts, side);
};
const fetched = async (who: keyof ViewWorld["people"], path: string) => {
  const { cookie } = await world.browser(world.people[who]);
  return world.app.inject({ url: `/applications/${world.application}${path}`, headers: { cookie } });
};
/** Where lines break is the paper's affair. */
const close = (text: string) => text.replaceAll(/\s+/g, "");

/** What would mean something to a typesetter, a shell or a browser if it were read and not shown. */
const hostile =
  '#panic("x") $x^2$ *b* _i_ @ref <label> [c] {d} `raw` \\n //no /*no*/ = h - l + e ~ <script>alert(1)</script> https://example.org/a/very/long/path?with=parameters&and=more#fragment';
const longTask = "负责电化学测试、数据分析与论文撰写。".repeat(28).slice(0, 500);

// One application walks from draft to a second version; each block stands on the one before.
describe("of a draft", () => {
  it("are marked as such, carry no code, and are for those who write it", async () => {
    const { platform, actors, application } = world;
    await saveDraft(platform, actors.pi, {
      application,
      version: 2,
      changes: {
        title: `锂硫电池${hostile}`,
        abstract: `第一段${hostile}\r\n第二段\t\u0000\u0007末`,
        extensionReason: "",
        budget: {
          lines: [
            { key: "b1", subject: "EQUIPMENT", source: "CITY", amount: 10_000_050, explanation: hostile },
            { key: "b2", subject: "OPERATING", source: "CITY", amount: 19_999_950, explanation: "材料费" },
            { key: "b3", subject: "OPERATING", source: "SELF", amount: 5_500_000, explanation: "自筹" },
          ],
        },
        members: [
          {
            key: "m1",
            name: "成员乙",
            identityType: "RESIDENT_ID",
            identityNo: world.people.member.identityNo,
            organization: null,
            side: "DOMESTIC",
            role: "MEMBER",
            titleLevel: "SENIOR",
            degree: "DOCTOR",
            monthsPerYear: 6,
            tasks: longTask,
            consent: "ACCOUNT",
          },
        ],
      },
    });
    const source = await sourceFor("pi", "draft");
    const order = orderOf("application-form", source);
    expect(order.code).toBeNull();
    const { pages } = await seenIn((await platform.documents.drawn(order)).bytes);
    for (const page of pages) expect(page).toContain("草稿");
    expect(pages.join("")).not.toContain("版本码 ");
    expect(filenameOf("application-form", source)).toMatch(/-草稿\.pdf$/);
    expect((await fetched("pi", "/papers/application-form")).statusCode).toBe(200);
    for (const who of ["other", "department", "supervisor"] as const)
      expect((await fetched(who, "/papers/application-form.pdf?version=draft")).statusCode).toBe(404);
  });
});

describe("of a version", () => {
  let code: string;
  beforeAll(async () => {
    const { platform, actors, application, organizations } = world;
    await perform(platform, confirmPartnership, actors.partner, {
      application,
      organization: organizations.company.id,
      agreed: true,
    });
    await submit(world, () => perform(platform, consent, actors.member, { application, agreed: true }));
    code = (await sourceFor("pi", 1)).filed!.code;
  }, 60_000);

  it.each(versionPapers)("%s is a tagged PDF/A with its code on every page", async (kind) => {
    const file = await fetched("admin", `/papers/${kind}.pdf?version=1`);
    expect(file.statusCode).toBe(200);
    expect(file.headers["content-type"]).toBe("application/pdf");
    const { label } = await sourceFor("admin", 1);
    expect(decodeURIComponent(String(file.headers["content-disposition"]))).toContain(`-${label}-v1.pdf`);
    const seen = await seenIn(file.rawPayload);
    expect(seen).toMatchObject({ archivable: "2a", tagged: true, language: "zh-CN" });
    for (const [index, page] of seen.pages.entries()) {
      expect(page).toContain(`版本码 ${code}`);
      expect(close(page)).toContain(`第${index + 1}页共${seen.pages.length}页`);
    }
  });

  it("says every answer, masked numbers, and nothing that was to be read as a command", async () => {
    const source = await sourceFor("pi", 1);
    const { bytes } = await world.platform.documents.drawn(orderOf("application-form", source));
    const text = close((await seenIn(bytes)).pages.join(""));
    expect(text).toContain(close(hostile));
    expect(text).toContain("第二段末");
    expect(text).toContain(source.content.members[0]!.identity);
    expect(text).not.toContain(world.people.member.identityNo);
    expect(text).not.toContain(world.people.pi.identityNo);
    expect(text).toContain("延长理由未填写");
    // The last words of the longest cell have not run off their page.
    expect(text).toContain("数据分析与论文撰写。");
    const page = (await fetched("pi", "/papers/application-form?version=1")).body;
    for (const section of Object.values(source.content.sections)) expect(page).toContain(section);
    for (const one of [...source.content.indicators.map(({ name }) => name), longTask, "中试验证", code])
      expect(page).toContain(one);
    expect(page).toContain("&lt;script>");
    expect(page).not.toContain("<script>alert");
    expect(page).not.toMatch(/<article.* style=/s);
  });

  it("binds both commitments to the hash of the content", async () => {
    for (const kind of ["investigator-commitment", "organization-commitment"] as const) {
      const source = await sourceFor("pi", 1);
      const { pages } = await seenIn((await world.platform.documents.drawn(orderOf(kind, source))).bytes);
      expect(close(pages.join(""))).toContain(source.filed!.hash);
      expect(pages.join("")).toContain("科研诚信承诺书");
    }
  });

  it("explains each line of the budget and adds up by subject and source", async () => {
    const source = await sourceFor("pi", 1);
    const order = orderOf("budget-explanation", source);
    const { summary } = order.data as { summary: { rows: string[][]; total: string[] } };
    expect(summary.rows.find(([subject]) => subject === "业务费")).toEqual([
      "业务费",
      "19.99995",
      "5.5",
      "",
      "25.49995",
    ]);
    expect(summary.total).toEqual(["合计", "30", "5.5", "0", "35.5"]);
    const text = close((await seenIn((await world.platform.documents.drawn(order)).bytes)).pages.join(""));
    for (const { explanation } of source.content.budget.lines) expect(text).toContain(close(explanation));
  });

  it("comes out with the same bytes whoever draws it, and is listed for whom it concerns", async () => {
    const { platform, actors, application } = world;
    const order = orderOf("application-form", await sourceFor("pi", 1));
    const [first, second] = [await platform.documents.drawn(order), await platform.documents.drawn(order)];
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true);
    expect(orderOf("application-form", await sourceFor("admin", 1))).toEqual(order);
    const list = await ask(platform, applicationPapers, actors.admin, { application });
    expect(list.versions.map(({ number, code: shown }) => [number, shown])).toEqual([[1, code]]);
    expect(list.versions[0]!.papers.map(({ kind }) => kind)).toEqual(versionPapers);
    // Drawn when it was downloaded above.
    expect(list.versions[0]!.papers[0]!.made).toMatchObject({ pages: first.pages });
    expect(list.receipts).toHaveLength(1);
    await expect(ask(platform, applicationPapers, actors.other, { application })).rejects.toThrow(Missing);
    for (const path of ["/papers", "/papers/application-form", "/papers/receipt.pdf"])
      expect((await fetched("other", path)).statusCode).toBe(404);
    for (const path of ["/papers/notes", "/papers/application-form?version=2", "/papers/receipt?entry=1"])
      expect((await fetched("pi", path)).statusCode).toBe(404);
  });

  it("gives a receipt on paper with what its check needs", async () => {
    const { platform, actors, application } = world;
    const facts = await applicationFacts(platform, platform.database.kysely, actors.pi, application);
    const found = await receiptFor(platform, facts, undefined);
    const order = receiptOrder(facts, "题目", found, found.receipt!);
    const text = close((await seenIn((await platform.documents.drawn(order)).bytes)).pages.join(""));
    const { entry, head, proof } = found.receipt!;
    for (const one of [
      `第${entry.number}笔`,
      head.root,
      head.key,
      head.signature,
      found.version!.hash,
      ...proof,
    ])
      expect(text).toContain(one);
    const file = await fetched("pi", "/papers/receipt.pdf");
    expect(file.statusCode).toBe(200);
    expect((await fetched("pi", "/papers/receipt")).body).toContain(head.root);
  });
});

describe("of what came back", () => {
  it("keeps the earlier version as it was, beside the new draft", async () => {
    const { platform, actors, application } = world;
    const before = orderOf("application-form", await sourceFor("pi", 1));
    await perform(platform, returned, actors.admin, { application, version: 2, reason: "请核对题目。" });
    await saveDraft(platform, actors.pi, { application, version: 3, changes: { title: "新题目" } });
    await platform.database.kysely
      .updateTable("person")
      .set({ name: "改名后", degree: "MASTER" })
      .where("id", "=", world.people.pi.person)
      .execute();
    expect(orderOf("application-form", await sourceFor("pi", 1))).toEqual(before);
    expect((await sourceFor("pi", "draft")).filedBy.name).toBe("改名后");
    const list = await ask(platform, applicationPapers, actors.pi, { application });
    expect(list.versions.map(({ number }) => number)).toEqual([null, 1]);
    expect((await fetched("pi", "/papers/application-form?version=draft")).body).toContain("新题目");
    expect((await fetched("supervisor", "/papers/application-form?version=draft")).statusCode).toBe(404);
  });
});

describe("of every pack", () => {
  it.each(["dalian-2024", "yunzhou-2025"])("%s has a template for each", async (policy) => {
    const { platform, actors, application } = world;
    const facts = await applicationFacts(platform, platform.database.kysely, actors.pi, application);
    const found = await receiptFor(platform, facts, undefined);
    const source = await sourceFor("pi", 1);
    const orders = [
      ...versionPapers.map((kind) => orderOf(kind, source)),
      receiptOrder(facts, "题目", found, found.receipt!),
    ];
    for (const order of orders) {
      const made = { ...order, policy };
      expect((await platform.documents.drawn(made)).pages).toBeGreaterThan(0);
      expect(await platform.documents.preview(made)).not.toMatch(/ style=/);
    }
  });
});

describe("of what was destroyed when its time was over", () => {
  it("are there no longer, and the list says so", async () => {
    const { platform, application } = world;
    await platform.database.kysely
      .updateTable("application_version")
      .set({ worded: "{}" })
      .where("application", "=", application)
      .execute();
    expect((await fetched("pi", "/papers/application-form.pdf?version=1")).statusCode).toBe(404);
    const page = await fetched("pi", "/papers");
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("已按保存期限销毁");
  });
});
