import type { Candidate, Context } from "./candidates.ts";
import { type Family, isBare, type Reading } from "./markers.ts";
import { isNext, nothingOpen, type Open, type Place, placesFor, put } from "./nesting.ts";

/** A candidate that is a marker, and how deep it stands. */
export type Chosen = { readonly candidate: Candidate; readonly reading: Reading; readonly depth: number };

/** What it costs to call something a marker after such a line, and what to call it none. */
const TAKE: Readonly<Record<Context, number>> = { ended: 0, headed: 0, edge: 0.3, middle: 1.2, inside: 2.5 };
const LEAVE: Readonly<Record<Context, number>> = { ended: 1, headed: 0.9, edge: 0.6, middle: 0.2, inside: 0 };

type Choice = { readonly reading: Reading; readonly place: Place; readonly cost: number };

/** A number with its dot and no digit behind it hardly ever begins a line by chance, however the line above ended. */
const isDotted = ({ family }: Reading): boolean => family === "digit";
const DOTTED_IN_MIDDLE = { take: 0.3, leave: 0.4 };

const leaveCost = ({ context, readings }: Candidate): number =>
  context === "middle" && readings.some(isDotted)
    ? DOTTED_IN_MIDDLE.leave
    : LEAVE[context] * (readings.every(({ family }) => isBare(family)) ? 0.7 : 1);

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

/** A list of this style is open and expects just this number. */
const isExpected = (open: Open, reading: Reading, { at }: Place): boolean => {
  const level = open.levels[at];
  return level?.family === reading.family && isNext(level.ordinal, reading.ordinal);
};

/** Where it is expected, there is little doubt about its style. */
const doubtOf = (reading: Reading, expected: boolean): number =>
  expected && SELDOM.has(reading.family) ? 0 : reading.doubt;

const takeCost = (context: Context, reading: Reading, expected: boolean): number =>
  context === "middle" && expected && isDotted(reading) ? DOTTED_IN_MIDDLE.take : TAKE[context];

const choicesFor = (open: Open, candidate: Candidate): Choice[] => {
  const choices: Choice[] = [];
  for (const reading of candidate.readings)
    for (const place of placesFor(open, reading, candidate.above, candidate.itemGoesOn)) {
      const expected = isExpected(open, reading, place);
      choices.push({
        reading,
        place,
        cost:
          place.cost +
          doubtOf(reading, expected) +
          takeCost(candidate.context, reading, expected) +
          suspicion(candidate.context, place),
      });
    }
  return choices.sort((a, b) => a.cost - b.cost);
};

/** One reading of the text so far: what is open after it, what it has cost, and its markers from the last one back. */
type Story = { readonly open: Open; readonly cost: number; readonly tail: Told | undefined };
type Told = { readonly before: Told | undefined; readonly chosen: Chosen };

/** So many stories are told side by side; a very long text, which no guide is, gets fewer, so that time stays linear. */
const MOST_STORIES = 40;
const STEPS = 1_500_000;
/** A story that has cost so much more than the best one is not told on. */
const HOPELESS = 4;

const tellOn = (story: Story, candidate: Candidate, leave: number): Story[] => {
  const { open, cost, tail } = story;
  const orphan = candidate.offset > 0 && tail?.chosen.candidate.line !== candidate.line;
  // 附件2 above the title says what the document is to another one.
  const cover = tail === undefined && candidate.line < 2 && candidate.readings[0]!.family === "annex";
  if (orphan || cover) return [story];
  const stories: Story[] = [];
  for (const { reading, place, cost: more } of choicesFor(open, candidate)) {
    if (more > leave + HOPELESS) continue;
    const chosen = { candidate, reading, depth: place.at };
    stories.push({ open: put(open, reading, place), cost: cost + more, tail: { before: tail, chosen } });
  }
  stories.push({ open, cost: cost + leave, tail });
  return stories;
};

/** The best stories, the cheapest one of those that have the same nodes open. */
const bestOf = (stories: Story[], most: number): Story[] => {
  if (stories.length === 1) return stories;
  stories.sort((a, b) => a.cost - b.cost);
  const limit = stories[0]!.cost + HOPELESS;
  const seen = new Set<string>();
  const best: Story[] = [];
  for (const story of stories) {
    if (best.length >= most || story.cost > limit) break;
    const path = story.open.levels.at(-1)?.path ?? "";
    if (seen.has(path)) continue;
    seen.add(path);
    best.push(story);
  }
  return best;
};

/**
 * The markers among the candidates: the reading of the whole text that leaves least unexplained. A wrong choice leaves
 * later markers without their place, so choices are kept open side by side until the text below has decided them.
 */
export const choose = (candidates: readonly Candidate[]): Chosen[] => {
  const most = Math.max(1, Math.min(MOST_STORIES, Math.floor(STEPS / Math.max(1, candidates.length))));
  let stories: Story[] = [{ open: nothingOpen, cost: 0, tail: undefined }];
  for (const candidate of candidates) {
    const leave = leaveCost(candidate);
    stories = bestOf(
      stories.flatMap((story) => tellOn(story, candidate, leave)),
      most,
    );
  }
  const chosen: Chosen[] = [];
  for (let told = stories[0]!.tail; told !== undefined; told = told.before) chosen.push(told.chosen);
  return chosen.reverse();
};
