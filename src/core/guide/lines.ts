/** One line of the source that is not blank. Widths are columns of a fixed-width face: a Chinese character has two. */
export type Line = {
  /** 1-based in the source. */
  readonly number: number;
  /** Trimmed, as it stands otherwise. */
  readonly text: string;
  readonly indent: number;
  /** Indent and text. */
  readonly width: number;
  /** Blank lines before it. */
  readonly gap: number;
  /** A form feed or a page number stands before it. */
  readonly newPage: boolean;
};

const BREAK = /\r\n|\n|\r|\u2028|\u2029/g;

/** What may be wide: CJK, Hangul, full-width forms, and the quotes and circled numerals Chinese type sets wide. */
const columns = (code: number): number => {
  if (code < 0x2010) return code === 0xb7 ? 2 : 1;
  if (code >= 0xff61 && code <= 0xff9f) return 1;
  return 2;
};

const measure = (text: string): number => {
  let width = 0;
  for (let at = 0; at < text.length; at++) width += columns(text.charCodeAt(at));
  return width;
};

const indentOf = (raw: string): number => {
  let width = 0;
  for (let at = 0; at < raw.length; at++) {
    const char = raw.charAt(at);
    if (char === "\t") width += 4;
    else if (char === "\u3000") width += 2;
    else if (char === " " || char === "\u00a0" || (char >= "\u2000" && char <= "\u200a")) width += 1;
    else if (char !== "\ufeff" && char !== "\f" && char !== "\v") break;
  }
  return width;
};

/** The lines that hold something. A form feed separates pages but does not count as a line. */
export const readLines = (source: string): Line[] => {
  const lines: Line[] = [];
  let number = 0;
  let gap = 0;
  let newPage = false;
  const take = (raw: string): void => {
    number += 1;
    if (raw.includes("\f")) newPage = true;
    const text = raw.trim();
    if (text === "") {
      gap += 1;
      return;
    }
    const indent = indentOf(raw);
    lines.push({ number, text, indent, width: indent + measure(text), gap, newPage });
    gap = 0;
    newPage = raw.trimStart().includes("\f");
  };
  let from = 0;
  for (const found of source.matchAll(BREAK)) {
    take(source.slice(from, found.index));
    from = found.index + found[0].length;
  }
  take(source.slice(from));
  return lines;
};
