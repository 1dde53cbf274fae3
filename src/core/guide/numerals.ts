/** Numerals as official texts write them; every function answers 0 for what is no numeral. */

const CHINESE_DIGITS = "〇一二三四五六七八九";
const OTHER_DIGITS: Readonly<Record<string, string>> = {
  零: "〇",
  两: "二",
  壹: "一",
  贰: "二",
  叁: "三",
  肆: "四",
  伍: "五",
  陆: "六",
  柒: "七",
  捌: "八",
  玖: "九",
  拾: "十",
  佰: "百",
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** `十二` 12, `二〇` 20, `一百零三` 103. */
export const chinese = (numeral: string): number => {
  let total = 0;
  let digit = 0;
  let positional = 0;
  let units = false;
  for (const written of numeral) {
    const char = OTHER_DIGITS[written] ?? written;
    const unit = UNITS[char];
    const value = CHINESE_DIGITS.indexOf(char);
    if (unit !== undefined) {
      total += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
      units = true;
    } else if (value >= 0) {
      digit = value;
      positional = positional * 10 + value;
    } else return 0;
  }
  return units ? total + digit : positional;
};

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

/** `iv` 4, `XII` 12; a wrongly built one (`iiv`) is none. */
export const roman = (numeral: string): number => {
  const values = Array.from(numeral.toLowerCase(), (letter) => ROMAN[letter] ?? 0);
  const total = values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
  return toRoman(total) === numeral.toLowerCase() ? total : 0;
};

const ROMAN_PARTS = [
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
] as const;

/** 4 is `iv`. */
export const toRoman = (value: number): string => {
  let rest = value;
  let written = "";
  for (const [worth, letters] of ROMAN_PARTS) for (; rest >= worth; rest -= worth) written += letters;
  return written;
};

/** Blocks of single characters that are a numeral with its dress: first character, last character, first value. */
const DRESSED = [
  ["①", "⑳", 1],
  ["㉑", "㉟", 21],
  ["㊱", "㊿", 36],
  ["❶", "❿", 1],
  ["➀", "➉", 1],
  ["⑴", "⒇", 1],
  ["⒈", "⒛", 1],
  ["㈠", "㈩", 1],
  ["㊀", "㊉", 1],
  ["Ⅰ", "Ⅻ", 1],
  ["ⅰ", "ⅻ", 1],
] as const;

/** `③` 3, `⑿` 12, `㈣` 4, `Ⅱ` 2. */
export const dressed = (char: string): number => {
  for (const [first, last, value] of DRESSED)
    if (char >= first && char <= last) return char.charCodeAt(0) - first.charCodeAt(0) + value;
  return 0;
};

/** Digits of either width. */
export const arabic = (numeral: string): number =>
  Number(numeral.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)));
