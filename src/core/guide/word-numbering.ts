/** Numbers that a word processor writes itself: the text holds none of them, so a guide would lose its markers. */

import { toRoman } from "./numerals.ts";

export type NumberLevel = { readonly format: string; readonly text: string; readonly start: number };
/** Lists with the same counter count on from one another. */
export type NumberList = { readonly counter: string; readonly levels: readonly (NumberLevel | undefined)[] };
/** By the list's id. */
export type Numbering = ReadonlyMap<string, NumberList>;

const DIGITS = "〇一二三四五六七八九";

const counting = (value: number): string => {
  if (value < 10) return DIGITS.charAt(value);
  if (value < 100) {
    const tens = Math.floor(value / 10);
    return `${tens > 1 ? DIGITS.charAt(tens) : ""}十${value % 10 === 0 ? "" : DIGITS.charAt(value % 10)}`;
  }
  const rest = value % 100;
  const between =
    rest === 0
      ? ""
      : rest < 10
        ? `〇${DIGITS.charAt(rest)}`
        : rest < 20
          ? `一${counting(rest)}`
          : counting(rest);
  return value < 1000 ? `${DIGITS.charAt(Math.floor(value / 100))}百${between}` : String(value);
};

const letters = (value: number): string =>
  String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.ceil(value / 26));

/** One entry a number format of WordprocessingML; all others are written in digits. */
const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  chineseCounting: counting,
  chineseCountingThousand: counting,
  ideographDigital: counting,
  japaneseCounting: counting,
  taiwaneseCountingThousand: counting,
  decimalEnclosedCircle: (value) => (value <= 20 ? String.fromCharCode(0x245f + value) : String(value)),
  decimalEnclosedCircleChinese: (value) =>
    value <= 20 ? String.fromCharCode(0x245f + value) : String(value),
  decimalEnclosedParen: (value) => `(${value})`,
  decimalEnclosedFullstop: (value) => `${value}.`,
  decimalFullWidth: (value) =>
    String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  ideographEnclosedCircle: (value) => (value <= 10 ? String.fromCharCode(0x327f + value) : String(value)),
  lowerLetter: letters,
  upperLetter: (value) => letters(value).toUpperCase(),
  lowerRoman: (value) => toRoman(Math.min(value, 399)),
  upperRoman: (value) => toRoman(Math.min(value, 399)).toUpperCase(),
  none: () => "",
};

/** A counter over the paragraphs of one document: the label that paragraph shows, empty for a bullet. */
export const numberer = (numbering: Numbering): ((list: string, level: number) => string) => {
  const counts = new Map<string, number[]>();
  return (list, level) => {
    const known = numbering.get(list);
    const own = known?.levels[level];
    if (!known || !own || own.format === "bullet") return "";
    const { counter, levels } = known;
    const values = counts.get(counter) ?? [];
    counts.set(counter, values);
    values[level] = (values[level] ?? own.start - 1) + 1;
    values.length = level + 1;
    const spaced = own.text.startsWith("第") && /[章节条]$/u.test(own.text) ? " " : "";
    const label = own.text.replace(/%([1-9])/gu, (_, digit: string) => {
      const at = Number(digit) - 1;
      const part = levels[at];
      const value = values[at] ?? part?.start ?? 1;
      return (FORMATS[part?.format ?? ""] ?? String)(value);
    });
    return label + spaced;
  };
};
