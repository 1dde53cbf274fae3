import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { walk } from "../../src/core/guide/guide.ts";
import type { CheckRequest } from "../../src/core/policy/application.ts";
import { auditPolicy } from "../../src/core/policy/audit.ts";
import { compareCase, setAt } from "../../src/core/policy/cases.ts";
import { coverageOf, unaccounted } from "../../src/core/policy/coverage.ts";
import { judgeOf, severityAt } from "../../src/core/policy/judge.ts";
import { leaves } from "../../src/core/policy/programme.ts";
import { outcomeOf } from "../../src/core/policy/self-check-outcome.ts";
import { answersFrom, nextQuestion } from "../../src/core/policy/self-check-walk.ts";
import { stages } from "../../src/core/policy/stage.ts";
import { finderOf, fitOf } from "../../src/platform/finder.ts";
import { loadPolicy } from "../../src/platform/policies.ts";

/** Measures of another city, in chapters and articles, where a company may lead: data only, nothing of it in `src/`. */

const policy = await loadPolicy("yunzhou-2025");
const { programme, nodes, rules, clauses, cases } = policy;
const judge = judgeOf(policy.id, programme, rules);
const directions = programme.categories.flatMap((one) => one.fields).flatMap(leaves);

test("the parts of the pack agree with each other and with the text", () => {
  expect(auditPolicy(policy)).toEqual([]);
  expect(unaccounted(coverageOf(clauses, rules))).toEqual([]);
});

describe("the text is read as it is numbered", () => {
  test("chapters, articles, items and the annex", () => {
    expect(policy.guide.title).toBe(programme.title.zh);
    expect(policy.guide.nodes.map((one) => one.heading)).toEqual([
      "总则",
      "类别、额度与执行期",
      "申报条件",
      "申报与推荐",
      "附则",
      "2025年度申报安排",
    ]);
    const articles = policy.guide.nodes.slice(0, 5).flatMap((one) => one.children);
    expect(articles).toHaveLength(23);
    expect(nodes.get("第三章/第八条/（一）")?.text).toBe("在云州市行政区域内登记，具有独立法人资格；");
  });

  test("a sentence that a page number interrupts is whole", () => {
    expect(nodes.get("第三章/第十一条")?.text).toBe(
      "青年科学基金的项目负责人，申报当年1月1日应当未满40周岁，并具备下列条件之一：",
    );
    expect(nodes.get("第二章/第五条/（三）")?.text).toContain("开展技术示范、培训和诊断。");
    expect([...nodes.values()].some((one) => /—\s*\d\s*—/.test(one.text + one.heading))).toBe(false);
  });

  test("every provision belongs to a clause, on its own node or on the one above", () => {
    const accounted = new Set(clauses.map((one) => one.node));
    const loose = [...walk(policy.guide.nodes)].filter(
      ({ id, children }) =>
        children.length === 0 &&
        !id.split("/").some((_, index, steps) => accounted.has(steps.slice(0, index + 1).join("/"))),
    );
    expect(loose.map((one) => one.id)).toEqual([]);
  });
});

describe("worked cases", () => {
  test.each(cases.map((one) => [one.case, one] as const))("%s", (_, one) => {
    const { expected, found } = compareCase(one, judge(one.request));
    expect(found).toEqual(expected);
  });

  test("no finding has an empty place left in its words", () => {
    const words = cases
      .flatMap((one) => judge(one.request).findings)
      .flatMap(({ title, message, advice }) => [title, message, advice])
      .flatMap(({ zh, en }) => [zh, en]);
    expect(words.filter((one) => one.includes("{"))).toEqual([]);
  });

  test("every rule that can stop an application does so in some case", () => {
    const found = new Set(cases.flatMap((one) => judge(one.request).findings.map(({ rule }) => rule)));
    const stopping = rules.filter((rule) => stages.some((stage) => severityAt(rule, stage) === "error"));
    expect(stopping.map((rule) => rule.id).filter((id) => !found.has(id))).toEqual([]);
  });
});

test("an application led by a company is judged from first submission to clear", async () => {
  const asked = judgeOf(policy.id, programme, rules, fitOf(policy, await finderOf(policy)));
  const base = cases.find((one) => one.case === "clear-company")!.request;
  const request = structuredClone(base) as CheckRequest & Record<string, unknown>;
  setAt(request, "application.partners", []);
  setAt(request, "application.requestedGrant", 55_000_000);
  setAt(
    request,
    "application.abstract",
    "面向丘陵山地的设施农业，研制轻简化农机具和温室果蔬采摘机器人，研究环境精准调控与水肥一体化决策，开展田间试验和示范应用，提高机械化水平。",
  );
  const first = asked(request);
  expect(first.verdict).toBe("blocked");
  expect(first.findings.map(({ rule, clause, severity }) => [rule, clause, severity])).toEqual([
    ["grant-ceiling", "A6.1", "error"],
    ["company-partner", "A9.1", "error"],
    ["budget-total", "A17", "error"],
  ]);
  expect(first.findings[0]!.message).toEqual({
    zh: "你申请 55 万元，重点研发计划每项不超过 50 万元，超出 5 万元。",
    en: "You request CNY 550,000; Key research and development allows at most CNY 500,000: CNY 50,000 too much.",
  });

  setAt(request, "application.partners", base.application.partners);
  setAt(request, "application.requestedGrant", 50_000_000);
  const second = asked(request);
  expect(second.verdict).toBe("clear");
  expect(second.findings).toEqual([]);
  expect(second.met.map((rule) => rule.id)).toEqual(
    expect.arrayContaining(["company-partner", "company-own-funds", "direction-fit", "window-closed"]),
  );
});

describe("the direction finder", () => {
  test.each([
    ["日光温室番茄水肥一体化智能决策系统", "KR-01"],
    ["抗晚疫病马铃薯新品种的分子标记辅助选育", "KR-02"],
    ["退役晶硅组件层压件低温热解与银回收", "KR-03"],
    ["磷酸铁锂储能舱热失控早期预警方法", "KR-04"],
    ["石窟壁画三维采集与虚拟修复", "KR-05"],
    ["药用植物多糖对肠道微生物的调节机制", "YF-02"],
  ])("%s", async (title, direction) => {
    const finder = await finderOf(policy);
    expect(finder.suggest(title, 3)[0]?.code).toBe(direction);
  });

  test("every direction has synonyms", () => {
    expect(Object.keys(policy.synonyms).sort()).toEqual(directions.map((one) => one.code).sort());
  });
});

describe("the self-check", () => {
  const selfCheck = policy.selfCheck!;
  const at = Date.parse("2025-04-01T10:00:00+08:00");
  const ask = (said: Readonly<Record<string, readonly string[]>>) => {
    const answers = answersFrom(selfCheck, programme, (name) => said[name] ?? []);
    expect(nextQuestion(selfCheck, programme, answers)).toBeUndefined();
    const { verdict, findings } = outcomeOf(selfCheck, programme, judge, answers, at);
    return { verdict, clauses: findings.map(({ finding }) => finding.clause) };
  };
  const company = { direction: ["KR-03"], unit: ["company"], period: ["2027-12-31"], grant: ["50"] };
  const youth = { direction: ["YF-01"], period: ["2028-12-31"], grant: ["8"], others: ["none"] };

  test("its questions settle rules and cite clauses of the pack", () => {
    const known = new Set(rules.map((rule) => rule.id));
    const named = [
      ...selfCheck.clock,
      ...selfCheck.quiet,
      ...selfCheck.questions.flatMap((one) => one.rules),
    ];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    const cited = selfCheck.questions.flatMap((one) => one.clause ?? []);
    expect(cited.filter((id) => !clauses.some((one) => one.id === id))).toEqual([]);
  });

  test("a company may lead key research and development, with partner and own funds", () => {
    expect(ask({ ...company, company: ["partner", "funds"], others: ["none"] })).toEqual({
      verdict: "clear",
      clauses: [],
    });
    expect(ask({ ...company, company: ["none"], others: ["none"] }).clauses).toEqual(["A9.1", "A9.1"]);
    expect(
      ask({ ...company, company: ["partner", "funds"], others: ["running", "another"] }).clauses,
    ).toEqual(["A12", "A13"]);
  });

  test("the young scientists' fund is not for companies and asks for degree or title", () => {
    expect(ask({ ...youth, unit: ["yzu"], qualification: ["degree"] }).verdict).toBe("clear");
    expect(ask({ ...youth, unit: ["company"], qualification: ["title"] }).clauses).toEqual(["A9.2"]);
    expect(ask({ ...youth, unit: ["yzu"], qualification: ["none"], period: ["2027-12-31"] }).clauses).toEqual(
      ["A7.2", "A11.1"],
    );
  });

  test("crop breeding may take a third year, which the bureau decides", () => {
    const breeding = { direction: ["KR-02"], unit: ["institute"], grant: ["30"], others: ["none"] };
    expect(ask({ ...breeding, period: ["2028-12-31"] })).toEqual({ verdict: "confirm", clauses: ["A7.1"] });
    expect(ask({ ...breeding, period: ["2029-01-01"] }).verdict).toBe("blocked");
  });
});

test("nothing of the first pack stands in the second", () => {
  const folder = path.resolve(import.meta.dirname, "../../policies", policy.id);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const speaking = files.filter((one) =>
    /大连|沪连|在连|Dalian|"G\d/u.test(readFileSync(path.join(one.parentPath, one.name), "utf8")),
  );
  expect(speaking.map((one) => one.name)).toEqual([]);
});
