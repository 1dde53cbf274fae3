import { type Layout, opensByLook } from "./layout.ts";
import type { Line } from "./lines.ts";
import { continues, endOf, startsWithAmount } from "./sentence.ts";

/** The words before colons (联系电话, 研究目标) and how often each stands so: a text repeats its labels. */
export type Labels = ReadonlyMap<string, number>;

const LONGEST_LABEL = 12;
const IN_LABEL = /[\p{L}\p{N}]/u;

const labelBefore = (text: string, colon: number): string => {
  let from = colon;
  while (from > 0 && colon - from < LONGEST_LABEL && IN_LABEL.test(text.charAt(from - 1))) from -= 1;
  return text.slice(from, colon);
};

export const labelsOf = (lines: readonly Line[]): Labels => {
  const labels = new Map<string, number>();
  for (const { text } of lines)
    for (let at = text.indexOf("："); at > 0; at = text.indexOf("：", at + 1)) {
      const label = labelBefore(text, at);
      if (label !== "" && (labels.size < 50_000 || labels.has(label)))
        labels.set(label, (labels.get(label) ?? 0) + 1);
    }
  return labels;
};

/** The label a line begins with, or nothing. */
const labelAtStart = (text: string): string => {
  const colon = text.slice(0, 24).search(/[:：]/u);
  if (colon < 1) return "";
  const label = text.slice(0, colon);
  return /^[\p{L}\p{N}（）()、/]+$/u.test(label) ? label : "";
};

export const startsWithLabel = (text: string): boolean => labelAtStart(text) !== "";

/** Was a label itself broken: 联系电 / 话：? */
const brokenLabel = (before: string, label: string, labels: Labels): boolean => {
  if (label.length >= LONGEST_LABEL) return false;
  for (let taken = 1; taken <= 6 && taken < before.length; taken++) {
    const whole = before.slice(-taken) + label;
    if ((labels.get(whole) ?? 0) > 1) return true;
  }
  return false;
};

/** A labelled number, address or date that ends its line ends its paragraph: 联系电话：39989885。 */
const RECORD = /[:：]\s?[\w\d+\-—–()（）@./、]{1,40}[。；;.]?$/u;

/**
 * Does a new paragraph begin between these two lines? `inside`: the first one does not begin its paragraph, so that it is
 * no unnumbered heading.
 */
export const breaksBetween = (
  line: Line,
  next: Line,
  layout: Layout,
  labels: Labels,
  inside: boolean,
): boolean => {
  const end = endOf(line.text);
  if (end === "comma") return false;
  if (end === "open" && (continues(next.text) || startsWithAmount(next.text))) return false;
  const label = labelAtStart(next.text);
  if (end === "open" && brokenLabel(line.text, label, labels)) return false;
  if (opensByLook(layout, line, next) || RECORD.test(line.text.slice(-60))) return true;
  if (end === "stop" || end === "item")
    return (labels.get(label) ?? 0) > 1 || !layout.full(line, next) || layout.beyond(line);
  if (layout.full(line, next)) return false;
  if (end === "colon") return !/^[\d０-９A-Za-z]/u.test(next.text);
  if (label !== "") return true;
  // A sentence broken early goes on; a line that is a name, a date or an unnumbered heading stands alone.
  if ((inside || /[，,。；]/u.test(line.text)) && endOf(next.text) !== "open") return false;
  return !layout.wrapped || layout.brief(line);
};

const LATIN = /[!-~\u00a1-\u024f]/u;

/** A broken line is joined as it was meant: Chinese without a space, words of other scripts with one. */
export const glue = (before: string, after: string): string => {
  if (before === "" || after === "") return "";
  const last = before.slice(-1);
  if (!LATIN.test(last) || !LATIN.test(after.charAt(0))) return "";
  const token = before.slice(-80).split(/\s/u).at(-1) ?? "";
  if (last === "-" || last === "/" || /:\/\/|www\.|@/u.test(token)) return "";
  return /[([{]/u.test(last) || /[)\]},.;:]/u.test(after.charAt(0)) ? "" : " ";
};

/** A run of white space inside a line says no more than one space does. */
export const tidy = (text: string): string => text.replace(/\s+/gu, " ");

/** Lines to paragraphs, joined with `\n`. */
export const reflow = (lines: readonly Line[], layout: Layout, labels: Labels): string => {
  const parts: string[] = [];
  let inside = false;
  for (const [at, line] of lines.entries()) {
    const before = lines[at - 1];
    if (before) {
      const breaks = breaksBetween(before, line, layout, labels, inside);
      parts.push(breaks ? "\n" : glue(before.text, line.text));
      inside = !breaks;
    }
    parts.push(tidy(line.text));
  }
  return parts.join("");
};
