import { fieldsOf } from "../../../core/application/entry.ts";
import type { Writing } from "../form/writing.ts";

/** The text that answers one question of running text. */
export const storedText = ({ facts, units }: Pick<Writing, "facts" | "units">, path: string): string =>
  fieldsOf(facts.content, path, units)[0]?.[1] ?? "";
