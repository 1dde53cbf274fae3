import { arabic, chinese, dressed, roman } from "./numerals.ts";
import { quantity, startsWithAmount } from "./sentence.ts";

/** Markers that count in one sequence: `（1）` and `(2)` are of one family, `1)` is of another. */
export type Family =
  | "volume"
  | "part"
  | "chapter"
  | "section"
  | "article"
  | "chinese"
  | "chineseBare"
  | "chineseParen"
  | "chineseHalf"
  | "digit"
  | "digitBare"
  | "digitParen"
  | "digitHalf"
  | "decimal"
  | "circled"
  | "upper"
  | "upperParen"
  | "upperHalf"
  | "lower"
  | "lowerParen"
  | "lowerHalf"
  | "roman"
  | "romanParen"
  | "annex";

/** One way to read the beginning of a line as a marker. */
export type Reading = {
  readonly family: Family;
  readonly ordinal: number;
  /** What stands before the last number of a decimal: `2.1` of `2.1.3`. */
  readonly prefix: string;
  readonly marker: string;
  /** The mark that closes it, by which `1、` and `1.` tell apart where both could be meant. */
  readonly glyph: string;
  /** From 0, how much speaks against it whatever stands around. */
  readonly doubt: number;
};

const CN = "〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾";
const N = `[\\d０-９]`;

type Style = {
  readonly family: Family;
  readonly pattern: RegExp;
  readonly value: (numeral: string) => number;
  readonly doubt?: number;
};

const ordinalWord = (word: string, family: Family): Style => ({
  family,
  pattern: new RegExp(
    `^第\\s{0,3}([${CN}]{1,7}|${N}{1,4})\\s{0,3}${word}(?:之([一二三四五六七八九十]{1,2}))?`,
    "u",
  ),
  value: (numeral) => chinese(numeral) || arabic(numeral) || 0,
});

const english = (word: string, family: Family): Style => ({
  family,
  pattern: new RegExp(
    `^(?:${word}|${word.toUpperCase()})\\s{1,3}(\\d{1,3}|[IVXLC]{1,7})(?![\\w])\\s{0,1}[.:：]?`,
    "u",
  ),
  value: (numeral) => roman(numeral) || Number(numeral) || 0,
});

const letter = (numeral: string): number => numeral.toLowerCase().charCodeAt(0) - 96;

/** One entry a style: the numeral is the first group, the marker is the whole match. */
const STYLES: readonly Style[] = [
  ordinalWord("[编篇卷]", "volume"),
  ordinalWord("部分", "part"),
  ordinalWord("章", "chapter"),
  ordinalWord("节", "section"),
  ordinalWord("条", "article"),
  english("Part", "part"),
  english("Chapter", "chapter"),
  english("Section", "section"),
  english("Article", "article"),
  { family: "chinese", pattern: new RegExp(`^([${CN}]{1,5})\\s{0,2}[、．.]`, "u"), value: chinese },
  {
    family: "chineseParen",
    pattern: new RegExp(`^[（(]\\s{0,2}([${CN}]{1,5})\\s{0,2}[)）][、．.]?`, "u"),
    value: chinese,
  },
  { family: "chineseParen", pattern: /^([㈠-㈩])/u, value: dressed },
  { family: "chineseHalf", pattern: new RegExp(`^([${CN}]{1,5})[)）]`, "u"), value: chinese },
  {
    family: "digitParen",
    pattern: new RegExp(`^[（(]\\s{0,2}(${N}{1,3})\\s{0,2}[)）][、．.]?`, "u"),
    value: arabic,
  },
  { family: "digitParen", pattern: /^([⑴-⒇])/u, value: dressed },
  { family: "digitHalf", pattern: new RegExp(`^(${N}{1,3})\\s{0,1}[)）]`, "u"), value: arabic },
  { family: "digit", pattern: new RegExp(`^(${N}{1,3})\\s{0,1}(?:、|[.．](?!${N}))`, "u"), value: arabic },
  { family: "digit", pattern: /^([⒈-⒛])/u, value: dressed },
  { family: "circled", pattern: /^([①-⑳㉑-㉟㊱-㊿])[、．.]?/u, value: dressed },
  { family: "circled", pattern: /^([❶-❿➀-➉㊀-㊉])[、．.]?/u, value: dressed },
  { family: "roman", pattern: /^([Ⅰ-Ⅻ])\s{0,1}[、．.]?/u, value: dressed, doubt: 0.2 },
  { family: "roman", pattern: /^([IVX]{1,6})\s{0,1}[、．.](?![A-Za-z])/u, value: roman, doubt: 0.3 },
  {
    family: "romanParen",
    pattern: /^[（(]([ivx]{1,6}|[ⅰ-ⅻ])[)）]/u,
    value: (n) => roman(n) || dressed(n),
    doubt: 0.2,
  },
  { family: "upper", pattern: /^([A-Z])\s{0,1}[、．.](?![A-Za-z\d])/u, value: letter, doubt: 0.4 },
  { family: "lower", pattern: /^([a-z])\s{0,1}[、．.](?![A-Za-z\d])/u, value: letter, doubt: 0.3 },
  { family: "upperParen", pattern: /^[（(]([A-Z])[)）]/u, value: letter, doubt: 0.3 },
  { family: "lowerParen", pattern: /^[（(]([a-z])[)）]/u, value: letter, doubt: 0.2 },
  { family: "upperHalf", pattern: /^([A-Z])[)）]/u, value: letter, doubt: 0.3 },
  { family: "lowerHalf", pattern: /^([a-z])[)）]/u, value: letter, doubt: 0.2 },
  {
    family: "digitBare",
    pattern: new RegExp(`^(${N}{1,2})(?=\\s{1,8}[\\p{Script=Han}A-Z“《])`, "u"),
    value: arabic,
    doubt: 0.5,
  },
  {
    family: "chineseBare",
    pattern: /^([一二三四五六七八九十]{1,3})(?=\s{1,8}\p{Script=Han})/u,
    value: chinese,
    doubt: 0.5,
  },
];

const DECIMAL = /^(\d{1,3}(?:[.．]\d{1,4}){1,5})[.．、]?/u;

/** `附件`, `附：`, `附件1`, `附录A`: alone on its line, or followed by a colon, a space or a title in 《》. */
const ANNEX =
  /^附\s{0,4}(?:[件录表]\s{0,4}(?:[\d０-９]{1,3}(?:[-—－]\d{1,2})?|[一二三四五六七八九十]{1,3}|[A-Z])?)?\s{0,2}(?:[:：]|[、．.](?!\d)|$|(?=[\s《]))/u;
const BARE_ANNEX = /^附\s{0,4}(?:[件录表]|(?=[:：]))\s{0,2}(?=[\s《])(?![:：])/u;

/** What follows a numeral that points at a clause instead of opening it: 第四条规定, （一）项所列, （一）、（二）. */
const POINTS =
  /^(?:[，,。；;）)】》”’%％]|[、至和或及与](?:第|[（(]|[一二三四五六七八九十]|\d)|项(?!目)|款(?!项)|目(?!标|的|录|前)|所(?:列|称|述|指|规)|[中内](?=[的，,所、规])|规定|的|之规定|以[上下前后内外]|等[情规条所项款])/u;
/** After 第三条 without a space even these do: 第二条件, 第三条线路. */
const NO_ARTICLE = /^(?:件|例|线|腿|路|命|生产)/u;

const ORDINAL_WORDS: ReadonlySet<Family> = new Set(["volume", "part", "chapter", "section", "article"]);
const BARE_FAMILIES: ReadonlySet<Family> = new Set(["digitBare", "chineseBare"]);

/** A marker's characters, at most: no more of a line is ever looked at. */
const REACH = 40;

const pointsElsewhere = (family: Family, rest: string): boolean => {
  if (rest === "") return false;
  const colon = /^[:：]/u.test(rest);
  if (colon) return false;
  if (ORDINAL_WORDS.has(family)) return !/^\s/u.test(rest) && (POINTS.test(rest) || NO_ARTICLE.test(rest));
  // 一、二等奖 counts prizes; 1、2号 counts houses.
  if (family === "chinese" && /^\s?[一二三四五六七八九十]{1,3}(?:[、等级类次期批]|[和及至])/u.test(rest))
    return true;
  if (family === "digit" && /^\d{1,3}[、号级类期批]/u.test(rest)) return true;
  return POINTS.test(rest.trimStart());
};

const bareHeading = (rest: string): boolean => rest.length <= REACH && !/[，。；！？：,;:!?]/u.test(rest);

const make = (style: Style, text: string): Reading | undefined => {
  const found = style.pattern.exec(text.slice(0, REACH));
  if (!found) return undefined;
  const marker = found[0].trimEnd();
  // 第四条之一 stands between 4 and 5.
  const ordinal = style.value(found[1]!) + chinese(found[2] ?? "") / 100;
  const rest = text.slice(marker.length, marker.length + REACH + 1);
  if (ordinal === 0 || pointsElsewhere(style.family, rest)) return undefined;
  const spaced = rest === "" || /^[\s:：]/u.test(rest);
  const bare = BARE_FAMILIES.has(style.family);
  if (bare && quantity(rest)) return undefined;
  // 3万元 and the enumeration 2、3年 count things.
  const counts =
    style.family === "digit" &&
    (/^\s?[万亿千百元倍%％]/u.test(rest) || (marker.endsWith("、") && startsWithAmount(rest)));
  return {
    family: style.family,
    ordinal,
    prefix: "",
    marker,
    glyph: /[\p{L}\p{N}]$/u.test(marker) ? "" : marker.slice(-1),
    // A bare number before a sentence is a marker only where the rest of the numbering hangs on it; 第二章 without a
    // space before a text is more often named than opened.
    doubt:
      (style.doubt ?? 0) +
      (counts ? 0.8 : 0) +
      (bare && !bareHeading(rest.trim()) ? 0.3 : 0) +
      (ORDINAL_WORDS.has(style.family) && !spaced ? 0.4 : 0),
  };
};

const decimals = (text: string): Reading[] => {
  const found = DECIMAL.exec(text.slice(0, REACH).replace(/[０-９]/g, (digit) => String(arabic(digit))));
  if (!found) return [];
  const numbers = found[1]!.split(/[.．]/u);
  const first = text.slice(0, numbers[0]!.length + 1);
  const marker = text.slice(0, found[0].length);
  const rest = text.slice(marker.length, marker.length + REACH);
  const readings: Reading[] = [];
  const counts = quantity(rest);
  if (
    numbers.every((number) => number.length < 3 && !number.startsWith("0")) &&
    !pointsElsewhere("decimal", rest)
  )
    readings.push({
      family: "decimal",
      ordinal: Number(numbers.at(-1)),
      prefix: numbers.slice(0, -1).map(Number).join("."),
      marker,
      glyph: "",
      doubt: counts ? 0.8 : 0,
    });
  // 1.2024年… is the first item and begins with a year; 2.3个工作日… may be the second.
  const year =
    numbers.length === 2 &&
    /^(?:19|20)\d\d$/u.test(numbers[1]!) &&
    /^\s?年/u.test(text.slice(first.length + 4));
  if (numbers.length === 2 && (year || counts))
    readings.push({
      family: "digit",
      ordinal: Number(numbers[0]),
      prefix: "",
      marker: first,
      glyph: first.slice(-1),
      doubt: year ? 0 : 0.6,
    });
  return readings;
};

const annex = (text: string): Reading | undefined => {
  const head = text.slice(0, REACH);
  const found = ANNEX.exec(head);
  if (!found || BARE_ANNEX.test(head)) return undefined;
  const marker = found[0].trimEnd();
  const rest = text.slice(marker.length, marker.length + 8);
  if (marker === "附" || (!/[:：]$/u.test(marker) && POINTS.test(rest.trimStart()))) return undefined;
  return { family: "annex", ordinal: 1, prefix: "", marker, glyph: "", doubt: 0 };
};

const englishAnnex = (text: string): Reading | undefined => {
  const found = /^(?:Appendix|Annex|APPENDIX|ANNEX)(?:\s([A-Z]|\d{1,2}))?(?:[:：.]|$|(?=\s))/u.exec(
    text.slice(0, REACH),
  );
  if (!found || (found[1] === undefined && !/[:：]$/u.test(found[0]) && found[0] !== text)) return undefined;
  return { family: "annex", ordinal: 1, prefix: "", marker: found[0], glyph: "", doubt: 0 };
};

const BEGINS = new RegExp(`^[第附（(${CN}\\d０-９A-Za-z①-⒛㈠-㈩㉑-㉟㊀-㊉㊱-㊿Ⅰ-ⅻ❶-❿➀-➉]`, "u");

/** Every way to read the beginning of a trimmed line as a marker; none for most lines. */
export const readingsOf = (text: string): Reading[] => {
  if (!BEGINS.test(text.slice(0, 1))) return [];
  const note = annex(text) ?? englishAnnex(text);
  if (note) return [note];
  const readings = decimals(text);
  for (const style of STYLES) {
    const reading = make(style, text);
    if (reading) readings.push(reading);
  }
  return readings;
};

/** Without its closing `、` or `.`, and without the white space and the colon that are no part of its name. */
export const nameOf = (marker: string): string => {
  const name = marker.replace(/[、.．:：]$/u, "").trim();
  return name.replace(/\s+/gu, /[A-Za-z]{2}/u.test(name) ? " " : "");
};

export const isOrdinalWord = (family: Family): boolean => ORDINAL_WORDS.has(family);
export const isBare = (family: Family): boolean => BARE_FAMILIES.has(family);
