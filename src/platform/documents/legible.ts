/** Line breaks of all kinds become one kind. */
const breaks = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Not seen, and able to reorder, hide or break what is: controls, joiners, marks of direction, variation selectors, tags. */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufff9-\ufffb]|\p{Default_Ignorable_Code_Point}/gu;
/** A character with the marks that stand on it: a font draws both or neither. */
const units = /\P{M}\p{M}{0,4}|\p{M}/gu;
/** What it is depends on the machine it was typed on (private use), or it is no character, or a mark on nothing. */
const meaningless = /^[\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\p{M}]/u;
const plain = /^[\n\t\u0020-\u007e]*$/;

const seenOf = (text: string) => text.replaceAll(breaks, "\n").replaceAll(unseen, "");

/** What a text asks of the fonts, beyond ASCII: characters, and characters with their marks, also each alone. */
export const unitsOf = (text: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const seen = seenOf(text);
  if (plain.test(seen)) return found;
  for (const [unit] of seen.matchAll(units)) {
    if (plain.test(unit) || meaningless.test(unit)) continue;
    found.add(unit);
    for (const one of unit) found.add(one);
  }
  return found;
};

/**
 * Text as a paper can show it: what is not seen is left out, and what no font draws is written as its number, 〔U+2XXXX〕, never as an
 * empty box. `unknown` is told of each such character.
 */
export const legible = (
  text: string,
  draws: (unit: string) => boolean,
  unknown: (codePoint: number) => void,
): string => {
  const seen = seenOf(text);
  if (plain.test(seen)) return seen;
  const number = (one: string) => {
    const codePoint = one.codePointAt(0)!;
    unknown(codePoint);
    return `〔U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}〕`;
  };
  const shown = (unit: string): string => {
    if (plain.test(unit)) return unit;
    if (!meaningless.test(unit) && draws(unit)) return unit;
    const [base = "", ...marks] = unit;
    return marks.length === 0 ? number(base) : shown(base) + marks.map(number).join("");
  };
  return seen.replaceAll(units, shown);
};
