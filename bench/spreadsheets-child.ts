import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { pipeline } from "node:stream/promises";
import { writeWorkbook } from "../src/platform/spreadsheets.ts";
import { peakMemory } from "./assignment/memory.ts";
import { columns, kinds, rows, type Value } from "./spreadsheets-rows.ts";

/** One writer in a process of its own: `<writer> <file>`; prints seconds, CPU seconds, megabytes at the peak and bytes of the file. */

/** Loaded only by those who use it. */
const exceljs = () => createRequire(import.meta.url)("exceljs") as typeof import("exceljs");

/** The values that exceljs takes for the same cells. */
const forExceljs = (row: readonly (string | number | null)[]): Value[] =>
  row.map((value, place) => {
    if (value === null) return null;
    const kind = kinds[place]!;
    if (kind === "money") return Number(value) / 1_000_000;
    if (kind === "date") return new Date(`${value}T00:00:00Z`);
    return kind === "instant" ? new Date(Number(value) + 8 * 3_600_000) : value;
  });
const formats = { text: "@", money: "#,##0.00####", date: "yyyy-mm-dd", instant: "yyyy-mm-dd hh:mm" };
const styled = columns.map(({ header, width, kind }) => ({
  header,
  width,
  style: { numFmt: formats[kind] },
}));

const writers: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
  ours: (file) =>
    pipeline(
      writeWorkbook({
        title: "申报清单",
        author: "bench",
        at: 0,
        language: "zh",
        sheets: [{ name: "申报清单", columns, rows: rows() }],
      }),
      createWriteStream(file),
    ),
  exceljs: async (file) => {
    const book = new (exceljs().Workbook)();
    const sheet = book.addWorksheet("申报清单", { views: [{ state: "frozen", ySplit: 1 }] });
    sheet.columns = styled;
    for (const row of rows()) sheet.addRow(forExceljs(row));
    await book.xlsx.writeFile(file);
  },
  "exceljs, streaming": async (file) => {
    const book = new (exceljs().stream.xlsx.WorkbookWriter)({
      filename: file,
      useStyles: true,
      useSharedStrings: false,
    });
    const sheet = book.addWorksheet("申报清单", { views: [{ state: "frozen", ySplit: 1 }] });
    sheet.columns = styled;
    for (const row of rows()) sheet.addRow(forExceljs(row)).commit();
    sheet.commit();
    await book.commit();
  },
};

const [name = "", file = ""] = process.argv.slice(2);
const write = writers[name];
if (write === undefined) throw new RangeError(`no writer is called ${name}`);
const began = performance.now();
const before = process.cpuUsage();
await write(file);
const { user, system } = process.cpuUsage(before);
const two = (value: number) => Math.round(value * 100) / 100;
process.stdout.write(
  JSON.stringify({
    seconds: two((performance.now() - began) / 1_000),
    cpuSeconds: two((user + system) / 1e6),
    megabytes: Math.round(peakMemory() / 1e6),
    fileMegabytes: two((await stat(file)).size / 1e6),
  }),
);
