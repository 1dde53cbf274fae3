/** What is measured, from the smallest to the largest. */

export type Size = "small" | "middle" | "large";
export type Kind = "clustered" | "tight" | "scarce" | "tied" | "minimum" | "organization";

export type InstanceSpec = {
  readonly size: Size;
  readonly kind: Kind;
  readonly applications: number;
  readonly experts: number;
  /** Candidates of an application. */
  readonly candidates: number;
  readonly seed: number;
  /** Reviews wanted, as a part of the places that the experts have. */
  readonly load: number;
  /** Affinities in so many levels; 0 leaves them as they are. */
  readonly levels: number;
  readonly minimumLoads: boolean;
  /** At most so many experts of one organisation on an application; 0 stands for no limit. */
  readonly organizationLimit: number;
};

export type ContenderName = "engine" | "sketch" | "greedy" | "highs" | "lemon-ns" | "lemon-cs";

const sizes = {
  small: { applications: 2_000, experts: 3_000, candidates: 100, seed: 11 },
  middle: { applications: 30_000, experts: 30_000, candidates: 150, seed: 12 },
  large: { applications: 400_000, experts: 120_000, candidates: 60, seed: 13 },
} as const;

const plain = { load: 0.75, levels: 0, minimumLoads: false, organizationLimit: 0 };
const kinds = {
  clustered: plain,
  tight: { ...plain, load: 0.97 },
  scarce: { ...plain, load: 1.1 },
  tied: { ...plain, levels: 10 },
  minimum: { ...plain, minimumLoads: true },
  organization: { ...plain, organizationLimit: 1 },
} as const;

const specOf = (size: Size, kind: Kind): InstanceSpec => ({ size, kind, ...sizes[size], ...kinds[kind] });

const everyKind = Object.keys(kinds) as Kind[];

export const specsOf = (large: boolean): readonly InstanceSpec[] => [
  ...everyKind.map((kind) => specOf("small", kind)),
  ...everyKind.map((kind) => specOf("middle", kind)),
  ...(large ? [specOf("large", "clustered")] : []),
];

/** HiGHS on two small instances only; beyond, the faster half of LEMON; neither where LEMON takes gigabytes. */
export const contendersOf = ({ size, kind }: InstanceSpec): readonly ContenderName[] => {
  if (size === "large") return ["engine", "sketch", "greedy"];
  if (size === "middle") return ["engine", "sketch", "greedy", "lemon-cs"];
  const linear = kind === "clustered" || kind === "organization" ? (["highs"] as const) : [];
  return ["engine", "sketch", "greedy", ...linear, "lemon-ns", "lemon-cs"];
};

/** A process each; the median counts. */
export const runsOf = ({ size }: InstanceSpec, contender: ContenderName): number => {
  if (contender === "highs" || size === "large") return 1;
  return size === "small" || contender === "engine" ? 3 : 1;
};
