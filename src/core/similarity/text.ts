/** A part of a document as its author gave it. */
export type Section = { readonly name: string; readonly text: string };

export type SectionPlace = { readonly name: string; readonly from: number; readonly to: number };

/**
 * A normalised document. `codes`: one number a counted character, sections apart by one 0. `breaks`: pairs of position and
 * offset in the original section, one wherever positions and offsets part. `clauses`: positions that a punctuation mark stands
 * before, doubled, odd where a sentence begins. `wide`: positions whose character takes two UTF-16 units.
 */
export type Text = {
  readonly codes: Uint16Array;
  readonly breaks: Uint32Array;
  readonly clauses: Uint32Array;
  readonly wide: Uint32Array;
  readonly sections: readonly SectionPlace[];
};

/** The last index of a sorted row, read every `step`, whose value is at most `value`; -1 before the first. */
export const lastAtMost = (row: Uint32Array, step: number, value: number): number => {
  let low = 0;
  let high = row.length / step;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (row[middle * step]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** Offset in the original section of the character at `position`, in UTF-16 units. */
export const offsetOf = ({ breaks }: Text, position: number): number => {
  const at = lastAtMost(breaks, 2, position) * 2;
  return breaks[at + 1]! + position - breaks[at]!;
};

/** Offset behind the character at `position`. */
export const endOffsetOf = (text: Text, position: number): number => {
  const at = text.wide.length === 0 ? -1 : lastAtMost(text.wide, 1, position);
  return offsetOf(text, position) + (at >= 0 && text.wide[at] === position ? 2 : 1);
};

/** The section that a position stands in. */
export const sectionAt = ({ sections }: Text, position: number): number => {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sections[middle]!.from <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
