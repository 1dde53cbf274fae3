import type { Line } from "./lines.ts";

const PAGE = /[（(]?[\dⅠ-ⅻivxlIVXL]{1,5}[)）]?$/u;
const LEADER = /(?:\.\.\.|…|···|．．．|\. \.|___|----|———)$/u;
const NAME = /^(?:目\s{0,8}[录次]|[Cc]ontents|CONTENTS|Table of [Cc]ontents)$/u;
const PAGE_AT_END = /[\s\d]\d{0,3}$/u;
/** Longer lines are no entries. */
const LONGEST = 400;

/** Does it lead to a page: `第一章 总则……3`? */
const leads = (text: string): boolean => {
  if (text.length > LONGEST) return false;
  const page = PAGE.exec(text.slice(-8));
  return (
    page !== null &&
    LEADER.test(
      text
        .slice(0, text.length - page[0].length)
        .trimEnd()
        .slice(-8),
    )
  );
};

const plain = (text: string): string => text.replace(/\s/g, "");

/** Indices of the lines of a table of contents: entries with leaders anywhere, and what follows 目录 and comes again below. */
export const contentsOf = (lines: readonly Line[]): Set<number> => {
  const found = new Set<number>();
  for (const [at, { text }] of lines.entries()) if (leads(text)) found.add(at);
  const name = lines.findIndex(({ text }) => NAME.test(text.slice(0, 20)));
  if (name < 0) return found;
  found.add(name);
  const entries: number[] = [];
  const again = new Map<string, number>();
  for (let at = name + 1; at < lines.length; at++) {
    const { text } = lines[at]!;
    if (text.length <= LONGEST) again.set(plain(text), at);
  }
  for (let at = name + 1; at < lines.length; at++) {
    const { text } = lines[at]!;
    if (text.length > LONGEST) break;
    const words = plain(text);
    const stem = PAGE_AT_END.test(text.slice(-4)) ? plain(text.replace(/\d{1,4}$/u, "")) : words;
    const below = Math.max(again.get(words) ?? 0, again.get(stem) ?? 0);
    if (!found.has(at) && below <= at) break;
    // The list is over where its first entry comes again as the real thing.
    if (entries.some((entry) => plain(lines[entry]!.text).startsWith(words))) break;
    entries.push(at);
    found.add(at);
    if (entries.length > 2000) break;
  }
  return found;
};
