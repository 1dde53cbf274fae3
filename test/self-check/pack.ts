import { readFileSync } from "node:fs";
import { judgeOf } from "../../src/core/policy/judge.ts";
import { rulesSchema } from "../../src/core/policy/pack.ts";
import { programmeSchema } from "../../src/core/policy/programme.ts";
import { outcomeOf } from "../../src/core/policy/self-check-outcome.ts";
import { answersFrom, nextQuestion } from "../../src/core/policy/self-check-walk.ts";
import { selfCheckSchema } from "../../src/core/policy/self-check.ts";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/dalian-2024/${name}.json`, import.meta.url), "utf8"));

export const programme = programmeSchema.parse(read("programme"));
export const selfCheck = selfCheckSchema.parse(read("self-check"));
export const rules = rulesSchema.parse(read("rules"));
const judge = judgeOf("dalian-2024", programme, rules);

export const during = Date.parse("2024-06-20T10:00:00+08:00");

/** What a query says, as pages read it. */
export const said = (query: string) => {
  const params = new URLSearchParams(query);
  return (name: string) => params.getAll(name);
};

export const answersOf = (query: string) => answersFrom(selfCheck, programme, said(query));

/** The outcome of a journey; fails where a question was left open, so that no case passes for want of an answer. */
export const judged = (query: string, at = during, language: "zh" | "en" = "zh") => {
  const answers = answersOf(query);
  const open = nextQuestion(selfCheck, programme, answers);
  if (open !== undefined) throw new Error(`${open.id} is not answered`);
  return outcomeOf(selfCheck, programme, judge, answers, at, language);
};

export const found = (query: string) =>
  judged(query).findings.map(({ finding }) => `${finding.rule} ${finding.clause} ${finding.severity}`);

/** The answers that every journey ends with when nothing is wrong. */
export const calm = "ongoing=none&another=none&statements=none";
