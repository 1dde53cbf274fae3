import { serveApart } from "../apart-child.ts";
import { isDateFormat } from "./dates.ts";
import { partsOfWorkbook } from "./outside.ts";
import { type RawSheet, readRawSheet, unescaped } from "./raw-sheet.ts";
import type { WorkbookAnswer, WorkbookOrder } from "./orders.ts";
import { readXmlPart, Unreadable } from "./xml-part.ts";
import type { Part } from "./zip-parts.ts";

/** Reads and writes one workbook in a process of its own. Formulas are never worked out; macros, pictures and links are never opened. */

const mostSheets = 40;
const mostShared = 1_000_000;
const mostSharedText = 48 * 1_048_576;
const mostStyles = 100_000;

const nothing = () => {};

const readWorkbook = async (file: Buffer): Promise<WorkbookAnswer> => {
  const listed = partsOfWorkbook(file);
  if ("fault" in listed) return listed;
  const parts = new Map(listed.parts.map((one) => [one.name.toLowerCase(), one]));
  const need = (name: string): Part => {
    const part = parts.get(name.toLowerCase());
    if (part === undefined) throw new Unreadable("damaged");
    return part;
  };
  const book = "xl/workbook.xml";
  let since1904 = false;
  const sheets: { name: string; isHidden: boolean; id: string }[] = [];
  await readXmlPart(file, need(book), {
    open: ({ name, attributes }) => {
      if (name === "workbookPr") since1904 = ["1", "true"].includes(attributes["date1904"] ?? "");
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      sheets.push({
        name: attributes["name"] ?? "",
        isHidden: (attributes["state"] ?? "visible") !== "visible",
        id,
      });
      if (sheets.length > mostSheets) throw new Unreadable("tooLarge");
    },
    close: nothing,
    text: nothing,
  });
  const targets = new Map<string, { target: string; type: string }>();
  await readXmlPart(file, need("xl/_rels/workbook.xml.rels"), {
    open: ({ name, attributes: { Id = "", Target = "", Type = "", TargetMode } }) => {
      if (name === "Relationship" && TargetMode !== "External")
        targets.set(Id, { target: placeOf(Target), type: Type.slice(Type.lastIndexOf("/") + 1) });
    },
    close: nothing,
    text: nothing,
  });
  const byType = (type: string) => {
    const found = [...targets.values()].find((one) => one.type === type)?.target;
    return found === undefined ? undefined : parts.get(found.toLowerCase());
  };
  const shared = await readShared(file, byType("sharedStrings"));
  const dateStyles = await readDateStyles(file, byType("styles"));
  const count = { cells: 0 };
  const read: RawSheet[] = [];
  for (const { name, isHidden, id } of sheets) {
    const found = targets.get(id);
    // Charts and dialogues have sheets of their own.
    if (found === undefined || found.type !== "worksheet") continue;
    read.push(
      await readRawSheet(
        { file, since1904, shared, dateStyles },
        need(found.target),
        unescaped(name),
        isHidden,
        count,
      ),
    );
  }
  return read.length === 0 ? { fault: "notWorkbook" } : { sheets: read };
};

/** Where a target of the workbook's relations stands in the file. */
const placeOf = (target: string): string => (target.startsWith("/") ? target.slice(1) : `xl/${target}`);

const readShared = async (file: Buffer, part: Part | undefined): Promise<readonly string[]> => {
  const shared: string[] = [];
  if (part === undefined) return shared;
  let length = 0;
  let text = "";
  let isText = false;
  let isPhonetic = false;
  await readXmlPart(file, part, {
    open: ({ name }) => {
      if (name === "si") text = "";
      else if (name === "rPh") isPhonetic = true;
      else if (name === "t") isText = !isPhonetic;
    },
    text: (one) => {
      if (isText && text.length < 65_536) text += one;
    },
    close: (name) => {
      if (name === "t") isText = false;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "si") {
        length += text.length;
        if (shared.push(unescaped(text)) > mostShared || length > mostSharedText)
          throw new Unreadable("tooLarge");
      }
    },
  });
  return shared;
};

const readDateStyles = async (file: Buffer, part: Part | undefined): Promise<readonly boolean[]> => {
  const formats = new Map<number, string>();
  const styles: number[] = [];
  if (part === undefined) return [];
  let isCells = false;
  await readXmlPart(file, part, {
    open: ({ name, attributes }) => {
      if (name === "numFmt") formats.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      else if (name === "cellXfs") isCells = true;
      else if (name === "xf" && isCells && styles.push(Number(attributes["numFmtId"] ?? 0)) > mostStyles)
        throw new Unreadable("tooLarge");
    },
    close: (name) => {
      if (name === "cellXfs") isCells = false;
    },
    text: nothing,
  });
  return styles.map((id) => isDateFormat(id, formats.get(id)));
};

serveApart(async (order: WorkbookOrder): Promise<WorkbookAnswer> => {
  if ("read" in order) {
    const { read } = order;
    try {
      return await readWorkbook(Buffer.from(read.buffer, read.byteOffset, read.byteLength));
    } catch (error) {
      if (error instanceof Unreadable) return { fault: error.fault };
      throw error;
    }
  }
  // Only who writes needs the writer.
  const { blankWorkbook, markedWorkbook } = await import("./written.ts");
  return { bytes: await ("blank" in order ? blankWorkbook(order.blank) : markedWorkbook(order.marked)) };
});
