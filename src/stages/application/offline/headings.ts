import type { Question, Section } from "../form/writing.ts";

/** Finds the headings of a form in a document, by what they say: numbered or not, a little edited. */

const numbering = [
  /^第?[一二三四五六七八九十百]{1,4}[章节部]?[、.．]/,
  /^[（(][一二三四五六七八九十\d]{1,4}[）)]/,
  /^\d{1,3}(?:[.．]\d{1,3}){0,4}[、.．)）]?/,
  /^[①-⑳]/,
];

/** A heading without its number, spaces and marks. */
export const bareHeading = (text: string): string => {
  let rest = text.normalize("NFKC").replaceAll(/\s/g, "");
  for (const one of numbering) {
    const cut = rest.replace(one, "");
    if (cut !== rest && cut !== "") {
      rest = cut;
      break;
    }
  }
  return rest.replaceAll(/[\p{P}\p{S}]/gu, "").toLowerCase();
};

/** Edits between two short texts; stops counting beyond `most`. */
const distance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? most + 1;
};

const longestHeading = 60;

export type Known =
  | { readonly kind: "question"; readonly question: Question }
  | { readonly kind: "section"; readonly section: Section };

export type Titled = { readonly known: Known; readonly names: readonly string[] };

/** How many edits a heading may be away from its wording. */
const allowed = (name: string) => Math.max(name.length >= 4 ? 1 : 0, Math.floor(name.length / 4));

/**
 * What a paragraph with this text may be the heading of, nearest first; `exact` asks for its very words. Nothing where two wordings
 * are as near as each other but mean different things is guessed: both come back.
 */
export const headingsNear = (titles: readonly Titled[], text: string, exact: boolean): readonly Known[] => {
  if (text.length > longestHeading || text.includes("\n")) return [];
  const bare = bareHeading(text);
  if (bare === "") return [];
  const near = titles.flatMap(({ known, names }) => {
    const least = Math.min(
      ...names.map((name) => {
        const most = exact ? 0 : allowed(name);
        const count = distance(bare, name, most);
        return count <= most ? count : Infinity;
      }),
    );
    return least === Infinity ? [] : [{ known, least }];
  });
  const best = Math.min(...near.map((one) => one.least));
  return near.filter((one) => one.least === best).map((one) => one.known);
};
