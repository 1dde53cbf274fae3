import type { Policy } from "../../core/policy/policy.ts";

/** Longer sentences are read in the guide itself: the chip beside leads there. */
const longest = 110;

const pairsOf = (text: string) => {
  const letters = text.replaceAll(/[^\p{L}\p{N}]/gu, "");
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  );
};

/** How much of the clause's summary stands in a sentence, by pairs of characters. */
const shared = (wanted: ReadonlySet<string>, sentence: string) => {
  const pairs = pairsOf(sentence);
  let count = 0;
  for (const pair of wanted) if (pairs.has(pair)) count += 1;
  return count / Math.sqrt(Math.max(1, pairs.size));
};

/** The guide's own sentence for a clause, or null where it is long: a clause often shares its place in the text with others. */
export const quoteOf = (policy: Policy, id: string, limit = longest): string | null => {
  const clause = policy.clauses.find((one) => one.id === id);
  const node = policy.nodes.get(clause?.node ?? id);
  if (clause === undefined || node === undefined) return null;
  const sentences = node.text.split(/(?<=[。；])|\n/).filter((one) => one.trim() !== "");
  const wanted = pairsOf(clause.summary.zh);
  let best: string | null = null;
  let most = 0;
  for (const sentence of sentences) {
    const score = shared(wanted, sentence);
    if (score > most) [best, most] = [sentence, score];
  }
  const quote = best?.trim().replace(/；$/, "") ?? null;
  return quote !== null && quote.length <= limit ? quote : null;
};
