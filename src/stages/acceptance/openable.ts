import { formOf } from "../../core/application/worded.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { type Place, say } from "../../ui/place.ts";
import { attachmentsField, openableFields, sealField } from "./reasons.ts";
import { acceptanceWords } from "./words.ts";

/** The part of the content that a path of a question or a finding belongs to, as a correction opens it. */
export const openedBy = (path: string): string => {
  if (path.startsWith("sections.")) return path.replace(/\[.*$/, "");
  const part = path.split(/[.[]/, 1)[0] ?? path;
  return { periodStart: "periodEnd", commitments: "declarations" }[part] ?? part;
};

/** Titles of what a correction may open, in the order of the category's form, each once. */
export const fieldTitles = (
  policy: Policy,
  category: string | null,
  place: Pick<Place, "language">,
): ReadonlyMap<string, string> => {
  const openable = new Set(openableFields(policy, category));
  const titles = new Map<string, string>();
  for (const { questions } of formOf(policy, category)?.sections ?? [])
    for (const { path, title } of questions) {
      const field = openedBy(path);
      // Files stand under several questions; the list of them names them best.
      if (openable.has(field) && (!titles.has(field) || field === attachmentsField))
        titles.set(field, say(place, title));
    }
  titles.set(sealField, acceptanceWords(place).item.seal);
  return titles;
};
