import { walk, type Guide } from "../../src/core/guide/guide.ts";

const bare = (text: string): string => text.replace(/\s/g, "");

/** Everything the tree holds, in order, without white space. */
export const held = (guide: Guide): string =>
  Array.from(walk(guide.nodes), ({ marker, heading, text }) => bare(marker + heading + text)).join("");

/** What it ought to hold: the source from the first marker's line on, without the lines that are furniture. */
export const expected = (source: string, guide: Guide, furniture: (line: string) => boolean): string =>
  source
    .split(/\r\n|\n|\r/)
    .slice((guide.nodes[0]?.line ?? Number.POSITIVE_INFINITY) - 1)
    .filter((line) => !furniture(line.trim()))
    .map(bare)
    .join("");

/** The tree as indented lines, to compare at a glance. */
export const outline = (guide: Guide): string[] =>
  Array.from(walk(guide.nodes), ({ id, heading, text }) => `${id} [${heading}] ${text}`.trim());

export const ids = (guide: Guide): string[] => Array.from(walk(guide.nodes), ({ id }) => id);
