import { isOrdinalWord, type Family, type Reading } from "./markers.ts";

/** An open node: one a level from the root down. */
export type Level = Pick<Reading, "family" | "ordinal" | "prefix" | "glyph"> & {
  /** It and all above it, as one word. */
  readonly path: string;
};

/** What of the tree the next marker can still join. */
export type Open = {
  readonly levels: readonly Level[];
  readonly last: Readonly<Partial<Record<Family, number>>>;
};

export const nothingOpen: Open = { levels: [], last: {} };

/** What stands directly above the marker: its parent's heading, an announcing colon, or plain text. */
export type Above = "heading" | "colon" | "text";

/** A place for a marker: all levels from `at` on close. `cost` from 0: how strange the place would be. */
export type Place = { readonly at: number; readonly cost: number };

const DEEPEST = 24;

const RANK: Readonly<Partial<Record<Family, number>>> = {
  annex: -1,
  volume: 0,
  part: 1,
  chapter: 2,
  section: 3,
  article: 4,
};
const rank = (family: Family): number => RANK[family] ?? 9;

/** 5 comes after 4 and after 4.01 (第四条之一), which comes after 4. */
export const isNext = (ordinal: number, next: number): boolean =>
  Math.floor(ordinal) + 1 === next || (Math.floor(next) === Math.floor(ordinal) && next > ordinal);

const follows = (level: Level, reading: Reading): boolean =>
  level.family === reading.family &&
  level.prefix === reading.prefix &&
  isNext(level.ordinal, reading.ordinal);

const numberOf = (level: Level): string =>
  level.family === "decimal" ? `${level.prefix}.${level.ordinal}` : String(level.ordinal);

/** What a list that skips or repeats a number costs. */
const slip = (from: number, to: number): number => (to > from ? 0.7 + Math.min(to - from - 1, 5) * 0.1 : 0.9);

/** Parts, chapters and sections close all below them; their numbers may run on under the next parent. */
const placesOfDivision = (open: Open, reading: Reading): Place[] => {
  const at = open.levels.findIndex((level) => rank(level.family) >= rank(reading.family));
  const cut = at < 0 ? open.levels.length : at;
  const level = open.levels[cut];
  const same = level?.family === reading.family ? level : undefined;
  if (same && follows(same, reading)) return [{ at: cut, cost: 0 }];
  if (reading.ordinal === 1) return [{ at: cut, cost: same ? 0.5 : 0 }];
  if (isNext(open.last[reading.family] ?? Number.NaN, reading.ordinal)) return [{ at: cut, cost: 0.1 }];
  return [
    { at: cut, cost: same ? slip(same.ordinal, reading.ordinal) : open.levels.length === 0 ? 0.25 : 0.6 },
  ];
};

/** `2.1` belongs below 2, after 1.9 or, where no heading 2 was written, after the list of 1.x. */
const placesOfDecimal = (open: Open, reading: Reading): Place[] => {
  const { levels } = open;
  const depth = reading.prefix.split(".").length;
  for (let at = levels.length - 1; at >= 0; at--) {
    const level = levels[at]!;
    if (follows(level, reading)) return [{ at, cost: 0 }];
    if (reading.ordinal === 1 && numberOf(level) === reading.prefix && level.family !== "annex")
      return [{ at: at + 1, cost: 0 }];
  }
  for (let at = levels.length - 1; at >= 0; at--) {
    const level = levels[at]!;
    if (level.family !== "decimal" || level.prefix.split(".").length !== depth) continue;
    if (level.prefix === reading.prefix) return [{ at, cost: slip(level.ordinal, reading.ordinal) }];
    if (reading.ordinal === 1) return [{ at, cost: 0.4 }];
  }
  return reading.ordinal === 1 ? [{ at: levels.length, cost: 0.9 }] : [];
};

/** Where a list opens that has no fellow above: articles close the numbered items they cannot stand in. */
const childAt = (open: Open, reading: Reading, above: Above): number => {
  if (reading.family !== "article" || above === "heading") return open.levels.length;
  let at = open.levels.length;
  while (at > 0 && rank(open.levels[at - 1]!.family) === 9 && open.levels[at - 1]!.family !== "chinese")
    at -= 1;
  return at;
};

const NEST: Readonly<Record<Above, number>> = { heading: 0.1, colon: 0.15, text: 0.6 };

/** A list that does not start at one: an excerpt may begin so, hardly a list inside a text. */
const oddStart = (open: Open, family: Family): number => {
  if (family === "article") return open.levels.length === 0 ? 0.25 : 0.5;
  if (open.levels.length > 0) return 1.3;
  return family === "chinese" ? 0.25 : 0.7;
};

const placesOfList = (open: Open, reading: Reading, above: Above, itemGoesOn: boolean): Place[] => {
  const { levels } = open;
  const places: Place[] = [];
  let same = -1;
  for (let at = levels.length - 1; at >= 0; at--) {
    const level = levels[at]!;
    if (level.family !== reading.family) continue;
    if (same < 0) same = at;
    if (!follows(level, reading)) continue;
    // Where two lists expect this number and nothing below decides: an inner list of one item, or whose last item ends
    // with a semicolon, goes on; otherwise the outer one does. The same closing mark outweighs that.
    const inner = places.length === 0;
    const habit = inner ? (level.ordinal > 1 && !itemGoesOn ? 0.05 : 0) : 0.03;
    places.push({ at, cost: habit + (level.glyph === reading.glyph ? 0 : 0.1) });
  }
  const child = childAt(open, reading, above);
  if (reading.ordinal === 1) {
    if (same < 0) return [{ at: child, cost: 0 }];
    places.push({ at: child, cost: NEST[above] }, { at: same, cost: above === "text" ? 0.5 : 0.8 });
    return places;
  }
  const runsOn = isNext(open.last[reading.family] ?? Number.NaN, reading.ordinal);
  if (same < 0) {
    // Numbers that run on below the next parent (1-9 over （一）…（五）).
    if (runsOn) places.push({ at: child, cost: 0.2 });
    else places.push({ at: child, cost: oddStart(open, reading.family) });
  } else if (places.length === 0)
    places.push({ at: same, cost: slip(levels[same]!.ordinal, reading.ordinal) });
  return places;
};

/** Where the marker may stand, the likeliest first. */
export const placesFor = (open: Open, reading: Reading, above: Above, itemGoesOn: boolean): Place[] => {
  if (reading.family === "annex") return [{ at: 0, cost: 0 }];
  const places =
    isOrdinalWord(reading.family) && reading.family !== "article"
      ? placesOfDivision(open, reading)
      : reading.family === "decimal"
        ? placesOfDecimal(open, reading)
        : placesOfList(open, reading, above, itemGoesOn);
  return places.filter(({ at }) => at < DEEPEST).sort((a, b) => a.cost - b.cost);
};

export const put = (open: Open, reading: Reading, { at }: Place): Open => {
  const { family, ordinal, prefix, glyph } = reading;
  const path = `${open.levels[at - 1]?.path ?? ""}/${family}${prefix}.${ordinal}`;
  return {
    levels: [...open.levels.slice(0, at), { family, ordinal, prefix, glyph, path }],
    last: { ...open.last, [family]: ordinal },
  };
};
