import { isCivilDate } from "../calendar.ts";
import { leaves, type Programme } from "./programme.ts";
import type { Answers, SelfCheckQuestion } from "./self-check.ts";
import type { Bilingual } from "./words.ts";

/** What a form or a query says under a name; nothing else of it is ever looked at. */
export type Raw = (name: string) => readonly string[];
export type DatePart = "year" | "month" | "day";
export type Checked =
  | { readonly ok: true; readonly answer: readonly string[] }
  | {
      readonly ok: false;
      readonly message: Bilingual;
      /** Fields at fault of a date. */
      readonly parts?: readonly DatePart[];
      /** Nothing was said at all. */
      readonly empty: boolean;
    };

export type Choice = { readonly value: string; readonly title: Bilingual; readonly exclusive: boolean };

/** The category answered so far. */
export const categoryOf = (programme: Programme, answers: Answers) =>
  programme.categories.find((one) => one.code === answers.get("category")?.[0]);

/** The field answered so far. */
export const fieldOf = (programme: Programme, answers: Answers) =>
  categoryOf(programme, answers)?.fields.find((one) => one.code === answers.get("field")?.[0]);

const choiceOf = ({ code, title }: { code: string; title: Bilingual }): Choice => ({
  value: code,
  title,
  exclusive: false,
});

/** What can be chosen, after the earlier answers; empty where the answer is written. */
export const choicesOf = (
  question: SelfCheckQuestion,
  programme: Programme,
  answers: Answers,
): readonly Choice[] => {
  if (question.kind === "category") return programme.categories.map(choiceOf);
  if (question.kind === "field") return (categoryOf(programme, answers)?.fields ?? []).map(choiceOf);
  if (question.kind === "direction") {
    const field = fieldOf(programme, answers);
    return field === undefined ? [] : leaves(field).map(choiceOf);
  }
  return question.options;
};

/** The words of a question after the earlier answers. */
export const wordsOfQuestion = (question: SelfCheckQuestion, answers: Answers) => {
  const variant = question.variants.find((one) => holds(one.when, answers));
  return {
    label: variant?.label ?? question.label,
    title: variant?.title ?? question.title,
    hint: variant === undefined ? question.hint : variant.hint,
    missing: variant?.missing ?? question.missing,
  };
};

/** One of the values was answered to each of the questions named. */
export const holds = (when: Readonly<Record<string, readonly string[]>>, answers: Answers): boolean =>
  Object.entries(when).every(([id, values]) => answers.get(id)?.some((one) => values.includes(one)) === true);

const no = (zh: string, en: string, parts?: readonly DatePart[]): Checked => ({
  ok: false,
  message: { zh, en },
  empty: false,
  ...(parts && { parts }),
});
const yes = (...answer: readonly string[]): Checked => ({ ok: true, answer });

const plain = (text: string) => text.normalize("NFKC").trim();

const withoutZeros = (digits: string): string => {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
};

/** 万元 with up to six decimals is whole fen; read as digits, never as a floating-point number. */
const moneyForm = /^(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d+))?$/;
const checkMoney = (written: string): Checked => {
  const text = plain(written)
    .replace(/万元?$/, "")
    .replaceAll(/\s/g, "");
  const match = moneyForm.exec(text);
  if (match === null)
    return no(
      "金额只写数字，单位是万元，例如 25 或 25.5",
      "Write digits only, in units of CNY 10,000, for example 25 or 25.5",
    );
  const decimals = withoutZeros(match[2] ?? "");
  if (decimals.length > 6)
    return no(
      "金额最多写到小数点后 6 位（1 分），请去掉多余的位数",
      "The amount can have up to 6 decimals (one fen); remove the digits beyond",
    );
  const whole = (match[1] ?? "").replaceAll(",", "").replace(/^0+(?=\d)/, "");
  return yes(decimals === "" ? whole : `${whole}.${decimals}`);
};

/** Whole fen of an answer about money. */
export const fenOf = (answer: string): number => {
  const [whole = "0", decimals = ""] = answer.split(".");
  return Number(`${whole}${decimals.padEnd(6, "0")}`);
};

const percentForm = /^(\d{1,3})(?:\.(\d{1,2}))?$/;
const checkPercent = (written: string): Checked => {
  const whole = plain(written);
  const text = whole.endsWith("%") ? whole.slice(0, -1).trimEnd() : whole;
  if (!percentForm.test(text) || Number(text) > 100)
    return no("请写 0 到 100 之间的数字，例如 30", "Write a number from 0 to 100, for example 30");
  return yes(String(Number(text)));
};

const dayMissing: readonly (readonly [DatePart, string, string])[] = [
  ["year", "年", "year"],
  ["month", "月", "month"],
  ["day", "日", "day"],
];
const checkDate = (question: SelfCheckQuestion, missing: Bilingual, raw: Raw): Checked => {
  const whole = raw(question.id)[0];
  const written =
    whole === undefined
      ? dayMissing.map(([part]) => plain(raw(`${question.id}-${part}`)[0] ?? ""))
      : plain(whole).split("-");
  if (written.every((one) => one === "")) return { ok: false, message: missing, empty: true };
  const gaps = dayMissing.filter((_, index) => (written[index] ?? "") === "");
  if (gaps.length > 0)
    return no(
      `日期还缺${gaps.map((gap) => gap[1]).join("、")}`,
      `The date lacks the ${gaps.map((gap) => gap[2]).join(" and the ")}`,
      gaps.map((gap) => gap[0]),
    );
  const [year = "", month = "", day = ""] = written;
  if (written.length !== 3 || !/^\d{4}$/.test(year))
    return no("年份写四位数字，例如 2027", "Write the year with four digits, for example 2027", ["year"]);
  if (!/^\d{1,2}$/.test(month) || Number(month) < 1 || Number(month) > 12)
    return no("月份写 1 到 12 的数字", "Write the month as a number from 1 to 12", ["month"]);
  if (!/^\d{1,2}$/.test(day) || Number(day) < 1 || Number(day) > 31)
    return no("日写 1 到 31 的数字", "Write the day as a number from 1 to 31", ["day"]);
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (!isCivilDate(date))
    return Number(year) < 1000
      ? no("年份写四位数字，例如 2027", "Write the year with four digits, for example 2027", ["year"])
      : no(
          `${Number(year)}年${Number(month)}月没有 ${Number(day)} 日，请核对`,
          `That month has no day ${Number(day)}; check the date`,
          ["day"],
        );
  return yes(date);
};

const longest = 500;

/** Whether something was answered that can be judged, and if not, what to do. */
export const validateAnswer = (
  question: SelfCheckQuestion,
  programme: Programme,
  answers: Answers,
  raw: Raw,
): Checked => {
  const { missing } = wordsOfQuestion(question, answers);
  if (question.kind === "date") return checkDate(question, missing, raw);
  const written = raw(question.id);
  const first = written[0] ?? "";
  const empty = written.every((one) => one.trim() === "");
  if (empty)
    return question.optional && written.length > 0 ? yes("") : { ok: false, message: missing, empty: true };
  if (question.kind === "money") return checkMoney(first);
  if (question.kind === "percent") return checkPercent(first);
  if (question.kind === "text")
    return first.trim().length > longest
      ? no(`最多 ${longest} 字，请缩短`, `At most ${longest} characters; shorten it`)
      : yes(first.trim());
  const choices = choicesOf(question, programme, answers);
  const chosen = choices.filter((one) => written.includes(one.value));
  if (written.some((one) => !choices.some((choice) => choice.value === one)))
    return no("请从列出的选项中选择", "Choose from the options listed");
  if (question.kind !== "choices" && chosen.length !== 1) return no("只能选择一项", "Choose one option only");
  const alone = chosen.find((one) => one.exclusive);
  if (alone !== undefined && chosen.length > 1)
    return no(
      `选了“${alone.title.zh}”，就不能再选别的，请去掉一边`,
      `"${alone.title.en}" cannot be chosen beside others; remove one or the other`,
    );
  return yes(...chosen.map((one) => one.value));
};
