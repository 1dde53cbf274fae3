import type { Target } from "../targets.ts";
import { levels } from "./levels.ts";

const target = (figure: string, claim: string, limit: { least: number } | { most: number }): Target => ({
  bench: "similarity",
  figure,
  claim,
  ...limit,
});

export const similarityTargets: readonly Target[] = [
  target("recall.whole", "recall@10, a third or more copied, however disguised", { least: 0.99 }),
  target("recall.small", "recall@10, one paragraph, or 10 % with 30 % of words replaced", { least: 0.95 }),
  ...levels.flatMap(({ name, error }) =>
    error === undefined
      ? []
      : [target(`levels.${name}.error`, `mean error of coverage, ${name}`, { most: error })],
  ),
  target("unrelated.reported", "unrelated documents reported at 10 % or more", { most: 0.005 }),
  target("siblings.reported", "siblings of one laboratory reported at 10 % or more", { most: 0.005 }),
  target("query.p50", "query with alignment: median ms", { most: 5 }),
  target("query.p99", "query with alignment: p99 ms", { most: 20 }),
  target("lucene.timesMlt500", "times as fast as Lucene MoreLikeThis with 500 terms, which aligns nothing", {
    least: 15,
  }),
  target("build.perSecond", "documents a second from normalised text on one core", { least: 5_000 }),
  target("national.query.p99", "3,000,000 documents, fingerprints only: p99 ms", { most: 10 }),
  target("national.bytesPerDocument", "3,000,000 documents: bytes a document", { most: 800 }),
];
