import type { Text } from "./text.ts";

/** A sentence, or a part of a long one; positions, end exclusive. */
export type Unit = { readonly from: number; readonly to: number };

/** From this length on a sentence is cut at the next punctuation mark. */
const longSentence = 48;

/** The sentences of a document in order, section by section. */
export const unitsOf = ({ clauses, sections }: Text): readonly Unit[] => {
  const units: Unit[] = [];
  let clause = 0;
  for (const section of sections) {
    let from = section.from;
    while (clause < clauses.length && clauses[clause]! >>> 1 <= section.from) clause += 1;
    for (; clause < clauses.length && clauses[clause]! >>> 1 < section.to; clause += 1) {
      const place = clauses[clause]! >>> 1;
      if ((clauses[clause]! & 1) === 0 && place - from < longSentence) continue;
      if (place > from) units.push({ from, to: place });
      from = place;
    }
    if (section.to > from) units.push({ from, to: section.to });
  }
  return units;
};
