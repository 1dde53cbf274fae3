import { open, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { inflateRawSync } from "node:zlib";
import type { TextItem } from "pdfjs-dist/types/src/display/api.js";
import { type NumberLevel, type NumberList, numberer, type Numbering } from "../core/guide/word-numbering.ts";

/** The file is no guide that can be read; `place` is where in it, if one place is at fault. */
export class UnreadableGuide extends Error {
  override readonly name = "UnreadableGuide";
  readonly reason: { readonly zh: string; readonly en: string };
  readonly place?: string;
  constructor(reason: { readonly zh: string; readonly en: string }, place?: string) {
    super(`${reason.zh} ${reason.en}`);
    this.reason = reason;
    if (place !== undefined) this.place = place;
  }
}

/** 32 MB a file, 1 MB a line: a hundred times the longest guide there is. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_LINE = 1024 * 1024;

const refuse = (zh: string, en: string, place?: string): never => {
  throw new UnreadableGuide({ zh, en }, place);
};

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

const readPlain = (bytes: Buffer): string => {
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

const damaged = (): never =>
  refuse("Word 文件已损坏，无法打开。", "The Word file is damaged and cannot be opened.");

/** One entry of a zip file, by its central directory; undefined where there is none of that name. */
const unzip = (bytes: Buffer, name: string): string | undefined => {
  const end = bytes.lastIndexOf(Buffer.from("PK\u0005\u0006", "latin1"));
  if (end < 0 || end + 22 > bytes.length) return damaged();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return damaged();
    const length = bytes.readUInt16LE(at + 28);
    if (bytes.toString("utf8", at + 46, at + 46 + length) === name) {
      const method = bytes.readUInt16LE(at + 10);
      const local = bytes.readUInt32LE(at + 42);
      if (local + 30 > bytes.length) return damaged();
      const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const data = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
      try {
        // A small file that unpacks to gigabytes is stopped here.
        return (method === 0 ? data : inflateRawSync(data, { maxOutputLength: 8 * MOST_BYTES })).toString(
          "utf8",
        );
      } catch {
        return damaged();
      }
    }
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return undefined;
};

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(
    /&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gu,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name as string] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    },
  );

type Tag = {
  readonly name: string;
  readonly attributes: string;
  readonly closing: boolean;
  readonly empty: boolean;
};

/** The tags of an XML text in order, each with the characters that stand before it. */
const tags = function* (xml: string): Generator<{ tag: Tag; before: string }> {
  let from = 0;
  for (;;) {
    const start = xml.indexOf("<", from);
    const end = start < 0 ? -1 : xml.indexOf(">", start);
    if (end < 0) return;
    const inside = xml.slice(start + 1, end);
    const closing = inside.startsWith("/");
    const body = closing ? inside.slice(1) : inside;
    const space = body.search(/[\s/]/u);
    const name = space < 0 ? body : body.slice(0, space);
    const attributes = space < 0 ? "" : body.slice(space);
    yield { tag: { name, attributes, closing, empty: inside.endsWith("/") }, before: xml.slice(from, start) };
    from = end + 1;
  }
};

const attribute = ({ attributes }: Tag, name: string): string | undefined => {
  const at = attributes.indexOf(` ${name}="`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  return decode(attributes.slice(from, attributes.indexOf('"', from)));
};

/** numbering.xml: lists point at abstract lists, whose levels say how they count. */
const numberingOf = (xml: string): Numbering => {
  const abstract = new Map<string, (NumberLevel | undefined)[]>();
  const lists = new Map<string, NumberList>();
  let levels: (NumberLevel | undefined)[] = [];
  let level = 0;
  let list: string | undefined;
  const set = (change: Partial<NumberLevel>): void => {
    levels[level] = { format: "decimal", text: "", start: 1, ...levels[level], ...change };
  };
  for (const { tag } of tags(xml)) {
    const value = attribute(tag, "w:val") ?? "";
    if (tag.name === "w:abstractNum" && !tag.closing)
      abstract.set(attribute(tag, "w:abstractNumId") ?? "", (levels = []));
    else if (tag.name === "w:num") {
      if (tag.closing) list = undefined;
      else list = attribute(tag, "w:numId");
    } else if (tag.name === "w:abstractNumId" && list !== undefined) {
      levels = [...(abstract.get(value) ?? [])];
      lists.set(list, { counter: `abstract ${value}`, levels });
    } else if ((tag.name === "w:lvl" || tag.name === "w:lvlOverride") && !tag.closing)
      level = Math.min(Number(attribute(tag, "w:ilvl") ?? 0), 8);
    else if (tag.name === "w:startOverride" && list !== undefined) {
      set({ start: Number(value) || 0 });
      // A list told to start anew counts for itself.
      lists.set(list, { counter: `list ${list}`, levels });
    } else if (tag.name === "w:start") set({ start: Number(value) || 0 });
    else if (tag.name === "w:numFmt" && value !== "") set({ format: value });
    else if (tag.name === "w:lvlText") set({ text: value });
  }
  return lists;
};

type NumberOf = { readonly list?: string; readonly level?: number; readonly basedOn?: string };

/** styles.xml: a paragraph style may number its paragraphs. */
const styleNumbers = (xml: string): Map<string, NumberOf> => {
  const styles = new Map<string, NumberOf>();
  let id = "";
  for (const { tag } of tags(xml)) {
    const value = attribute(tag, "w:val");
    const known = styles.get(id) ?? {};
    if (tag.name === "w:style" && !tag.closing) id = attribute(tag, "w:styleId") ?? "";
    else if (value === undefined) continue;
    else if (tag.name === "w:numId") styles.set(id, { ...known, list: value });
    else if (tag.name === "w:ilvl") styles.set(id, { ...known, level: Number(value) });
    else if (tag.name === "w:basedOn") styles.set(id, { ...known, basedOn: value });
  }
  return styles;
};

const inherited = (styles: ReadonlyMap<string, NumberOf>, style: string): NumberOf => {
  let known = styles.get(style);
  let list = known?.list;
  let level = known?.level;
  for (let depth = 0; known?.basedOn !== undefined && depth < 12; depth++) {
    known = styles.get(known.basedOn);
    list ??= known?.list;
    level ??= known?.level;
  }
  return { ...(list === undefined ? {} : { list }), ...(level === undefined ? {} : { level }) };
};

/** Paragraphs as lines, with the numbers Word shows before them. Deleted text and the fallbacks for old versions stay out. */
const readWord = (bytes: Buffer): string => {
  const document = unzip(bytes, "word/document.xml");
  if (document === undefined)
    return refuse(
      "这是压缩文件而不是 Word 文档。请给出 .docx、UTF-8 文本或带文字的 PDF。",
      "This is an archive, not a Word document: give .docx, UTF-8 text or a PDF with text.",
    );
  const label = numberer(numberingOf(unzip(bytes, "word/numbering.xml") ?? ""));
  const styles = styleNumbers(unzip(bytes, "word/styles.xml") ?? "");
  const paragraphs: string[] = [];
  const open: { text: string[]; number: NumberOf; style: string }[] = [];
  let fallback = 0;
  for (const { tag, before } of tags(document)) {
    if (tag.name === "mc:Fallback") fallback += tag.closing ? -1 : tag.empty ? 0 : 1;
    if (fallback > 0) continue;
    const current = open.at(-1);
    if (tag.name === "w:p" && !tag.closing && !tag.empty)
      open.push({ text: [], number: {}, style: "Normal" });
    if (!current) continue;
    const value = attribute(tag, "w:val");
    if (tag.name === "w:t" && tag.closing) current.text.push(decode(before));
    else if (tag.name === "w:tab" && value === undefined && !tag.attributes.includes("w:pos"))
      current.text.push("\t");
    else if (tag.name === "w:br" || tag.name === "w:cr") current.text.push("\n");
    else if (tag.name === "w:noBreakHyphen") current.text.push("-");
    else if (tag.name === "w:pStyle" && value !== undefined) current.style = value;
    else if (tag.name === "w:numId" && value !== undefined)
      current.number = { ...current.number, list: value };
    else if (tag.name === "w:ilvl" && value !== undefined)
      current.number = { ...current.number, level: Number(value) };
    else if (tag.name === "w:p" && tag.closing) {
      open.pop();
      const number = { ...inherited(styles, current.style), ...current.number };
      const text = current.text.join("");
      const shown =
        number.list !== undefined && text.trim() !== "" ? label(number.list, number.level ?? 0) : "";
      paragraphs.push(shown + text);
    }
  }
  return paragraphs.join("\n");
};

type Row = { y: number; height: number; pieces: { x: number; end: number; text: string }[] };

/** Text pieces of a page as rows: what stands at one height, from left to right. */
const rowsOf = (items: readonly TextItem[]): Row[] => {
  const rows: Row[] = [];
  for (const item of items) {
    if (item.str.trim() === "") continue;
    const [x, y] = [Number(item.transform[4]), Number(item.transform[5])];
    const height = item.height || Math.abs(Number(item.transform[3])) || 10;
    // Pieces come row by row: only the newest rows can still grow, so a page of a million pieces stays quick.
    const row = rows.slice(-8).find((known) => Math.abs(known.y - y) < Math.min(known.height, height) * 0.5);
    const piece = { x, end: x + item.width, text: item.str };
    if (row) row.pieces.push(piece);
    else rows.push({ y, height, pieces: [piece] });
  }
  for (const { pieces } of rows) pieces.sort((a, b) => a.x - b.x);
  return rows.sort((a, b) => b.y - a.y);
};

const lineOf = ({ pieces, height }: Row, left: number): string => {
  let line = "\u3000".repeat(Math.max(0, Math.min(40, Math.round((pieces[0]!.x - left) / height))));
  for (const [at, { x, text }] of pieces.entries()) {
    const before = pieces[at - 1];
    line += (before && x - before.end > height * 0.25 ? " " : "") + text;
  }
  return line;
};

/** Fonts often name the radical where the character is meant; some of these radicals Unicode does not map itself. */
const RADICALS =
  "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";

const withoutRadicals = (text: string): string =>
  text
    .replace(/[\u2f00-\u2fd5]/gu, (char) => char.normalize("NFKC"))
    .replace(/[\u2e80-\u2ef3]/gu, (char) => {
      const at = RADICALS.indexOf(char);
      return at < 0 ? char.normalize("NFKC") : RADICALS.charAt(at + 1);
    });

const readPdf = async (bytes: Buffer): Promise<string> => {
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    verbosity: VerbosityLevel.ERRORS,
  });
  const document = await task.promise.catch((error: Error) =>
    error.name === "PasswordException"
      ? refuse("PDF 设有密码，请先去除。", "The PDF has a password: remove it first.")
      : refuse("PDF 已损坏，无法打开。", "The PDF is damaged and cannot be opened."),
  );
  const pages: Row[][] = [];
  try {
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(rowsOf(items.filter((item): item is TextItem => "str" in item)));
      page.cleanup();
    }
  } finally {
    await task.destroy();
  }
  if (pages.every((rows) => rows.length === 0))
    refuse(
      "PDF 只有图像、没有文字。请先做文字识别，或给出文本。",
      "The PDF holds images and no text: run text recognition first, or give the text.",
    );
  // The form feed keeps the page's break, which tells page numbers and running heads from text.
  const left = pages.flat().reduce((least, { pieces }) => Math.min(least, pieces[0]!.x), Number.MAX_VALUE);
  return withoutRadicals(pages.map((rows) => rows.map((row) => lineOf(row, left)).join("\n")).join("\n\f\n"));
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
