import { Readable } from "node:stream";
import type { DocumentKind } from "../../core/document/kind.ts";
import { type Database, inTransaction } from "../database/connect.ts";
import { Missing } from "../errors.ts";
import type { FileStore } from "../files.ts";

/** `sha256` names it in the file store; `size` in bytes. */
export type MadeDocument = { readonly sha256: string; readonly size: number; readonly pages: number };

type Drawn = {
  readonly key: string;
  readonly kind: DocumentKind;
  readonly application: string | null;
  readonly bytes: Uint8Array;
  readonly pages: number;
};

const largest = 64 * 1_048_576;

/** Papers made before, by the hash of all they were drawn from: rows of `document`, bytes in the file store. */
export const documentCache = (database: Database, funder: string, files: FileStore) => ({
  /** Null where it was not made, was destroyed, or its file is gone (a store restored from an older copy). */
  find: async (key: string): Promise<MadeDocument | null> => {
    const row = await database.kysely
      .selectFrom("document")
      .innerJoin("stored_file", (on) =>
        on
          .onRef("stored_file.funder", "=", "document.funder")
          .onRef("stored_file.sha256", "=", "document.file"),
      )
      .select(["document.file", "document.pages", "stored_file.size"])
      .where("document.funder", "=", funder)
      .where("document.key", "=", key)
      .where("stored_file.purged_at", "is", null)
      .executeTakeFirst();
    if (row === undefined || !(await files.has(row.file))) return null;
    return { sha256: row.file, size: row.size, pages: row.pages };
  },

  /** Throws `Missing` where the application was destroyed while the paper was drawn; then nothing of it is kept. */
  keep: async ({ key, kind, application, bytes, pages }: Drawn): Promise<MadeDocument> => {
    const { sha256, size, mime } = await files.put(Readable.from([Buffer.from(bytes)]), largest);
    try {
      await inTransaction(database, {}, async (tx) => {
        await tx
          .insertInto("stored_file")
          .values({ funder, sha256, size, mime })
          // What is drawn from data that stands may stand, whatever had the same bytes before.
          .onConflict((on) => on.columns(["funder", "sha256"]).doUpdateSet({ purged_at: null }))
          .execute();
        // Waits for who holds the application; so a destruction is either seen here or sees this row.
        await tx
          .insertInto("document")
          .values({ funder, key, kind, application, file: sha256, pages })
          .onConflict((on) => on.columns(["funder", "key"]).doUpdateSet({ file: sha256, pages }))
          .execute();
        if (application === null) return;
        const destroyed = await tx
          .selectFrom("purge")
          .select("id")
          .where("funder", "=", funder)
          .where("application", "=", application)
          .where("confirmed_at", "is not", null)
          .executeTakeFirst();
        if (destroyed !== undefined) throw new Missing("document");
      });
    } catch (error) {
      if (error instanceof Missing && !(await isKept(database, sha256))) await files.remove(sha256);
      throw error;
    }
    return { sha256, size, pages };
  },
});

/** The store is one for all funders. */
const isKept = async (database: Database, sha256: string): Promise<boolean> =>
  (await database.kysely
    .selectFrom("stored_file")
    .select("sha256")
    .where("sha256", "=", sha256)
    .where("purged_at", "is", null)
    .executeTakeFirst()) !== undefined;
