import type { Policy } from "../core/policy/policy.ts";
import type { Database } from "./database/connect.ts";
import type { Documents } from "./documents.ts";
import type { FileStore } from "./files.ts";
import type { Jobs } from "./jobs.ts";
import type { Keys } from "./keys.ts";
import type { Scans } from "./scans.ts";
import type { SealService } from "./seals.ts";
import type { Texts } from "./texts.ts";
import type { WordTexts } from "./word-text.ts";
import type { Workbooks } from "./workbooks.ts";

/** What every action and query stands on; made once at the start, handed down. */
export type Platform = {
  readonly database: Database;
  /** Id of the funder whose platform this is: the first part of every key. */
  readonly funder: string;
  readonly keys: Keys;
  readonly files: FileStore;
  readonly documents: Documents;
  readonly workbooks: Workbooks;
  readonly wordTexts: WordTexts;
  readonly scans: Scans;
  readonly texts: Texts;
  readonly jobs: Jobs;
  /** Null where papers are sealed by hand alone. */
  readonly seals: SealService | null;
  readonly policies: readonly Policy[];
  readonly demo: boolean;
  /** Its public address without a slash at its end, where a page or feed names a whole address. */
  readonly site?: string;
};
