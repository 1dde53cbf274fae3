import { type Chance, chanceOf } from "../random.ts";
import { bell, dimensions, drawFrom, normalize, topicsOf, topicsPerDiscipline } from "./field.ts";
import { type Instance, writeInstance } from "./instance.ts";
import type { InstanceSpec } from "./instances.ts";

/**
 * Clustered as real calls are: topics of unequal size, more wanted in some than there are experts, organisations from very
 * large to small, most candidates from the own topic and a fifth from further off. The same seed gives the same bytes.
 */
export const generate = (spec: InstanceSpec): Instance => {
  const chance = chanceOf(spec.seed);
  const topicCount = Math.max(20, Math.round(spec.experts / 70));
  const topics = topicsOf(chance, topicCount);
  const supply = new Float64Array(topicCount).map(() => Math.exp(bell(chance) * 0.6));
  const demand = supply.map((size) => size * Math.exp(bell(chance) * 0.45));
  const organizationCount = Math.max(50, Math.round(spec.experts / 25));
  const sizes = new Float64Array(organizationCount).map((_, rank) => (rank + 3) ** -0.8);
  const drawOrganization = drawFrom(chance, sizes);
  const people = expertsOf(chance, spec.experts, topics, drawFrom(chance, supply), drawOrganization);

  const wanted = new Uint32Array(spec.applications).map(() => {
    const draw = chance.next();
    return draw < 0.6 ? 3 : draw < 0.7 ? 4 : 5;
  });
  const mean = wanted.reduce((sum, count) => sum + count, 0) / spec.load / spec.experts;
  const most = new Uint32Array(spec.experts).map(() => Math.max(1, Math.round(mean * (0.5 + chance.next()))));
  const draws = { topic: drawFrom(chance, demand), organization: drawOrganization };
  const rows = rowsOf(chance, spec, topics, people, draws);
  return {
    wanted,
    most,
    least: spec.minimumLoads ? minimumLoads(chance, most, rows.expert) : new Uint32Array(spec.experts),
    organization: people.organization,
    organizationLimit: spec.organizationLimit,
    ...rows,
  };
};

type People = {
  readonly points: Float32Array;
  readonly organization: Uint32Array;
  /** Some are valued above others. */
  readonly esteem: Float64Array;
  readonly ofTopic: readonly (readonly number[])[];
};

const expertsOf = (
  chance: Chance,
  count: number,
  topics: Float32Array,
  drawTopic: () => number,
  drawOrganization: () => number,
): People => {
  const topicCount = topics.length / dimensions;
  const points = new Float32Array(count * dimensions);
  const organization = new Uint32Array(count);
  const esteem = new Float64Array(count);
  const ofTopic = Array.from({ length: topicCount }, () => [] as number[]);
  for (let who = 0; who < count; who += 1) {
    const topic = drawTopic();
    const second = secondTopic(chance, topic, topicCount);
    const share = second < 0 ? 0 : 0.5 * chance.next();
    for (let axis = 0; axis < dimensions; axis += 1)
      points[who * dimensions + axis] =
        topics[topic * dimensions + axis]! +
        (second < 0 ? 0 : share * topics[second * dimensions + axis]!) +
        bell(chance) * 0.14;
    normalize(points, who);
    ofTopic[topic]!.push(who);
    if (second >= 0 && second !== topic) ofTopic[second]!.push(who);
    organization[who] = drawOrganization();
    esteem[who] = bell(chance) * 0.04;
  }
  return { points, organization, esteem, ofTopic };
};

/** Half of them have one, mostly of their own discipline; -1 for none. */
const secondTopic = (chance: Chance, topic: number, count: number): number => {
  if (!chance.happens(0.5)) return -1;
  const near = topic - (topic % topicsPerDiscipline) + chance.below(topicsPerDiscipline);
  return chance.happens(0.8) ? Math.min(count - 1, near) : chance.below(count);
};

const places = 2 ** 20;

const rowsOf = (
  chance: Chance,
  spec: InstanceSpec,
  topics: Float32Array,
  people: People,
  draw: { readonly topic: () => number; readonly organization: () => number },
): Pick<Instance, "rowStart" | "expert" | "weight"> => {
  const topicCount = topics.length / dimensions;
  const { candidates } = spec;
  const rowStart = new Uint32Array(spec.applications + 1);
  const expert = new Uint32Array(spec.applications * candidates);
  const weight = new Int32Array(spec.applications * candidates);
  const seen = new Int32Array(spec.experts).fill(-1);
  const point = new Float32Array(dimensions);
  const keys = new Float64Array(spec.experts);
  const pool: number[] = [];
  let pairs = 0;
  for (let row = 0; row < spec.applications; row += 1) {
    const topic = draw.topic();
    const home = draw.organization();
    for (let axis = 0; axis < dimensions; axis += 1)
      point[axis] = topics[topic * dimensions + axis]! + bell(chance) * 0.14;
    normalize(point, 0);
    pool.length = 0;
    const add = (from: number): void => {
      for (const who of people.ofTopic[from] ?? [])
        if (seen[who] !== row) {
          seen[who] = row;
          pool.push(who);
        }
    };
    const first = topic - (topic % topicsPerDiscipline);
    for (let step = 0; step < topicsPerDiscipline && pool.length < candidates * 4; step += 1)
      add(first + ((topic - first + step) % topicsPerDiscipline));
    add(chance.below(topicCount));
    for (let tries = 0; pool.length < candidates * 1.5 && tries < 50; tries += 1)
      add(chance.below(topicCount));

    let count = 0;
    for (const who of pool) {
      if (people.organization[who] === home || chance.happens(0.01)) continue;
      const affinity = affinityOf(point, people, who) + bell(chance) * 0.02;
      keys[count] = (1e6 - levelled(affinity, spec.levels)) * places + who;
      count += 1;
    }
    const ranked = keys.subarray(0, count).sort();
    const kept = Math.min(candidates, count);
    for (let at = 0; at < kept; at += 1) {
      if (at >= kept * 0.8) {
        const other = at + chance.below(count - at);
        [ranked[at], ranked[other]] = [ranked[other]!, ranked[at]!];
      }
      expert[pairs] = ranked[at]! % places;
      weight[pairs] = 1e6 - Math.floor(ranked[at]! / places);
      pairs += 1;
    }
    rowStart[row + 1] = pairs;
  }
  return { rowStart, expert: expert.slice(0, pairs), weight: weight.slice(0, pairs) };
};

const affinityOf = (point: Float32Array, { points, esteem }: People, who: number): number => {
  let likeness = 0;
  for (let axis = 0; axis < dimensions; axis += 1)
    likeness += point[axis]! * points[who * dimensions + axis]!;
  return 0.5 + 0.75 * (likeness - 0.5) + esteem[who]!;
};

const levelled = (affinity: number, levels: number): number => {
  const within = Math.min(1, Math.max(0.01, affinity));
  return Math.round((levels === 0 ? within : Math.max(1, Math.round(within * levels)) / levels) * 1e6);
};

/** A third of those with enough candidacies to be given something to do. */
const minimumLoads = (chance: Chance, most: Uint32Array, expert: Uint32Array): Uint32Array => {
  const candidacies = new Uint32Array(most.length);
  for (const who of expert) candidacies[who]! += 1;
  return most.map((limit, who) =>
    chance.happens(0.3) && candidacies[who]! >= 20 ? Math.min(limit, chance.between(1, 2)) : 0,
  );
};

// In a process of its own: the one that starts the contenders stays small.
if (import.meta.main) writeInstance(process.argv[2]!, generate(JSON.parse(process.argv[3]!) as InstanceSpec));
