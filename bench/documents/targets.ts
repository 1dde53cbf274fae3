import type { Target } from "../targets.ts";

export const documentTargets: readonly Target[] = [
  {
    bench: "documents",
    figure: "form.median",
    claim: "an application of 30 pages by one warm process: median ms",
    most: 600,
  },
  {
    bench: "documents",
    figure: "row.peak.child",
    claim: "500 papers in a row: most resident MB of a process",
    most: 1_500,
  },
];
