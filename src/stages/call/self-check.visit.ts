import { formatDate } from "../../core/calendar.ts";
import type { Programme } from "../../core/policy/programme.ts";
import { categoryOf, choicesOf, fenOf, fieldOf, type Raw } from "../../core/policy/self-check-answer.ts";
import { answersFrom, nextQuestion, questionsFor } from "../../core/policy/self-check-walk.ts";
import type { Answers, SelfCheck, SelfCheckQuestion } from "../../core/policy/self-check.ts";
import { money, sayFact } from "../../core/policy/words.ts";
import { linkTo, type Place, say } from "../../ui/place.ts";

/** One visitor's self-check as the address says it. Nothing of it is kept anywhere else. */
export type Check = {
  readonly place: Place;
  readonly selfCheck: SelfCheck;
  readonly programme: Programme;
  /** What the query says, unchecked. */
  readonly raw: Raw;
  /** The form of a question was sent. */
  readonly sent: boolean;
  readonly answers: Answers;
  readonly asked: readonly SelfCheckQuestion[];
  /** First question without an answer. */
  readonly next: SelfCheckQuestion | undefined;
  /** How many questions there will be, as far as is known. */
  readonly total: number;
};

/** Category, field and direction are asked of everybody but hang on each other. */
const stillToCome = (answers: Answers) => (answers.has("category") ? (answers.has("field") ? 0 : 1) : 2);

export const checkOf = (place: Place, selfCheck: SelfCheck): Check => {
  const { programme } = place.policy;
  const params = new URLSearchParams(place.search);
  const raw: Raw = (name) => params.getAll(name);
  const answers = answersFrom(selfCheck, programme, raw);
  const asked = questionsFor(selfCheck, programme, answers);
  return {
    place,
    selfCheck,
    programme,
    raw,
    sent: params.has("go"),
    answers,
    asked,
    next: nextQuestion(selfCheck, programme, answers),
    total: asked.length + stillToCome(answers),
  };
};

type Pairs = readonly (readonly [string, string])[];

/** Answers as fields of a form or a query; `without` leaves one question out. */
export const fieldsOf = (answers: Answers, without?: string): Pairs =>
  [...answers].flatMap(([id, values]) => (id === without ? [] : values.map((value) => [id, value] as const)));

/** Address within the self-check that carries the answers along. */
export const carry = (check: Check, path: string, more: Pairs = [], without?: string): string => {
  const query = new URLSearchParams([...fieldsOf(check.answers, without), ...more].map(([...pair]) => pair));
  const search = query.toString();
  return linkTo(check.place, path) + (search === "" ? "" : `?${search}`);
};

export const questionPath = (id: string): string => `/self-check/question/${id}`;
export const resultPath = "/self-check/result";
export const summaryPath = "/self-check/result.pdf";

/** An answer in words. */
export const sayAnswer = (check: Check, question: SelfCheckQuestion): string => {
  const { place, programme, answers } = check;
  const values = answers.get(question.id) ?? [];
  const [first = ""] = values;
  switch (question.kind) {
    case "money":
      return sayFact(money(fenOf(first)), place.language);
    case "date":
      return formatDate(first, place.language);
    case "percent":
      return `${first}%`;
    case "text":
      return first;
    case "direction":
      return directionTitle(check, first);
    default:
      return choicesOf(question, programme, answers)
        .filter((one) => values.includes(one.value))
        .map((one) => say(place, one.title))
        .join(place.language === "zh" ? "；" : "; ");
  }
};

/** `53 种业技术研发与应用`: the number as the guide counts. */
const directionTitle = ({ place, programme, answers }: Check, code: string): string => {
  const direction = fieldOf(programme, answers)?.directions.find((one) => one.code === code);
  return direction === undefined
    ? code
    : `${direction.node.split("/").at(-1) ?? ""} ${say(place, direction.title)}`;
};

/** Clause behind a question: its own, or the one that the programme names for the category chosen. */
export const clauseBehind = (
  { programme, answers }: Check,
  question: SelfCheckQuestion,
): string | undefined => {
  const category = categoryOf(programme, answers);
  if (question.clause !== undefined || category === undefined) return question.clause;
  if (question.path === "application.requestedGrant") return category.ceiling.clause;
  if (question.path === "application.periodEnd") return category.period.end.clause;
  return question.kind === "field" || question.kind === "direction" ? category.clause : undefined;
};
