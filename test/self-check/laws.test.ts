import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkRequestSchema } from "../../src/core/policy/application.ts";
import { choicesOf, holds } from "../../src/core/policy/self-check-answer.ts";
import {
  answersFrom,
  nextQuestion,
  questionsFor,
  requestFrom,
} from "../../src/core/policy/self-check-walk.ts";
import { type Answers, selfCheckSchema, type SelfCheckQuestion } from "../../src/core/policy/self-check.ts";
import { during, judged, programme, rules, selfCheck } from "./pack.ts";

const numbers: Readonly<Record<string, readonly string[]>> = {
  money: ["0", "10", "30.000001", "35", "999999999"],
  percent: ["0", "29", "30", "100"],
  date: ["2024-12-31", "2025-12-31", "2027-12-31", "2029-06-30", "2040-01-01"],
  text: ["words"],
};

/** Answers that somebody could give to the question now. */
const possible = (question: SelfCheckQuestion, answers: Answers): readonly (readonly string[])[] => {
  const choices = choicesOf(question, programme, answers);
  if (choices.length === 0) return (numbers[question.kind] ?? []).map((one) => [one]);
  const single = choices.map((one) => [one.value]);
  const many = choices.filter((one) => !one.exclusive).map((one) => one.value);
  return question.kind === "choices" ? [...single, many] : single;
};

const toQuery = (answers: Iterable<readonly [string, readonly string[]]>) =>
  new URLSearchParams([...answers].flatMap(([id, values]) => values.map((one) => [id, one])));
const rawOf = (params: URLSearchParams) => (name: string) => params.getAll(name);

/** Walks to the end, choosing by the numbers given. */
const journey = (picks: readonly number[]): Answers => {
  let answers: Answers = new Map();
  for (let step = 0; ; step += 1) {
    const question = nextQuestion(selfCheck, programme, answers);
    if (question === undefined) return answers;
    if (step > selfCheck.questions.length) throw new Error("the questions do not end");
    const ways = possible(question, answers);
    const way = ways[(picks[step] ?? 0) % ways.length];
    if (way === undefined) throw new Error(`nothing can be answered to ${question.id}`);
    answers = new Map([...answers, [question.id, way]]);
  }
};
const picks = fc.array(fc.nat(400), {
  minLength: selfCheck.questions.length,
  maxLength: selfCheck.questions.length,
});

test("every way through the questions ends, in eight to twelve of them, with a request of the right shape", () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const answers = journey(chosen);
      const asked = questionsFor(selfCheck, programme, answers);
      expect(asked.map((one) => one.id)).toEqual([...answers.keys()]);
      expect(asked.length).toBeGreaterThanOrEqual(7);
      expect(asked.length).toBeLessThanOrEqual(14);
      for (const language of ["zh", "en"] as const)
        checkRequestSchema.parse(requestFrom(selfCheck, programme, answers, during, language));
    }),
    { numRuns: 400 },
  );
});

test("answers go through a query and come back the same", () => {
  fc.assert(
    fc.property(picks, (chosen) => {
      const answers = journey(chosen);
      expect([...answersFrom(selfCheck, programme, rawOf(toQuery(answers)))]).toEqual([...answers]);
    }),
    { numRuns: 200 },
  );
});

test("changing an earlier answer leaves only answers that are asked for and possible", () => {
  fc.assert(
    fc.property(picks, fc.nat(20), fc.nat(400), (chosen, which, otherwise) => {
      const answers = journey(chosen);
      const asked = questionsFor(selfCheck, programme, answers);
      const changed = asked[which % asked.length] as SelfCheckQuestion;
      const before = new Map([...answers].slice(0, [...answers.keys()].indexOf(changed.id)));
      const ways = possible(changed, before);
      const next = new Map([...answers, [changed.id, ways[otherwise % ways.length] ?? []]]);
      const kept = answersFrom(selfCheck, programme, rawOf(toQuery(next)));
      const asking = questionsFor(selfCheck, programme, kept);
      for (const id of kept.keys()) expect(asking.map((one) => one.id)).toContain(id);
      for (const question of asking) expect(holds(question.when ?? {}, kept)).toBe(true);
      // What came before the change, and the change itself, is still there.
      for (const [id, values] of before) expect(kept.get(id)).toEqual(values);
      checkRequestSchema.parse(requestFrom(selfCheck, programme, kept, during));
    }),
    { numRuns: 400 },
  );
});

test("any query at all gives answers, questions and a request", () => {
  const ids = selfCheck.questions.map((one) => one.id);
  const key = fc.oneof(
    fc.constantFrom(...ids, ...ids.map((id) => `${id}-year`), "__proto__", "constructor", "toString"),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.string({ maxLength: 20 })), { maxLength: 30 }), (pairs) => {
      const answers = answersFrom(selfCheck, programme, rawOf(new URLSearchParams(pairs)));
      checkRequestSchema.parse(requestFrom(selfCheck, programme, answers, during));
      expect(Object.prototype).not.toHaveProperty("polluted");
    }),
    { numRuns: 300 },
  );
});

test("each rule that a question names exists, and can be judged at some end of the questions", () => {
  const known = new Set(rules.map((rule) => rule.id));
  const named = new Set(selfCheck.questions.flatMap((question) => question.rules));
  expect([...named, ...selfCheck.quiet, ...selfCheck.clock].filter((rule) => !known.has(rule))).toEqual([]);
  const reached = new Set<string>();
  for (const way of fc.sample(picks, { numRuns: 3_000, seed: 1 })) {
    const outcome = judged(String(toQuery(journey(way))));
    for (const { finding } of outcome.findings) reached.add(finding.rule);
    for (const rule of outcome.met) reached.add(rule.id);
    if ([...named].every((one) => reached.has(one) || selfCheck.quiet.includes(one))) break;
  }
  expect([...named].filter((one) => !reached.has(one) && !selfCheck.quiet.includes(one))).toEqual([]);
});

test("nothing is reported that no question asked about", () => {
  for (const way of fc.sample(picks, { numRuns: 200, seed: 2 })) {
    const outcome = judged(String(toQuery(journey(way))));
    const settled = [...selfCheck.clock, ...outcome.asked.flatMap((question) => question.rules)];
    for (const { finding } of outcome.findings) expect(settled).toContain(finding.rule);
    for (const rule of outcome.met) expect(settled).toContain(rule.id);
  }
});

test("the units of the quota list stand among the choices", () => {
  const unit = selfCheck.questions.find((one) => one.id === "unit");
  for (const group of programme.quota.groups)
    expect(unit?.options.find((one) => one.value === group.id)?.title).toEqual(group.title);
});

test("a pack with a question that leads nowhere is refused", () => {
  const whole = JSON.parse(JSON.stringify(selfCheck)) as { questions: Record<string, unknown>[] };
  const broken = (change: (question: Record<string, unknown>) => void, at: number) => {
    const copy = structuredClone(whole);
    change(copy.questions[at] ?? {});
    return selfCheckSchema.safeParse(copy).success;
  };
  expect(selfCheckSchema.safeParse(whole).success).toBe(true);
  expect(broken((one) => (one["id"] = "category"), 1)).toBe(false);
  expect(broken((one) => (one["when"] = { later: ["yes"] }), 3)).toBe(false);
  expect(broken((one) => (one["options"] = []), 3)).toBe(false);
  expect(broken((one) => (one["path"] = "application.__proto__.x"), 3)).toBe(false);
  expect(broken((one) => (one["path"] = "application.constructor.x"), 3)).toBe(false);
  expect(broken((one) => (one["unknown"] = 1), 3)).toBe(false);
});
