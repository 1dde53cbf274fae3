import { type Layout, opensByLook } from "./layout.ts";
import type { Line } from "./lines.ts";
import { isBare, type Reading, readingsOf } from "./markers.ts";
import type { Above } from "./nesting.ts";
import { brackets, endOf, unpunctuated } from "./sentence.ts";

/**
 * How well the line before lets a marker stand: `ended` a sentence ended, `headed` a heading stands above, `edge` nothing
 * is known for certain, `middle` a full line without an end, `inside` a sentence goes on across the line break.
 */
export type Context = "ended" | "headed" | "edge" | "middle" | "inside";

/** A place in the text that looks like a marker. */
export type Candidate = {
  readonly line: number;
  /** Where in the line's text it begins: a second marker may follow the first on one line. */
  readonly offset: number;
  readonly readings: readonly Reading[];
  readonly context: Context;
  readonly above: Above;
  /** Does the text before it end with a semicolon, as an item does that is not the last? */
  readonly itemGoesOn: boolean;
};

/** How many lines a bracket is searched for its closing fellow. */
const BRACKET_LINES = 3;

const closesSoon = (lines: readonly Line[], at: number, offset: number, depth: number): boolean => {
  let open = depth;
  for (let next = at; next < Math.min(lines.length, at + BRACKET_LINES); next++) {
    const { net, low } = brackets(lines[next]!.text.slice(0, 2000), next === at ? offset : 0);
    if (open + low < depth) return true;
    open += net;
  }
  return false;
};

/** A labelled value ends a line as well as a full stop does: 联系电话：（略）. */
const LABELLED = /[:：]\s?[^\s，。；：:]{1,24}$/u;

/** `own` is what the line before holds behind its own marker, if it has one. */
const contextOf = (before: Line, own: string | undefined, line: Line, layout: Layout): Context => {
  const end = endOf(before.text);
  if (end === "stop" || end === "item" || end === "colon") return "ended";
  if (end === "comma") return layout.full(before, line) || !layout.wrapped ? "inside" : "middle";
  const heading = own !== undefined && unpunctuated(own, !layout.full(before, line));
  if (opensByLook(layout, before, line)) return heading ? "headed" : "edge";
  if (!layout.full(before, line)) return heading && unpunctuated(own, false) ? "headed" : "edge";
  return heading || LABELLED.test(before.text.slice(-40)) ? "edge" : "middle";
};

const aboveOf = (lines: readonly Line[], at: number, looks: (at: number) => boolean): Above => {
  const before = lines[at - 1];
  if (before === undefined) return "text";
  const end = endOf(before.text);
  // A label of its own paragraph (受理咨询：) announces nothing to the item before it.
  const first = looks(at - 1) || (at > 1 && endOf(lines[at - 2]!.text) !== "stop");
  if (end === "colon") return first ? "colon" : "text";
  const heading = looks(at - 1) || (looks(at - 2) && endOf(lines[at - 2]!.text) === "open");
  return end === "open" && heading && unpunctuated(before.text, true) ? "heading" : "text";
};

/** `附件：1.甲 2.乙` and `1.（1）甲`: markers behind the first one of a line. */
const insideLine = (
  text: string,
  first: Reading,
  annexed: boolean,
): { offset: number; reading: Reading }[] => {
  const found: { offset: number; reading: Reading }[] = [];
  const offset =
    first.marker.length +
    text.slice(first.marker.length).length -
    text.slice(first.marker.length).trimStart().length;
  const direct = readingsOf(text.slice(offset)).find(
    (reading) =>
      reading.ordinal === 1 &&
      reading.family !== first.family &&
      !isBare(reading.family) &&
      reading.family !== "annex",
  );
  if (direct && direct.family !== "decimal") found.push({ offset, reading: direct });
  const counted = direct ?? (first.family === "digit" ? first : undefined);
  if (!annexed || counted === undefined) return found;
  let expected = counted.ordinal + 1;
  for (const gap of text.slice(0, 4000).matchAll(/\s(?=\d{1,2}[.．、])/gu)) {
    const at = gap.index + 1;
    if (at <= offset) continue;
    const reading = readingsOf(text.slice(at)).find(
      ({ family, ordinal }) => family === counted.family && ordinal === expected,
    );
    if (!reading) continue;
    found.push({ offset: at, reading });
    expected += 1;
  }
  return found;
};

/** Everything that could be a marker, in the order of the text. `skip` holds lines that are known to be none. */
export const candidatesOf = (
  lines: readonly Line[],
  layout: Layout,
  skip: ReadonlySet<number>,
): Candidate[] => {
  const candidates: Candidate[] = [];
  let lastLooks = -2;
  let lastButOneLooks = -2;
  const looks = (at: number): boolean => at >= 0 && (at === lastLooks || at === lastButOneLooks);
  let own = "";
  let depth = 0;
  let depthLines = 0;
  let annexed = false;
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    const readings = skip.has(at) ? [] : readingsOf(line.text);
    if (readings.length > 0) {
      const marker = readings[0]!.marker.length;
      const bracketed = depth > 0 && closesSoon(lines, at, marker, depth);
      const found =
        before === undefined ? "ended" : contextOf(before, looks(at - 1) ? own : undefined, line, layout);
      // No sentence is broken before 附件：, so a full line above says little.
      const announced = readings[0]!.family === "annex" && /[:：]$/u.test(readings[0]!.marker);
      const context = bracketed ? "inside" : found === "middle" && announced ? "edge" : found;
      const itemGoesOn = before !== undefined && endOf(before.text) === "item";
      const above = aboveOf(lines, at, looks);
      if (readings[0]!.family === "annex") annexed = context !== "inside";
      candidates.push({ line: at, offset: 0, readings, context, above, itemGoesOn });
      own = line.text.slice(marker);
      for (const { offset, reading } of insideLine(line.text, readings[0]!, annexed)) {
        own = line.text.slice(offset + reading.marker.length);
        candidates.push({
          line: at,
          offset,
          readings: [reading],
          context: annexed ? "headed" : "edge",
          above: "heading",
          itemGoesOn: false,
        });
      }
      if (context !== "inside" && context !== "middle") depth = 0;
      lastButOneLooks = lastLooks;
      lastLooks = at;
    }
    const { net } = brackets(line.text, readings[0]?.marker.length ?? 0);
    const stopped = endOf(line.text) === "stop" && !layout.full(line);
    depth = stopped || depthLines > 6 ? 0 : Math.max(0, depth + net);
    depthLines = depth > 0 ? depthLines + 1 : 0;
  }
  return candidates;
};
