import type { Content } from "../../../core/application/content.ts";
import { inTransaction } from "../../../platform/database/connect.ts";
import { jsonText } from "../../../platform/database/values.ts";
import type { Platform } from "../../../platform/platform.ts";
import { printed } from "./attached.ts";
import { storeSimilar } from "./store.ts";

/** Reads a file once, and compares anew what had been filed with it before it was read. */
export const readAttachment = async (platform: Platform, file: string): Promise<void> => {
  const { database, funder, texts } = platform;
  const known = await database.kysely
    .selectFrom("stored_file")
    .leftJoin("attachment_text as said", (on) =>
      on.onRef("said.funder", "=", "stored_file.funder").onRef("said.file", "=", "stored_file.sha256"),
    )
    .select(["stored_file.purged_at", "said.file"])
    .where("stored_file.funder", "=", funder)
    .where("stored_file.sha256", "=", file)
    .executeTakeFirst();
  if (known === undefined || known.purged_at !== null || known.file !== null) return;
  const answer = await texts.read(file);
  await inTransaction(database, {}, async (tx) => {
    await tx
      .insertInto("attachment_text")
      .values({
        funder,
        file,
        // PostgreSQL holds no NUL.
        text: "text" in answer ? answer.text.toWellFormed().replaceAll("\0", " ") : "",
        unreadable: "unreadable" in answer ? jsonText(answer.unreadable) : null,
      })
      .onConflict((on) => on.columns(["funder", "file"]).doNothing())
      .execute();
    const filed = await tx
      .selectFrom("application")
      .innerJoin("attachment", (on) =>
        on
          .onRef("attachment.funder", "=", "application.funder")
          .onRef("attachment.application", "=", "application.id"),
      )
      .innerJoin("application_version as version", (on) =>
        on
          .onRef("version.funder", "=", "application.funder")
          .onRef("version.application", "=", "application.id")
          .onRef("version.number", "=", "application.frozen_version"),
      )
      .select(["application.id", "version.content"])
      .where("application.funder", "=", funder)
      .where("attachment.file", "=", file)
      .where("attachment.removed_at", "is", null)
      .where("attachment.type", "<>", printed)
      .where("application.state", "<>", "PURGED")
      .forUpdate("application")
      .execute();
    for (const { id, content } of new Map(filed.map((one) => [one.id, one])).values())
      await storeSimilar(tx, funder, id, content as Content);
  });
};
