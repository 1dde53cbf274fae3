import { assignmentTargets } from "./assignment/targets.ts";
import { documentTargets } from "./documents/targets.ts";
import { papersTargets, platformTargets } from "./platform/targets.ts";
import { similarityTargets } from "./similarity/targets.ts";

/** What was promised, by benchmark and figure. */
export type Target = {
  readonly bench: string;
  /** Dotted place in the benchmark's result. */
  readonly figure: string;
  readonly claim: string;
  readonly least?: number;
  readonly most?: number;
};

export const targets: readonly Target[] = [
  {
    bench: "rules",
    figure: "submit.all.perSecond",
    claim: "all rules of the submit stage, applications a second on one core",
    least: 20_000,
  },
  {
    bench: "rules",
    figure: "submit.all, direction finder behind.perSecond",
    claim: "the same with the direction finder behind the rule that asks it",
    least: 20_000,
  },
  {
    bench: "rules",
    figure: "timesJsonRulesEngine",
    claim: "times json-rules-engine on the same fifteen rules",
    least: 10,
  },
  {
    bench: "direction",
    figure: "perSecond.titles",
    claim: "directions suggested for titles, a second",
    least: 2_000,
  },
  {
    bench: "direction",
    figure: "perSecond.abstracts",
    claim: "directions suggested for abstracts, a second",
    least: 2_000,
  },
  {
    bench: "site",
    figure: "guidePerSecond",
    claim: "requests a second for the guide's page, server and load together on two cores",
    least: 2_000,
  },
  ...["/", "/guide", "/directions", "/coverage", "/contacts", "/en/guide"].map((page) => ({
    bench: "site",
    figure: `weights.${page}`,
    claim: `bytes of ${page} with all its files, gzipped`,
    most: 60_000,
  })),
  {
    bench: "spreadsheets",
    figure: "writer.ours.seconds",
    claim: "seconds for a workbook of 50,000 rows and twenty columns",
    most: 15,
  },
  {
    bench: "spreadsheets",
    figure: "writer.ours.megabytes",
    claim: "megabytes of its process at the peak",
    most: 200,
  },
  {
    bench: "spreadsheets",
    figure: "server.seconds",
    claim: "seconds for 50,000 applications from PostgreSQL through the server",
    most: 15,
  },
  ...assignmentTargets,
  ...similarityTargets,
  ...platformTargets,
  ...documentTargets,
  ...papersTargets,
];

export type Flat = ReadonlyMap<string, unknown>;

/** The leaves of a result by their dotted place. */
export const flatten = (result: object): Flat => {
  const flat = new Map<string, unknown>();
  const visit = (value: unknown, place: string) => {
    if (typeof value !== "object" || value === null) flat.set(place, value);
    else
      for (const [key, inner] of Object.entries(value)) visit(inner, place === "" ? key : `${place}.${key}`);
  };
  visit(result, "");
  return flat;
};
