import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { Keys } from "../../../platform/keys.ts";
import { openField, sealField } from "../../../platform/secrets.ts";

/** What was read from a file or from pasted rows, before anything is saved. */

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

const readingSchema = z.strictObject({
  kind: z.enum(["workbook", "word", "paste"]),
  /** Name of the file, as it was given. */
  name: z.string(),
  /** Typed texts by the names of the form's fields; `category`, `field` and `direction` stand beside them. */
  fields: z.array(z.tuple([z.string(), z.string()])),
  /** Questions that were answered, by path. */
  paths: z.array(z.string()),
  /** Hashes of the answers when the file was made; empty where nobody knows. */
  base: z.record(z.string(), z.string()),
  /** Category that the file was made for. */
  category: z.string().nullable(),
  /** What keeps it from being saved, each at its place; `field` where one field of the form is meant. */
  faults: z.array(z.strictObject({ place: bilingual, field: z.string().nullable(), text: bilingual })),
  /** What to know before saving. */
  notices: z.array(bilingual),
  /** Unaccepted revisions: they are taken as accepted once the person says so. */
  revisions: z.array(bilingual),
  /** Version of the draft that it is compared with. */
  version: z.int(),
});
export type Reading = z.infer<typeof readingSchema>;
export type ReadingFault = Reading["faults"][number];

export const both = (zh: string, en: string): Bilingual & { zh: string; en: string } => ({ zh, en });

/** Characters of a sealed reading that a posted form can carry. */
export const longestSealed = 900_000;
const largestUnpacked = 8_000_000;
const placeOf = (application: string) => `offline.reading:${application}`;

/** The reading travels through the page that shows it, sealed: it may hold identity numbers in clear, and nobody else may alter it. */
export const sealReading = (keys: Keys, application: string, reading: Reading): string =>
  sealField(keys, deflateRawSync(JSON.stringify(reading)).toString("base64"), placeOf(application)).toString(
    "base64url",
  );

/** Null where it was altered, or sealed for another application. */
export const openReading = (keys: Keys, application: string, sealed: string): Reading | null => {
  try {
    const packed = openField(keys, Buffer.from(sealed, "base64url"), placeOf(application));
    const text = inflateRawSync(Buffer.from(packed, "base64"), { maxOutputLength: largestUnpacked });
    const parsed = readingSchema.safeParse(JSON.parse(text.toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};
