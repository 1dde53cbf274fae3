import { Readable } from "node:stream";
import ExcelJS from "exceljs";
import { zipSync } from "fflate";
import type { FileStore } from "../../src/platform/files.ts";

/** Workbooks for tests, made as people and their programs make them. */

export type Draw = (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void;

export const workbook = async (draw: Draw, name = "填写"): Promise<Buffer> => {
  const book = new ExcelJS.Workbook();
  draw(book.addWorksheet(name), book);
  return Buffer.from(await book.xlsx.writeBuffer());
};

export const rowsBook = (rows: readonly (readonly ExcelJS.CellValue[])[]): Promise<Buffer> =>
  workbook((sheet) => {
    for (const row of rows) sheet.addRow([...row]);
  });

export const stored = async (files: FileStore, bytes: Uint8Array): Promise<string> =>
  (await files.put(Readable.from([Buffer.from(bytes)]), 64 * 1_048_576)).sha256;

const text = (xml: string) => new TextEncoder().encode(xml);

/** A workbook by its parts: what no program would write. */
export const rawBook = ({
  sheet = "<worksheet><sheetData/></worksheet>",
  shared = "<sst/>",
  workbookPr = "",
  more = {},
}: {
  sheet?: string | Uint8Array;
  shared?: string | Uint8Array;
  workbookPr?: string;
  more?: Readonly<Record<string, Uint8Array>>;
}): Buffer => {
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return Buffer.from(
    zipSync({
      "[Content_Types].xml": text("<Types/>"),
      "xl/workbook.xml": text(
        `<workbook xmlns:r="${relations}">${workbookPr}<sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      ),
      "xl/_rels/workbook.xml.rels": text(
        `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      ),
      "xl/worksheets/sheet1.xml": typeof sheet === "string" ? text(sheet) : sheet,
      "xl/sharedStrings.xml": typeof shared === "string" ? text(shared) : shared,
      ...more,
    }),
  );
};

/** Changes what the zip's directory claims of a part's unpacked size. */
export const claiming = (bytes: Buffer, name: string, unpacked: number): Buffer => {
  const changed = Buffer.from(bytes);
  for (let at = changed.indexOf("PK\u0001\u0002", 0, "latin1"); at >= 0;) {
    const length = changed.readUInt16LE(at + 28);
    if (changed.toString("utf8", at + 46, at + 46 + length) === name)
      changed.writeUInt32LE(unpacked, at + 24);
    at = changed.indexOf("PK\u0001\u0002", at + 46, "latin1");
  }
  return changed;
};

/** The head of a compound file: what old Excel and passwords leave. */
export const compoundFile = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(1_016),
    Buffer.from(stream, "utf16le"),
    Buffer.alloc(512),
  ]);
