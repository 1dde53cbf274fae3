import { normalizeIdentifier } from "../identifiers.ts";
import { cleanText } from "./clean.ts";
import { type Column, columnsOf, isSheet, type SheetName } from "./columns.ts";
import { type Changes, type Content, ethicsFlags } from "./content.ts";
import { amountText, numberText, readAmount, readDate, readNumber } from "./typed.ts";

/** From content to the fields of a plain form and back: what one shows, the other reads without loss. */

export type Fields = {
  readonly get: (name: string) => string | null;
  readonly getAll: (name: string) => readonly string[];
  readonly has: (name: string) => boolean;
};
export type Field = readonly [name: string, value: string];

/** Registered organisations, as a form names them. */
export type Units = {
  readonly nameOf: (uscc: string) => string;
  /** The code of the only organisation of that name, or null. */
  readonly codeOf: (name: string) => string | null;
};

const keyForm = /^[A-Za-z0-9_-]{1,40}$/;
const listOf = (content: Content, sheet: SheetName): readonly Readonly<Record<string, unknown>>[] =>
  sheet === "budget.lines" ? content.budget.lines : content[sheet];

const cellText = (column: Column, row: Readonly<Record<string, unknown>>, units: Units): string => {
  const value = row[column.name];
  switch (column.kind) {
    case "identity":
      return (row["identity"] as Content["members"][number]["identity"])?.mask ?? "";
    case "amount":
      return typeof value === "number" ? amountText(value) : "";
    case "number":
      return typeof value === "number" ? numberText(value) : "";
    case "unit":
      return typeof value === "string" ? units.nameOf(value) : "";
    default:
      return typeof value === "string" ? value : "";
  }
};

/** The fields of a sheet: `members.row` names its rows in their order, `members.<key>.name` holds a cell. */
const sheetFields = (content: Content, sheet: SheetName, units: Units): readonly Field[] => {
  const fields: Field[] = [];
  for (const row of listOf(content, sheet)) {
    const key = String(row["key"]);
    fields.push([`${sheet}.row`, key]);
    for (const column of columnsOf[sheet]) {
      const name = `${sheet}.${key}.${column.name}`;
      fields.push([name, content.unread[name] ?? cellText(column, row, units)]);
    }
  }
  return fields;
};

const yesNo = (value: boolean | null) => (value === null ? "" : value ? "yes" : "no");

/** The fields of a question as a form shows them, by the question's path. */
export const fieldsOf = (content: Content, path: string, units: Units): readonly Field[] => {
  if (isSheet(path)) return sheetFields(content, path, units);
  const unread = content.unread[path];
  if (path.startsWith("sections.")) return [[path, content.sections[path.slice(9)] ?? ""]];
  switch (path) {
    case "title":
    case "titleEn":
    case "abstract":
    case "extensionReason":
      return [[path, content[path]]];
    case "keywords":
      return [[path, content.keywords.join("；")]];
    case "periodEnd":
      return [[path, unread ?? content.periodEnd ?? ""]];
    case "requestedGrant":
      return [[path, unread ?? (content.requestedGrant === null ? "" : amountText(content.requestedGrant))]];
    case "completionPercent":
      return [
        [path, unread ?? (content.completionPercent === null ? "" : numberText(content.completionPercent))],
      ];
    case "platform":
    case "sciencePopularizationBase":
      return [[path, content[path] ?? ""]];
    case "declarations.nonClassified":
      return [[path, yesNo(content.declarations.nonClassified)]];
    case "declarations.intellectualPropertyClear":
      return [[path, yesNo(content.declarations.intellectualPropertyClear)]];
    case "declarations.ethics":
      return [[`${path}.asked`, "1"], ...content.declarations.ethics.map((flag) => [path, flag] as const)];
    case "commitments":
      return [[`${path}.asked`, "1"], ...(content.declarations.commitment ? ([[path, "1"]] as const) : [])];
    case "preferences":
      return [
        [`${path}.asked`, "1"],
        ...content.preferences.flatMap(({ claim, evidence }) => [
          [path, claim] as const,
          [`${path}.${claim}`, evidence] as const,
        ]),
      ];
    default:
      return [];
  }
};

/** What a form said about one question; `unread` as `changesSchema` has it (an empty text removes an entry). */
type Part = { readonly changes: Changes; readonly unread: Readonly<Record<string, string>> };
const part = (changes: Changes, unread: Part["unread"] = {}): Part => ({ changes, unread });

const single = <Value>(
  path: string,
  typed: string,
  read: (typed: string) => Value | null | undefined,
  put: (value: Value | null) => Changes,
): Part => {
  const value = read(typed);
  return value === undefined
    ? part(put(null), { [path]: typed.slice(0, 500) })
    : part(put(value), { [path]: "" });
};

const oneLine = (text: string) => text.replaceAll("\n", " ").trim();
const keywordsOf = (text: string): string[] =>
  text
    .split(/[；;、，,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");

type Cell = { readonly value: unknown; readonly unread: string };

const readCell = (column: Column, typed: string, units: Units): Cell => {
  const said = (value: unknown): Cell =>
    value === undefined ? { value: null, unread: typed.slice(0, 500) } : { value, unread: "" };
  switch (column.kind) {
    case "amount":
      return said(readAmount(typed));
    case "number":
      return said(readNumber(typed, column.least, column.most));
    case "choice":
      return said(
        typed === ""
          ? column.empty
          : column.values.length === 0 || column.values.includes(typed)
            ? typed
            : undefined,
      );
    case "code":
      return said(normalizeIdentifier(typed) === "" ? null : normalizeIdentifier(typed));
    case "unit":
      return said(readUnit(typed.trim(), units));
    default:
      return said(column.kind === "identity" ? typed.trim() : typed);
  }
};

const readUnit = (typed: string, units: Units): string | null | undefined => {
  if (typed === "") return null;
  const code = normalizeIdentifier(typed);
  return /^[0-9A-Z]{18}$/.test(code) ? code : (units.codeOf(typed) ?? undefined);
};

/** A row that says nothing is no row; choices that stand there of themselves say nothing. */
const saysNothing = (columns: readonly Column[], typed: readonly string[]) =>
  columns.every((column, at) => typed[at] === "" || (column.kind === "choice" && column.empty === typed[at]));

const readSheet = (fields: Fields, sheet: SheetName, before: Content, units: Units, remove: string): Part => {
  const columns = columnsOf[sheet];
  const unread: Record<string, string> = {};
  for (const path of Object.keys(before.unread)) if (path.startsWith(`${sheet}.`)) unread[path] = "";
  const keys = [...new Set(fields.getAll(`${sheet}.row`))].filter(
    (key) => keyForm.test(key) && key !== remove,
  );
  const rows = keys.slice(0, 500).flatMap((key) => {
    const typed = columns.map(({ name, kind }) => {
      const text = cleanText(fields.get(`${sheet}.${key}.${name}`) ?? "");
      return kind === "text" ? text.trim() : oneLine(text);
    });
    if (saysNothing(columns, typed)) return [];
    const row: Record<string, unknown> = { key };
    for (const [at, column] of columns.entries()) {
      const { value, unread: kept } = readCell(column, typed[at] ?? "", units);
      if (kept !== "") unread[`${sheet}.${key}.${column.name}`] = kept;
      row[column.name] =
        value ?? (column.kind === "choice" ? column.empty : column.kind === "identity" ? "" : null);
    }
    return [row];
  });
  return part(
    (sheet === "budget.lines" ? { budget: { lines: rows } } : { [sheet]: rows }) as Changes,
    unread,
  );
};

/** What a posted form says about the question at `path`; what it does not mention stays as it is. `remove`: key of a row to drop. */
export const readQuestion = (
  fields: Fields,
  path: string,
  before: Content,
  units: Units,
  remove = "",
): Part => {
  if (isSheet(path))
    return fields.has(`${path}.asked`) || fields.has(`${path}.row`)
      ? readSheet(fields, path, before, units, remove)
      : part({});
  const typed = fields.get(path);
  const asked = fields.has(`${path}.asked`);
  switch (path) {
    case "declarations.ethics":
      return asked
        ? part({ declarations: { ethics: ethicsFlags.filter((flag) => fields.getAll(path).includes(flag)) } })
        : part({});
    case "commitments":
      return asked ? part({ declarations: { commitment: typed === "1" } }) : part({});
    case "preferences":
      return asked
        ? part({
            preferences: fields
              .getAll(path)
              .slice(0, 500)
              .map((claim) => ({ claim, evidence: cleanText(fields.get(`${path}.${claim}`) ?? "").trim() })),
          })
        : part({});
  }
  if (typed === null) return part({});
  const text = cleanText(typed);
  if (path.startsWith("sections.")) return part({ sections: { [path.slice(9)]: text.trim() } });
  switch (path) {
    case "title":
    case "titleEn":
      return part({ [path]: oneLine(text) });
    case "abstract":
    case "extensionReason":
      return part({ [path]: text.trim() });
    case "keywords":
      return part({ keywords: keywordsOf(text).slice(0, 500) });
    case "periodEnd":
      return single(path, oneLine(text), readDate, (periodEnd) => ({ periodEnd }));
    case "requestedGrant":
      return single(path, oneLine(text), readAmount, (requestedGrant) => ({ requestedGrant }));
    case "completionPercent":
      return single(
        path,
        oneLine(text),
        (one) => readNumber(one, 0, 100),
        (completionPercent) => ({ completionPercent }),
      );
    case "platform":
    case "sciencePopularizationBase":
      return part({ [path]: oneLine(text) === "" ? null : oneLine(text) });
    case "declarations.nonClassified":
      return part({ declarations: { nonClassified: text === "" ? null : text === "yes" } });
    case "declarations.intellectualPropertyClear":
      return part({ declarations: { intellectualPropertyClear: text === "" ? null : text === "yes" } });
    default:
      return part({});
  }
};

/** Several questions as one save. */
export const readQuestions = (
  fields: Fields,
  paths: readonly string[],
  before: Content,
  units: Units,
  remove = "",
): Changes => {
  const parts = paths.map((path) => readQuestion(fields, path, before, units, remove));
  const sections = Object.assign({}, ...parts.map((one) => one.changes.sections ?? {}));
  const declarations = Object.assign({}, ...parts.map((one) => one.changes.declarations ?? {}));
  const unread = Object.assign({}, ...parts.map((one) => one.unread));
  return {
    ...Object.assign({}, ...parts.map((one) => one.changes)),
    ...(Object.keys(sections).length === 0 ? {} : { sections }),
    ...(Object.keys(declarations).length === 0 ? {} : { declarations }),
    ...(Object.keys(unread).length === 0 ? {} : { unread }),
  };
};
