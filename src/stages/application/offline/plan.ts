import { isSheet, type SheetName } from "../../../core/application/columns.ts";
import { formOf } from "../../../core/application/worded.ts";
import type { Language } from "../../../ui/place.ts";
import { isAsked } from "../form/control.tsx";
import { formWords } from "../form/words.ts";
import type { Question, Section, Writing } from "../form/writing.ts";

/** Which questions are answered where: long texts in Word, the rest in the workbook, declarations and files on the platform only. */

const online = new Set(["declaration", "files"]);
const onlineOnly = new Set(["principalInvestigator", "declarations.ethics", "preferences"]);

const openQuestions = (writing: Writing): readonly Question[] =>
  writing.form.sections
    .flatMap((section) => section.questions)
    .filter((one) => !online.has(one.kind) && !onlineOnly.has(one.path))
    .filter((one) => writing.editable(one.path) && isAsked(writing, one));

/** Sections with the questions that are answered in running text. */
export const wordPlan = (
  writing: Writing,
): readonly { readonly section: Section; readonly questions: readonly Question[] }[] => {
  const open = new Set(openQuestions(writing));
  return writing.form.sections
    .map((section) => ({
      section,
      questions: section.questions.filter((one) => one.kind === "narrative" && open.has(one)),
    }))
    .filter(({ questions }) => questions.length > 0);
};

/** Questions of one short answer each, and the sheets. */
export const workbookPlan = (
  writing: Writing,
): { readonly single: readonly Question[]; readonly sheets: readonly (Question & { path: SheetName })[] } => {
  const open = openQuestions(writing).filter((one) => one.kind !== "narrative");
  return {
    single: open.filter((one) => !isSheet(one.path)),
    sheets: open.filter((one): one is Question & { path: SheetName } => isSheet(one.path)),
  };
};

/** What stays to be answered on the platform. */
export const onlinePlan = (writing: Writing): readonly Question[] =>
  writing.form.sections
    .flatMap((section) => section.questions)
    .filter(
      (one) => (online.has(one.kind) || onlineOnly.has(one.path)) && one.path !== "principalInvestigator",
    )
    .filter((one) => isAsked(writing, one));

/** The same application as if its category were chosen, where it is not chosen yet. Null for a code that the pack does not have. */
export const writingFor = (writing: Writing, category: string | null): Writing | null => {
  const { content, call } = writing.facts;
  if (content.category !== null) return category === null || category === content.category ? writing : null;
  const form = formOf(call.policy, category);
  if (form === undefined || !call.policy.programme.categories.some((one) => one.code === category))
    return null;
  return { ...writing, form, facts: { ...writing.facts, content: { ...content, category } } };
};

/** The same page in another language: files carry the words of one, and are read in both. */
export const speaking = (writing: Writing, language: Language): Writing => {
  const place = { ...writing.frame.place, language };
  return { ...writing, frame: { ...writing.frame, place }, words: formWords(place) };
};
