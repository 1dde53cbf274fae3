import { isCivilDate } from "../../core/calendar.ts";
import { fitted, xmlText } from "./cell-text.ts";
import { type Look, looks } from "./styles.ts";

/**
 * `text` is never read as anything else. `number` as it is. `money` and `yuan` take whole fen and show 万元 or 元: the header says which.
 * `date` takes a civil date (`2024-06-30`), `instant` milliseconds since 1970 UTC and shows the civil time of the guide, to the minute.
 */
export type Kind = "text" | "number" | "money" | "yuan" | "date" | "instant";
export type Column = {
  readonly header: string;
  /** In characters of the body font; a Chinese one takes two. */
  readonly width: number;
  readonly kind: Kind;
};
export type Cell = string | number | null;
export type Row = readonly Cell[];
export type Rows = AsyncIterable<Row> | Iterable<Row>;

/** What was done to texts, for the sheet that explains. */
export type Tally = { rows: number; cut: number; replaced: number };

/** Rows of one sheet under its header (Excel's limit). */
export const rowLimit = 1_048_575;

export type SheetPart = {
  readonly columns: readonly Column[];
  readonly rows: AsyncIterator<Row>;
  /** Said in the first cell where there is no row. */
  readonly empty: string;
  readonly tally: Tally;
  /** `label`: the first column is one of names, as in the sheet that explains. */
  readonly plain?: boolean;
};

/** The XML of a sheet, row by row; `done` is told how many rows it holds and whether there are more. */
export const sheetXml = async function* (
  { columns, rows, empty, tally, plain = false }: SheetPart,
  limit: number,
  done: (count: number, more: Row | null) => void,
  first: Row | null = null,
): AsyncGenerator<string> {
  const last = columnName(columns.length - 1);
  yield start(columns);
  yield rowXml(
    1,
    columns.map(({ header, width, kind }) =>
      textCell(header, numeric.has(kind) ? "numberHeader" : "header", width, tally),
    ),
  );
  let count = 0;
  let more: Row | null = null;
  for (let row = first ?? (await next(rows)); row !== null; row = await next(rows)) {
    if (count === limit) {
      more = row;
      break;
    }
    count += 1;
    tally.rows += 1;
    yield rowXml(
      count + 1,
      columns.map(({ kind, width }, place) =>
        cell(row[place] ?? null, plain && place === 0 ? "label" : kind, width, tally),
      ),
    );
  }
  if (count === 0) yield rowXml(2, [textCell(empty, "text", 200, tally)]);
  yield "</sheetData>";
  if (count > 0 && !plain) yield `<autoFilter ref="A1:${last}${count + 1}"/>`;
  yield `<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>`;
  // Numbers of applications and accounts are texts on purpose: no green corner says otherwise.
  yield `<ignoredErrors><ignoredError sqref="A1:${last}${count + 2}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
  done(count, more);
};

/** `A`, `Z`, `AA` of 0, 25, 26. */
export const columnName = (place: number): string =>
  (place >= 26 ? columnName(Math.floor(place / 26) - 1) : "") + String.fromCharCode(65 + (place % 26));

const next = async (rows: AsyncIterator<Row>): Promise<Row | null> => {
  const { done, value } = await rows.next();
  return done === true ? null : value;
};

const start = (columns: readonly Column[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>${columns
    .map(
      ({ width }, place) => `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`,
    )
    .join("")}</cols><sheetData>`;

type Written = {
  readonly look: Look;
  readonly lines: number;
  readonly type: string;
  readonly inside: string;
};

/** Of a line of the body font, in points; more than so many are cut off to the eye, not in the cell. */
const lineHeight = 16;
const mostLines = 12;

/** Heights stand in the file: not every reader works them out for itself. */
const rowXml = (number: number, cells: readonly Written[]): string => {
  const lines = cells.reduce((most, one) => Math.max(most, one.lines), 1);
  let text =
    lines === 1
      ? `<row r="${number}">`
      : `<row r="${number}" ht="${Math.min(lines, mostLines) * lineHeight + 2}" customHeight="1">`;
  for (const [place, { look, type, inside }] of cells.entries())
    text += `<c r="${columnName(place)}${number}" s="${looks[look]}"${type}>${inside}</c>`;
  return `${text}</row>`;
};

const cell = (value: Cell, kind: Kind | "label", width: number, tally: Tally): Written => {
  const look = kind === "label" ? kind : "text";
  if (value === null || value === "") return { look, lines: 1, type: "", inside: "" };
  if (kind === "text" || kind === "label" || (kind !== "date" && typeof value === "string"))
    return textCell(String(value), look, width, tally);
  const number = numberOf(value, kind);
  if (number === null) return textCell(String(value), "text", width, tally);
  return { look: kind, lines: 1, type: "", inside: `<v>${number}</v>` };
};

/** Days as spreadsheets count them, of a UTC instant; exact from March 1900 on, after the day that was none. */
const serial = (at: number): number | null => {
  const days = at / 86_400_000 + 25_569;
  return days >= 61 ? days : null;
};

const numberOf = (value: string | number, kind: Exclude<Kind, "text">): number | null => {
  if (typeof value === "string") return isCivilDate(value) ? serial(Date.parse(`${value}T00:00:00Z`)) : null;
  if (!Number.isFinite(value)) return null;
  if (kind === "money") return value / 1_000_000;
  if (kind === "yuan") return value / 100;
  // No zone in a cell: the clock of the guide, UTC+8 all year.
  if (kind === "instant") return serial(Math.floor(value / 1_000) * 1_000 + 8 * 3_600_000);
  return kind === "date" ? null : value;
};

const numeric = new Set<Kind>(["number", "money", "yuan"]);
const longText = 255;

const textCell = (value: string, look: Look, width: number, tally: Tally): Written => {
  const { text, guarded, cut, replaced } = fitted(value);
  if (cut) tally.cut += 1;
  if (replaced) tally.replaced += 1;
  return {
    look: look !== "text" ? look : text.length > longText ? "quotedPlain" : guarded ? "quoted" : "text",
    lines: linesOf(text, width),
    type: ' t="inlineStr"',
    inside: `<is><t xml:space="preserve">${xmlText(text)}</t></is>`,
  };
};

/** Lines that a text takes in a column; Chinese signs are twice as wide. */
const linesOf = (text: string, width: number): number => {
  if (text.length * 2 <= width && !text.includes("\n")) return 1;
  let lines = 1;
  let taken = 0;
  for (let place = 0; place < text.length && lines < mostLines; place += 1) {
    const code = text.charCodeAt(place);
    const size = code < 0x2e_80 ? 1 : 2;
    const isEnd = code === 10;
    if (isEnd || taken + size > width - 1) {
      lines += 1;
      taken = isEnd ? 0 : size;
    } else taken += size;
  }
  return lines;
};
