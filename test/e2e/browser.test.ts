import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser } from "../browser.ts";
import { perform } from "../../src/platform/action.ts";
import { checkInvariants } from "../../src/platform/database/invariants.ts";
import { confirmBudget } from "../../src/stages/endorsement/confirm.ts";
import { recordCreditCheck } from "../../src/stages/recommendation/credit.ts";
import { zhinan } from "../cli/process.ts";
import { approved, codeOf, filed, rowOf, scan, sealed } from "../endorsement/filed.ts";
import { departmentChecklist, issue, pass, ready } from "../recommendation/ahead.ts";
import { openTown, paper, type Part, type Town } from "./town.ts";

/** The main job by hand: real Chromium, JavaScript off, every role signed in with its password, every page the real one. */

let town: Town;
let browser: Browser;
let folder: string;
const pages = new Map<Part, Page>();

beforeAll(async () => {
  town = await openTown();
  folder = await mkdtemp(path.join(tmpdir(), "zhinan-walk-"));
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await town?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** Somebody's own browser, signed in through the form. */
const at = async (part: Part, url: string): Promise<Page> => {
  let page = pages.get(part);
  if (page === undefined) {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1366, height: 900 },
      baseURL: town.base,
    });
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    pages.set(part, page);
    await page.goto(url);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.locator('[name="account"]').fill(town.people[part].login);
    await page.locator('[name="password"]').fill(town.password);
    await page.locator("main form button").click();
    expect(page.url()).toBe(town.base + url);
  } else await page.goto(url);
  await expect(page.locator("h1").count()).resolves.toBe(1);
  return page;
};

const named = (within: Page | Locator, name: string) => within.locator(`[name="${name}"]`);
const formTo = (page: Page, end: string) => page.locator(`form[action$="${end}"]`);
/** What the page says beside its navigation; a failed step shows it. */
const said = (page: Page) => page.locator("main").innerText();
/** Presses a button and insists that the page it leads to is another one than a refusal. */
const press = async (button: Locator, to: RegExp): Promise<void> => {
  const page = button.page();
  await button.click();
  if (!to.test(page.url())) throw new Error(`${page.url()}\n${await said(page)}`);
};
const pdf = (number: number, name: string) => ({ name, mimeType: "application/pdf", buffer: paper(number) });

const row = (page: Page, sheet: string, at_: number) => page.locator(`.zn-sheet--${sheet} tbody tr`).nth(at_);
/** Fills one row of a sheet by the last part of each field's name. */
const fillRow = async (within: Locator, cells: Readonly<Record<string, string>>): Promise<void> => {
  for (const [name, value] of Object.entries(cells)) {
    const cell = within.locator(`[name$=".${name}"]`);
    if ((await cell.evaluate((one) => one.tagName)) === "SELECT") await cell.selectOption(value);
    else await cell.fill(value);
  }
};

const next = (page: Page, section: string) =>
  press(page.locator('button[name="act"][value="next"]').last(), new RegExp(`/form/${section}\\b`));

const paragraph = "本部分说明研究的依据、内容与方法，数据来自前期实验，结论可以复核。".repeat(4);
const longAnswers = async (page: Page) => {
  for (const area of await page.locator('textarea[name^="sections."]').all()) await area.fill(paragraph);
};

const untilItIsThere = async (part: Part, url: string, what: string): Promise<Page> => {
  for (let left = 100; left > 0; left -= 1) {
    const page = await at(part, url);
    if ((await page.locator(what).count()) > 0) return page;
    await page.waitForTimeout(200);
  }
  throw new Error(`${what} never stood at ${url}`);
};

/** A draft begun, every section written, the member's consent, then submitted. Gives the id and the version code. */
const writeAndSubmit = async (): Promise<{ readonly id: string; readonly code: string }> => {
  let page = await at("pi", "/applications/new");
  await page.locator("textarea#q").fill("锂硫电池电解质界面调控与储能系统");
  await press(page.locator(".zn-pick__find button"), /q=/);
  await page.locator('input[name="direction"][value$="/AB-31"]').first().check();
  // What was looked for stands there as the title; it is made more exact.
  await named(page, "title").press("End");
  await named(page, "title").pressSequentially("研究");
  await press(formTo(page, "/applications/new").locator("button").last(), /\/form$/);
  const id = /applications\/([^/]+)\/form/.exec(page.url())?.[1] ?? "";
  const form = `/applications/${id}/form`;

  page = await at("pi", `${form}/basic`);
  await named(page, "keywords").fill("锂硫电池、电解质、储能");
  await named(page, "abstract").fill(paragraph);
  await named(page, "periodEnd").fill("2027年12月31日");
  await named(page, "requestedGrant").fill("三十万");
  // What cannot be read is kept as typed and said at its field; the next try is understood.
  await page.locator('button[name="act"][value="next"]').last().click();
  expect(page.url()).toContain("/form/basic");
  await expect(named(page, "requestedGrant").inputValue()).resolves.toBe("三十万");
  await expect(named(page, "requestedGrant").getAttribute("aria-invalid")).resolves.toBe("true");
  await named(page, "requestedGrant").fill("30");
  await next(page, "team");

  await fillRow(row(page, "members", 0), {
    name: town.people.member.name,
    identityNo: town.people.member.identityNo,
    organization: "示例理工大学",
    role: "KEY_MEMBER",
    titleLevel: "SENIOR",
    degree: "DOCTOR",
    monthsPerYear: "6",
    tasks: "界面阻抗测试",
    consent: "ACCOUNT",
  });
  await next(page, "partners");
  await next(page, "content");
  await longAnswers(page);
  await next(page, "base");
  await longAnswers(page);
  await next(page, "indicators");
  for (const [index, type, name, target, unit, verification] of [
    [0, "TECHNICAL", "电池循环寿命", "1000", "次", "第三方检测报告"],
    [1, "CONVERSION", "成果转化合同金额", "50", "万元", "技术合同登记证明"],
  ] as const)
    await fillRow(row(page, "indicators", index), { type, name, target, unit, verification });
  await next(page, "budget");
  await fillRow(row(page, "budget", 0), {
    subject: "EQUIPMENT",
    source: "CITY",
    amount: "10",
    explanation: "购置电化学工作站一台，用于界面阻抗测试。",
  });
  // More rows, without losing what stands in the first.
  await press(page.locator('button[name="act"][value="add:budget.lines:1"]'), /add=budget/);
  await expect(row(page, "budget", 0).locator('[name$=".amount"]').inputValue()).resolves.toMatch(/^10/);
  await fillRow(row(page, "budget", 1), {
    subject: "OPERATING",
    source: "CITY",
    amount: "20万",
    explanation: "材料费、测试化验加工费与差旅费，按三年测算。",
  });
  await next(page, "declarations");
  await page.locator('[name="declarations.nonClassified"][value="yes"]').check();
  await page.locator('[name="declarations.intellectualPropertyClear"][value="yes"]').check();
  await page.locator('[name="declarations.ethics"][value="NONE"]').check();
  await named(page, "commitments").check();
  await next(page, "files");
  const upload = formTo(page, "/files").first();
  await named(upload, "type").selectOption("FEASIBILITY_REPORT");
  await named(upload, "file").setInputFiles(pdf(1, "可行性研究报告.pdf"));
  await press(upload.locator("button"), /uploaded=/);
  expect(await said(page)).toContain("可行性研究报告.pdf");

  page = await at("pi", `/applications/${id}/check`);
  await page.locator('form[action$="/submit"] button').click();
  expect(await said(page)).toContain(town.people.member.name);
  const member = await at("member", "/consents");
  await member.locator(`[id="${id}"] button[name="agreed"][value="1"]`).click();
  expect(member.url()).toContain("/consents");

  page = await at("pi", `/applications/${id}/check`);
  await press(page.locator('form[action$="/submit"] button'), /\/submitted$/);
  const code = await codeOf(town.world, id);
  expect(await said(page)).toContain(code);
  return { id, code };
};

/** A paper as the reader of this page is given it, ready to be sent back. */
const drawn = async (page: Page, path: string, name: string) => {
  const answer = await page.context().request.get(new URL(path, page.url()).href);
  const buffer = await answer.body();
  expect([path, answer.status(), buffer.toString("latin1", 0, 5)]).toEqual([path, 200, "%PDF-"]);
  return { name, mimeType: "application/pdf", buffer };
};

const throughTheInstitution = async (id: string, code: string) => {
  const finance = await at("finance", `/institution/confirmations`);
  await press(finance.locator(`a[href$="/institution/${id}/budget"]`), /\/budget$/);
  await finance.locator('[name="agreed"][value="yes"]').check();
  await press(formTo(finance, "/budget").locator("button"), /done=1/);

  const seal = await at("seal", `/institution/${id}/seal`);
  const form = formTo(seal, "/seal");
  await named(form, "code").fill("0000-0000-0000");
  await named(form, "file").setInputFiles(pdf(2, "盖章页.pdf"));
  await named(form, "commitment").check();
  await form.locator("button").click();
  // Another paper's code is refused in words at the field, and what was typed is still there.
  await expect(named(form, "code").inputValue()).resolves.toBe("0000-0000-0000");
  expect(await said(seal)).toContain(code);
  // The form as the platform draws it comes back as the scan, and says itself which version it is.
  await named(form, "code").fill("");
  await named(form, "file").setInputFiles(
    await drawn(seal, `/applications/${id}/papers/application-form.pdf`, "盖章页.pdf"),
  );
  await named(form, "commitment").check();
  await press(form.locator("button"), /done=1/);

  const admin = await at("admin", `/institution/${id}`);
  const approve = formTo(admin, `/${id}/approve`);
  for (const tick of await named(approve, "checklist").all()) await tick.check();
  await press(approve.locator("button").last(), /done=approve/);
};

const throughTheDepartment = async (id: string) => {
  let page = await at("reviewer", "/department/credit");
  let form = formTo(page, "/department/credit");
  await named(form, "organization").selectOption(town.world.organizations.university.id);
  await form.locator('[name="result"][value="CLEAR"]').check();
  await named(form, "checkedOn").fill("2024-06-10");
  await named(form, "file").setInputFiles(pdf(3, "信用核查.pdf"));
  await press(form.locator("button"), /done=/);

  page = await at("reviewer", `/department/${id}`);
  form = formTo(page, `/${id}/pass`);
  for (const tick of await named(form, "met").all()) await tick.check();
  await press(form.locator("button"), /done=pass/);

  page = await at("reviewer", "/batches/new");
  await page.locator(`[name="n"][value="${id}"]`).check();
  await press(page.locator('button[name="intent"][value="prepare"]'), /\/batches\/[0-9a-f-]{36}/);
  const batch = new URL(page.url()).pathname;
  for (const [kind, name] of [
    ["SEALED_LETTER", "letter.pdf"],
    ["SEALED_LIST", "list.pdf"],
  ] as const) {
    await page
      .locator(`#file-${kind}`)
      .setInputFiles(await drawn(page, `${batch}/papers/${name}`, `${kind}.pdf`));
    await page.locator(`form:has(#file-${kind}) button`).click();
    expect(await said(page)).toContain(`${kind}.pdf`);
  }
  // Whoever reviewed does not sign.
  expect(await formTo(page, "/issue").count()).toBe(0);
  page = await at("approver", batch);
  form = formTo(page, "/issue");
  await named(form, "letterNumber").fill("示例教函〔2024〕7号");
  await named(form, "issuedOn").fill("2024-06-10");
  await press(form.locator("button"), /done=issue/);
};

it("walks one application from draft to acceptance, and its receipt is verified", async () => {
  const { id, code } = await writeAndSubmit();
  await throughTheInstitution(id, code);
  await throughTheDepartment(id);

  const desk = await untilItIsThere("officer", `/acceptance/${id}`, '[name="decision"][value="accept"]');
  await desk.locator('[name="decision"][value="accept"]').check();
  for (const remark of await desk.locator('[name^="remark."]').all()) await remark.fill("已核实");
  await press(desk.locator(`form[action$="/acceptance/${id}"] button`).last(), /done=accept/);
  const { state, acceptance_number: number } = await rowOf(town.world, id);
  expect(state).toBe("ACCEPTED");
  expect(number).toMatch(/./);
  await desk.locator(`a[href$="/acceptance/${id}/notice"]`).first().click();
  expect(await said(desk)).toContain(number);
  await drawn(desk, `/acceptance/${id}/notice/pdf`, "受理通知书.pdf");

  const page = await at("pi", `/applications/${id}`);
  expect(await said(page)).toContain(number);
  const receipt = await untilItIsThere("pi", `/applications/${id}/receipt`, 'a[href*="receipt.json"]');
  const [download] = await Promise.all([
    receipt.waitForEvent("download"),
    receipt.locator('a[href*="receipt.json"]').first().click(),
  ]);
  const file = path.join(folder, "receipt.json");
  await download.saveAs(file);
  const verified = await zhinan(["ledger", "verify", "--file", file, "--json"]);
  expect(JSON.parse(verified.out)).toMatchObject({ kind: "receipt", verified: true, firstBad: null });
  expect(verified.code).toBe(0);
}, 240_000);

/** From the institution to the acceptance desk by the same acts, without their pages: those are walked above. */
const toTheDesk = async (id: string): Promise<void> => {
  const { world, people } = town;
  const [admin, finance, reviewer, approver] = await Promise.all(
    (["admin", "finance", "reviewer", "approver"] as const).map((part) => world.actorOf(people[part])),
  );
  if (!admin || !finance || !reviewer || !approver) throw new Error("nobody is there");
  const { version, frozen_version: frozen } = await rowOf(world, id);
  await perform(world.platform, confirmBudget, finance, { application: id, version, agreed: true });
  await sealed(world, admin, id, frozen ?? 0);
  await approved(world, admin, id);
  await perform(world.platform, recordCreditCheck, reviewer, {
    call: world.call,
    organization: world.organizations.university.id,
    result: "CLEAR",
    checkedOn: "2024-06-10",
    ...(await scan(world)),
  });
  expect(departmentChecklist(world).length).toBeGreaterThan(0);
  await pass(world, reviewer, id);
  await issue(world.platform, approver, await ready(world, approver, [id]));
};

it("comes back with marks and with a correction, and goes on", async () => {
  const { world, people } = town;
  const { id } = await filed(world, { who: people.otherPi });
  const admin = await at("admin", `/institution/${id}`);
  await admin.locator(`details:has(form[action$="/${id}/return"]) > summary`).click();
  const back = formTo(admin, `/${id}/return`);
  await named(back, "reason").fill("请核对题目后重新提交。");
  await named(back, "mark-field").first().selectOption("title");
  await named(back, "mark-text").first().fill("题目与研究内容不一致");
  await press(back.locator("button"), /done=return/);

  let page = await at("otherPi", `/applications/${id}/form`);
  expect(await said(page)).toContain("请核对题目后重新提交。");
  page = await at("otherPi", `/applications/${id}/form/basic`);
  expect(await page.locator("#q-title").innerText()).toContain("题目与研究内容不一致");
  expect(await page.locator("#q-abstract").innerText()).not.toContain("题目与研究内容不一致");
  await named(page, "title").fill("高比能锂硫电池电解质界面调控方法");
  await next(page, "team");
  page = await at("otherPi", `/applications/${id}/check`);
  await press(page.locator('form[action$="/submit"] button'), /\/submitted$/);
  expect((await rowOf(world, id)).frozen_version).toBe(2);

  await toTheDesk(id);
  const desk = await untilItIsThere("officer", `/acceptance/${id}`, '[name="decision"][value="correct"]');
  await desk.locator('[name="decision"][value="correct"]').check();
  const reason = desk.locator('.zn-codes__one:has([name="code"][value="R23"])');
  await reason.locator('[name="code"]').check();
  await reason.locator('[name="fact.R23"]').fill("第一项指标没有写明测试条件");
  await reason.locator('[name="fields.R23"][value="indicators"]').check();
  await press(desk.locator(`form[action$="/acceptance/${id}"] button`).last(), /done=correct/);

  page = await at("otherPi", `/applications/${id}/form/basic`);
  expect(await named(page, "title").count()).toBe(0);
  page = await at("otherPi", `/applications/${id}/form/indicators`);
  expect(await said(page)).toContain("第一项指标没有写明测试条件");
  await row(page, "indicators", 0).locator('[name$=".name"]').fill("0.5C 下的电池循环寿命");
  await page.locator('button[name="act"][value="save"]').last().click();
  await at("admin", `/institution/${id}`);
  const correction = formTo(admin, `/${id}/correction`);
  await named(correction, "commitment").check();
  await press(correction.locator("button"), /done=correction/);
  expect(await rowOf(world, id)).toMatchObject({ state: "ACCEPTANCE", frozen_version: 3, corrected: true });
  const again = await at("officer", `/acceptance/${id}`);
  expect(await again.locator('[name="decision"][value="correct"]').count()).toBe(0);
  expect(await checkInvariants(world.platform.database, world.platform.policies)).toEqual([]);
}, 180_000);
