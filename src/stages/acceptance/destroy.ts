import type { Platform } from "../../platform/platform.ts";

/** Removes from disk what the database says is destroyed; what came again since then stays. */
export const destroyFiles = async (
  { database, files }: Platform,
  names: readonly string[],
): Promise<void> => {
  if (names.length === 0) return;
  // The store is one for all funders: nobody's living file may go with another's.
  const rows = await database.kysely
    .selectFrom("stored_file")
    .select("sha256")
    .where("sha256", "in", names)
    .groupBy("sha256")
    .having((having) => having.fn("bool_and", [having("purged_at", "is not", null)]), "=", true)
    .execute();
  for (const { sha256 } of rows) await files.remove(sha256);
};
