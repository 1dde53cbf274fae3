import type { Form } from "../policy/pack.ts";
import { isSheet, type SheetName, sheetNames } from "./columns.ts";
import type { Content } from "./content.ts";

/** Where on the form a finding, a mark or an opened field belongs. */
export type FormPlace = {
  readonly section: string;
  readonly question: string;
  readonly path: string;
  /** Name of the very field, where the finding means one. */
  readonly field: string | null;
  /** Position of the row in its sheet, from 0. */
  readonly row: number | null;
};

const questionPathOf = (path: string): string => {
  if (path === "category" || path === "field") return "direction";
  if (path === "periodStart") return "periodEnd";
  if (path === "budget" || path.startsWith("budget.")) return "budget.lines";
  if (path === "declarations.commitment") return "commitments";
  if (path === "leadOrganization" || path.startsWith("principalInvestigator")) return "principalInvestigator";
  if (path.startsWith("sections.") || path.startsWith("declarations.")) return path.split("[", 1)[0] ?? path;
  return path.split(/[.[]/, 1)[0] ?? path;
};

const rowsOf = (content: Content, sheet: SheetName): readonly { readonly key: string }[] =>
  sheet === "budget.lines" ? content.budget.lines : content[sheet];

/** Row and cell of `members[2].identityNo` or, as `unread` names it, `members.<key>.identityNo`. */
const cellOf = (
  content: Content,
  path: string,
): { readonly row: number; readonly field: string | null } | null => {
  const sheet = sheetNames.find((one) => path.startsWith(`${one}[`) || path.startsWith(`${one}.`));
  if (sheet === undefined) return null;
  const rest = path.slice(sheet.length);
  const [, index, column] = /^\[(\d{1,4})\](?:\.(\w{1,40}))?$/.exec(rest) ?? [];
  const [, named, cell] = /^\.([\w-]{1,40})\.(\w{1,40})$/.exec(rest) ?? [];
  const rows = rowsOf(content, sheet);
  const row = index === undefined ? rows.findIndex((one) => one.key === named) : Number(index);
  const key = rows[row]?.key;
  const name = column ?? cell;
  if (key === undefined) return null;
  return { row, field: name === undefined ? null : `${sheet}.${key}.${name}` };
};

/** The place of a path; `clause` decides where two questions have the same one. Null where the form has none. */
export const placeOf = (form: Form, content: Content, path: string, clause = ""): FormPlace | null => {
  const wanted = questionPathOf(path);
  const found = form.sections.flatMap((section) =>
    section.questions
      .filter((question) => question.path === wanted)
      .map((question) => ({ section: section.id, question })),
  );
  const one = found.find(({ question }) => question.clause === clause) ?? found.at(-1);
  if (one === undefined) return null;
  const cell = isSheet(wanted) ? cellOf(content, path) : null;
  return {
    section: one.section,
    question: one.question.id,
    path: wanted,
    field: cell?.field ?? (isSheet(wanted) ? null : wanted),
    row: cell?.row ?? null,
  };
};

/** The part of the content that a path belongs to: what a correction opens and a save touches. */
const partOf = (path: string): string => {
  if (path === "category" || path === "field") return "direction";
  if (path === "periodStart") return "periodEnd";
  if (path === "commitments") return "declarations";
  if (path.startsWith("sections.")) return path;
  return path.split(/[.[]/, 1)[0] ?? path;
};

/** Whether a correction's notice opens the field at `path`. */
export const isOpened = (opened: readonly string[], path: string): boolean =>
  opened.some((one) => partOf(one) === partOf(path) || one === "sections");
