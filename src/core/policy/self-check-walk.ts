import { endOf, startOf } from "../calendar.ts";
import { type CheckRequest, checkRequestSchema } from "./application.ts";
import { leaves, type Programme } from "./programme.ts";
import type { Answers, SelfCheck, SelfCheckQuestion } from "./self-check.ts";
import {
  categoryOf,
  choicesOf,
  fenOf,
  fieldOf,
  holds,
  type Raw,
  validateAnswer,
} from "./self-check-answer.ts";
import type { Bilingual } from "./words.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Draft = { application: { [key: string]: Json }; registry: { [key: string]: Json } };
type Language = keyof Bilingual;

/** One way through the questions: what is asked after these answers, which of them count, and the request they make. */
type Walk = {
  readonly asked: readonly SelfCheckQuestion[];
  readonly answers: Answers;
  readonly draft: Draft;
};

const isWords = (value: Json): value is { zh: string; en: string } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).toSorted().join() === "en,zh";

/** Pairs of words become one of them. */
const inLanguage = (value: Json, language: Language): Json => {
  if (isWords(value)) return value[language];
  if (Array.isArray(value)) return value.map((one) => inLanguage(one, language));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inLanguage(one, language)]));
};

/** Puts a value at a path of the pack; what is missing on the way is made. */
const put = (draft: Draft, path: string, value: Json) => {
  const steps = path.split(".");
  let at: Json = draft;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    const last = next === undefined;
    if (Array.isArray(at)) {
      const place: number = step === "+" ? at.length : Number(step);
      if (last) at[place] = value;
      else at = at[place] ??= emptyFor(next);
    } else if (typeof at === "object" && at !== null) {
      if (last) at[step] = value;
      else at = at[step] ??= emptyFor(next);
    }
  }
};
const emptyFor = (step: string): Json => (step === "+" || /^\d$/.test(step) ? [] : {});

const settle = (draft: Draft, question: SelfCheckQuestion, answer: readonly string[], language: Language) => {
  const [first = ""] = answer;
  if (question.kind === "category" || question.kind === "field" || question.kind === "direction") {
    draft.application[question.kind] = first;
    return;
  }
  if (question.options.length === 0) {
    if (question.path === undefined) return;
    const value =
      question.kind === "money" ? fenOf(first) : question.kind === "percent" ? Number(first) : first;
    put(draft, question.path, value);
    return;
  }
  for (const option of question.options) {
    if (!answer.includes(option.value)) continue;
    if (option.set === undefined) put(draft, question.path ?? "", option.value);
    // Copied: a later answer may write into what an earlier one put there.
    else
      for (const [path, value] of Object.entries(option.set))
        put(draft, path, inLanguage(structuredJson(value), language));
  }
};
const structuredJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Where the field has a single direction (or is itself the leaf) there is nothing to ask. */
const onlyLeaf = (programme: Programme, answers: Answers): string | undefined => {
  const field = fieldOf(programme, answers);
  const [leaf, second] = field === undefined ? [] : leaves(field);
  return second === undefined ? leaf?.code : undefined;
};

/** The guide lets projects of the field or direction answered run longer than usual. */
export const isExtensible = (programme: Programme, answers: Answers): boolean => {
  const extension = categoryOf(programme, answers)?.period.extension ?? null;
  if (extension === null) return false;
  const direction = answers.get("direction")?.[0] ?? onlyLeaf(programme, answers) ?? "";
  return (
    extension.fields.includes(answers.get("field")?.[0] ?? "") || extension.directions.includes(direction)
  );
};

type Condition = (programme: Programme, draft: Draft, answers: Answers) => boolean;
const conditions: Readonly<Record<NonNullable<SelfCheckQuestion["only"]>, Condition>> = {
  /** The end lies beyond the usual one, within what the guide lets this field or direction be extended to. */
  "period-extended": (programme, { application: { periodEnd: end } }, answers) => {
    const period = categoryOf(programme, answers)?.period;
    if (period === undefined || period.extension === null || typeof end !== "string") return false;
    return isExtensible(programme, answers) && end > period.end.date && end <= period.extension.date;
  },
};

const isAsked = (question: SelfCheckQuestion, programme: Programme, draft: Draft, answers: Answers) => {
  if (question.when !== undefined && !holds(question.when, answers)) return false;
  if (question.only !== undefined && !conditions[question.only](programme, draft, answers)) return false;
  if (question.kind === "field") return categoryOf(programme, answers) !== undefined;
  if (question.kind === "direction")
    return fieldOf(programme, answers) !== undefined && onlyLeaf(programme, answers) === undefined;
  return true;
};

/** Goes through the questions in their order; an answer counts only where its question is asked and it can be judged. */
const walk = (selfCheck: SelfCheck, programme: Programme, raw: Raw, language: Language = "zh"): Walk => {
  const draft = structuredJson(selfCheck.base) as Draft;
  const asked: SelfCheckQuestion[] = [];
  const answers = new Map<string, readonly string[]>();
  for (const question of selfCheck.questions) {
    if (!isAsked(question, programme, draft, answers)) continue;
    asked.push(question);
    const checked = validateAnswer(question, programme, answers, raw);
    if (!checked.ok) continue;
    answers.set(question.id, checked.answer);
    settle(draft, question, checked.answer, language);
    if (question.kind === "category") {
      const start = categoryOf(programme, answers)?.period.start.date;
      if (start !== undefined) draft.application["periodStart"] = start;
    }
    const leaf = question.kind === "field" ? onlyLeaf(programme, answers) : undefined;
    if (leaf !== undefined) draft.application["direction"] = leaf;
  }
  return { asked, answers, draft };
};

const rawOf =
  (answers: Answers): Raw =>
  (name) =>
    answers.get(name) ?? [];

/** The answers among what a query says: those whose question is asked, in the order of the questions. */
export const answersFrom = (selfCheck: SelfCheck, programme: Programme, raw: Raw): Answers =>
  walk(selfCheck, programme, withHome(programme, raw)).answers;

/** A link from the catalogue may name no more than a direction: it implies its field and category. */
const withHome = (programme: Programme, raw: Raw): Raw => {
  const [direction] = raw("direction");
  if (direction === undefined || raw("category").length > 0) return raw;
  for (const category of programme.categories)
    for (const field of category.fields)
      if (leaves(field).some((one) => one.code === direction))
        return (name) =>
          name === "category" ? [category.code] : name === "field" ? [field.code] : raw(name);
  return raw;
};

/** What is asked after these answers, in order; answers that no longer apply ask nothing. */
export const questionsFor = (
  selfCheck: SelfCheck,
  programme: Programme,
  answers: Answers,
): readonly SelfCheckQuestion[] => walk(selfCheck, programme, rawOf(answers)).asked;

/** The first question without an answer, or undefined at the end. */
export const nextQuestion = (
  selfCheck: SelfCheck,
  programme: Programme,
  answers: Answers,
): SelfCheckQuestion | undefined => {
  const { asked, answers: counted } = walk(selfCheck, programme, rawOf(answers));
  return asked.find((one) => !counted.has(one.id));
};

/** `at` moved into the window of applications: whether the window is open is said separately. */
const within = ({ windows: { application } }: Programme, at: number) =>
  Math.min(Math.max(at, startOf(application.opens)), endOf(application.closes) - 1000);

/** What the judge is asked after these answers. `at`: milliseconds since 1970 UTC; names come in `language`. */
export const requestFrom = (
  selfCheck: SelfCheck,
  programme: Programme,
  answers: Answers,
  at: number,
  language: Language = "zh",
): CheckRequest =>
  checkRequestSchema.parse({
    policy: programme.id,
    stage: selfCheck.stage,
    at: new Date(within(programme, at)).toISOString(),
    ...walk(selfCheck, programme, rawOf(answers), language).draft,
  });

/** The answer in words: titles, `2027年12月31日`, `35 万元`. Kept beside the walk because it needs the earlier answers. */
export const chosenTitles = (
  question: SelfCheckQuestion,
  programme: Programme,
  answers: Answers,
): readonly Bilingual[] =>
  choicesOf(question, programme, answers)
    .filter((one) => answers.get(question.id)?.includes(one.value) === true)
    .map((one) => one.title);
