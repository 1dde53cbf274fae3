import type { Actor } from "../../core/permission/permission.ts";
import type { Platform } from "../../platform/platform.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import { inspectUpload } from "../application/upload.ts";
import type { Work } from "../registration/desk.ts";
import { expectedOf, frozenVersions, scanTypes } from "./scan.ts";
import type { ScanView } from "./scan-panel.tsx";

/** The scan of a seal at the page: read before the act begins, shown after it. */

export type SentScan = { readonly file: string; readonly filename: string };

/** The file that was just sent, or the one that was sent before and is meant again. */
export const sentScan = ({ files, form }: Pick<Work, "files" | "form">): SentScan | null => {
  const sent = files.find((one) => one.field === "file");
  if (sent !== undefined) return { file: sent.sha256, filename: sent.filename };
  const kept = form.get("kept") ?? "";
  return /^[0-9a-f]{64}$/.test(kept) ? { file: kept, filename: form.get("keptName") ?? "" } : null;
};

/** So that nothing is held while a long scan is read. What cannot be read at all is refused by the act, in words. */
export const readAhead = async (
  platform: Platform,
  actor: Actor,
  application: string,
  { file, filename }: SentScan,
): Promise<void> => {
  const facts = await applicationFacts(platform, platform.database.kysely, actor, application);
  const inspected = await inspectUpload(platform.files, file, filename).catch(() => null);
  if (inspected === null || "fault" in inspected || !scanTypes.has(inspected.mime)) return;
  await platform.scans.read(file, inspected.mime);
  // The form's length is known to the act afterwards.
  await scanView(platform, actor, facts, { file, filename });
};

/** Null where the file was never read, or nothing is frozen. */
export const scanView = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  { file, filename }: SentScan,
): Promise<ScanView | null> => {
  const reading = await platform.scans.known(file);
  if (reading === null) return null;
  const versions = await frozenVersions(platform.database.kysely, platform.funder, facts.id);
  const current = versions.find((one) => one.number === facts.frozenVersion);
  if (current === undefined) return null;
  const expected = await expectedOf(platform, actor, facts, versions, current, "outside");
  return { filename, reading, expected };
};

/** The stamped scan that is kept with an application. */
export const keptScan = async (platform: Platform, application: string): Promise<SentScan | null> =>
  (await platform.database.kysely
    .selectFrom("attachment")
    .select(["file", "filename"])
    .where("funder", "=", platform.funder)
    .where("application", "=", application)
    .where("type", "=", "STAMPED_SCAN")
    .where("removed_at", "is", null)
    .orderBy("uploaded_at", "desc")
    .executeTakeFirst()) ?? null;
