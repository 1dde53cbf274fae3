import { formOf } from "../../core/application/worded.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { type Place, say } from "../../ui/place.ts";
import { attachmentsField, openableFields, sealField } from "./reasons.ts";
import { acceptanceWords } from "./words.ts";

/** The part of the content that a path of a question or a finding belongs to, as a correction opens it. */
export const openedBy = (path: string): string => {
  if (path.startsWith("sections.")) return path.split("[", 1)[0] ?? path;
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
  for (const { title: section, questions } of formOf(policy, category)?.sections ?? [])
    for (const { path, title } of questions) {
      const field = openedBy(path);
      if (!openable.has(field)) continue;
      // Several questions of one section that open together are named by it; the list of files names files best.
      const several = titles.has(field) && field !== attachmentsField;
      titles.set(field, say(place, several ? section : title));
    }
  titles.set(sealField, acceptanceWords(place).item.seal);
  return titles;
};
