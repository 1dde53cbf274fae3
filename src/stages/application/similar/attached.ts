import type { Bilingual } from "../../../core/policy/words.ts";
import type { Queryable } from "../../../platform/database/connect.ts";
import type { Attached } from "./document.ts";

/** A stamped print says what the application says: it is not compared with itself. */
export const printed = "STAMPED_SCAN";

export type AttachedTexts = {
  readonly read: readonly Attached[];
  /** Files that hold no text to compare, by name, with the reason. */
  readonly unreadable: readonly { readonly title: string; readonly reason: Bilingual }[];
  /** Files that are still being read. */
  readonly waiting: number;
};

/** What the attachments of an application say, as far as they have been read. */
export const attachedTexts = async (
  database: Queryable,
  funder: string,
  application: string,
): Promise<AttachedTexts> => {
  const rows = await database
    .selectFrom("attachment")
    .leftJoin("attachment_text as said", (on) =>
      on.onRef("said.funder", "=", "attachment.funder").onRef("said.file", "=", "attachment.file"),
    )
    .select(["attachment.id", "attachment.filename", "said.text", "said.unreadable"])
    .where("attachment.funder", "=", funder)
    .where("attachment.application", "=", application)
    .where("attachment.type", "<>", printed)
    .where("attachment.removed_at", "is", null)
    .orderBy("attachment.uploaded_at")
    .orderBy("attachment.id")
    .execute();
  return {
    read: rows.flatMap(({ id, filename, text, unreadable }) =>
      text === null || unreadable !== null ? [] : [{ section: `attachment.${id}`, title: filename, text }],
    ),
    unreadable: rows.flatMap(({ filename, unreadable }) =>
      unreadable === null ? [] : [{ title: filename, reason: unreadable as Bilingual }],
    ),
    waiting: rows.filter(({ text }) => text === null).length,
  };
};
