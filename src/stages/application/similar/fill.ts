import type { Content } from "../../../core/application/content.ts";
import { inTransaction } from "../../../platform/database/connect.ts";
import type { Platform } from "../../../platform/platform.ts";
import { printed } from "./attached.ts";
import { storeSimilar } from "./store.ts";

/** Makes comparable what was filed before texts were compared, one application a transaction, and asks for attachments nobody has read. Returns how many applications. */
export const fillSimilar = async (platform: Platform): Promise<number> => {
  const { database, funder } = platform;
  const unread = await database.kysely
    .selectFrom("attachment")
    .innerJoin("stored_file", (on) =>
      on
        .onRef("stored_file.funder", "=", "attachment.funder")
        .onRef("stored_file.sha256", "=", "attachment.file"),
    )
    .leftJoin("attachment_text as said", (on) =>
      on.onRef("said.funder", "=", "attachment.funder").onRef("said.file", "=", "attachment.file"),
    )
    .select("attachment.file")
    .distinct()
    .where("attachment.funder", "=", funder)
    .where("attachment.application", "is not", null)
    .where("attachment.type", "<>", printed)
    .where("attachment.removed_at", "is", null)
    .where("stored_file.purged_at", "is", null)
    .where("said.file", "is", null)
    .execute();
  await inTransaction(database, {}, async (tx) => {
    for (const { file } of unread)
      await platform.jobs.enqueue(tx, "application.readAttachment", { file }, { once: file });
  });
  const missing = await database.kysely
    .selectFrom("application")
    .leftJoin("similar_document as document", (on) =>
      on
        .onRef("document.funder", "=", "application.funder")
        .on((where) => where(where.cast("application.id", "text"), "=", where.ref("document.id"))),
    )
    .select("application.id")
    .where("application.funder", "=", funder)
    .where("application.frozen_version", "is not", null)
    .where("application.state", "<>", "PURGED")
    .where("document.id", "is", null)
    .execute();
  for (const { id } of missing)
    await inTransaction(database, {}, async (tx) => {
      const row = await tx
        .selectFrom("application")
        .innerJoin("application_version as version", (on) =>
          on
            .onRef("version.funder", "=", "application.funder")
            .onRef("version.application", "=", "application.id")
            .onRef("version.number", "=", "application.frozen_version"),
        )
        .select("version.content")
        .where("application.funder", "=", funder)
        .where("application.id", "=", id)
        .where("application.state", "<>", "PURGED")
        .forUpdate("application")
        .executeTakeFirst();
      if (row !== undefined) await storeSimilar(tx, funder, id, row.content as Content);
    });
  return missing.length;
};
