import type { DocumentKind } from "../../core/document/kind.ts";
import { compareScan, type ScanComparison, type ScanExpected } from "../../core/document/scan-compare.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import { refused } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { inspectUpload } from "../application/upload.ts";
import { groundsOfScan, patience, scanTypes } from "../endorsement/scan.ts";
import type { ScanView } from "../endorsement/scan-panel.tsx";
import type { BatchFacts, Scan } from "./batch.ts";

/** What is read from the sealed letter and the sealed list: the letter's own code, and that of no other letter. */

const papers: Readonly<Record<Scan["type"], readonly [DocumentKind, DocumentKind]>> = {
  SEALED_LETTER: ["recommendation-letter", "recommended-project-list"],
  SEALED_LIST: ["recommended-project-list", "recommendation-letter"],
};

const expectedOf = async (
  database: Queryable,
  funder: string,
  batch: BatchFacts,
  type: Scan["type"],
): Promise<ScanExpected> => {
  const others = await database
    .selectFrom("batch")
    .select(["code", "state"])
    .where("funder", "=", funder)
    .where("call", "=", batch.call.id)
    .where("department", "=", batch.department.id)
    .where("id", "!=", batch.id)
    .execute();
  const [main, beside] = papers[type];
  return {
    code: batch.code,
    name: { zh: `推荐函 ${batch.code}`, en: `the letter ${batch.code}` },
    others: others.map(({ code, state }) => ({
      code,
      name:
        state === "RECALLED"
          ? { zh: `已撤回的推荐函 ${code}`, en: `the letter ${code}, which was recalled` }
          : { zh: `另一份推荐函 ${code}`, en: `another letter, ${code}` },
    })),
    // A list is printed from the data of its day: its printed numbers tell how many pages it had.
    papers: [
      { kind: main, pages: null },
      { kind: beside, pages: null },
    ],
  };
};

/** Refuses the paper of another letter. Where nothing could be read it is taken, and the page asks to look. */
export const mustBeOfLetter = async (
  platform: Pick<Platform, "scans">,
  database: Queryable,
  funder: string,
  batch: BatchFacts,
  { kind, file }: { readonly kind: Scan["type"]; readonly file: string },
): Promise<ScanComparison> => {
  const { mime } = await database
    .selectFrom("stored_file")
    .select("mime")
    .where("funder", "=", funder)
    .where("sha256", "=", file)
    .executeTakeFirstOrThrow();
  const reading = await platform.scans.read(file, mime, patience);
  const compared = compareScan(reading, await expectedOf(database, funder, batch, kind));
  if (compared.verdict === "wrong")
    throw refused(
      "扫描件与这份推荐函不符，没有保存。",
      "The scan is not that of this letter; it was not kept.",
      groundsOfScan(
        batch.call.policy.procedure.clauses["recommendation.attach"] ??
          batch.call.policy.procedure.clauses["recommendation.logPaper"] ??
          "",
        compared.findings.filter((one) => one.severity === "error"),
      ),
    );
  return compared;
};

/** So that nothing is held while a long scan is read. */
export const readAhead = async (
  { files, scans }: Pick<Platform, "files" | "scans">,
  { file, filename }: { readonly file: string; readonly filename: string },
): Promise<void> => {
  const inspected = await inspectUpload(files, file, filename).catch(() => null);
  if (inspected !== null && !("fault" in inspected) && scanTypes.has(inspected.mime))
    await scans.read(file, inspected.mime);
};

/** What was read from the scans of a letter; nothing for those that came before scans were read. */
export const scanViews = async (
  { scans, database, funder }: Pick<Platform, "scans" | "database" | "funder">,
  batch: BatchFacts,
): Promise<Readonly<Partial<Record<Scan["type"], ScanView>>>> => {
  const views: Partial<Record<Scan["type"], ScanView>> = {};
  for (const { type, file, filename } of batch.scans) {
    const reading = await scans.known(file);
    if (reading !== null)
      views[type] = { filename, reading, expected: await expectedOf(database.kysely, funder, batch, type) };
  }
  return views;
};
