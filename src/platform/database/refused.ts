import type { Bilingual } from "../../core/policy/words.ts";

/** What kept the database from being used: `unreachable` | `too old` | `folder` | `binaries` | `platform` | `migration` | `start` | `encoding`. */
export type Hindrance =
  | "unreachable"
  | "too old"
  | "folder"
  | "binaries"
  | "platform"
  | "migration"
  | "start"
  | "encoding";

/** The database cannot be used as it is; `words` say what to do. */
export class DatabaseRefused extends Error {
  readonly hindrance: Hindrance;
  readonly words: Bilingual;
  constructor(hindrance: Hindrance, words: Bilingual, options?: ErrorOptions) {
    super(`${words.zh}\n${words.en}`, options);
    this.name = "DatabaseRefused";
    this.hindrance = hindrance;
    this.words = words;
  }
}
