import type { Line } from "./lines.ts";
import { readingsOf } from "./markers.ts";
import { continues, endOf, unpunctuated } from "./sentence.ts";

/** How this text was set: what a full line, a blank line and an indent mean in it. */
export type Layout = {
  /** Is the line as long as lines get, so that its sentence may go on below? */
  readonly full: (line: Line, next?: Line) => boolean;
  /** The same of a paragraph's first line, which may have lost its indent on the way here. */
  readonly fullFirst: (line: Line, next?: Line) => boolean;
  /** Is it longer than a set line can be: a paragraph of its own? */
  readonly beyond: (line: Line) => boolean;
  /** Clearly shorter than a line that was broken. */
  readonly brief: (line: Line) => boolean;
  /** Were lines broken at all? */
  readonly wrapped: boolean;
  /** Does a blank line stand between paragraphs and nowhere else? */
  readonly blanks: boolean;
  /** Does the line open a paragraph by its indent? */
  readonly indented: (line: Line) => boolean;
  /** Do indents mark the openings of paragraphs? */
  readonly indents: boolean;
  /** Do lines that certainly go on from the line above never have one? Then an indent settles it. */
  readonly strict: boolean;
};

const WIDEST = 400;

/** The width that all but a few lines keep within. */
const usualWidth = (lines: readonly Line[]): number => {
  const counts = Array.from({ length: WIDEST + 1 }, () => 0);
  for (const { width } of lines) counts[Math.min(width, WIDEST)]! += 1;
  let beyond = 0;
  const few = lines.length * 0.03;
  for (let width = WIDEST; width > 0; width--) {
    beyond += counts[width]!;
    if (beyond > few) return width;
  }
  return 0;
};

/** A word of letters is not cut: a line that had no room for it is full earlier. */
const wordAt = (next: Line | undefined): number =>
  next === undefined ? 0 : Math.max(0, (/^[!-~]{1,40}/u.exec(next.text.slice(0, 40))?.[0].length ?? 0) - 2);

/** Headings as wide as this, in columns, are rare. */
const SENTENCE_LIKE = 40;

/** Does the sentence go on below? A heading's line, above a marker or with one, says nothing about that. */
const goesOn = (lines: readonly Line[], at: number): boolean => {
  const { text } = lines[at]!;
  const next = lines[at + 1];
  const end = endOf(text);
  if (end === "comma") return true;
  if (end !== "open" || next === undefined) return false;
  const marked = readingsOf(text).length > 0;
  if (readingsOf(next.text).length > 0) return false;
  return !marked || lines[at]!.width >= SENTENCE_LIKE || !unpunctuated(text.slice(3), false);
};

export const layoutOf = (lines: readonly Line[]): Layout => {
  const width = usualWidth(lines);
  const slack = Math.max(2, Math.min(8, Math.round(width * 0.14)));
  const long = (line: Line): boolean => line.width >= width - slack;
  let full = 0;
  let broken = 0;
  let blank = 0;
  let pairs = 0;
  let base = Number.MAX_SAFE_INTEGER;
  for (const [at, line] of lines.entries()) {
    if (at > 0 && !line.newPage) {
      pairs += 1;
      if (line.gap > 0) blank += 1;
    }
    if (line.indent < base) base = line.indent;
    if (!long(line) || line.width > width + 2) continue;
    full += 1;
    if (goesOn(lines, at)) broken += 1;
  }
  // Most full lines of a set page end inside a sentence; in a text of one line a paragraph none does.
  const wrapped = width < WIDEST && broken > 0 && broken * 2 >= full;
  let deep = 0;
  let hanging = 0;
  let flush = 0;
  let inset = 0;
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (line.indent >= base + 2) deep += 1;
    if (before === undefined || endOf(before.text) !== "comma") continue;
    if (line.indent >= base + 2) inset += 1;
    if (line.indent > before.indent + 1) hanging += 1;
    else flush += 1;
  }
  const share = lines.length === 0 ? 0 : deep / lines.length;
  const indents = share >= 0.05 && share <= 0.97 && hanging * 3 <= flush;
  const blanks = blank > 0 && blank < pairs * 0.9 && pairs - blank > 1;
  return {
    full: (line, next) => wrapped && line.width + wordAt(next) >= width - slack,
    fullFirst: (line, next) => wrapped && line.width + wordAt(next) >= width - slack - (indents ? 0 : 4),
    beyond: (line) => line.width > width + 6,
    brief: (line) => line.width < width * 0.6,
    wrapped,
    blanks,
    indented: (line) => line.indent >= base + 2,
    indents,
    strict: indents && hanging + flush > 2 && inset * 10 <= hanging + flush,
  };
};

/** Does `next` open a paragraph by the look of the page alone, whatever the words say? */
export const opensByLook = (layout: Layout, line: Line, next: Line): boolean => {
  const ended = endOf(line.text) !== "open" || !layout.full(line, next);
  if (continues(next.text)) return false;
  if (layout.blanks && next.gap > 0) return ended || !next.newPage;
  if (!layout.indents || !layout.indented(next)) return false;
  return layout.strict || ended || !layout.indented(line);
};
