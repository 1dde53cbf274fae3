import { type Known, knownFrom } from "./known.ts";
import { knownText, maskKnown } from "./mask.ts";
import { endOffsetOf, offsetOf, type Text } from "./text.ts";

/** Text of a source that everybody has, such as a direction of the guide, that stands in a document. It does not count; it is shown apart. */
export type Pasted = { readonly section: string; readonly from: number; readonly to: number };

/** From this length on it was pasted and not merely named. */
const shortestPasted = 20;

/** Where `source` stands in a document. Offsets in UTF-16 units of the section, end exclusive. */
export const pastedFrom = (text: Text, source: Known): readonly Pasted[] => {
  const mask = maskKnown(text, knownFrom(source.grams, new Set()));
  return text.sections.flatMap(({ name, from, to }) => {
    const found: Pasted[] = [];
    for (let at = from; at < to; at += 1) {
      if (mask[at] !== knownText) continue;
      const start = at;
      while (at < to && mask[at] === knownText) at += 1;
      if (at - start >= shortestPasted)
        found.push({ section: name, from: offsetOf(text, start), to: endOffsetOf(text, at - 1) });
    }
    return found;
  });
};
