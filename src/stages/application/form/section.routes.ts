import { isSheet } from "../../../core/application/columns.ts";
import type { Changes, Content } from "../../../core/application/content.ts";
import { fieldsOf, readQuestions } from "../../../core/application/entry.ts";
import { placeOf } from "../../../core/application/form-place.ts";
import { Missing, Stale } from "../../../platform/errors.ts";
import {
  attempt,
  type Desk,
  type Trouble,
  troubleOf,
  type Work,
  type WorkAnswer,
} from "../../registration/desk.ts";
import { attach, detach } from "../attach.ts";
import { saveDraft } from "../save.ts";
import { sealChanges } from "../seal.ts";
import { uploadLimit } from "../upload.ts";
import { ConflictPage } from "./conflict.page.tsx";
import { type FieldErrors, faultErrors, unreadErrors } from "./errors.ts";
import { SectionPage, type SectionView } from "./section.page.tsx";
import { TasksPage } from "./tasks.page.tsx";
import { withRegistered } from "./units.ts";
import { openWriting, type Question, type Section, statusOf, storedFields, type Writing } from "./writing.ts";

/** Somebody who reads it, or a form that is no longer written, belongs to the reading side. */
const readingSide = (work: Work): WorkAnswer => ({
  to: `${work.place.home}/applications/${work.params["id"] ?? ""}`,
});

const sectionOf = (writing: Writing, id: string | undefined): Section => {
  const section = writing.form.sections.find((one) => one.id === id);
  if (section === undefined) throw new Missing("section");
  return section;
};

const mostBlanks = 20;
/** `add=members:5` of the address. */
const blanksOf = (add: string | undefined): Readonly<Record<string, number>> => {
  const [sheet = "", count = ""] = (add ?? "").split(":");
  return isSheet(sheet) && /^\d{1,2}$/.test(count) ? { [sheet]: Math.min(mostBlanks, Number(count)) } : {};
};

const errorsIn = (writing: Writing, section: Section, errors: FieldErrors): FieldErrors =>
  new Map(
    [...errors].filter(
      ([path]) => placeOf(writing.form, writing.facts.content, path)?.section === section.id,
    ),
  );

const storedView = (work: Work, writing: Writing, section: Section): SectionView => {
  const { query } = work;
  const uploaded = writing.attachments.find((one) => one.id === query["uploaded"]);
  const { files } = writing.words;
  const notice =
    uploaded === undefined
      ? query["removed"] === "1"
        ? files.removed
        : null
      : files.uploaded(uploaded.filename);
  return {
    writing,
    section,
    values: storedFields(writing, section),
    version: writing.facts.draftVersion,
    errors: errorsIn(writing, section, unreadErrors(writing)),
    trouble: null,
    isFresh: query["saved"] === "1" || query["from"] === "check",
    toCheck: query["from"] === "check",
    from: writing.form.sections.find((one) => one.id === query["from"]) ?? null,
    blanks: blanksOf(query["add"]),
    ...(notice === null ? {} : { notice }),
  };
};

const showTasks = async (work: Work): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null || !writing.isWritten) return readingSide(work);
  const from = writing.form.sections.find((one) => one.id === work.query["from"]);
  return TasksPage({
    writing,
    notice: from === undefined ? null : writing.words.savedAs(from.title[work.place.language]),
  });
};

const showSection = async (work: Work): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null || !writing.isWritten) return readingSide(work);
  const section = sectionOf(writing, work.params["section"]);
  if (writing.facts.content.category === null && statusOf(writing, section).status === "cannotStart")
    return { to: `${writing.base}/form` };
  return SectionPage(storedView(work, writing, section));
};

/** `add:members:5`, `remove:members:<key>`, `next`, `check`, `save`. */
const actOf = (form: URLSearchParams) => {
  const [verb = "", sheet = "", detail = ""] = (form.get("act") ?? "save").split(":");
  return { verb, sheet, detail };
};

/** Rows that were posted and said nothing: they stay on the page as blank ones. */
const blankPosted = (form: URLSearchParams, sheet: string, saved: Content, removed: string): number => {
  const rows = isSheet(sheet) ? (sheet === "budget.lines" ? saved.budget.lines : saved[sheet]) : [];
  const keys = new Set(rows.map((one) => one.key));
  return form.getAll(`${sheet}.row`).filter((key) => key !== removed && !keys.has(key)).length;
};

const changesIn = (writing: Writing, section: Section, form: URLSearchParams): Changes => {
  const { verb, detail } = actOf(form);
  const paths = section.questions
    .map(({ path }) => path)
    .filter((path) => writing.editable(path) && form.get(`choose.${path}`) !== "stored");
  const changes = readQuestions(
    form,
    paths,
    writing.facts.content,
    writing.units,
    verb === "remove" ? detail : "",
  );
  return withRegistered(changes, writing.units);
};

const afterSave = (writing: Writing, section: Section, work: Work): string => {
  const { form } = work;
  const { verb, sheet, detail } = actOf(form);
  const { base } = writing;
  const self = `${base}/form/${section.id}`;
  const back = form.get("from") === "check" ? "&from=check" : "";
  if (verb === "add" || verb === "remove") {
    const blank = blankPosted(form, sheet, writing.facts.content, verb === "remove" ? detail : "");
    const count = Math.min(mostBlanks, blank + (verb === "add" ? Math.max(1, Number(detail) || 1) : 0));
    return `${self}?saved=1${back}&add=${sheet}:${count}#add-${sheet.split(".", 1)[0] ?? ""}`;
  }
  const unread = errorsIn(writing, section, unreadErrors(writing)).size > 0;
  if (verb === "check" && !unread) return `${base}/check`;
  if (verb === "next" && !unread) {
    const next = writing.form.sections[writing.form.sections.indexOf(section) + 1];
    return next === undefined
      ? `${base}/form?from=${section.id}`
      : `${base}/form/${next.id}?from=${section.id}`;
  }
  return `${self}?saved=1${back}`;
};

/** Questions of the section whose saved answer differs from the one that was to be saved. */
const differing = (writing: Writing, section: Section, mine: Content): readonly Question[] => {
  const { facts, units } = writing;
  const said = (content: Content, path: string) => JSON.stringify(fieldsOf(content, path, units));
  return section.questions.filter(
    ({ path }) => writing.editable(path) && said(mine, path) !== said(facts.content, path),
  );
};

const saveSection = async (work: Work): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null) return readingSide(work);
  const { form, platform, viewer } = work;
  const section = sectionOf(writing, work.params["section"]);
  const changes = changesIn(writing, section, form);
  const version = /^\d{1,9}$/.test(form.get("version") ?? "") ? Number(form.get("version")) : 1;
  try {
    await saveDraft(platform, viewer.actor, {
      application: writing.facts.id,
      version: Math.max(1, version),
      changes,
    });
  } catch (error) {
    if (error instanceof Stale) {
      const mine = await sealChanges(platform, writing.facts.content, changes);
      const questions = differing(writing, section, mine);
      // The same save twice, from an impatient click: there is nothing to choose.
      if (questions.length === 0) return { to: afterSave(writing, section, work) };
      return { status: 409, page: ConflictPage({ writing, section, questions, mine, posted: form }) };
    }
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    return {
      status: trouble.status,
      page: SectionPage(postedView(work, writing, section, changes, trouble, version)),
    };
  }
  const saved = await openWriting(work);
  return saved === null ? readingSide(work) : { to: afterSave(saved, section, work) };
};

/** What was posted and could not be saved stands in the fields again. */
const postedView = (
  work: Work,
  writing: Writing,
  section: Section,
  changes: Changes,
  trouble: Trouble,
  version: number,
): SectionView => ({
  writing,
  section,
  values: work.form,
  version,
  errors: faultErrors(writing, changes, trouble.faults),
  trouble,
  isFresh: true,
  toCheck: work.form.get("from") === "check",
  from: null,
  blanks: {},
});

const fileTrouble = (work: Work, writing: Writing, status: number, error: string): WorkAnswer => {
  const { form } = work;
  const section = sectionOf(writing, form.get("section") ?? undefined);
  const view = storedView(work, writing, section);
  return {
    status,
    page: SectionPage({ ...view, file: { question: form.get("question") ?? "", error, given: form } }),
  };
};

const upload = async (work: Work): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null) return readingSide(work);
  const { form, files, place } = work;
  const file = files.find((one) => one.field === "file");
  if (file === undefined) return fileTrouble(work, writing, 422, writing.words.files.none);
  const result = await attempt(work, attach, {
    application: writing.facts.id,
    type: form.get("type"),
    filename: file.filename,
    file: file.sha256,
    note: form.get("note") ?? "",
  });
  if ("done" in result)
    return {
      to: `${writing.base}/form/${sectionOf(writing, form.get("section") ?? undefined).id}?uploaded=${result.done.attachment}#q-${form.get("question") ?? ""}`,
    };
  const { trouble } = result;
  const said = trouble.faults.length > 0 ? writing.words.unread.other : trouble.reason[place.language];
  return fileTrouble(work, writing, trouble.status, `${file.filename}：${said}`);
};

const removeFile = async (work: Work): Promise<WorkAnswer> => {
  const writing = await openWriting(work);
  if (writing === null) return readingSide(work);
  const { form, place } = work;
  const result = await attempt(work, detach, {
    application: writing.facts.id,
    attachment: work.params["file"],
  });
  if ("trouble" in result)
    return fileTrouble(work, writing, result.trouble.status, result.trouble.reason[place.language]);
  return {
    to: `${writing.base}/form/${sectionOf(writing, form.get("section") ?? undefined).id}?removed=1#q-${form.get("question") ?? ""}`,
  };
};

export const registerSections = (desk: Desk): void => {
  desk.get("/applications/:id/form", showTasks);
  desk.get("/applications/:id/form/:section", showSection);
  desk.post("/applications/:id/form/:section", saveSection);
  // What is a little too large is told so at its field; what is far too large is cut off at the door.
  desk.post("/applications/:id/files", upload, { files: uploadLimit * 2 });
  desk.post("/applications/:id/files/:file/remove", removeFile);
};
