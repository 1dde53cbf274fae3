import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing, Refused, refused } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { inspectUpload } from "../application/upload.ts";

/** A file in the store by its SHA-256 (hex), with the name it had. */
export const scanInput = {
  filename: z.string().overwrite(cleanText).trim().min(1).max(255),
  file: z.string().regex(/^[0-9a-f]{64}$/),
};

const pictures = new Set(["application/pdf", "image/jpeg", "image/png"]);

type Scan = {
  readonly of: { readonly batch: string } | { readonly organization: string };
  readonly type: "SEALED_LETTER" | "SEALED_LIST" | "CREDIT_EVIDENCE";
  readonly filename: string;
  readonly file: string;
};

/** Keeps a scan: PDF, JPEG or PNG by what is inside. Gives the id of the attachment. */
export const keepScan = async (
  { files }: Pick<Platform, "files">,
  tx: Transaction,
  { funder, account, now }: { readonly funder: string; readonly account: string; readonly now: number },
  { of, type, filename, file }: Scan,
): Promise<string> => {
  const inspected = await inspectUpload(files, file, filename).catch((error: unknown) => {
    if ((error as { readonly code?: string }).code === "ENOENT") throw new Missing("file");
    throw error;
  });
  if ("fault" in inspected) throw new Refused(inspected.fault);
  if (!pictures.has(inspected.mime))
    throw refused(
      "扫描件应为 PDF、JPEG 或 PNG，这个文件的内容是 Word 或 Excel。请扫描或拍照盖章的纸质件后上传。",
      "A scan is a PDF, JPEG or PNG; inside this file is Word or Excel. Scan or photograph the sealed paper, then upload it.",
    );
  await tx
    .insertInto("stored_file")
    .values({ funder, sha256: file, size: inspected.size, mime: inspected.mime })
    .onConflict((conflict) => conflict.columns(["funder", "sha256"]).doNothing())
    .execute();
  const { purged_at: purged } = await tx
    .selectFrom("stored_file")
    .select("purged_at")
    .where("funder", "=", funder)
    .where("sha256", "=", file)
    .executeTakeFirstOrThrow();
  if (purged !== null)
    throw refused(
      "这份文件的内容已按规定清除，不能再次上传。",
      "The content of this file was destroyed by decision; it cannot be uploaded again.",
    );
  const { id } = await tx
    .insertInto("attachment")
    .values({
      funder,
      ...of,
      type,
      filename,
      file,
      uploaded_by: account,
      uploaded_at: instantText(now),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
};
