import type { Candidate, Context } from "./candidates.ts";
import { type Family, isBare, type Reading } from "./markers.ts";
import { nothingOpen, type Open, type Place, placesFor, put } from "./nesting.ts";

/** A candidate that is a marker, and how deep it stands. */
export type Chosen = { readonly candidate: Candidate; readonly reading: Reading; readonly depth: number };

/** What it costs to call something a marker after such a line, and what to call it none. */
const TAKE: Readonly<Record<Context, number>> = { ended: 0, headed: 0, edge: 0.3, middle: 1.2, inside: 2.5 };
const LEAVE: Readonly<Record<Context, number>> = { ended: 1, headed: 0.9, edge: 0.6, middle: 0.2, inside: 0 };

type Choice = { readonly reading: Reading; readonly place: Place; readonly cost: number };

const leaveCost = (candidate: Candidate): number =>
  LEAVE[candidate.context] * (candidate.readings.every(({ family }) => isBare(family)) ? 0.7 : 1);

/** A slip in the numbers is believed only after a sentence that has ended. */
const suspicion = (context: Context, place: Place): number =>
  place.cost >= 0.7 && context !== "ended" ? 0.6 : 0;

/** Styles that are doubted only until a list of them is open. */
const SELDOM: ReadonlySet<Family> = new Set([
  "digitBare",
  "chineseBare",
  "roman",
  "romanParen",
  "upper",
  "upperParen",
  "upperHalf",
  "lower",
  "lowerParen",
  "lowerHalf",
]);

/** A list that is open and expects just this number leaves little doubt about its style. */
const doubtOf = (open: Open, reading: Reading, { at }: Place): number => {
  const level = open.levels[at];
  const expected = level?.family === reading.family && level.ordinal + 1 === reading.ordinal;
  return expected && SELDOM.has(reading.family) ? 0 : reading.doubt;
};

const choicesFor = (open: Open, candidate: Candidate): Choice[] => {
  const choices: Choice[] = [];
  for (const reading of candidate.readings)
    for (const place of placesFor(open, reading, candidate.above, candidate.itemGoesOn))
      choices.push({
        reading,
        place,
        cost:
          place.cost +
          doubtOf(open, reading, place) +
          TAKE[candidate.context] +
          suspicion(candidate.context, place),
      });
  return choices.sort((a, b) => a.cost - b.cost);
};

/** How far ahead the rest of the text is asked what it makes of a choice. */
const WINDOW = 1500;

/**
 * What the markers below cost if this much is open, each taken where it fits best: a wrong choice leaves later ones
 * without their place. The budget keeps the whole linear whatever the text.
 */
const costOfRest = (
  open: Open,
  candidates: readonly Candidate[],
  from: number,
  budget: { left: number },
): number => {
  let state = open;
  let total = 0;
  for (let at = from; at < Math.min(candidates.length, from + WINDOW) && budget.left > 0; at++) {
    budget.left -= 1;
    const candidate = candidates[at]!;
    const leave = leaveCost(candidate);
    if (leave === 0) continue;
    const best = choicesFor(state, candidate)[0];
    if (best && best.cost <= leave) {
      total += best.cost;
      state = put(state, best.reading, best.place);
    } else total += leave;
  }
  return total;
};

/** The markers among the candidates: the reading of the whole that leaves least unexplained. */
export const choose = (candidates: readonly Candidate[]): Chosen[] => {
  const chosen: Chosen[] = [];
  const budget = { left: candidates.length * 30 + 100_000 };
  let open = nothingOpen;
  let skippedLine = -1;
  for (const [at, candidate] of candidates.entries()) {
    if (candidate.offset > 0 && candidate.line === skippedLine) continue;
    if (candidate.readings[0]!.family === "annex" && chosen.length === 0 && candidate.line < 2) continue;
    const leave = leaveCost(candidate);
    const choices = choicesFor(open, candidate).slice(0, 4);
    let best: Choice | undefined = choices[0];
    const clear = best !== undefined && best.cost < 0.1 && (choices[1]?.cost ?? 9) - best.cost > 0.5;
    if (best !== undefined && !clear) {
      let least = leave + costOfRest(open, candidates, at + 1, budget);
      best = undefined;
      for (const choice of choices) {
        if (choice.cost > leave + 3) continue;
        const cost =
          choice.cost + costOfRest(put(open, choice.reading, choice.place), candidates, at + 1, budget);
        if (cost < least || (best === undefined && cost === least)) {
          least = cost;
          best = choice;
        }
      }
    }
    if (best === undefined) {
      if (candidate.offset === 0) skippedLine = candidate.line;
      continue;
    }
    open = put(open, best.reading, best.place);
    skippedLine = -1;
    chosen.push({ candidate, reading: best.reading, depth: best.place.at });
  }
  return chosen;
};
