import { z } from "zod";
import { bilingual } from "./words.ts";

/** Files that a pack offers for download (`downloads/` beside `downloads.json`); a bureau replaces a file and its line here, no code. */

const clause = z.string().min(1).max(40);

export const downloadsSchema = z.strictObject({
  files: z.array(
    z.strictObject({
      /** Name below `downloads/`, and the last part of its address. */
      file: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}\.(?:docx|xlsx|pdf)$/),
      title: bilingual,
      note: bilingual,
      clause,
      /** `PLATFORM`: a sample of ours, shown as such. `BUREAU`: issued by the funder. */
      whose: z.enum(["PLATFORM", "BUREAU"]),
    }),
  ),
  /** Papers that the guide names and that are not here. */
  named: z.array(z.strictObject({ title: bilingual, note: bilingual, clause })),
});
export type Downloads = z.infer<typeof downloadsSchema>;
export const noDownloads: Downloads = { files: [], named: [] };
