import { createRequire } from "node:module";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Workbook as Read, Worksheet } from "exceljs";
import { strFromU8, unzipSync } from "fflate";

/** Workbooks read back: by another library, and as the XML that they are. */

const { Workbook } = createRequire(import.meta.url)("exceljs") as typeof import("exceljs");

export const read = async (
  bytes: Readable | Buffer,
): Promise<{ book: Read; parts: ReadonlyMap<string, string> }> => {
  const data = Buffer.isBuffer(bytes) ? bytes : await buffer(bytes);
  const book = new Workbook();
  await book.xlsx.load(data as unknown as ArrayBuffer);
  const parts = new Map(Object.entries(unzipSync(data)).map(([name, part]) => [name, strFromU8(part)]));
  return { book, parts };
};

/** ECMA-376, ST_Xstring: what exceljs leaves as it stands in an inline string. */
const unescaped = (text: string): string =>
  text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

/** Values of a sheet by rows, from the first column on; empty cells are null. */
export const valuesOf = (sheet: Worksheet | undefined): readonly (readonly unknown[])[] => {
  const rows: unknown[][] = [];
  sheet?.eachRow((row) => {
    const values = row.values as unknown[];
    rows.push(
      Array.from({ length: values.length - 1 }, (_one, place) => {
        const value = values[place + 1] ?? null;
        return typeof value === "string" ? unescaped(value) : value;
      }),
    );
  });
  return rows;
};

/** Whether any part could make a spreadsheet compute or fetch something. */
export const computes = (parts: ReadonlyMap<string, string>): boolean =>
  [...parts].some(
    ([name, part]) =>
      /<f[ >/]|<hyperlink|<externalReference|ddeLink/.test(part) || /externalLink|vbaProject/.test(name),
  );
