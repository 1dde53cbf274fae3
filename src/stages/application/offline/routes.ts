import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { Invalid, Refused, Stale } from "../../../platform/errors.ts";
import type { WordRead } from "../../../platform/word-text.ts";
import {
  type Desk,
  type Download,
  type PostedFile,
  type Trouble,
  troubleOf,
  type Work,
  type WorkAnswer,
} from "../../registration/desk.ts";
import { openWriting, type Writing } from "../form/writing.ts";
import { saveDraft } from "../save.ts";
import { inspectUpload, uploadLimit } from "../upload.ts";
import { OfflinePage } from "./offline.page.tsx";
import { readPastedBudget } from "./paste-in.ts";
import { PastePage } from "./paste.page.tsx";
import { workbookPlan, writingFor } from "./plan.ts";
import { PreviewPage } from "./preview.page.tsx";
import { changesOf, propose } from "./propose.ts";
import { longestSealed, openReading, type Reading, sealReading } from "./reading.ts";
import { readStamp } from "./stamp.ts";
import { readWordAnswers } from "./word-in.ts";
import { wordDocument } from "./word-out.ts";
import { readWorkbookAnswers, stampEntriesIn } from "./workbook-in.ts";
import { fitsWorkbook, offlineWorkbook, workbookFields } from "./workbook-out.ts";
import { offlineWords } from "./words.ts";

const mimes = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

const readingSide = (work: Work): WorkAnswer => ({
  to: `${work.place.home}/applications/${work.params["id"] ?? ""}`,
});

/** Opens an application that is being written; anybody else is sent to the reading side. */
const whileWritten =
  (act: (work: Work, writing: Writing) => Promise<WorkAnswer>) =>
  async (work: Work): Promise<WorkAnswer> => {
    const writing = await openWriting(work);
    return writing === null || !writing.isWritten ? readingSide(work) : act(work, writing);
  };

/** Trouble in words of this page. */
const told = (zh: string, en: string, status = 422): Trouble => ({
  status,
  reason: { zh, en },
  findings: [],
  faults: [],
});
const inBoth = (pick: (words: ReturnType<typeof offlineWords>) => string, status = 422): Trouble =>
  told(pick(offlineWords({ language: "zh" })), pick(offlineWords({ language: "en" })), status);

const show = (
  work: Work,
  writing: Writing,
  { trouble = null, error }: { trouble?: Trouble | null; error?: string } = {},
): WorkAnswer => {
  const asked = writing.facts.content.category === null;
  const code = asked ? (work.query["category"] ?? "") : "";
  const chosen = asked ? (code === "" ? null : writingFor(writing, code)) : writing;
  const saved = new Set((work.query["saved"] ?? "").split(","));
  const titles = writing.form.sections
    .flatMap((one) => one.questions)
    .filter((one) => saved.has(one.id))
    .map((one) => one.title[work.place.language]);
  return {
    status: trouble?.status ?? (error === undefined ? 200 : 422),
    page: OfflinePage({
      writing: chosen ?? writing,
      chosen: { code: chosen === null || !asked ? null : code, asked },
      trouble,
      error,
      notice:
        titles.length === 0 || trouble !== null || error !== undefined
          ? null
          : offlineWords(work.place).saved(
              titles.length,
              titles.join(work.place.language === "zh" ? "、" : ", "),
            ),
    }),
  };
};

const fileName = (writing: Writing, name: string, ending: string): string => {
  const title = writing.facts.content.title.replaceAll(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, "").slice(0, 60);
  return `${name}${title === "" ? "" : `-${title}`}.${ending}`;
};

const download = (bytes: Buffer, filename: string, mime: string): Download => ({
  download: Readable.from([bytes]),
  filename,
  size: bytes.length,
  mime,
});

const give = (make: (writing: Writing) => Promise<Buffer>, kind: "word" | "workbook") =>
  whileWritten(async (work, writing) => {
    const own = writingFor(writing, work.query["category"] ?? null);
    if (own === null) return { to: `${writing.base}/offline` };
    const plan = workbookPlan(own);
    const paths = [...plan.single, ...plan.sheets].map(({ path }) => path);
    if (kind === "workbook" && !fitsWorkbook(workbookFields(own, paths)))
      return show(work, writing, { trouble: inBoth((words) => words.preview.tooLong) });
    const ending = kind === "word" ? "docx" : "xlsx";
    return download(
      await make(own),
      fileName(own, offlineWords(work.place)[kind].name, ending),
      mimes[ending],
    );
  });

/** The bytes may hold identity numbers in clear: they are gone once they are read, unless they were filed as something else. */
const forget = async ({ platform }: Work, sha256: string): Promise<void> => {
  const kept = await platform.database.kysely
    .selectFrom("stored_file")
    .select("sha256")
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (kept === undefined) await platform.files.remove(sha256);
};

/** The writing that a file was made for, while the draft has no category of its own. */
const madeFor = (writing: Writing, entries: Readonly<Record<string, string>>): Writing | null =>
  writingFor(writing, writing.facts.content.category ?? readStamp(entries)?.category ?? null);

const readFile = async (
  { platform }: Work,
  writing: Writing,
  { sha256, filename }: PostedFile,
): Promise<Reading | Trouble> => {
  const inspected = await inspectUpload(platform.files, sha256, filename);
  if ("fault" in inspected) return told(inspected.fault.zh, inspected.fault.en);
  if (inspected.mime === mimes.xlsx) {
    const sheets = await platform.workbooks.read(sha256);
    const own = madeFor(writing, stampEntriesIn(sheets));
    return own === null ? inBoth((words) => words.choose) : readWorkbookAnswers(own, sheets, filename);
  }
  if (inspected.mime !== mimes.docx) return inBoth((words) => words.upload.wrongKind);
  const read: WordRead = await platform.wordTexts.read(await buffer(platform.files.read(sha256)));
  if ("fault" in read) return inBoth((words) => words.upload[read.fault]);
  const own = madeFor(writing, read.text.properties);
  return own === null ? inBoth((words) => words.choose) : readWordAnswers(own, read.text, filename);
};

const preview = async (
  work: Work,
  writing: Writing,
  reading: Reading,
  {
    taken = null,
    trouble = null,
    stale = false,
  }: { taken?: readonly string[] | null; trouble?: Trouble | null; stale?: boolean } = {},
): Promise<WorkAnswer> => {
  const own = writingFor(writing, reading.category) ?? writing;
  const current = { ...reading, version: writing.facts.draftVersion };
  const sealed = sealReading(work.platform.keys, writing.facts.id, current);
  if (sealed.length > longestSealed)
    return show(work, writing, { trouble: inBoth((words) => words.preview.tooLong, 413) });
  return {
    status: trouble?.status ?? (stale ? 409 : reading.faults.length > 0 ? 422 : 200),
    page: PreviewPage({
      writing: own,
      reading: current,
      proposal: await propose(work.platform, own, reading),
      sealed,
      taken,
      trouble,
      stale,
    }),
  };
};

const upload = async (work: Work, writing: Writing): Promise<WorkAnswer> => {
  const file = work.files.find((one) => one.field === "file");
  if (file === undefined) return show(work, writing, { error: offlineWords(work.place).upload.none });
  try {
    const read = await readFile(work, writing, file);
    if ("reason" in read)
      return show(work, writing, { error: `${file.filename}：${read.reason[work.place.language]}` });
    return await preview(work, writing, read);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return show(work, writing, { error: `${file.filename}：${error.reason[work.place.language]}` });
  } finally {
    await forget(work, file.sha256);
  }
};

const readingOf = (work: Work, writing: Writing): Reading | null =>
  openReading(work.platform.keys, writing.facts.id, work.form.get("sealed") ?? "");

const sectionWith = (writing: Writing, path: string): string =>
  writing.form.sections.find((one) => one.questions.some((question) => question.path === path))?.id ?? "";

const save = async (work: Work, writing: Writing): Promise<WorkAnswer> => {
  const reading = readingOf(work, writing);
  if (reading === null) return show(work, writing, { trouble: inBoth((words) => words.preview.expired) });
  const taken = work.form
    .getAll("take")
    .filter((path) => reading.paths.includes(path) && writing.editable(path));
  const again = (trouble: Trouble | null, stale = false) =>
    preview(work, writing, reading, { taken, trouble, stale });
  if (reading.faults.length > 0) return again(null);
  if (reading.revisions.length > 0 && work.form.get("accept") !== "1")
    return again(inBoth((words) => words.preview.acceptFirst));
  if (taken.length === 0) return again(inBoth((words) => words.preview.chooseOne));
  if (reading.version !== writing.facts.draftVersion) return again(null, true);
  const own = writingFor(writing, reading.category) ?? writing;
  const first = writing.facts.content.category === null ? { category: reading.category } : {};
  try {
    await saveDraft(work.platform, work.viewer.actor, {
      application: writing.facts.id,
      version: reading.version,
      changes: { ...first, ...changesOf(own, reading, taken) },
    });
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    const now = await openWriting(work);
    if (now === null || !now.isWritten) return readingSide(work);
    return preview(work, now, reading, {
      taken,
      trouble: error instanceof Stale || error instanceof Invalid ? null : trouble,
      stale: error instanceof Stale,
      ...(error instanceof Invalid ? { trouble } : {}),
    });
  }
  if (reading.kind === "paste")
    return { to: `${writing.base}/form/${sectionWith(own, "budget.lines")}?saved=1` };
  const ids = own.form.sections
    .flatMap((one) => one.questions)
    .filter((one) => taken.includes(one.path))
    .map((one) => one.id);
  return { to: `${writing.base}/offline?saved=${ids.join(",")}` };
};

/** The workbook once more, as it was filled in, with its problems marked. */
const marked = async (work: Work, writing: Writing): Promise<WorkAnswer> => {
  const reading = readingOf(work, writing);
  const own = reading === null ? null : writingFor(writing, reading.category);
  if (reading === null || own === null)
    return show(work, writing, { trouble: inBoth((words) => words.preview.expired) });
  const plan = workbookPlan(own);
  const missing = [...plan.single, ...plan.sheets]
    .map(({ path }) => path)
    .filter((path) => !reading.paths.includes(path));
  const fields = workbookFields(own, missing);
  const read = new URLSearchParams(reading.fields);
  for (const name of ["field", "direction"]) if (read.has(name)) fields.delete(name);
  for (const [name, value] of read) fields.append(name, value);
  const bytes = await offlineWorkbook(own, { fields, faults: reading.faults, base: reading.base });
  return download(bytes, fileName(own, offlineWords(work.place).workbook.marks, "xlsx"), mimes.xlsx);
};

const paste = async (work: Work, writing: Writing): Promise<WorkAnswer> => {
  const words = offlineWords(work.place).paste;
  const back = `${writing.base}/form/${sectionWith(writing, "budget.lines")}`;
  if (!writing.editable("budget.lines") || writing.facts.content.category === null) return { to: back };
  const posted = work.form.has("rows");
  const text = work.form.get("rows") ?? "";
  const unit = work.form.get("unit") === "yuan" ? "yuan" : "wan";
  const how = work.form.get("how") === "append" ? "append" : "replace";
  const reading =
    text.trim() === "" ? null : readPastedBudget(writing, { text, unit, append: how === "append" });
  if (reading !== null && reading.faults.length === 0) return preview(work, writing, reading);
  return {
    status: posted ? 422 : 200,
    page: PastePage({
      writing,
      given: { text, unit, how },
      error: posted && reading === null ? words.empty : undefined,
      reading,
      back,
    }),
  };
};

/** Writing offline and coming back: files out, files in, pasted rows. */
export const registerOffline = (desk: Desk): void => {
  desk.get(
    "/applications/:id/offline",
    whileWritten(async (work, writing) => show(work, writing)),
  );
  desk.get("/applications/:id/offline/word", give(wordDocument, "word"));
  desk.get(
    "/applications/:id/offline/workbook",
    give((writing) => offlineWorkbook(writing), "workbook"),
  );
  desk.post("/applications/:id/offline", whileWritten(upload), { files: uploadLimit });
  desk.post("/applications/:id/offline/save", whileWritten(save));
  desk.post("/applications/:id/offline/marked", whileWritten(marked));
  desk.get("/applications/:id/offline/paste", whileWritten(paste));
  desk.post("/applications/:id/offline/paste", whileWritten(paste));
};
