import { problemFrom, type Problem } from "../../src/core/assignment/problem.ts";
import { randomOf } from "../../src/core/assignment/random.ts";

export type TinyKind = {
  readonly levels?: number;
  readonly minimums?: boolean;
  readonly organizations?: number;
  readonly limit?: number;
  readonly scarce?: boolean;
};

/** A few applications and experts with everything that can go wrong: no candidates, no capacity, ties, scarcity. */
export const tiny = (seed: number, kind: TinyKind = {}): Problem => {
  const random = randomOf(seed * 7919 + 13);
  const below = (limit: number): number => Math.floor(random() * limit);
  const applications = below(5);
  const experts = below(6);
  const density = random();
  const rowStart = new Uint32Array(applications + 1);
  const expert: number[] = [];
  const weight: number[] = [];
  const levels = kind.levels ?? 0;
  for (let row = 0; row < applications; row += 1) {
    for (let who = 0; who < experts; who += 1) {
      if (random() > density) continue;
      expert.push(who);
      weight.push(levels > 0 ? (below(levels) * 1_000_000) / levels : below(1_000_001));
    }
    rowStart[row + 1] = expert.length;
  }
  const most = Uint32Array.from({ length: experts }, () => below(kind.scarce === true ? 2 : 4));
  return problemFrom({
    wanted: Uint32Array.from({ length: applications }, () => below(4)),
    rowStart,
    expert: Uint32Array.from(expert),
    weight: Int32Array.from(weight),
    most,
    least: most.map((limit) => (kind.minimums === true ? below(limit + 1) : 0)),
    organization: Uint32Array.from({ length: experts }, () => below(kind.organizations ?? 3)),
    organizationLimit: kind.limit ?? 0,
  });
};

export type Clustered = {
  readonly applications: number;
  readonly experts: number;
  /** Candidates of an application. */
  readonly candidates: number;
  readonly seed: number;
  /** Demand over capacity: 0.97 is tight, above 1 scarce. */
  readonly tightness?: number;
  /** Affinities in so many equal steps; without it, millionths. */
  readonly levels?: number;
  /** Three experts in ten must take one review at least. */
  readonly minimums?: boolean;
};

const dimensions = 16;
const topicsOfDiscipline = 10;

/**
 * A funder's year: applications and experts around topics, topics around disciplines, topics crowded unevenly on the two
 * sides, experts in organisations of very different size. An application's candidates are mostly its nearest experts.
 */
export const clustered = (kind: Clustered): Problem => {
  const { applications, experts, candidates, seed, tightness = 0.97, levels = 0 } = kind;
  const random = randomOf(seed * 7919 + 13);
  const below = (limit: number): number => Math.floor(random() * limit);
  const normal = (): number => {
    let sum = -3;
    for (let index = 0; index < 6; index += 1) sum += random();
    return sum * Math.SQRT2;
  };
  const topics = Math.max(20, Math.round(experts / 70));
  const near = (centre: Float32Array, spread: number): Float32Array =>
    normalized(centre.map((value) => value + normal() * spread));
  const disciplines = Array.from({ length: Math.ceil(topics / topicsOfDiscipline) }, () =>
    near(new Float32Array(dimensions), 1),
  );
  const centres = Array.from({ length: topics }, (_, topic) =>
    near(disciplines[Math.floor(topic / topicsOfDiscipline)]!, 0.16),
  );
  const crowd = Array.from({ length: topics }, () => Math.exp(normal() * 0.6));
  const topicOfExpert = weighted(crowd, random);
  const topicOfApplication = weighted(
    crowd.map((size) => size * Math.exp(normal() * 0.45)),
    random,
  );
  const organizationOf = weighted(
    Array.from({ length: Math.max(50, Math.round(experts / 25)) }, (_, index) => (index + 3) ** -0.8),
    random,
  );

  const places: Float32Array[] = [];
  const byTopic: number[][] = centres.map(() => []);
  const organization = new Uint32Array(experts);
  const leaning = new Float32Array(experts);
  for (let who = 0; who < experts; who += 1) {
    const topic = topicOfExpert();
    const first = Math.floor(topic / topicsOfDiscipline) * topicsOfDiscipline;
    const second =
      random() < 0.5
        ? -1
        : Math.min(topics - 1, random() < 0.8 ? first + below(topicsOfDiscipline) : below(topics));
    const pull = second < 0 ? 0 : 0.5 * random();
    const mixed = centres[topic]!.map((value, index) => value + pull * (centres[second]?.[index] ?? 0));
    places.push(near(mixed, 0.14));
    byTopic[topic]!.push(who);
    if (second >= 0 && second !== topic) byTopic[second]!.push(who);
    organization[who] = organizationOf();
    leaning[who] = normal() * 0.04;
  }
  const wanted = Uint32Array.from({ length: applications }, () => {
    const draw = random();
    if (draw < 0.6) return 3;
    return draw < 0.7 ? 4 : 5;
  });
  const mean = wanted.reduce((sum, count) => sum + count, 0) / tightness / experts;
  const most = Uint32Array.from({ length: experts }, () => Math.max(1, Math.round(mean * (0.5 + random()))));

  const rowStart = new Uint32Array(applications + 1);
  const expert = new Uint32Array(applications * candidates);
  const weight = new Int32Array(applications * candidates);
  const seen = new Int32Array(experts).fill(-1);
  let count = 0;
  for (let row = 0; row < applications; row += 1) {
    const topic = topicOfApplication();
    const own = organizationOf();
    const place = near(centres[topic]!, 0.14);
    const pool: number[] = [];
    const add = (other: number): void => {
      for (const who of byTopic[other]!) {
        if (seen[who] === row) continue;
        seen[who] = row;
        pool.push(who);
      }
    };
    add(topic);
    const first = Math.floor(topic / topicsOfDiscipline) * topicsOfDiscipline;
    for (let step = 1; step < topicsOfDiscipline && pool.length < candidates * 4; step += 1) {
      const other = first + ((topic - first + step) % topicsOfDiscipline);
      if (other < topics) add(other);
    }
    add(below(topics));
    for (let tries = 0; tries < 50 && pool.length < candidates * 1.5; tries += 1) add(below(topics));
    const scored: (readonly [number, number])[] = [];
    for (const who of pool) {
      if (organization[who] === own || random() < 0.01) continue;
      let cosine = 0;
      for (let index = 0; index < dimensions; index += 1) cosine += place[index]! * places[who]![index]!;
      const affinity = 0.5 + 0.75 * (cosine - 0.5) + leaning[who]! + normal() * 0.02;
      const cut = Math.min(1, Math.max(0.01, affinity));
      const level = levels > 0 ? Math.round(cut * levels) / levels : cut;
      scored.push([Math.round(level * 1_000_000), who]);
    }
    scored.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
    const taken = Math.min(candidates, scored.length);
    // The last fifth comes from anywhere: people know people outside their topic.
    for (let at = Math.floor(taken * 0.8); at < taken; at += 1) {
      const other = at + below(scored.length - at);
      const kept = scored[at]!;
      scored[at] = scored[other]!;
      scored[other] = kept;
    }
    for (const [heavy, who] of scored.slice(0, taken)) {
      expert[count] = who;
      weight[count] = heavy;
      count += 1;
    }
    rowStart[row + 1] = count;
  }
  const least = most.map(() => (kind.minimums === true && random() < 0.3 ? 1 : 0));
  return problemFrom({
    wanted,
    rowStart,
    expert: expert.slice(0, count),
    weight: weight.slice(0, count),
    most,
    least,
    organization,
  });
};

const normalized = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

/** Draws an index with probability in proportion to its weight. */
const weighted = (weights: readonly number[], random: () => number): (() => number) => {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    sums[index] = sum;
  }
  return () => {
    const draw = random() * sum;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! <= draw) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};
