import type { Bilingual } from "../../core/policy/words.ts";

/** One thing that waits for somebody, as /work lists it. Stages gather their own; the page sorts them by `due`, then by `weight`. */
export type Todo = {
  readonly title: Bilingual;
  readonly detail: Bilingual;
  /** Path of the page where it is done, without the language. */
  readonly href: string;
  /** Milliseconds since 1970 UTC, or null where no date presses. */
  readonly due: number | null;
  /** Higher first among those due at the same time. */
  readonly weight: number;
};
