import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRequestSchema } from "../../src/core/policy/application.ts";
import { judgeOf, severityAt } from "../../src/core/policy/judge.ts";
import { ruleSchema } from "../../src/core/policy/rule.ts";
import { stages } from "../../src/core/policy/stage.ts";
import { fill, money, sayFact } from "../../src/core/policy/words.ts";
import { loadPolicy } from "../../src/platform/policies.ts";

const policy = await loadPolicy("dalian-2024");
const words = { summary: "", title: "", message: "", advice: "" };
const bilingualWords = Object.fromEntries(Object.keys(words).map((key) => [key, { zh: "字", en: "word" }]));
const ruleWith = (require: unknown, more: object = {}) =>
  ruleSchema.parse({
    id: "one",
    clauses: ["C1"],
    at: { draft: "error" },
    path: "title",
    require,
    words: bilingualWords,
    ...more,
  });
const request = (application: object) =>
  checkRequestSchema.parse({
    policy: policy.id,
    stage: "draft",
    at: "2024-06-20T10:00:00+08:00",
    application,
  });
const verdict = (condition: unknown, application: object, more: object = {}) =>
  judgeOf("p", policy.programme, [ruleWith(condition, more)])(request(application)).verdict;

const yes = { predicate: "one-of", with: { path: "title", values: ["a"] } };
const no = { predicate: "one-of", with: { path: "title", values: ["b"] } };
const open = { predicate: "one-of", with: { path: "abstract", values: ["b"] } };

describe("conditions", () => {
  it.each([
    [yes, "clear"],
    [no, "blocked"],
    [open, "clear"],
    [{ not: yes }, "blocked"],
    [{ not: no }, "clear"],
    [{ not: open }, "clear"],
    [{ all: [yes, yes] }, "clear"],
    [{ all: [yes, no] }, "blocked"],
    [{ all: [open, no] }, "blocked"],
    [{ any: [no, yes] }, "clear"],
    [{ any: [no, no] }, "blocked"],
    [{ any: [no, open] }, "clear"],
  ])("%j is %s", (condition, expected) => expect(verdict(condition, { title: "a" })).toBe(expected));

  it("apply only when they apply, and not where that is open", () => {
    expect(verdict(no, { title: "a" }, { when: no })).toBe("clear");
    expect(verdict(no, { title: "a" }, { when: open })).toBe("clear");
    expect(verdict(no, { title: "a" }, { when: yes })).toBe("blocked");
  });

  it("refuse predicates and settings that nobody knows", () => {
    for (const condition of [
      { predicate: "constructor", with: {} },
      { predicate: "one-of", with: { path: "title" } },
      { predicate: "one-of", with: { path: "title", values: ["a"], more: 1 } },
      { all: [] },
      {},
    ])
      expect(ruleSchema.safeParse({ ...ruleWith(yes), require: condition }).success).toBe(false);
  });
});

describe("stages", () => {
  it("keep the severity last named", () => {
    const rule = ruleWith(yes, { at: { draft: "warning", submit: "error", dept_review: null } });
    expect(stages.map((stage) => severityAt(rule, stage))).toEqual([
      "warning",
      "error",
      "error",
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it("judge what earlier stages judged as well", () => {
    const one = policy.cases.find((each) => each.case === "grant-applied-35");
    if (one === undefined) throw new Error("no case");
    const judge = judgeOf(policy.id, policy.programme, policy.rules);
    for (const stage of stages)
      expect(judge({ ...one.request, stage }).findings.map((finding) => finding.clause)).toContain("G3.c");
  });
});

describe("the judge", () => {
  it("is pure: the same request gives the same judgement, whatever was judged before", () => {
    const judge = judgeOf(policy.id, policy.programme, policy.rules);
    const cases = fc.constantFrom(...policy.cases);
    fc.assert(
      fc.property(cases, cases, (one, other) => {
        const before = JSON.stringify(judge(one.request));
        judge(other.request);
        expect(JSON.stringify(judge(one.request))).toBe(before);
      }),
    );
  });

  it("leaves no place for a fact open in its words", () => {
    const judge = judgeOf(policy.id, policy.programme, policy.rules);
    for (const one of policy.cases)
      for (const { message, title, advice } of judge(one.request).findings)
        for (const sentence of [message, title, advice])
          expect(`${sentence.zh}${sentence.en}`).not.toMatch(/[{}]/);
  });
});

describe("words", () => {
  it("say money exactly to the fen", () => {
    expect(sayFact(money(35_000_000), "zh")).toBe("35 万元");
    expect(sayFact(money(100_000_001), "zh")).toBe("100.000001 万元");
    expect(sayFact(money(-150), "zh")).toBe("-0.00015 万元");
    expect(sayFact(money(123_456_789_000_000), "zh")).toBe("123,456,789 万元");
    expect(sayFact(money(30_000_100), "en")).toBe("CNY 300,001");
  });

  it("fill in facts literally, replacement patterns included", () => {
    const fact = { kind: "text", text: { zh: "$& {b}", en: "$1" } } as const;
    expect(fill({ zh: "{a}", en: "{a}" }, { a: fact })).toEqual({ zh: "$& {b}", en: "$1" });
  });
});
