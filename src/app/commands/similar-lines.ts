import { z } from "zod";
import type { Document } from "../../core/similarity/document.ts";
import { type InputFault, Invalid } from "../../platform/errors.ts";
import { faultsOf, parseJson } from "../../platform/json.ts";
import { Damaged } from "../../platform/similarity/damaged.ts";
import { type Line, lines, megabyte } from "./input.ts";

const longestLine = 64 * megabyte;
const mostFaults = 100;

const documentSchema = z.strictObject({
  id: z.string().min(1).max(500),
  title: z.string(),
  sections: z.record(z.string(), z.string()),
  /** Versions of one application share it and never report each other. */
  group: z.string().min(1).max(500).optional(),
});

const read = (line: Line): Document => {
  const place = `line ${line.number}`;
  if ("tooLong" in line)
    throw new Invalid([{ place, reason: { zh: "超过 64 MB", en: "longer than 64 MB" } }]);
  if ("notText" in line)
    throw new Invalid([{ place, reason: { zh: "不是 UTF-8 文本", en: "not UTF-8 text" } }]);
  const result = documentSchema.safeParse(parseJson(line.text, place));
  if (!result.success) throw new Invalid(faultsOf(result.error, place));
  const { group, sections, ...rest } = result.data;
  return {
    ...rest,
    ...(group === undefined ? {} : { group }),
    sections: Object.entries(sections).map(([name, text]) => ({ name, text })),
  };
};

/** Documents of a JSON Lines file, one at a time. After the last one throws `Invalid` with every line that was malformed or repeated an id. */
export const documentsOf = async function* (file: string): AsyncGenerator<Document> {
  const faults: InputFault[] = [];
  const seen = new Map<string, number>();
  for await (const line of lines(file, longestLine)) {
    if ("text" in line && line.text.trim() === "") continue;
    try {
      const document = read(line);
      const before = seen.get(document.id);
      if (before !== undefined)
        throw new Invalid([
          {
            place: `line ${line.number} id`,
            reason: { zh: `与第 ${before} 行的编号相同`, en: `the same id as in line ${before}` },
          },
        ]);
      seen.set(document.id, line.number);
      if (faults.length === 0) yield document;
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      faults.push(...error.faults);
      if (faults.length >= mostFaults) break;
    }
  }
  if (faults.length > 0) throw new Invalid(faults);
};

const roomFaults: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  ENOSPC: { zh: "磁盘空间不足，索引保持原样", en: "the disk is full; the index is as it was" },
  EFBIG: {
    zh: "文件超过允许的大小，索引保持原样",
    en: "a file grew beyond the limit; the index is as it was",
  },
  EDQUOT: { zh: "超出磁盘配额，索引保持原样", en: "the disk quota is used up; the index is as it was" },
  EACCES: { zh: "没有权限读写", en: "no permission to read or write" },
  EROFS: { zh: "文件系统只读", en: "the file system is read-only" },
  ENOTDIR: { zh: "这不是文件夹", en: "this is not a folder" },
  EEXIST: { zh: "这不是文件夹", en: "this is not a folder" },
};

/** Runs what touches an index; faults of its files become words with a place. */
export const withIndex = async <T>(folder: string, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Damaged) {
      const again = { zh: "请用 similar index 重建", en: "build it again with similar index" };
      throw new Invalid([
        {
          place: error.file,
          reason: { zh: `${error.reason.zh}，${again.zh}`, en: `${error.reason.en}; ${again.en}` },
        },
      ]);
    }
    const reason = roomFaults[(error as NodeJS.ErrnoException).code ?? ""];
    if (reason !== undefined) throw new Invalid([{ place: folder, reason }]);
    throw error;
  }
};

/** The documents named by `--corpus`, all of them read before the first is used. */
export const allDocuments = async (file: string): Promise<readonly Document[]> => {
  const documents: Document[] = [];
  for await (const document of documentsOf(file)) documents.push(document);
  return documents;
};

export const indexOption = {
  name: "index",
  value: "DIR",
  required: true,
  help: "索引所在的文件夹 / the folder of the index",
} as const;
