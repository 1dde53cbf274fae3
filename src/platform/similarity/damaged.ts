import type { Bilingual } from "../../core/policy/words.ts";

/** A file of an index does not hold what was written: nothing is answered from it. */
export class Damaged extends Error {
  readonly file: string;
  readonly reason: Bilingual;
  constructor(file: string, zh: string, en: string) {
    super(`${file}: ${en}`);
    this.name = "Damaged";
    this.file = file;
    this.reason = { zh, en };
  }
}
