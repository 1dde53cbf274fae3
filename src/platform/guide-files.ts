import { open, stat } from "node:fs/promises";
import { readPdf } from "./guide-files/pdf-file.ts";
import { readPlain } from "./guide-files/plain-text.ts";
import { refuse } from "./guide-files/unreadable.ts";
import { readWord } from "./guide-files/word-file.ts";

export { UnreadableGuide } from "./guide-files/unreadable.ts";

/** 32 MB a file, 1 MB a line: a hundred times the longest guide there is. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_LINE = 1024 * 1024;

const tooLarge = (): never =>
  refuse("文件超过 32 MB，请只上传指南正文。", "The file is larger than 32 MB: give the guide itself only.");

const readStandardInput = async (): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const readPath = async (path: string): Promise<Buffer> => {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOENT" || error.code === "ENOTDIR"
      ? refuse(`找不到文件 ${path}。`, `There is no file ${path}.`)
      : refuse(`无法读取 ${path}（${error.code}）。`, `${path} cannot be read (${error.code}).`),
  );
  if (found.isDirectory())
    refuse(`${path} 是文件夹，请给出指南文件。`, `${path} is a folder: name the guide's file.`);
  if (found.size > MOST_BYTES) tooLarge();
  const file = await open(path).catch((error: NodeJS.ErrnoException) =>
    refuse(`无法读取 ${path}（${error.code}）。`, `${path} cannot be read (${error.code}).`),
  );
  try {
    // A file may grow, or be a pipe without a size: never more than the limit and one byte is read.
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of file.createReadStream({
      end: MOST_BYTES,
      autoClose: false,
    }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_BYTES) tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
};

const refuseLongLines = (text: string): void => {
  let line = 1;
  for (let from = 0; from < text.length; line++) {
    const end = text.indexOf("\n", from);
    const next = end < 0 ? text.length : end;
    if (next - from > MOST_LINE)
      refuse(
        `第 ${line} 行超过 1 MB，这不是指南正文。`,
        `Line ${line} is longer than 1 MB: this is no guide.`,
        `line ${line}`,
      );
    from = next + 1;
  }
};

/** The text of a guide from a `.txt` in UTF-8, a `.docx` or a PDF, told apart by content; `-` is standard input. Throws UnreadableGuide. */
export const readGuideFile = async (path: string): Promise<string> => {
  const bytes = await (path === "-" ? readStandardInput() : readPath(path));
  const head = bytes.toString("latin1", 0, 1024);
  const text = head.startsWith("PK\u0003\u0004")
    ? readWord(bytes)
    : head.includes("%PDF-")
      ? await readPdf(bytes)
      : readPlain(bytes);
  if (text.trim() === "") refuse("文件是空的。", "The file is empty.");
  refuseLongLines(text);
  return text;
};
