import { type Known, knownFrom } from "./known.ts";
import { knownText, maskKnown } from "./mask.ts";
import type { Text } from "./text.ts";
import { type Place, placesOf } from "./uncounted.ts";

/** Where a source that everybody has, such as a direction of the guide, was pasted into a document. It does not count; it is shown apart. */
export const pastedFrom = (text: Text, source: Known): readonly Place[] =>
  placesOf(text, maskKnown(text, knownFrom(source.grams, new Set())), knownText);
