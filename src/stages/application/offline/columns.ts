import { type Column, columnsOf, type SheetName } from "../../../core/application/columns.ts";
import { leaves } from "../../../core/policy/programme.ts";
import { say } from "../../../ui/place.ts";
import { headOf, wordOf } from "../form/answers.tsx";
import { hasGuideIndicators } from "../form/demands.ts";
import { countryCodes, regionCodes } from "../form/regions.ts";
import type { Question, Writing } from "../form/writing.ts";
import { offlineWords } from "./words.ts";

/** The cells of an offline workbook: their heads, their lists of choice, and what is told about them. */

export type Choice = { readonly value: string; readonly text: string };

/** Columns of a sheet as the workbook has them. */
export const sheetColumns = ({ facts, frame }: Writing, sheet: SheetName): readonly Column[] => {
  const { content } = facts;
  const withCodes =
    hasGuideIndicators(frame.place.policy, content.category) ||
    content.indicators.some((one) => one.code !== null);
  return columnsOf[sheet].filter(({ name }) => sheet !== "indicators" || name !== "code" || withCodes);
};

export const sheetTitle = ({ words }: Writing, sheet: SheetName): string => words.sheets[sheet];

export const headText = (writing: Writing, sheet: SheetName, column: Column): string =>
  headOf(writing, sheet, column.name);

/** What can be chosen in a column; empty where anything may be written. */
export const choicesOf = (writing: Writing, sheet: SheetName, column: Column): readonly Choice[] => {
  if (column.kind !== "choice") return [];
  const { policy } = writing.frame.place;
  const values =
    column.name === "region"
      ? regionCodes(policy)
      : column.name === "countryOrRegion"
        ? countryCodes(policy)
        : column.values;
  return values.map((value) => ({ value, text: wordOf(writing, sheet, column.name, value) }));
};

const categoryOf = ({ facts }: Writing) =>
  facts.call.policy.programme.categories.find((one) => one.code === facts.content.category);

export const categoryText = (writing: Writing): string => {
  const category = categoryOf(writing);
  return category === undefined ? "" : say(writing.frame.place, category.title);
};

/** The fields of the chosen category, each with its directions. */
export const fieldChoices = (
  writing: Writing,
): readonly (Choice & { readonly directions: readonly Choice[] })[] =>
  (categoryOf(writing)?.fields ?? []).map((field) => ({
    value: field.code,
    text: say(writing.frame.place, field.title),
    directions: leaves(field).map((one) => ({ value: one.code, text: say(writing.frame.place, one.title) })),
  }));

/** Choices of a single question: the registered platforms and bases of the institution. */
export const singleChoices = ({ host }: Writing, path: string): readonly Choice[] =>
  (path === "platform" ? host.platforms : path === "sciencePopularizationBase" ? host.bases : []).map(
    (one) => ({
      value: one,
      text: one,
    }),
  );

export type SingleRow = {
  /** Name of the form's field. */
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: "fixed" | "field" | "direction" | "date" | "amount" | "number" | "choice" | "text";
};

/** Rows of the sheet of short answers. */
export const singleRows = (writing: Writing, questions: readonly Question[]): readonly SingleRow[] => {
  const words = offlineWords(writing.frame.place).workbook;
  const form = writing.words;
  return questions.flatMap((question): readonly SingleRow[] => {
    const { path, maximum } = question;
    const label = say(writing.frame.place, question.title);
    const row = (kind: SingleRow["kind"], hint: string): readonly SingleRow[] => [
      { name: path, label, hint, kind },
    ];
    if (path === "direction")
      return [
        { name: "category", label: words.category, hint: words.fixed, kind: "fixed" },
        { name: "field", label: words.field, hint: words.choose, kind: "field" },
        { name: "direction", label: words.direction, hint: words.chooseField, kind: "direction" },
      ];
    if (path === "periodEnd") return row("date", words.dateHint);
    if (path === "requestedGrant") return row("amount", words.amountHint);
    if (path === "completionPercent") return row("number", words.numberHint(0, 100));
    if (path === "keywords") return row("text", maximum === undefined ? "" : form.keywordsHint(maximum));
    if (path === "platform" || path === "sciencePopularizationBase") return row("choice", words.choose);
    return row(
      "text",
      maximum === undefined ? words.textHint : form.characters(0, maximum).replace(/^0 \/ /, "≤ "),
    );
  });
};

/** What is told about a cell while it is being filled in. */
export const columnHint = (writing: Writing, column: Column): string => {
  const words = offlineWords(writing.frame.place).workbook;
  switch (column.kind) {
    case "amount":
      return words.amountHint;
    case "identity":
      return words.identityHint;
    case "unit":
      return words.unitHint;
    case "code":
      return writing.words.uscc;
    case "choice":
      return words.choose;
    case "number":
      return Math.abs(column.most) < 1e12 ? words.numberHint(column.least, column.most) : words.numberPlain;
    default:
      return words.textHint;
  }
};
