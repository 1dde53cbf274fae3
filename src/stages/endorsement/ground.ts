import type { Bilingual } from "../../core/policy/words.ts";
import type { Ground } from "../../platform/errors.ts";

/** One point of a refusal that holds an act up; `path` is also the field where it is put right. */
export const ground = (path: string, clause: string, zh: string, en: string): Ground =>
  groundOf(path, clause, { zh, en });

export const groundOf = (path: string, clause: string, message: Bilingual): Ground => ({
  rule: path,
  clause,
  severity: "error",
  overridable: false,
  path,
  message,
});
