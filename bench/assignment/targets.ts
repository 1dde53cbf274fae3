import type { Target } from "../targets.ts";
import type { Kind, Size } from "./instances.ts";

const target = (figure: string, claim: string, limit: { least: number } | { most: number }): Target => ({
  bench: "assignment",
  figure,
  claim,
  ...limit,
});

const of = (size: Size, kind: Kind, figure: string, contender = "engine") =>
  `instances.${size} ${kind}.${contender}.${figure}`;

const kinds = ["clustered", "tight", "scarce", "tied", "minimum", "organization"] as const;

/** The figures name a size and no kind: every kind is held to them. */
const ofKind = (kind: Kind): readonly Target[] => [
  target(of("small", kind, "cpuSeconds"), `7,400 reviews, ${kind}: CPU seconds`, { most: 0.5 }),
  target(of("small", kind, "gap"), `7,400 reviews, ${kind}: proven gap`, { most: 0 }),
  target(
    of("small", kind, "timesEngine", "lemon-ns"),
    `7,400 reviews, ${kind}: LEMON network simplex (C++) takes so many times the engine's CPU`,
    { least: 0.4 },
  ),
  target(of("middle", kind, "cpuSeconds"), `111,000 reviews, ${kind}: CPU seconds`, { most: 3 }),
  target(of("middle", kind, "memoryMegabytes"), `111,000 reviews, ${kind}: megabytes above the input`, {
    most: 160,
  }),
  target(of("middle", kind, "gap"), `111,000 reviews, ${kind}: proven gap`, { most: 1e-7 }),
  target(
    of("middle", kind, "timesEngine", "lemon-cs"),
    `111,000 reviews, ${kind}: LEMON cost scaling (C++) takes so many times the engine's CPU`,
    { least: 4 },
  ),
];

export const assignmentTargets: readonly Target[] = [
  ...kinds.flatMap(ofKind),
  ...(["clustered", "organization"] as const).map((kind) =>
    target(
      of("small", kind, "timesEngine", "highs"),
      `7,400 reviews, ${kind}: HiGHS (npm highs) takes so many times the engine's CPU`,
      { least: 25 },
    ),
  ),
  target(of("large", "clustered", "cpuSeconds"), "1.5 million reviews: CPU seconds", { most: 40 }),
  target(of("large", "clustered", "memoryMegabytes"), "1.5 million reviews: megabytes above the input", {
    most: 600,
  }),
  target(of("large", "clustered", "gap"), "1.5 million reviews: proven gap", { most: 1e-7 }),
  target("decline.reoptimize.median", "one decline among 111,000 reviews, optimal again: median ms", {
    most: 0.2,
  }),
  target("decline.reoptimize.p99", "one decline among 111,000 reviews, optimal again: p99 ms", { most: 25 }),
  target("decline.substitute.median", "the same, no other panel touched where possible: median ms", {
    most: 0.2,
  }),
  target("decline.substitute.p99", "the same, no other panel touched where possible: p99 ms", { most: 25 }),
];
