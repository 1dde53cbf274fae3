import type { Chance } from "../random.ts";

/** A made-up landscape of science: topics in disciplines, points on a sphere; near means alike. */

export const dimensions = 16;
export const topicsPerDiscipline = 10;

/** Nearly normal, of variance 1. */
export const bell = ({ next }: Chance): number => {
  let sum = 0;
  for (let draw = 0; draw < 6; draw += 1) sum += next();
  return (sum - 3) * Math.SQRT2;
};

export const normalize = (points: Float32Array, index: number): void => {
  const from = index * dimensions;
  let square = 0;
  for (let axis = from; axis < from + dimensions; axis += 1) square += points[axis]! ** 2;
  const factor = 1 / Math.sqrt(square);
  for (let axis = from; axis < from + dimensions; axis += 1) points[axis]! *= factor;
};

export const topicsOf = (chance: Chance, count: number): Float32Array => {
  const disciplines = new Float32Array(Math.ceil(count / topicsPerDiscipline) * dimensions);
  for (let axis = 0; axis < disciplines.length; axis += 1) disciplines[axis] = bell(chance);
  for (let index = 0; index < disciplines.length / dimensions; index += 1) normalize(disciplines, index);
  const topics = new Float32Array(count * dimensions);
  for (let topic = 0; topic < count; topic += 1) {
    const home = Math.floor(topic / topicsPerDiscipline) * dimensions;
    for (let axis = 0; axis < dimensions; axis += 1)
      topics[topic * dimensions + axis] = disciplines[home + axis]! + bell(chance) * 0.16;
    normalize(topics, topic);
  }
  return topics;
};

/** Draws an index as often as its weight says. */
export const drawFrom = ({ next }: Chance, weights: Float64Array): (() => number) => {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    sums[index] = sum;
  }
  return () => {
    const aim = next() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! <= aim) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};
