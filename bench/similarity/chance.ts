import type { Chance } from "../random.ts";

/**
 * Seeded chance with 128 bits of state (sfc32): with 32 bits the draws of two of 20,000 documents would often run into each other, and the
 * documents would share text that nobody copied.
 */
export const chanceOf = (seed: number, stream = 0): Chance => {
  let [a, b, c, counter] = [seed | 0, stream | 0, 0x9e3779b9 | 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round += 1) next();
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    happens: (probability) => next() < probability,
    pick: (from) => from[below(from.length)]!,
  };
};
