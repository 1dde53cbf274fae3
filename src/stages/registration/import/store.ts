import { createHmac } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { sql } from "kysely";
import type { Actor } from "../../../core/permission/permission.ts";
import { may } from "../../../core/permission/permission.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { Sheet } from "../../../core/workbook/sheet.ts";
import {
  type CellFault,
  type Column,
  type ReadTable,
  readTable,
  type Table,
} from "../../../core/workbook/table.ts";
import type { Queryable } from "../../../platform/database/connect.ts";
import { Denied, Invalid, Missing } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import { openField, sealField } from "../../../platform/secrets.ts";
import type { Handed, ImportKind, Judgement, PlannedRow } from "./kind.ts";
import { kindOf } from "./kinds.ts";

/** A workbook between the look and the doing: the sheet that was read is kept sealed, the file is not kept. */

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

export const seal = async (platform: Platform, place: string, value: unknown): Promise<Buffer> =>
  sealField(platform.keys, (await pack(JSON.stringify(value))).toString("base64"), place);
const open = async (platform: Platform, place: string, bytes: Buffer): Promise<unknown> =>
  JSON.parse((await unpack(Buffer.from(openField(platform.keys, bytes, place), "base64"))).toString("utf8"));

/** Stands in the first column of an example row. */
const exampleMarks = ["示例", "例", "example"];
const serial: Column<"serial"> = {
  key: "serial",
  title: { zh: "序号", en: "No." },
  also: ["No"],
  kind: "text",
  needed: false,
};

const tableOf = (platform: Platform, kind: ImportKind, sheets: readonly Sheet[]): ReadTable<string> =>
  readTable<string>(sheets, [serial, ...kind.columns(platform)], { merged: "fault", examples: exampleMarks });

export type Upload = {
  readonly kind: ImportKind;
  readonly organization: string | null;
  readonly sha256: string;
  readonly filename: string;
};

/**
 * Reads an uploaded workbook and keeps the sheet for the look; returns the id. Throws `UnreadableWorkbook`, and `Invalid` where
 * the head lacks a column or there is nothing under it.
 */
export const keepUpload = async (
  platform: Platform,
  actor: Actor,
  { kind, organization, sha256, filename }: Upload,
): Promise<string> => {
  const permission = may(kind.action, actor, { organization });
  if (!permission.allowed) throw new Denied(permission.reason);
  const sheets = await platform.workbooks.read(sha256);
  const read = tableOf(platform, kind, sheets);
  if ("problems" in read) throw new Invalid(read.problems.map((reason) => ({ place: "file", reason })));
  if (read.table.rows.length === 0) throw new Invalid([{ place: "file", reason: nothingThere }]);
  await forgetImports(platform);
  const id = crypto.randomUUID();
  await platform.database.kysely
    .insertInto("workbook_import")
    .values({
      funder: platform.funder,
      id,
      kind: kind.code,
      organization,
      uploaded_by: actor.account ?? "",
      filename: filename.slice(0, 200),
      file: sha256,
      reading_sealed: await seal(platform, `workbook_import.reading_sealed:${id}`, {
        sheet: read.table.sheet,
        notes: read.table.notes,
      }),
    })
    .execute();
  return id;
};

const nothingThere: Bilingual = {
  zh: "表头下面没有内容。请填写后再上传；示例行不算。",
  en: "There is nothing under the head. Fill in the rows, then upload; the example does not count.",
};

/** Removes an uploaded workbook from the store, whatever came of it. The same bytes may have been attached elsewhere: what somebody else keeps stays. */
export const forgetFile = async ({ database, funder, files }: Platform, sha256: string): Promise<void> => {
  const kept = await database.kysely
    .selectFrom("stored_file")
    .select("sha256")
    .where("funder", "=", funder)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (kept === undefined) await files.remove(sha256);
};

/** What was not imported within a day is forgotten, and so are first passwords. */
export const forgetImports = async ({ database, funder }: Platform): Promise<void> => {
  await database.kysely
    .updateTable("workbook_import")
    .set({ reading_sealed: null, handed_sealed: null })
    .where("funder", "=", funder)
    .where("uploaded_at", "<", sql<number>`platform_now() - interval '24 hours'`)
    .where((where) =>
      where.or([where("reading_sealed", "is not", null), where("handed_sealed", "is not", null)]),
    )
    .execute();
};

export const throwAway = async ({ database, funder }: Platform, id: string): Promise<void> => {
  await database.kysely
    .updateTable("workbook_import")
    .set({ reading_sealed: null })
    .where("funder", "=", funder)
    .where("id", "=", id)
    .execute();
};

export type KeptImport = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly organization: string | null;
  readonly filename: string;
  readonly file: string;
  readonly uploadedBy: string;
  readonly uploadedAt: number;
  readonly reading: Buffer | null;
  readonly doneAt: number | null;
  readonly doneBy: string | null;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly handed: Buffer | null;
};

/** Throws `Missing` where it is not there, or where the actor may not do what it would. */
export const keptImport = async (
  { funder }: Platform,
  database: Queryable,
  actor: Actor,
  id: string,
  lock = false,
): Promise<KeptImport> => {
  let query = database
    .selectFrom("workbook_import")
    .selectAll()
    .where("funder", "=", funder)
    .where("id", "=", id);
  if (lock) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  const kind = row === undefined ? undefined : kindOf(row.kind);
  if (row === undefined || kind === undefined) throw new Missing("import");
  if (!may(kind.action, actor, { organization: row.organization }).allowed) throw new Missing("import");
  return {
    id,
    kind,
    organization: row.organization,
    filename: row.filename,
    file: row.file,
    uploadedBy: row.uploaded_by,
    uploadedAt: row.uploaded_at,
    reading: row.reading_sealed,
    doneAt: row.done_at,
    doneBy: row.done_by,
    added: row.added,
    changed: row.changed,
    unchanged: row.unchanged,
    handed: row.handed_sealed,
  };
};

export const importsOf = ({ database, funder }: Platform, actor: Actor) =>
  database.kysely
    .selectFrom("workbook_import")
    .select(["id", "kind", "filename", "uploaded_at", "done_at", "added", "changed"])
    .select(sql<boolean>`reading_sealed is not null`.as("waits"))
    .where("funder", "=", funder)
    .where("uploaded_by", "=", actor.account)
    .orderBy("uploaded_at", "desc")
    .orderBy("id")
    .limit(20)
    .execute();

export const handedOf = async (platform: Platform, kept: KeptImport): Promise<readonly Handed[]> =>
  kept.handed === null
    ? []
    : ((await open(platform, `workbook_import.handed_sealed:${kept.id}`, kept.handed)) as readonly Handed[]);

export type Plan = {
  readonly table: Table;
  readonly notes: readonly Bilingual[];
  /** In the order of the rows. */
  readonly faults: readonly CellFault[];
  readonly rows: readonly PlannedRow[];
  readonly counts: Readonly<Record<PlannedRow["act"], number>>;
  /** Of everything that would be done: what somebody saw is what they ask for. */
  readonly seen: string;
  readonly apply: Judgement["apply"];
};

/** Judges what was read against what is there now; null where it has been forgotten. Writes nothing. */
export const planOf = async (
  platform: Platform,
  database: Queryable,
  actor: Actor,
  kept: KeptImport,
  lock = false,
): Promise<Plan | null> => {
  if (kept.reading === null) return null;
  const { sheet, notes } = (await open(
    platform,
    `workbook_import.reading_sealed:${kept.id}`,
    kept.reading,
  )) as { sheet: Sheet; notes: readonly Bilingual[] };
  const read = tableOf(platform, kept.kind, [sheet]);
  if ("problems" in read) throw new Invalid(read.problems.map((reason) => ({ place: "file", reason })));
  const { organization } = kept;
  const judgement = await kept.kind.judge({ platform, database, actor, organization, lock }, read.table);
  const faults = judgement.faults.toSorted((one, other) => one.row - other.row || one.column - other.column);
  const rows = judgement.rows.toSorted((one, other) => one.number - other.number);
  const counts = { ADD: 0, CHANGE: 0, SAME: 0 };
  for (const { act } of rows) counts[act] += 1;
  const seen = createHmac("sha256", platform.keys.session)
    .update(
      JSON.stringify([
        kept.id,
        faults.length,
        rows.map(({ number, act, object, changes }) => [number, act, object, changes]),
      ]),
    )
    .digest("hex");
  return { table: read.table, notes, faults, rows, counts, seen, apply: judgement.apply };
};
