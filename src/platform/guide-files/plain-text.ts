import { refuse } from "./unreadable.ts";

/** Where the first sequence of bytes begins that is not UTF-8. */
const firstFault = (bytes: Buffer): number => {
  // As a stream, a sequence cut at the end is no fault yet, and is not part of the text.
  const decoded = (end: number): string | undefined => {
    try {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return decoder.decode(bytes.subarray(0, end), { stream: true });
    } catch {
      return undefined;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decoded(middle) === undefined) bad = middle;
    else good = middle;
  }
  return Buffer.byteLength(decoded(good) ?? "");
};

const notUtf8 = (at: number): never =>
  refuse(
    `文件不是 UTF-8 编码（第 ${at} 字节起）。请另存为 UTF-8。`,
    `The file is not UTF-8 (from byte ${at} on): save it as UTF-8.`,
    `byte ${at}`,
  );

/** The text of a file in UTF-8. Throws UnreadableGuide. */
export const readPlain = (bytes: Buffer): string => {
  // The byte order mark of UTF-16, whose text is full of zeros.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) notUtf8(0);
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    refuse(
      "这不是文本文件。请给出 UTF-8 文本、.docx 或带文字的 PDF。",
      "This is a binary file: give UTF-8 text, .docx or a PDF with text.",
      `byte ${zero}`,
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return notUtf8(firstFault(bytes));
  }
};
