import { readFileSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import { z } from "zod";
import { writeWhole } from "./aside.ts";
import { Damaged } from "./damaged.ts";

/** Which files make up an index now. Replacing it is the one step that changes what others see. */

const manifestSchema = z.strictObject({
  format: z.literal("zhinan similarity 1"),
  /** Number that the next part gets: names are never used twice. */
  next: z.int().positive(),
  rate: z.union([z.literal(32), z.literal(64)]),
  known: z.string(),
  frequency: z.string(),
  /** Live documents when the frequencies were taken. */
  countedAt: z.int().nonnegative(),
  parts: z.array(z.strictObject({ name: z.string(), documents: z.int().positive() })),
  /** Numbers of documents that were removed or changed since their part was written. */
  dead: z.array(z.int().nonnegative()),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestFile = (folder: string): string => path.join(folder, "manifest.json");

export const writeManifest = (folder: string, manifest: Manifest): void => {
  const body = JSON.stringify(manifest);
  writeWhole(manifestFile(folder), [Buffer.from(`${body}\n${crc32(body)}\n`)]);
};

/** Null where the folder holds no index. Throws `Damaged` where it differs from its checksum. */
export const readManifest = (folder: string): Manifest | null => {
  let words: string;
  try {
    words = readFileSync(manifestFile(folder), "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
  const [body = "", sum = ""] = words.split("\n");
  const bad = () =>
    new Damaged(manifestFile(folder), "索引目录文件已损坏", "the list of the index's files is damaged");
  if (String(crc32(body)) !== sum) throw bad();
  const result = manifestSchema.safeParse(JSON.parse(body));
  if (!result.success) throw bad();
  return result.data;
};
