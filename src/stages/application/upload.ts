import type { Bilingual } from "../../core/policy/words.ts";
import type { FileStore } from "../../platform/files.ts";

/** What an uploaded file is, by its content alone. Nothing is unpacked: a bomb stays folded. */

export const uploadLimit = 20 * 1_048_576;

type Kind = { readonly mime: string; readonly name: Bilingual; readonly endings: readonly string[] };
const kinds = {
  pdf: { mime: "application/pdf", name: { zh: "PDF", en: "PDF" }, endings: ["pdf"] },
  png: { mime: "image/png", name: { zh: "PNG 图片", en: "a PNG picture" }, endings: ["png"] },
  jpeg: {
    mime: "image/jpeg",
    name: { zh: "JPEG 图片", en: "a JPEG picture" },
    endings: ["jpg", "jpeg", "jpe", "jfif"],
  },
  docx: {
    mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    name: { zh: "Word 文档（docx）", en: "a Word document (docx)" },
    endings: ["docx"],
  },
  xlsx: {
    mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    name: { zh: "Excel 表格（xlsx）", en: "an Excel workbook (xlsx)" },
    endings: ["xlsx"],
  },
} as const satisfies Record<string, Kind>;

export const uploadEndings = Object.values(kinds).flatMap((kind) => kind.endings.map((one) => `.${one}`));

export type Inspected =
  | { readonly size: number; readonly mime: string }
  | { readonly fault: Bilingual; readonly size: number };

const headSize = 2_048;
/** A list of files inside a document is never longer; an ending is looked for in its last part. */
const tailSize = 1_048_576;
const endingSize = 4_096;

/** First and last bytes and the size; the file itself never stands in memory. */
const edges = async (files: FileStore, sha256: string) => {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of files.read(sha256) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (head.length < headSize) head = Buffer.concat([head, chunk]).subarray(0, headSize);
    tail = Buffer.concat([tail, chunk]).subarray(-tailSize);
  }
  return { head, tail, size };
};

const startsWith = (bytes: Buffer, ...signs: readonly number[]) =>
  signs.every((sign, at) => bytes[at] === sign);

/** Names in the central directory of a zip, or null where it has no whole one. */
const namesInside = (tail: Buffer, size: number): readonly string[] | null => {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > tail.length) return null;
  const count = tail.readUInt16LE(end + 10);
  let at = tail.readUInt32LE(end + 16) - (size - tail.length);
  const names: string[] = [];
  for (let entry = 0; entry < count; entry += 1) {
    if (at < 0 || at + 46 > tail.length || tail.readUInt32LE(at) !== 0x02014b50) return null;
    const length = tail.readUInt16LE(at + 28);
    names.push(tail.toString("utf8", at + 46, at + 46 + length));
    at += 46 + length + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  }
  return names;
};

const fault = (zh: string, en: string): Bilingual => ({ zh, en });
const half = fault(
  "这个文件不完整，后半部分缺失。请在电脑上打开确认无误后重新上传。",
  "This file is not whole; its end is missing. Open it on your computer, then upload it again.",
);
const unknown = fault(
  "这个文件的内容不是 PDF、JPEG、PNG、Word（docx）或 Excel（xlsx）。请导出为其中一种后再上传；只改文件名不起作用。",
  "What is inside is not PDF, JPEG, PNG, Word (docx) or Excel (xlsx). Export it as one of these; a new name alone does not help.",
);

const kindOf = (head: Buffer, tail: Buffer, size: number): Kind | { readonly fault: Bilingual } => {
  const ending = tail.subarray(-endingSize);
  const whole = (kind: Kind, sign: Buffer | string) => (ending.includes(sign) ? kind : { fault: half });
  if (head.subarray(0, 1_024).includes("%PDF-")) return whole(kinds.pdf, "%%EOF");
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47)) return whole(kinds.png, "IEND");
  if (startsWith(head, 0xff, 0xd8, 0xff)) return whole(kinds.jpeg, Buffer.from([0xff, 0xd9]));
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0))
    return {
      fault: fault(
        "这是旧版 Word / Excel 文件，或设了打开密码。请去掉密码，另存为 docx、xlsx 或 PDF 后再上传。",
        "This is an old Word or Excel file, or it has a password. Remove the password and save it as docx, xlsx or PDF.",
      ),
    };
  if (!startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return { fault: unknown };
  const names = namesInside(tail, size);
  if (names === null) return { fault: half };
  if (names.some((name) => name.endsWith("vbaProject.bin")))
    return {
      fault: fault(
        "这个文件含有宏。请另存为不含宏的 docx 或 xlsx 后再上传。",
        "This file holds macros. Save it as docx or xlsx without macros, then upload it.",
      ),
    };
  if (!names.includes("[Content_Types].xml")) return { fault: unknown };
  if (names.includes("word/document.xml")) return kinds.docx;
  return names.includes("xl/workbook.xml") ? kinds.xlsx : { fault: unknown };
};

/** Looks at a stored file: size in bytes and type by content, or what is wrong with it and what to do. */
export const inspectUpload = async (
  files: FileStore,
  sha256: string,
  filename: string,
): Promise<Inspected> => {
  const { head, tail, size } = await edges(files, sha256);
  if (size === 0)
    return {
      size,
      fault: fault(
        "这个文件是空的（0 字节）。请在电脑上打开确认后重新上传。",
        "This file is empty (0 bytes). Open it on your computer, then upload it again.",
      ),
    };
  if (size > uploadLimit)
    return {
      size,
      fault: fault(
        "这个文件超过 20 MB。请压缩图片或分成几份后再上传。",
        "This file is larger than 20 MB. Make its pictures smaller or split it.",
      ),
    };
  const kind = kindOf(head, tail, size);
  if ("fault" in kind) return { size, fault: kind.fault };
  const named = /\.([A-Za-z0-9]{1,8})$/.exec(filename)?.[1]?.toLowerCase();
  const lies = named !== undefined && uploadEndings.includes(`.${named}`) && !kind.endings.includes(named);
  return lies
    ? {
        size,
        fault: fault(
          `这个文件的名称以 .${named} 结尾，内容却是${kind.name.zh}。请把名称改为 .${kind.endings[0]}，或导出为 .${named} 后再上传。`,
          `The name ends in .${named}, but inside is ${kind.name.en}. Rename it to .${kind.endings[0]}, or export it as .${named}.`,
        ),
      }
    : { size, mime: kind.mime };
};
