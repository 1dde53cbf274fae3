import { z } from "zod";
import { formatDate } from "../calendar.ts";

/** Words in both languages of the platform. */
export const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
export type Bilingual = Readonly<z.infer<typeof bilingual>>;

/** Money in whole fen (1/100 yuan). */
export const fen = z.int();

/** A fact that a predicate found, with the kind that decides how it is worded. */
export type Fact =
  | { readonly kind: "money"; readonly fen: number }
  | { readonly kind: "date"; readonly date: string }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "text"; readonly text: Bilingual };

export type Facts = Readonly<Record<string, Fact>>;

export const money = (amount: number): Fact => ({ kind: "money", fen: amount });
export const date = (day: string): Fact => ({ kind: "date", date: day });
export const count = (number: number): Fact => ({ kind: "count", count: number });
export const text = (words: Bilingual | string): Fact => ({
  kind: "text",
  text: typeof words === "string" ? { zh: words, en: words } : words,
});

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const yuanAndFen = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `30 万元`: the unit of the guide, exact to the fen. */
const moneyZh = (amount: number) => {
  const digits = String(Math.abs(amount)).padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0{1,6}$/, "");
  return `${amount < 0 ? "-" : ""}${grouped.format(Number(digits.slice(0, -6)))}${decimals === "" ? "" : `.${decimals}`} 万元`;
};

const moneyEn = (amount: number) => `CNY ${(amount % 100 === 0 ? grouped : yuanAndFen).format(amount / 100)}`;

/** One fact in one language. */
export const sayFact = (fact: Fact, language: keyof Bilingual): string => {
  if (fact.kind === "money") return language === "zh" ? moneyZh(fact.fen) : moneyEn(fact.fen);
  if (fact.kind === "date") return formatDate(fact.date, language);
  return fact.kind === "count" ? String(fact.count) : fact.text[language];
};

const slot = /\{([a-zA-Z]{1,40})\}/g;

/** Names of the facts that a sentence has places for. */
export const slotsOf = (sentence: Bilingual): readonly string[] =>
  [...sentence.zh.matchAll(slot), ...sentence.en.matchAll(slot)].map((match) => match[1] ?? "");

const fillOne = (sentence: string, facts: Facts, language: keyof Bilingual) =>
  sentence.includes("{")
    ? sentence.replace(slot, (whole, name: string) => {
        const fact = facts[name];
        return fact === undefined ? whole : sayFact(fact, language);
      })
    : sentence;

/** A sentence with its facts put in, in both languages. */
export const fill = (sentence: Bilingual, facts: Facts): Bilingual => ({
  zh: fillOne(sentence.zh, facts, "zh"),
  en: fillOne(sentence.en, facts, "en"),
});
