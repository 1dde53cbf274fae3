import { chanceOf } from "./chance.ts";

/** MinHash with 128 functions and 32 bands of 4, written the usual way: shingles of five characters, Jaccard in mind. */
export const minHashLsh = () => {
  const chance = chanceOf(5);
  const functions = Array.from(
    { length: 128 },
    () => [chance.below(2 ** 31) * 2 + 1, chance.below(2 ** 31)] as const,
  );
  const bands = Array.from({ length: 32 }, () => new Map<string, number[]>());
  const hashOf = (shingle: string) => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < shingle.length; at += 1)
      hash = Math.imul(hash ^ shingle.charCodeAt(at), 0x01000193);
    return hash >>> 0;
  };
  return (document: number, text: string): void => {
    const shingles = new Set<string>();
    for (let at = 0; at + 5 <= text.length; at += 1) shingles.add(text.slice(at, at + 5));
    const signature = new Uint32Array(128).fill(0xffffffff);
    for (const shingle of shingles) {
      const hash = hashOf(shingle);
      for (let index = 0; index < 128; index += 1) {
        const [a, b] = functions[index]!;
        const value = (Math.imul(hash, a) + b) >>> 0;
        if (value < signature[index]!) signature[index] = value;
      }
    }
    for (const [band, buckets] of bands.entries()) {
      const key = signature.subarray(band * 4, band * 4 + 4).join(",");
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [document]);
      else bucket.push(document);
    }
  };
};
