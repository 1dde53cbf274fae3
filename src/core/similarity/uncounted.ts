import { frequentText, knownText } from "./mask.ts";
import type { Prepared } from "./prepared.ts";
import { endOffsetOf, offsetOf, type Text } from "./text.ts";

/** A stretch of a section. Offsets in UTF-16 units, end exclusive. */
export type Place = { readonly section: string; readonly from: number; readonly to: number };

/** Text that counts for nobody: it stands in the guide or the form (`known`), or many applications have it (`frequent`). */
export type Uncounted = Place & { readonly why: "known" | "frequent" };

/** From this length on it is a passage and not a turn of phrase. */
const shortest = 20;

/** What of a query did not count, where it is long enough to be asked about. */
export const uncounted = ({ text, mask }: Pick<Prepared, "text" | "mask">): readonly Uncounted[] => [
  ...because("known", placesOf(text, mask, knownText)),
  ...because("frequent", placesOf(text, mask, frequentText)),
];

const because = (why: Uncounted["why"], places: readonly Place[]): readonly Uncounted[] =>
  places.map(({ section, from, to }) => ({ section, from, to, why }));

/** The long stretches that a mask gives one value. */
export const placesOf = (text: Text, mask: Uint8Array, value: number): readonly Place[] =>
  text.sections.flatMap(({ name, from, to }) => {
    const found: Place[] = [];
    for (let at = from; at < to; at += 1) {
      if (mask[at] !== value) continue;
      const start = at;
      while (at < to && mask[at] === value) at += 1;
      if (at - start >= shortest)
        found.push({ section: name, from: offsetOf(text, start), to: endOffsetOf(text, at - 1) });
    }
    return found;
  });
