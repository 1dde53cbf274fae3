import { CompiledQuery } from "kysely";
import type { Content } from "../../../core/application/content.ts";
import type { Known } from "../../../core/similarity/known.ts";
import type { Queryable, Transaction } from "../../../platform/database/connect.ts";
import { entryOfDocument } from "../../../platform/similarity.ts";
import { loadFold } from "../../../platform/similarity/fold.ts";
import { loadKnown } from "../../../platform/similarity/known.ts";
import { keysOf } from "../../../platform/similarity/part.ts";
import { removeDocument, type Runs, storeDocument } from "../../../platform/similarity/table.ts";
import { attachedTexts } from "./attached.ts";
import { documentOf } from "./document.ts";

let known: Promise<Known> | undefined;
/** Text of guides and forms that counts for nobody; read once for the process. */
export const knownText = (): Promise<Known> => (known ??= loadFold().then((fold) => loadKnown(fold)));

/** The statements of the similarity tables, inside a transaction or on the pool. */
export const runsOn = (database: Queryable): Runs => {
  const query = async (text: string, values: readonly unknown[]) => {
    const { rows, numAffectedRows } = await database.executeQuery(CompiledQuery.raw(text, [...values]));
    return { rows, rowCount: Number(numAffectedRows ?? 0) };
  };
  return { query: query as unknown as Runs["query"] };
};

/** Makes what is being filed searchable, in the transaction that files it. */
export const storeSimilar = async (
  tx: Transaction,
  funder: string,
  application: string,
  content: Content,
): Promise<void> => {
  const { read } = await attachedTexts(tx, funder, application);
  const entry = entryOfDocument(await loadFold(), documentOf(application, content, read));
  await storeDocument(runsOn(tx), funder, entry, keysOf(entry.text, await knownText(), 32));
};

/** Takes its text and that of its attachments out of the comparison, and blanks what was written about it beside others. */
export const destroySimilar = async (tx: Transaction, funder: string, application: string): Promise<void> => {
  await removeDocument(runsOn(tx), funder, application);
  await tx
    .deleteFrom("attachment_text")
    .where("funder", "=", funder)
    .where("file", "in", (files) =>
      files
        .selectFrom("attachment")
        .select("file")
        .where("funder", "=", funder)
        .where("application", "=", application),
    )
    .execute();
  await tx
    .updateTable("similar_decision")
    .set({ reason: "—" })
    .where("funder", "=", funder)
    .where((where) => where.or([where("application", "=", application), where("other", "=", application)]))
    .execute();
};
