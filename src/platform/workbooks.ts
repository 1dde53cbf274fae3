import {
  type Area,
  areasByRow,
  type Cell,
  cellKinds,
  columnName,
  type Sheet,
  type SheetRow,
} from "../core/workbook/sheet.ts";
import { Ended, Failed, openApart, type Lane } from "./apart.ts";
import type { FileStore } from "./files.ts";
import { partsOfWorkbook } from "./workbooks/outside.ts";
import type { BlankWorkbook, MarkedWorkbook, WorkbookAnswer, WorkbookOrder } from "./workbooks/orders.ts";
import type { RawRow, RawSheet } from "./workbooks/raw-sheet.ts";
import { mostColumns, UnreadableWorkbook } from "./workbooks/unreadable.ts";

/**
 * Workbooks that people send. `platform.workbooks.read(sha256)` gives every sheet of a stored xlsx file, hidden ones too, with each
 * cell's text and kind; `readTable` of core/workbook/table.ts then finds columns by their heads, and core/workbook/values.ts reads
 * numbers, days and choices from cells. Throws `UnreadableWorkbook` (a `Refused`, 422, in words for the person) for what is no
 * workbook, has a password or macros, is broken or too large, and `Busy`. Formulas are told, never worked out.
 */
export type Workbooks = {
  readonly read: (sha256: string, lane?: Lane) => Promise<readonly Sheet[]>;
  /** A list to be filled in; the bytes of an xlsx file. */
  readonly blank: (order: BlankWorkbook) => Promise<Buffer>;
  /** A sheet that came, with remarks at its cells. Throws `UnreadableWorkbook` for one too large to be written anew. */
  readonly marked: (order: MarkedWorkbook) => Promise<Buffer>;
  readonly close: () => Promise<void>;
};

/** Bytes of a workbook as it comes; one of 20,000 rows has two or three million. */
export const workbookLimit = 10 * 1_048_576;

export const openWorkbooks = (files: FileStore): Workbooks => {
  const apart = openApart<WorkbookOrder, WorkbookAnswer>(new URL("workbooks/process.ts", import.meta.url), {
    processes: 2,
    recycleAfter: 20,
    // A second of work for 20,000 rows; many times that on a busy machine, below everything else.
    timeout: 60_000,
    memory: 512 * 1_048_576,
    waiting: 50,
  });
  const ask = async (order: WorkbookOrder, lane: Lane): Promise<WorkbookAnswer> => {
    try {
      return await apart.ask(order, lane);
    } catch (error) {
      if (error instanceof Ended) return { fault: "tooLarge" };
      if (error instanceof Failed) return { fault: "damaged" };
      throw error;
    }
  };
  const written = async (order: WorkbookOrder): Promise<Buffer> => {
    const answer = await ask(order, "person");
    if ("bytes" in answer) return Buffer.from(answer.bytes);
    throw new UnreadableWorkbook("fault" in answer ? answer.fault : "damaged");
  };
  return {
    read: async (sha256, lane = "person") => {
      const bytes = await bytesOf(files, sha256);
      const listed = partsOfWorkbook(bytes);
      if ("fault" in listed) throw new UnreadableWorkbook(listed.fault);
      const answer = await ask({ read: bytes }, lane);
      if ("sheets" in answer) return answer.sheets.map(sheetOf);
      throw new UnreadableWorkbook("fault" in answer ? answer.fault : "damaged");
    },
    blank: (blank) => written({ blank }),
    marked: (marked) => written({ marked }),
    close: apart.close,
  };
};

const bytesOf = async (files: FileStore, sha256: string): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of files.read(sha256) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > workbookLimit) throw new UnreadableWorkbook("tooLarge");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const sheetOf = ({ rows, merged, ...rest }: RawSheet): Sheet => {
  const areasOf = areasByRow(merged);
  return {
    ...rest,
    merged,
    rows: rows.map((row) => {
      const areas = areasOf(row.number);
      // Areas do not overlap: more of them than columns is a file made to take time.
      if (areas.length > mostColumns) throw new UnreadableWorkbook("damaged");
      return rowOf(row, areas);
    }),
  };
};

const rowOf = ({ number, isHidden, cells }: RawRow, areas: readonly Area[]): SheetRow => {
  const read: Cell[] = [];
  for (let at = 0; at < cells.length; at += 4) {
    const column = Number(cells[at]);
    const formula = cells[at + 3];
    read.push({
      address: columnName(column) + number,
      column,
      kind: cellKinds[Number(cells[at + 1])] ?? "text",
      text: String(cells[at + 2]),
      isMerged: areas.some(({ left, right }) => column >= left && column <= right),
      ...(typeof formula === "string" ? { formula } : {}),
    });
  }
  return { number, isHidden, cells: read };
};
