import { problemFrom, unit, type Problem } from "./problem.ts";

/** The shape of `zhinan assign`, already checked: known ids, none twice, affinities in [0, 1], whole loads, min <= max. */
export type AssignmentInput = {
  readonly applications: readonly {
    readonly id: string;
    readonly reviews: number;
    readonly candidates: readonly (readonly [expert: string, affinity: number])[];
  }[];
  readonly experts: readonly {
    readonly id: string;
    readonly max: number;
    readonly min?: number | undefined;
    readonly organization?: string | undefined;
  }[];
  readonly conflicts?: readonly (readonly [application: string, expert: string])[] | undefined;
  readonly maxPerOrganization?: number | undefined;
  readonly objective?: "total" | "fair" | undefined;
  readonly seed?: number | undefined;
};

/** Forbidden pairs leave the problem here and are counted, so that no objective can bring them back. */
export const buildProblem = (input: AssignmentInput): Problem => {
  const expertIndex = new Map(input.experts.map((expert, index) => [expert.id, index]));
  const conflicts = new Map<string, Set<string>>();
  for (const [application, expert] of input.conflicts ?? []) {
    const barred = conflicts.get(application);
    if (barred === undefined) conflicts.set(application, new Set([expert]));
    else barred.add(expert);
  }
  const pairs = input.applications.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const count = input.applications.length;
  const rowStart = new Uint32Array(count + 1);
  const expert = new Uint32Array(pairs);
  const weight = new Int32Array(pairs);
  const recused = new Uint32Array(count);
  let at = 0;
  for (const [index, application] of input.applications.entries()) {
    const barred = conflicts.get(application.id);
    for (const [who, affinity] of application.candidates) {
      if (barred?.has(who) === true) {
        recused[index]! += 1;
        continue;
      }
      const known = expertIndex.get(who);
      if (known === undefined) throw new Error(`Unknown expert ${who}: validate the input first.`);
      expert[at] = known;
      weight[at] = Math.round(affinity * unit);
      at += 1;
    }
    rowStart[index + 1] = at;
  }
  return problemFrom({
    wanted: Uint32Array.from(input.applications, ({ reviews }) => reviews),
    rowStart,
    expert: expert.slice(0, at),
    weight: weight.slice(0, at),
    least: Uint32Array.from(input.experts, ({ min }) => min ?? 0),
    most: Uint32Array.from(input.experts, ({ max }) => max),
    organization: numbered(input.experts.map(({ organization }) => organization)),
    organizationLimit: input.maxPerOrganization ?? 0,
    recused,
  });
};

/** Who has no organisation shares it with nobody. */
const numbered = (names: readonly (string | undefined)[]): Uint32Array => {
  const known = new Map<string, number>();
  let next = 0;
  return Uint32Array.from(names, (name) => {
    const number = name === undefined ? undefined : known.get(name);
    if (number !== undefined) return number;
    if (name !== undefined) known.set(name, next);
    next += 1;
    return next - 1;
  });
};
