import { isCivilDate } from "../calendar.ts";

/**
 * Amounts, numbers and dates as people type them. `null` is an empty field, `undefined` what cannot be read: it is kept as typed and
 * shown with an error, never guessed at.
 */
type Read<Value> = Value | null | undefined;

const plain = (typed: string) => typed.normalize("NFKC").replace(/\s/g, "");
const decimal = /^([+-]?)(\d{1,15})(?:\.(\d{1,12}))?$/;
/** Groups of three digits, or none: `1,2` says nothing for sure. */
const grouped = /^[+-]?\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,12})?$/;

const digitsOf = (text: string): string => (grouped.test(text) ? text.replaceAll(",", "") : text);

/** `text` times 10^`power` as a whole number; undefined where something would be cut off or grow beyond exactness. */
const scaled = (text: string, power: number): number | undefined => {
  const match = decimal.exec(digitsOf(text));
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  const kept = fraction.slice(0, power).padEnd(power, "0");
  if (/[1-9]/.test(fraction.slice(power))) return undefined;
  const value = Number(whole + kept);
  // Bounds of the stored shape.
  if (!(value <= 1e15)) return undefined;
  return sign === "-" && value !== 0 ? -value : value;
};

/** 万元 where no unit is typed: `30`, `30.5万`, `300,000元` -> whole fen. */
export const readAmount = (typed: string): Read<number> => {
  const text = plain(typed).replace(/^[¥￥]/, "");
  if (text === "") return null;
  if (text.endsWith("万元")) return scaled(text.slice(0, -2), 6);
  if (text.endsWith("万")) return scaled(text.slice(0, -1), 6);
  if (text.endsWith("元")) return scaled(text.slice(0, -1), 2);
  return scaled(text, 6);
};

/** Fen as 万元, exact, at least `decimals` places: `30.00`, `12.345678`. */
export const amountText = (fen: number, decimals = 0): string => {
  const digits = String(Math.abs(fen)).padStart(7, "0");
  const fraction = digits
    .slice(-6)
    .replace(/0{1,6}$/, "")
    .padEnd(decimals, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -6)}${fraction === "" ? "" : `.${fraction}`}`;
};

/** A number between two bounds, both included; `%` at the end is a habit, not another unit. */
export const readNumber = (typed: string, least: number, most: number): Read<number> => {
  const text = plain(typed).replace(/%$/, "");
  if (text === "") return null;
  const match = decimal.exec(digitsOf(text));
  if (match === null) return undefined;
  const value = Number(digitsOf(text));
  return value >= least && value <= most ? value : undefined;
};

export const numberText = (value: number): string => {
  const text = String(value);
  return text.includes("e") ? value.toFixed(Math.min(12, Math.abs(value) < 1 ? 12 : 0)) : text;
};

const dated = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;

/** `2027-12-31`, `2027/12/31`, `2027.12.31`, `2027年12月31日`, `20271231` -> a civil date. */
export const readDate = (typed: string): Read<string> => {
  const text = plain(typed);
  if (text === "") return null;
  const short = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
  const [, year = "", month = "", day = ""] = dated.exec(short) ?? [];
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isCivilDate(date) ? date : undefined;
};
