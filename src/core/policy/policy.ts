import type { Guide, GuideNode } from "../guide/guide.ts";
import type { WorkedCase } from "./cases.ts";
import type { Downloads } from "./downloads.ts";
import type { Clause, Form, Review } from "./pack.ts";
import type { Procedure } from "./procedure.ts";
import type { Programme } from "./programme.ts";
import type { Rule } from "./rule.ts";
import type { SelfCheck } from "./self-check.ts";

/** A policy pack read and checked: the guide's text, its clauses, and what makes it run. */
export type Policy = {
  readonly id: string;
  readonly programme: Programme;
  readonly guide: Guide;
  /** Nodes of the guide by their id. */
  readonly nodes: ReadonlyMap<string, GuideNode>;
  readonly clauses: readonly Clause[];
  readonly rules: readonly Rule[];
  readonly review: Review;
  readonly procedure: Procedure;
  readonly forms: readonly Form[];
  readonly cases: readonly WorkedCase[];
  /** The questions of “我能申报吗”, where the pack has them (`self-check.json`). */
  readonly selfCheck: SelfCheck | null;
  /** Templates to download, where the pack has them (`downloads.json`). */
  readonly downloads: Downloads;
  readonly synonyms: Readonly<Record<string, readonly string[]>>;
  /** SHA-256 over the files of the pack; a call pins it. */
  readonly hash: string;
  /** Day on which this very hash was published, or null for a pack in the making. */
  readonly publishedOn: string | null;
};
