import { placeOfAddress, type Area } from "../../core/workbook/sheet.ts";
import { withoutEndZeros } from "../../core/workbook/values.ts";
import { mostColumns, mostRows } from "./unreadable.ts";
import { textOfSerial } from "./dates.ts";
import { readXmlPart, Unreadable } from "./xml-part.ts";
import type { Part } from "./zip-parts.ts";

/** A sheet in the few plain values that cross from one process to another: column, index of the kind, text, formula or null. */
export type RawRow = {
  readonly number: number;
  readonly isHidden: boolean;
  readonly cells: readonly (string | number | null)[];
};
export type RawSheet = {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: readonly RawRow[];
  readonly hiddenColumns: readonly number[];
  readonly merged: readonly Area[];
};

export const kind = { text: 0, number: 1, date: 2, boolean: 3, formula: 4, error: 5 } as const;

export type Book = {
  readonly file: Buffer;
  readonly since1904: boolean;
  readonly shared: readonly string[];
  /** By the index of a cell's style. */
  readonly dateStyles: readonly boolean[];
};

const mostCells = 1_000_000;
const mostMerged = 20_000;
/** Rows above the first of the list: a title, notes, the head. */
const headRows = 30;

export const readRawSheet = async (
  { file, since1904, shared, dateStyles }: Book,
  part: Part,
  name: string,
  isHidden: boolean,
  count: { cells: number },
): Promise<RawSheet> => {
  const rows = new Map<
    number,
    { isHidden: boolean; cells: Map<number, readonly (string | number | null)[]> }
  >();
  const hiddenColumns: number[] = [];
  const merged: Area[] = [];
  let row = 0;
  let rowHidden = false;
  let column = 0;
  let type = "n";
  let style = 0;
  let formula: string | null = null;
  let value = "";
  let into: "value" | "formula" | "inline" | null = null;
  let isPhonetic = false;

  const numeric = (): readonly [number, string] => {
    const number = Number(value);
    if (value === "" || !Number.isFinite(number)) return [kind.text, value];
    const date = dateStyles[style] === true ? textOfSerial(number, since1904) : null;
    return date === null ? [kind.number, plainNumber(number)] : [kind.date, date];
  };
  const read = (): readonly [number, string] => {
    if (type === "s") return [kind.text, shared[Number(value)] ?? ""];
    if (type === "b") return [kind.boolean, value === "1" || value === "true" ? "TRUE" : "FALSE"];
    if (type === "e") return [kind.error, value];
    if (type === "d") return [kind.date, value.replace("T", " ").replace(/ 00:00:00(?:\.0{1,3})?Z?$/, "")];
    return type === "str" || type === "inlineStr" ? [kind.text, unescaped(value)] : numeric();
  };
  const keep = () => {
    const [what, text] = read();
    if (text.trim() === "" && formula === null) return;
    if (column > mostColumns) throw new Unreadable("tooManyColumns");
    if (++count.cells > mostCells) throw new Unreadable("tooLarge");
    const line = rows.get(row) ?? { isHidden: rowHidden, cells: new Map() };
    // Two cells at one place: which one a person saw cannot be told.
    if (line.cells.has(column)) throw new Unreadable("damaged");
    line.cells.set(column, [column, formula === null ? what : kind.formula, text.slice(0, 32_767), formula]);
    rows.set(row, line);
    if (rows.size > mostRows + headRows) throw new Unreadable("tooManyRows");
  };

  await readXmlPart(file, part, {
    open: ({ name: tag, attributes }) => {
      if (tag === "row") {
        row = attributes["r"] === undefined ? row + 1 : Number(attributes["r"]);
        if (!Number.isInteger(row) || row < 1) throw new Unreadable("damaged");
        rowHidden = isTrue(attributes["hidden"]);
        column = 0;
      } else if (tag === "c") {
        const at = attributes["r"] === undefined ? null : placeOfAddress(attributes["r"]);
        if (attributes["r"] !== undefined && at === null) throw new Unreadable("damaged");
        [row, column] = at ?? [row, column + 1];
        type = attributes["t"] ?? "n";
        style = Number(attributes["s"] ?? 0);
        formula = null;
        value = "";
        isPhonetic = false;
      } else if (tag === "v") into = "value";
      else if (tag === "f") {
        into = "formula";
        formula = "";
      } else if (tag === "rPh") isPhonetic = true;
      else if (tag === "t") into = isPhonetic ? null : "inline";
      else if (tag === "col" && isTrue(attributes["hidden"])) {
        const [min, max] = [Number(attributes["min"]), Number(attributes["max"])];
        for (let one = min; one <= Math.min(max, mostColumns); one += 1) hiddenColumns.push(one);
      } else if (tag === "mergeCell") {
        const area = areaOf(attributes["ref"] ?? "");
        if (area !== null) merged.push(area);
        if (merged.length > mostMerged) throw new Unreadable("tooLarge");
      }
    },
    text: (text) => {
      if (into === "formula") formula = `${formula ?? ""}${text}`.slice(0, 8_192);
      else if (into !== null && value.length < 65_536) value += text;
    },
    close: (tag) => {
      if (tag === "c") keep();
      else if (tag === "rPh") isPhonetic = false;
      else if (tag === "v" || tag === "f" || tag === "t") into = null;
    },
  });
  return {
    name,
    isHidden,
    hiddenColumns,
    merged,
    rows: [...rows]
      .toSorted(([one], [other]) => one - other)
      .map(([number, line]) => ({
        number,
        isHidden: line.isHidden,
        cells: [...line.cells].toSorted(([one], [other]) => one - other).flatMap(([, cell]) => cell),
      })),
  };
};

const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

const areaOf = (reference: string): Area | null => {
  const [first = "", last = first] = reference.split(":");
  const [from, to] = [placeOfAddress(first), placeOfAddress(last)];
  return from === null || to === null ? null : { top: from[0], left: from[1], bottom: to[0], right: to[1] };
};

/** Without an exponent; as many digits as tell it from its neighbours. */
const plainNumber = (number: number): string => {
  const text = String(number);
  if (!text.includes("e")) return text;
  return Math.abs(number) >= 1 ? BigInt(Math.round(number)).toString() : withoutEndZeros(number.toFixed(20));
};

/** Excel writes signs that XML cannot hold as `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_whole, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
