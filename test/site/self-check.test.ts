import { afterAll, beforeAll, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { buildServer } from "../../src/app/web.ts";
import { loadPolicy } from "../../src/platform/policies.ts";
import { quoteOf } from "../../src/stages/call/self-check.quote.ts";

const during = Date.parse("2024-06-20T16:02:31+08:00");
let now = during;
let app: FastifyInstance;
beforeAll(async () => {
  app = await buildServer({ clock: () => now, policies: ["dalian-2024"] });
});
afterAll(() => app.close());

const get = async (url: string) => {
  const response = await app.inject({ url });
  return { status: response.statusCode, to: response.headers.location, body: response.body };
};
const calm = "ongoing=none&another=none&statements=none";
const agri = `category=APPLIED_BASIC&field=AGRI&direction=AB-53&unit=DLOU&${calm}&period=2027-12-31`;

/** Follows the form of each page as a visitor without scripts would. */
const walk = async (
  start: string,
  answers: Readonly<Record<string, string | readonly [string, string, string]>>,
) => {
  let url = start;
  for (let step = 0; step < 20; step += 1) {
    const page = await get(url);
    expect(page.status).toBe(200);
    const id = /\/self-check\/question\/([a-z-]+)/.exec(url)?.[1];
    if (id === undefined) return { url, page };
    const given = answers[id];
    if (given === undefined) throw new Error(`no answer to ${id}`);
    const fields = new URLSearchParams(
      [...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].flatMap(
        ([, name, value]) => (name === "back" ? [] : [[name ?? "", value ?? ""]]),
      ),
    );
    if (typeof given === "string") fields.append(id, given);
    else
      for (const [index, part] of ["year", "month", "day"].entries())
        fields.append(`${id}-${part}`, given[index] ?? "");
    const action = /<form action="([^"]+)" noValidate|<form action="([^"]+)" novalidate/i.exec(page.body);
    const next = await get(`${action?.[1] ?? action?.[2] ?? ""}?${fields.toString()}`);
    expect(next.status).toBe(303);
    url = next.to ?? "";
  }
  throw new Error("the questions do not end");
};

const answers = {
  category: "APPLIED_BASIC",
  field: "AGRI",
  direction: "AB-53",
  unit: "DLOU",
  ongoing: "none",
  another: "none",
  period: ["2027", "12", "31"],
  grant: "３５",
  statements: "none",
} as const;

test.each(["", "/en"])("the forms lead from the start to the result, in the language of %s", async (root) => {
  const start = await get(`${root}/self-check`);
  expect(start.status).toBe(200);
  const { url, page } = await walk(`${root}/self-check/question/category`, answers);
  expect(url.startsWith(`${root}/self-check/result?`)).toBe(true);
  expect(page.body).toContain(root === "" ? "申请经费超过本类别上限" : "exceeds the category");
  expect(page.body).toContain("zn-finding--must");
  expect(page.body).toContain(root === "" ? "指南 三</a>" : "Guide 三</a>");
});

test("the result says what is wrong, the facts, the guide's sentence, what to do, and whom to ask", async () => {
  const { body } = await get(`/self-check/result?${agri}&grant=35`);
  expect(body).toContain("现在还不能申报，<wbr/>改好 1 处即可");
  expect(body).toContain("35 <small>万元</small>");
  expect(body).toContain("应用基础研究项目每项支持额度不超过30万元");
  expect(body).toContain("高新技术发展处");
  expect(body).toContain("限推 5 项");
  expect(body).toMatch(/ZC-240620-[0-9A-Z]{6}/);
  expect(body).toContain(
    `href="/self-check/question/grant?${agri.replace(`&${calm}&period=2027-12-31`, "").replaceAll("&", "&amp;")}`,
  );
});

test("the number is the same for the same answers, in either language, and another for others", async () => {
  const number = async (url: string) => /ZC-\d{6}-[0-9A-Z]{6}/.exec((await get(url)).body)?.[0];
  const first = await number(`/self-check/result?${agri}&grant=30`);
  expect(await number(`/self-check/result?grant=30.0&${agri}`)).toBe(first);
  expect(await number(`/en/self-check/result?${agri}&grant=30`)).toBe(first);
  expect(await number(`/self-check/result?${agri}&grant=29`)).not.toBe(first);
});

test("the time is part of the verdict", async () => {
  const title = async (at: string, grant: string) => {
    now = Date.parse(at);
    const { body } = await get(`/self-check/result?${agri}&grant=${grant}`);
    now = during;
    return /<h1 class="zn-phrase">(.*?)<\/h1>/s.exec(body)?.[1]?.replaceAll("<wbr/>", "");
  };
  expect(await title("2024-06-30T23:59:59+08:00", "30")).toBe("条件都符合，可以申报");
  expect(await title("2024-07-01T00:00:00+08:00", "30")).toBe("条件都符合，但申报时间已过");
  expect(await title("2024-07-01T00:00:00+08:00", "35")).toBe("申报时间已过，另有 1 处不符合");
  expect(await title("2024-05-29T12:00:00+08:00", "30")).toBe("条件都符合，5月30日起可以申报");
});

test("every page answers at its bare path, and what is no question is no page", async () => {
  const policy = await loadPolicy("dalian-2024");
  for (const root of ["", "/en"]) {
    for (const path of ["/self-check", "/self-check/result"])
      expect((await get(root + path)).status).toBe(200);
    for (const question of policy.selfCheck?.questions ?? []) {
      const page = await get(`${root}/self-check/question/${question.id}`);
      expect(page.status).toBe(200);
      expect(page.body).toContain("<form action");
      expect(page.body).not.toContain("govuk-error-summary");
    }
    expect((await get(`${root}/self-check/question/constructor`)).status).toBe(404);
    expect((await get(`${root}/self-check/question/nothing`)).status).toBe(404);
  }
});

test("links from the catalogue skip what is answered and let it be changed", async () => {
  const { body } = await get("/self-check?category=SOFT_SCI&field=SS-02&direction=SS-02");
  expect(body).toContain("已经带入");
  expect(body).toContain('href="/self-check/question/unit?category=SOFT_SCI&amp;field=SS-02"');
  expect(body).toContain('href="/self-check/question/field?category=SOFT_SCI&amp;field=SS-02"');
});

test.each([
  ["question/category?go=1", "请选择项目类别", "category"],
  ["question/category?category=NOPE&go=1", "请从列出的选项中选择", "category"],
  ["question/category?category=constructor&category=__proto__&go=1", "请从列出的选项中选择", "category"],
  ["question/grant?category=APPLIED_BASIC&grant=0x23&go=1", "金额只写数字", "grant"],
  ["question/grant?category=APPLIED_BASIC&grant=35.0000001&go=1", "小数点后 6 位", "grant"],
  ["question/grant?category=APPLIED_BASIC&grant=&go=1", "请填写申请金额", "grant"],
  [
    "question/period?category=APPLIED_BASIC&period-year=2027&period-month=2&period-day=30&go=1",
    "没有 30 日",
    "period-day",
  ],
  ["question/period?category=APPLIED_BASIC&period-year=2027&go=1", "日期还缺月、日", "period-month"],
  ["question/statements?statements=none&statements=ethics&go=1", "就不能再选别的", "statements"],
])("%s is answered at its place", async (path, message, field) => {
  const { status, body } = await get(`/self-check/${path}`);
  expect(status).toBe(422);
  expect(body).toContain('role="alert"');
  expect(body).toContain(`<a href="#${field}">`);
  expect(body).toContain(`id="${field}"`);
  expect(body.split(message).length - 1).toBeGreaterThanOrEqual(2);
  expect(body).toMatch(/<title>错误：/);
});

test("what was written is kept, and never becomes markup", async () => {
  const evil = '"><script>alert(1)</script>';
  const { status, body } = await get(
    `/self-check/question/grant?category=SCI_POP&grant=${encodeURIComponent(evil)}&go=1`,
  );
  expect(status).toBe(422);
  expect(body).not.toContain("<script>alert");
  expect(body).toContain("&quot;>&lt;script>".replaceAll(">", body.includes("&quot;&gt;") ? "&gt;" : ">"));
  const other = await get(`/self-check/question/unit?go=1&grant=${encodeURIComponent(evil)}&%3Cb%3E=1`);
  expect(other.body).not.toContain("<script>alert");
});

test("an answer that cannot be judged is put right at its question, wherever it was met", async () => {
  const { status, body } = await get(`/self-check/result?${agri}&grant=abc`);
  expect(status).toBe(422);
  expect(body).toContain('value="abc"');
  const open = await get(`/self-check/result?category=SCI_POP`);
  expect(open.status).toBe(200);
  expect(open.body).toContain("还没有答完");
});

test("changing the category drops what no longer applies and goes on where something is missing", async () => {
  const changed = await get(
    `/self-check/question/category?${agri}&grant=9&go=1`.replace("APPLIED_BASIC", "SOFT_SCI"),
  );
  expect(changed.status).toBe(303);
  expect(changed.to).toMatch(/^\/self-check\/question\/field\?category=SOFT_SCI&unit=DLOU/);
  expect(changed.to).not.toContain("AGRI");
  expect(changed.to).not.toContain("AB-53");
});

test("a very long query is refused in words, a long value is an unknown one", async () => {
  expect((await get(`/self-check/question/unit?unit=${"x".repeat(11_000)}&go=1`)).status).toBe(422);
  expect((await get(`/self-check/question/unit?unit=${"x".repeat(20_000)}&go=1`)).status).toBe(414);
});

test("quotes are the guide's own words", async () => {
  const policy = await loadPolicy("dalian-2024");
  for (const clause of policy.clauses) {
    const quote = quoteOf(policy, clause.id);
    expect(quote === null || policy.nodes.get(clause.node)?.text.includes(quote)).toBe(true);
  }
  expect(quoteOf(policy, "G4.8c")).toContain("副高级以上职称");
  expect(quoteOf(policy, "G4.1e")).toBe("科学普及项目承担单位应为市级以上科普基地的依托单位。");
});
