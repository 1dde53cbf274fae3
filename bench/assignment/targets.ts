import type { Target } from "../targets.ts";

const target = (figure: string, claim: string, most: number): Target => ({
  bench: "assignment",
  figure,
  claim,
  most,
});

const of = (instance: string, figure: string) => `instances.${instance}.engine.${figure}`;

export const assignmentTargets: readonly Target[] = [
  target(of("small clustered", "cpuSeconds"), "7,400 reviews, proven optimal: CPU seconds", 0.5),
  target(of("small clustered", "gap"), "7,400 reviews: proven gap", 0),
  target("ratios.ofNetworkSimplex", "7,400 reviews: CPU as a multiple of LEMON network simplex (C++)", 2.5),
  {
    bench: "assignment",
    figure: "ratios.timesHighs",
    claim: "7,400 reviews: times as fast as HiGHS (npm highs)",
    least: 25,
  },
  target(of("small organization", "gap"), "one of an organisation, 7,400 reviews: proven gap", 1e-4),
  target(of("middle organization", "gap"), "one of an organisation, 111,000 reviews: proven gap", 1e-4),
  target(of("middle clustered", "cpuSeconds"), "111,000 reviews: CPU seconds", 3),
  target(of("middle clustered", "memoryMegabytes"), "111,000 reviews: megabytes above the input", 160),
  target(of("middle clustered", "gap"), "111,000 reviews: proven gap", 1e-7),
  target("ratios.ofCostScaling", "111,000 reviews: CPU as a part of LEMON cost scaling (C++)", 0.25),
  target(of("large clustered", "cpuSeconds"), "1.5 million reviews: CPU seconds", 40),
  target(of("large clustered", "memoryMegabytes"), "1.5 million reviews: megabytes above the input", 600),
  target(of("large clustered", "gap"), "1.5 million reviews: proven gap", 1e-7),
  target("decline.reoptimize.median", "one decline among 111,000 reviews, optimal again: median ms", 0.2),
  target("decline.reoptimize.p99", "one decline among 111,000 reviews, optimal again: p99 ms", 25),
];
