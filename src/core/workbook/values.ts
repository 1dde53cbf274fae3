import { isCivilDate } from "../calendar.ts";
import type { Bilingual } from "../policy/words.ts";
import type { Cell } from "./sheet.ts";

/** What a cell says, read as a person means it: or what is wrong with it, and what to do. An empty cell says "". */
export type Read = { readonly value: string } | { readonly fault: Bilingual };

/** Full-width signs become plain, invisible ones go (one of ours guards against formulas), spaces of any kind become one. */
export const plainText = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\p{Cf}]/gu, "")
    .replace(/\s+/g, " ")
    .trim();

const fault = (zh: string, en: string): Read => ({ fault: { zh, en } });

/** A formula's result was worked out elsewhere, from what we do not see. */
const untrusted = (cell: Cell): Read | null => {
  if (cell.kind === "formula")
    return fault(
      "这一格是公式。请复制后用“选择性粘贴—数值”贴回，或者直接键入。",
      "This cell is a formula. Paste it as a value, or type what it says.",
    );
  if (cell.kind === "error")
    return fault(
      `这一格是 Excel 的错误值 ${cell.text}。请改为要填的内容。`,
      `This cell is an error of Excel, ${cell.text}. Enter what it should say.`,
    );
  return null;
};

/** Words and numbers that name something. Of a number with more than 15 digits Excel has lost the last ones. */
export const textFrom = (cell: Cell | undefined): Read => {
  if (cell === undefined) return { value: "" };
  const bad = untrusted(cell);
  if (bad !== null) return bad;
  if (cell.kind === "number" && /^-?\d{16,}/.test(cell.text))
    return fault(
      "这一格被 Excel 当成了数字，15 位以后的数已经丢失。请把这一列设为“文本”，再对照原件重新键入。",
      "Excel took this for a number and lost every digit after the fifteenth. Set the column to text and type it anew.",
    );
  return { value: cell.text };
};

const scales: Readonly<Record<string, number>> = { "": 0, 万: 4, 亿: 8 };

/** A decimal number as exact text: `1,234.50` -> 1234.5, `１２３` -> 123, `12.5万` -> 125000. */
export const numberFrom = (cell: Cell | undefined): Read => {
  if (cell === undefined) return { value: "" };
  const bad = untrusted(cell);
  if (bad !== null) return bad;
  const text = plainText(cell.text).replaceAll(" ", "");
  if (text === "") return { value: "" };
  const [, sign = "", whole = "", part = "", scale = ""] =
    /^[¥$]?([-+]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,5})(?:\.(\d{1,20}))?([万亿]?)元?$/.exec(text) ?? [];
  if (cell.kind === "date" || cell.kind === "boolean" || whole === "")
    return fault(
      `“${cell.text}”不是数字。请只填数字，例如 1234.5。`,
      `“${cell.text}” is no number. Enter digits only, such as 1234.5.`,
    );
  return { value: shifted(sign, whole.replaceAll(",", ""), part, scales[scale] ?? 0) };
};

export const withoutEndZeros = (digits: string): string => {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
};

/** Moves the point without working it out in floating point. */
const shifted = (sign: string, whole: string, part: string, places: number): string => {
  const digits = part.padEnd(places, "0");
  const left = (whole + digits.slice(0, places)).replace(/^0+(?=\d)/, "");
  const right = withoutEndZeros(digits.slice(places));
  const text = right === "" ? left : `${left}.${right}`;
  return sign === "-" && text !== "0" ? `-${text}` : text;
};

/** A day as `2024-06-20`; written 2024/6/20, 2024.6.20, 2024年6月20日, 20240620 or as Excel's own day. */
export const dateFrom = (cell: Cell | undefined): Read => {
  if (cell === undefined) return { value: "" };
  const bad = untrusted(cell);
  if (bad !== null) return bad;
  const text = plainText(cell.text).replaceAll(" 00:00:00", "");
  if (text === "") return { value: "" };
  const [, year = "", month = "", day = ""] =
    /^(\d{4})(?: ?[-/.年] ?)(\d{1,2})(?: ?[-/.月] ?)(\d{1,2})(?: ?日)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    (cell.kind === "date" ? /^(\d{4})-(\d{2})-(\d{2}) /.exec(text) : null) ??
    [];
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (isCivilDate(date)) return { value: date };
  return year === "" && cell.kind === "number"
    ? fault(
        `这一格是数字 ${cell.text}，不是日期。请写成 2020-05-06 的样子，或者把单元格设为日期格式。`,
        `This cell is the number ${cell.text}, not a day. Write it like 2020-05-06, or give the cell a date format.`,
      )
    : fault(
        `“${cell.text}”不是日历上有的日期。请写成 2020-05-06 的样子，年、月、日都要有。`,
        `“${cell.text}” is no day of the calendar. Write it like 2020-05-06, with year, month and day.`,
      );
};

export type Choice = { readonly value: string; readonly words: readonly string[] };

const compared = (text: string): string => plainText(text).replaceAll(" ", "").toLowerCase();

/** One of a list, by its words in either language or by its code. The first word of each is offered in the fault. */
export const choiceFrom = (cell: Cell | undefined, choices: readonly Choice[]): Read => {
  const read = textFrom(cell);
  if ("fault" in read || compared(read.value) === "") return "fault" in read ? read : { value: "" };
  const wanted = compared(read.value);
  const found = choices.find(({ value, words }) => [value, ...words].some((one) => compared(one) === wanted));
  if (found !== undefined) return { value: found.value };
  const [zh, en] = [0, 1].map((language) =>
    choices.slice(0, 20).map(({ words }) => words[language] ?? words[0] ?? ""),
  ) as [string[], string[]];
  return fault(
    `“${read.value.slice(0, 60)}”不在列表里。请填其中之一：${zh.join("、")}。`,
    `“${read.value.slice(0, 60)}” is not in the list. Enter one of: ${en.join(", ")}.`,
  );
};
