import { type Seal, sealSchema } from "../core/document/seal.ts";
import { jsonText } from "./database/values.ts";
import { Missing } from "./errors.ts";
import type { Platform } from "./platform.ts";

/** Which paper is sealed, whose seal it is, and since when what it says holds (milliseconds since 1970 UTC). */
export type Sealing = {
  readonly file: string;
  readonly title: string;
  readonly holder: string;
  readonly at: number;
};

/** The seal of a stored paper, made at the first asking. Throws `Missing` where papers are sealed by hand alone. */
export const sealFor = async (
  { database: { kysely }, funder, files, seals }: Platform,
  { file, title, holder, at }: Sealing,
): Promise<Seal> => {
  if (seals === null) throw new Missing("seal");
  const known = () =>
    kysely
      .selectFrom("document_seal")
      .select("seal")
      .where("funder", "=", funder)
      .where("file", "=", file)
      .executeTakeFirst();
  const before = await known();
  if (before !== undefined) return sealSchema.parse(before.seal);
  const made = await seals.seal({ document: files.read(file), title, holder, at });
  await kysely
    .insertInto("document_seal")
    .values({ funder, file, seal: jsonText(made) })
    .onConflict((on) => on.columns(["funder", "file"]).doNothing())
    .execute();
  // Two who ask at once are given the same one.
  return sealSchema.parse((await known())?.seal ?? made);
};
