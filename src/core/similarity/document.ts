import type { Section, Text } from "./text.ts";

/** One version of an application, or any other text with sections. */
export type Document = {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly Section[];
  /** Versions of one application share it and never report each other; none: the document stands alone. */
  readonly group?: string;
};

/** What an index keeps of a document besides its fingerprints. */
export type Entry = {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly text: Text;
};

const headWords = 6;

/**
 * As little-endian bytes: six 32-bit numbers (lengths of the parts), breaks, clauses, wide characters, section places, then
 * codes and the names in UTF-16. Length is a multiple of four.
 */
export const encodeEntry = ({ id, title, group, text }: Entry): Uint8Array<ArrayBuffer> => {
  const names = JSON.stringify([id, title, group, ...text.sections.map(({ name }) => name)]);
  const { codes, breaks, clauses, wide, sections } = text;
  const words = headWords + breaks.length + clauses.length + wide.length + sections.length * 2;
  const bytes = new Uint8Array(words * 4 + Math.ceil((codes.length + names.length) / 2) * 4);
  const wordView = new Uint32Array(bytes.buffer, 0, words);
  wordView.set([codes.length, breaks.length, clauses.length, wide.length, sections.length, names.length]);
  let at = headWords;
  for (const row of [breaks, clauses, wide]) {
    wordView.set(row, at);
    at += row.length;
  }
  for (const { from, to } of sections) {
    wordView.set([from, to], at);
    at += 2;
  }
  const units = new Uint16Array(bytes.buffer, words * 4, codes.length + names.length);
  units.set(codes);
  for (let place = 0; place < names.length; place += 1) units[codes.length + place] = names.charCodeAt(place);
  return bytes;
};

/** `bytes` must begin at a multiple of four in its buffer; the entry looks into it. Throws RangeError or SyntaxError where they are no entry. */
export const decodeEntry = (bytes: Uint8Array): Entry => {
  const head = new Uint32Array(bytes.buffer, bytes.byteOffset, headWords);
  const [codeCount, breakCount, clauseCount, wideCount, sectionCount, nameLength] = [...head] as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  let at = bytes.byteOffset + headWords * 4;
  const take = (count: number) => {
    const row = new Uint32Array(bytes.buffer, at, count);
    at += count * 4;
    return row;
  };
  const [breaks, clauses, wide, places] = [
    take(breakCount),
    take(clauseCount),
    take(wideCount),
    take(sectionCount * 2),
  ];
  const codes = new Uint16Array(bytes.buffer, at, codeCount);
  const letters = new Uint16Array(bytes.buffer, at + codeCount * 2, nameLength);
  let words = "";
  for (let place = 0; place < letters.length; place += 4096)
    words += String.fromCharCode(...letters.subarray(place, place + 4096));
  const [id = "", title = "", group = "", ...names] = JSON.parse(words) as string[];
  const sections = names.map((name, index) => ({
    name,
    from: places[index * 2]!,
    to: places[index * 2 + 1]!,
  }));
  return { id, title, group, text: { codes, breaks, clauses, wide, sections } };
};
