import { type Layout, opensByLook } from "./layout.ts";
import type { Line } from "./lines.ts";
import { type Labels, glue, startsWithLabel, tidy } from "./reflow.ts";
import { brackets, continues, endOf, startsWithAmount, unpunctuated } from "./sentence.ts";

/** A heading is broken over at most so many lines. */
const MOST_LINES = 5;

const wrappedOnto = (line: Line, next: Line, layout: Layout, depth: number, first: boolean): boolean => {
  if (depth > 0 && brackets(next.text.slice(0, 400)).low < 0) return true;
  const end = endOf(line.text);
  if (end === "comma" || continues(next.text) || startsWithAmount(next.text)) return true;
  if (opensByLook(layout, line, next)) return false;
  return first ? layout.fullFirst(line, next) : layout.full(line, next);
};

/**
 * How many of a node's lines are its heading: none where it begins with a sentence. The hard case is a full first line
 * without any mark: a heading that ends just there, a heading that goes on, or a sentence. What goes on unpunctuated to a
 * short line is a heading; what runs into a mark is a sentence, unless a label begins there or the fellows have headings.
 */
export const headingLines = (
  lines: readonly Line[],
  layout: Layout,
  labels: Labels,
  fellowsHaveOne: boolean,
): number => {
  let depth = 0;
  for (let at = 0; at < Math.min(lines.length, MOST_LINES); at++) {
    const line = lines[at]!;
    const next = lines[at + 1];
    const whole =
      next === undefined || (layout.wrapped && layout.brief(line)) || opensByLook(layout, line, next);
    if (!unpunctuated(line.text, whole && at === 0)) {
      if (at === 0) return 0;
      return startsWithLabel(line.text) && (labels.get(line.text.split(/[:：]/u)[0]!) ?? 0) > 1
        ? at
        : at === 1 && fellowsHaveOne
          ? 1
          : 0;
    }
    if (next === undefined) return at + 1;
    depth = Math.max(0, depth + brackets(line.text).net);
    if (!wrappedOnto(line, next, layout, depth, at === 0)) return at + 1;
  }
  return 0;
};

/** Two to four characters with space between each are one word set wide (总则). */
const spacedOut = (text: string): string =>
  text.length <= 32 && /^\p{Script=Han}(?:\s{1,8}\p{Script=Han}){1,3}$/u.test(text)
    ? text.replace(/\s/gu, "")
    : text;

/** Each line is joined to the one before it alone, so that a title of a million lines takes no longer than it must. */
export const joinHeading = (lines: readonly Line[]): string =>
  spacedOut(lines.map(({ text }, at) => glue(lines[at - 1]?.text ?? "", text) + tidy(text)).join(""));
