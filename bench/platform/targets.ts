import type { Target } from "../targets.ts";
import { readShares } from "./rates.ts";

const kinds = ["submit", "save", ...Object.keys(readShares)];

export const platformTargets: readonly Target[] = [
  ...kinds.map((kind) => ({
    bench: "platform",
    figure: `deadline.${kind}.p99`,
    claim: `the last minute before the deadline, twofold: ${kind}, p99 in ms`,
    most: 1_000,
  })),
  { bench: "platform", figure: "errors", claim: "requests of that minute that failed", most: 0 },
  {
    bench: "platform",
    figure: "unkept",
    claim: "acknowledged submissions and saves that are not there",
    most: 0,
  },
  { bench: "platform", figure: "invariantsBroken", claim: "invariants broken after it", most: 0 },
  { bench: "platform", figure: "ledgerVerified", claim: "the ledger verifies after it (1)", least: 1 },
];

export const papersTargets: readonly Target[] = [
  {
    bench: "documents-load",
    figure: "timesAlone.p99",
    claim: "seven papers after each submission: its p99 over that without papers",
    most: 1.2,
  },
  { bench: "documents-load", figure: "errors", claim: "requests beside the papers that failed", most: 0 },
  {
    bench: "documents-load",
    figure: "papers.errors",
    claim: "papers answered with neither 200 nor 503 and its Retry-After",
    most: 0,
  },
  {
    bench: "documents-load",
    figure: "unkept",
    claim: "acknowledged submissions and saves that are not there",
    most: 0,
  },
  { bench: "documents-load", figure: "invariantsBroken", claim: "invariants broken after it", most: 0 },
];
