import { sampledDocuments } from "./frequency.ts";
import { base, mix } from "./hash.ts";

const hashOf = (length: number, codeAt: (at: number) => number): number => {
  let hash = length;
  for (let at = 0; at < length; at += 1) hash = (Math.imul(hash, base) + codeAt(at)) | 0;
  return mix(hash);
};

/** A document's place in the draw: by its id alone, so that the same documents give the same sample in any order. */
export const drawOf = (id: string): number => hashOf(id.length, (at) => id.charCodeAt(at));

/** Keeps the texts with the smallest draws; of texts that are the same only the first. */
export const sampler = () => {
  let kept: { readonly draw: number; readonly id: string; readonly codes: Uint16Array }[] = [];
  let limit = Number.POSITIVE_INFINITY;
  const tidy = () => {
    kept.sort((a, b) => a.draw - b.draw || (a.id < b.id ? -1 : 1));
    const seen = new Set<string>();
    kept = kept.filter(({ codes }) => {
      const print = `${codes.length} ${hashOf(codes.length, (at) => codes[at]!)}`;
      if (seen.has(print)) return false;
      seen.add(print);
      return true;
    });
    kept.length = Math.min(kept.length, sampledDocuments);
    if (kept.length === sampledDocuments) limit = kept.at(-1)!.draw;
  };
  return {
    /** Whether a document of this id would be kept: spares the reading of the others. */
    wants: (id: string): boolean => drawOf(id) <= limit,
    keep: (id: string, codes: Uint16Array): void => {
      const draw = drawOf(id);
      if (draw > limit || codes.length === 0) return;
      kept.push({ draw, id, codes });
      if (kept.length >= sampledDocuments * 2) tidy();
    },
    texts: (): readonly Uint16Array[] => {
      tidy();
      return kept.map(({ codes }) => codes);
    },
  };
};
