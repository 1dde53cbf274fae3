import { clauseEnd, dropped, expanded, firstCode, type Fold, mark, sentenceEnd } from "./fold.ts";
import type { Section, SectionPlace, Text } from "./text.ts";

/** Brings a document into the form that everything here compares, with the way back to the original's offsets. Linear in its length. */
export const normalize = (fold: Fold, given: readonly Section[]): Text => {
  const { table, expansions } = fold;
  const length = given.reduce((sum, { text }) => sum + text.length + 1, 0);
  let codes = new Uint16Array(length);
  const breaks: number[] = [];
  const clauses: number[] = [];
  const wide: number[] = [];
  const sections: SectionPlace[] = [];
  let n = 0;
  let next = 0;
  let pause = dropped;

  const put = (code: number, offset: number, start: number) => {
    if (n === codes.length) {
      const longer = new Uint16Array(codes.length * 2 + 16);
      longer.set(codes);
      codes = longer;
    }
    if (offset !== next) breaks.push(n, offset);
    if (pause !== dropped) {
      if (n > start) clauses.push(n * 2 + (pause === sentenceEnd ? 1 : 0));
      pause = dropped;
    }
    codes[n] = code;
    n += 1;
    next = offset + 1;
  };

  /** The last character takes two units of the original. */
  const widen = () => {
    wide.push(n - 1);
    // Positions and offsets part here, whatever follows.
    next = -1;
  };

  for (const { name, text } of given) {
    if (sections.length > 0) put(0, -1, n);
    const start = n;
    next = -1;
    pause = dropped;
    for (let offset = 0; offset < text.length; offset += 1) {
      const unit = text.charCodeAt(offset);
      const code = table[unit]!;
      if (code >= firstCode) put(code, offset, start);
      else if (code === clauseEnd || code === sentenceEnd) pause = Math.max(pause, code);
      else if (code === expanded) for (const one of expansions.get(unit)!) put(one, offset, start);
      else if (code === mark) {
        const composed = offset > 0 && n > start ? text.slice(offset - 1, offset + 1).normalize("NFKC") : "";
        const whole = composed.length === 1 ? table[composed.charCodeAt(0)]! : dropped;
        if (whole >= firstCode && next === offset) {
          codes[n - 1] = whole;
          widen();
        }
      } else if (unit >= 0xd800 && unit <= 0xdbff) {
        const point = text.codePointAt(offset)!;
        // A surrogate without its other half is no character.
        if (point <= 0xffff) continue;
        for (const one of fold.astral(String.fromCodePoint(point))) {
          put(one, offset, start);
          widen();
        }
        offset += 1;
      }
    }
    sections.push({ name, from: start, to: n });
  }
  return {
    codes: codes.slice(0, n),
    breaks: Uint32Array.from(breaks),
    clauses: Uint32Array.from(clauses),
    wide: Uint32Array.from(wide),
    sections,
  };
};
