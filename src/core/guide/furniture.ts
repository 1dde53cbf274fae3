import type { Line } from "./lines.ts";
import { readingsOf } from "./markers.ts";
import { endOf } from "./sentence.ts";

/** Never anything but a page number: `- 15 -`, `—15—`, `第 3 页 共 12 页`, `Page 3 of 12`. */
const DECORATED =
  /^(?:[-–—―－─~·•]{1,3}\s{0,4}[\dⅠ-ⅻivxlIVXL０-９]{1,6}\s{0,4}[-–—―－─~·•]{1,3}|第\s{0,4}[\d０-９一二三四五六七八九十百]{1,6}\s{0,4}页[\s,，/／]{0,4}(?:[（(]?共\s{0,4}[\d０-９一二三四五六七八九十百]{1,6}\s{0,4}页[)）]?)?|[Pp](?:age|AGE)\s{1,4}\d{1,5}(?:\s{1,4}of\s{1,4}\d{1,5})?)$/u;
const BARE = /^([1-9]\d{0,2})(?:\s?[/／]\s?\d{1,4})?$/u;
/** Furniture is short: longer lines are not even looked at. */
const LONGEST = 120;

/** The commonest gap: more than that around a line sets it apart. */
const usualGap = (lines: readonly Line[]): number => {
  const counts = new Map<number, number>();
  for (const line of lines) counts.set(line.gap, (counts.get(line.gap) ?? 0) + 1);
  let best = 0;
  for (const [gap, count] of counts) if (count > (counts.get(best) ?? 0)) best = gap;
  return best;
};

/** A bare number is one only with evidence: a page break beside it, white space around it, or its fellows page after page. */
const pageNumbers = (lines: readonly Line[]): Set<number> => {
  const found = new Set<number>();
  const usual = usualGap(lines);
  let before: { at: number; value: number } | undefined;
  for (const [at, { text, gap, newPage }] of lines.entries()) {
    if (text.length > LONGEST) continue;
    if (DECORATED.test(text)) found.add(at);
    const bare = BARE.exec(text);
    if (!bare) continue;
    const value = Number(bare[1]);
    const next = lines[at + 1];
    const apart = gap > usual && (next === undefined || next.gap > usual);
    if (newPage || next?.newPage === true || apart) found.add(at);
    if (before && value === before.value + 1 && at - before.at > 4) found.add(at).add(before.at);
    before = { at, value };
  }
  return found;
};

/** Indices of the lines of each page, page numbers left out. One page where nothing tells of pages. */
const pagesOf = (lines: readonly Line[], numbers: ReadonlySet<number>): number[][] => {
  const pages: number[][] = [];
  let page: number[] = [];
  const turn = (): void => {
    if (page.length > 0) pages.push(page);
    page = [];
  };
  for (const [at, line] of lines.entries()) {
    if (line.newPage || numbers.has(at)) turn();
    if (!numbers.has(at)) page.push(at);
  }
  turn();
  return pages;
};

/** A head may carry the page number: its digits do not count. */
const face = (text: string): string => text.replace(/\d{1,5}/g, "0").replace(/\s{1,100}/g, " ");

const mayBeHead = (text: string): boolean => text.length <= LONGEST && endOf(text) === "open";

const gather = (places: Map<string, number[]>, key: string, at: number): void => {
  const known = places.get(key);
  if (known) known.push(at);
  else places.set(key, [at]);
};

/** The same line each time, and none that a marker opens: `1.经费` may well come in every section. */
const sameWords = (lines: readonly Line[], places: readonly number[]): boolean => {
  const { text } = lines[places[0]!]!;
  return readingsOf(text).length === 0 && places.every((at) => lines[at]!.text === text);
};

/** Does a number in the line grow as the pages do? Otherwise the likes of `3.经费` and `4.经费` would pass for one head. */
const countsPages = (
  lines: readonly Line[],
  places: readonly number[],
  pageOf: ReadonlyMap<number, number>,
): boolean => {
  const steps = places.map((at) =>
    Array.from(lines[at]!.text.matchAll(/\d{1,5}/g), ([digits]) => Number(digits) - (pageOf.get(at) ?? 0)),
  );
  return places.length > 2 && (steps[0] ?? []).some((step, n) => steps.every((other) => other[n] === step));
};

/** Lines that stand at the top or the foot of most pages. */
const headsOfPages = (
  lines: readonly Line[],
  pages: readonly (readonly number[])[],
): Map<string, number[]> => {
  const places = new Map<string, number[]>();
  const pageOf = new Map<number, number>();
  for (const [index, page] of pages.entries()) {
    const edge = page.length < 4 ? [page[0]!, page.at(-1)!] : [...page.slice(0, 2), ...page.slice(-2)];
    const seen = new Set<string>();
    for (const at of edge) {
      const { text } = lines[at]!;
      const key = pages.length === 2 ? text : face(text);
      if (!mayBeHead(text) || seen.has(key)) continue;
      seen.add(key);
      pageOf.set(at, index);
      gather(places, key, at);
    }
  }
  // Odd and even pages may have heads of their own: two fifths of the pages are most of one kind.
  const enough = pages.length < 5 ? Math.floor(pages.length / 2) + 1 : Math.max(3, pages.length * 0.4);
  for (const [key, at] of places)
    if (at.length < Math.max(2, enough) || !(sameWords(lines, at) || countsPages(lines, at, pageOf)))
      places.delete(key);
  return places;
};

/** Where pages left no other trace: a line of the title, or one that breaks sentences, that keeps coming back. */
const headsWithoutPages = (lines: readonly Line[]): Map<string, number[]> => {
  const places = new Map<string, number[]>();
  for (const [at, { text }] of lines.entries())
    if (text.length >= 4 && mayBeHead(text) && readingsOf(text).length === 0) gather(places, text, at);
  for (const [key, at] of places) {
    const breaks = at.some((place) => place > 0 && endOf(lines[place - 1]!.text) === "comma");
    if (at.length < 3 || !(breaks || at[0]! < 4)) places.delete(key);
  }
  return places;
};

/** What a document calls itself, not the name of who issued it. */
const NAMES_A_DOCUMENT =
  /(?:指南|办法|通知|规定|细则|方案|规则|条例|意见|公告|章程|制度|规程|规范|说明|函|Call|Guide|Measures|Rules)/u;

/** Is another line above the first marker the title, so that the head there is none? */
const titledOtherwise = (lines: readonly Line[], head: number): boolean => {
  for (let at = 0; at < 6; at++) {
    const line = lines[at];
    if (line === undefined || line.text.length > LONGEST || readingsOf(line.text).length > 0) return false;
    if (at !== head && endOf(line.text) === "open" && NAMES_A_DOCUMENT.test(line.text)) return true;
  }
  return false;
};

/**
 * The lines without page numbers and running heads. A head's first place stays where it is the document's title, which
 * the heads of the pages often repeat.
 */
export const withoutFurniture = (lines: readonly Line[]): Line[] => {
  const numbers = pageNumbers(lines);
  const pages = pagesOf(lines, numbers);
  const heads = pages.length > 1 ? headsOfPages(lines, pages) : headsWithoutPages(lines);
  const gone = new Set(numbers);
  for (const places of heads.values()) {
    const first = places[0]!;
    const title = first < 4 && !titledOtherwise(lines, first);
    for (const at of places) if (!(title && at === first)) gone.add(at);
  }
  const kept: Line[] = [];
  let newPage = false;
  for (const [at, line] of lines.entries()) {
    newPage ||= line.newPage;
    if (gone.has(at)) newPage = true;
    else {
      kept.push(newPage ? { ...line, newPage } : line);
      newPage = false;
    }
  }
  return kept;
};
