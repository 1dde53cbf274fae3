import { Missing } from "../../platform/errors.ts";
import type { Download, Trouble, Work } from "../registration/desk.ts";

/** Files that come with a form, and that are given out again. */

export const sentFile = (work: Work) => {
  const [file] = work.files;
  return { filename: file?.filename ?? "", file: file?.sha256 ?? "" };
};

/** Only a file that is chosen is sent to the act: where none is, the form says so at its place. */
export const withoutFile: Trouble = {
  status: 422,
  reason: { zh: "请选择要上传的文件。", en: "Choose a file to upload." },
  findings: [],
  faults: [{ place: "file", reason: { zh: "请选择要上传的文件。", en: "Choose a file to upload." } }],
};

export const storedFile = async ({ platform }: Work, sha256: string, filename: string): Promise<Download> => {
  const stored = await platform.database.kysely
    .selectFrom("stored_file")
    .select(["size", "mime", "purged_at"])
    .where("funder", "=", platform.funder)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (stored === undefined || stored.purged_at !== null) throw new Missing("file");
  return { download: platform.files.read(sha256), filename, size: stored.size, mime: stored.mime };
};
