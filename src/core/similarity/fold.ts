import { radicals } from "./radicals.ts";

/** How a UTF-16 unit is read: a character code from `firstCode` on, or one of the small numbers below it. */
export const dropped = 0;
export const clauseEnd = 1;
export const sentenceEnd = 2;
export const mark = 3;
export const expanded = 4;
export const firstCode = 0x20;

/** Characters beyond the basic plane are kept as one code here (6,400 classes), so that no passage cuts a surrogate pair. */
const astralCode = 0xe000;
const astralCodes = 0x1900;

export type Fold = {
  readonly table: Uint16Array;
  /** Codes of a unit that stands for several characters. */
  readonly expansions: ReadonlyMap<number, readonly number[]>;
  /** Codes of a character beyond the basic plane: none, one or more. */
  readonly astral: (character: string) => readonly number[];
};

const counted = /^[\p{L}\p{N}]$/u;
const marks = /^\p{M}$/u;
const silent = /^[\s\p{C}]$/u;
const sentenceEnds = new Set("。！？；!?;\n\r\u2028\u2029\f…");

/**
 * NFKC, radicals, lower case, traditional to simplified by character (`simplified`: one character to one), everything dropped that
 * is no letter and no number. 65,536 units are asked once; texts then cost a look-up a unit.
 */
export const foldOf = (simplified: ReadonlyMap<string, string>): Fold => {
  const codesOf = (character: string): readonly number[] => {
    const plain = (radicals.get(character) ?? character).normalize("NFKC").toLowerCase().normalize("NFKC");
    return Array.from(plain).flatMap((one) => {
      const written = simplified.get(one) ?? one;
      if (!counted.test(written)) return [];
      const point = written.codePointAt(0)!;
      return point > 0xffff ? astralCode + (point % astralCodes) : point;
    });
  };
  const table = new Uint16Array(65_536);
  const expansions = new Map<number, readonly number[]>();
  for (let unit = 0; unit < 65_536; unit += 1) {
    if (unit >= 0xd800 && unit < 0xf900) continue;
    const character = String.fromCharCode(unit);
    const codes = codesOf(character);
    if (codes.length === 1) table[unit] = codes[0]!;
    else if (codes.length > 1) {
      table[unit] = expanded;
      expansions.set(unit, codes);
    } else if (sentenceEnds.has(character)) table[unit] = sentenceEnd;
    else if (marks.test(character)) table[unit] = mark;
    else table[unit] = silent.test(character) ? dropped : clauseEnd;
  }
  return { table, expansions, astral: codesOf };
};
