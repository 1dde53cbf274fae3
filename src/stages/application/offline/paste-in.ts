import { columnsOf } from "../../../core/application/columns.ts";
import { fieldsOf, readQuestions } from "../../../core/application/entry.ts";
import { readAmount } from "../../../core/application/typed.ts";
import { languages } from "../../../ui/place.ts";
import { headOf, wordOf } from "../form/answers.tsx";
import { unreadText } from "../form/errors.ts";
import type { Writing } from "../form/writing.ts";
import { speaking } from "./plan.ts";
import { both, type Reading } from "./reading.ts";

/** Budget rows pasted from a spreadsheet: tab-separated, with or without the names of the columns. */

const path = "budget.lines";
const order = ["subject", "source", "amount", "explanation"] as const;
type Name = (typeof order)[number];
export const mostPasted = 300;
const mostHead = 40;

const folded = (text: string) =>
  text
    .normalize("NFKC")
    .replaceAll(/[\s（）()：:]/g, "")
    .toLowerCase();

/** Words that people give these columns, beside those of the form. */
const also: Readonly<Record<Name, readonly string[]>> = {
  subject: ["科目", "预算科目", "支出科目", "费用科目", "subject", "item"],
  source: ["来源", "资金来源", "经费来源", "source"],
  amount: ["金额", "金额万元", "金额元", "预算金额", "经费", "amount", "sum"],
  explanation: ["说明", "测算说明", "测算依据", "用途", "备注", "explanation", "notes"],
};

/** Rows and cells as a spreadsheet copies them: a cell with line breaks or quotes stands in quotes. */
export const pastedRows = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[""]];
  const source = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  let quoted = false;
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? "";
    const row = rows.at(-1)!;
    const last = row.length - 1;
    if (quoted) {
      if (sign !== '"') row[last] += sign;
      else if (source[at + 1] === '"') {
        row[last] += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && row[last] === "") quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else row[last] += sign;
  }
  return rows.map((row) => row.map((cell) => cell.trim()));
};

export type Pasted = {
  readonly text: string;
  readonly unit: "wan" | "yuan";
  readonly append: boolean;
};

const headsOf = (writing: Writing): Readonly<Record<Name, readonly string[]>> =>
  Object.fromEntries(
    order.map((name) => [
      name,
      [...also[name], ...languages.map((one) => headOf(speaking(writing, one), path, name))].map(folded),
    ]),
  ) as unknown as Record<Name, readonly string[]>;

/** Which column holds what, where the first row says so. */
const layoutOf = (writing: Writing, first: readonly string[]): ReadonlyMap<Name, number> | null => {
  const heads = headsOf(writing);
  const found = new Map<Name, number>();
  for (const [at, cell] of first.entries()) {
    const name = cell.length > mostHead ? undefined : order.find((one) => heads[one].includes(folded(cell)));
    if (name !== undefined && !found.has(name)) found.set(name, at);
  }
  return found.size >= 2 ? found : null;
};

const codeIn = (writing: Writing, name: "subject" | "source", typed: string): string | undefined => {
  const column = columnsOf[path].find((one) => one.name === name);
  return column?.kind !== "choice"
    ? undefined
    : column.values.find((value) =>
        languages.some((one) => {
          const word = folded(wordOf(speaking(writing, one), path, name, value));
          return word === folded(typed) || word.replace(/费$/, "") === folded(typed).replace(/费$/, "");
        }),
      );
};

/** Reads pasted rows as answers of the budget; blank subjects and sources of merged cells are carried down and told. */
export const readPastedBudget = (writing: Writing, { text, unit, append }: Pasted): Reading => {
  const { facts, units } = writing;
  const faults: Reading["faults"] = [];
  const notices: Reading["notices"] = [];
  const fields: [string, string][] = [[`${path}.asked`, "1"]];
  const all = pastedRows(text).map((cells, at) => ({ cells, number: at + 1 }));
  const filled = all.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const [first] = filled;
  const layout = first === undefined ? null : layoutOf(writing, first.cells);
  const rows = layout === null ? filled : filled.slice(1);
  const columnOf = (name: Name): number => (layout === null ? order.indexOf(name) : (layout.get(name) ?? -1));
  const placeOf = (number: number, name: Name) => {
    const [zh = "", en = ""] = languages.map((one) => headOf(speaking(writing, one), path, name));
    return both(`粘贴的第 ${number} 行 ${zh}`, `pasted row ${number}, ${en}`);
  };
  // The head of the amounts may state a unit of its own.
  const amountHead = layout === null ? "" : folded(first?.cells[columnOf("amount")] ?? "");
  const stated = amountHead.includes("万元") ? "wan" : amountHead.endsWith("元") ? "yuan" : unit;
  if (stated !== unit)
    notices.push(
      both(
        `列名写的单位是${stated === "wan" ? "万元" : "元"}，金额按${stated === "wan" ? "万元" : "元"}读取。`,
        `The head of the column says ${stated === "wan" ? "ten thousand yuan" : "yuan"}; amounts were read so.`,
      ),
    );
  if (append) for (const [name, value] of fieldsOf(facts.content, path, units)) fields.push([name, value]);
  const taken = new Set(facts.content.budget.lines.map((one) => one.key));
  const carried: Record<"subject" | "source", string> = { subject: "", source: "" };
  const carriedRows = new Set<number>();
  const totals: number[] = [];
  const stamp = crypto.randomUUID().slice(0, 6);
  for (const { cells, number } of rows.slice(0, mostPasted)) {
    const cell = (name: Name) => cells[columnOf(name)] ?? "";
    // A row of totals is worked out by the form itself.
    if (cells.some((one) => /^(?:合计|总计|小计|total|sum)$/.test(folded(one)))) {
      totals.push(number);
      continue;
    }
    const key = `p${stamp}r${number}`;
    if (taken.has(key)) continue;
    fields.push([`${path}.row`, key]);
    for (const name of ["subject", "source"] as const) {
      const typed = cell(name);
      if (typed === "" && carried[name] !== "") carriedRows.add(number);
      const said = typed === "" ? carried[name] : typed;
      carried[name] = said;
      const code = said === "" ? "" : codeIn(writing, name, said);
      const field = `${path}.${key}.${name}`;
      fields.push([field, code ?? said]);
      if (code === undefined) {
        const [zh = "", en = ""] = languages.map((one) => {
          const own = speaking(writing, one);
          const column = columnsOf[path].find((known) => known.name === name);
          const values = column?.kind === "choice" ? column.values : [];
          return values.map((value) => wordOf(own, path, name, value)).join(one === "zh" ? "、" : ", ");
        });
        faults.push({
          place: placeOf(number, name),
          field,
          text: both(
            `“${said.slice(0, 60)}”不在可选范围内。请写成：${zh}。`,
            `“${said.slice(0, 60)}” is not one of: ${en}.`,
          ),
        });
      }
    }
    const amount = cell("amount");
    const hasUnit = /[元万]$/.test(amount.normalize("NFKC").trim());
    const typed = amount === "" || hasUnit || stated === "wan" ? amount : `${amount}元`;
    const field = `${path}.${key}.amount`;
    fields.push([field, typed], [`${path}.${key}.explanation`, cell("explanation")]);
    const isFormula = /^[=＝]/.test(amount);
    if (isFormula || readAmount(typed) === undefined) {
      const [zh = "", en = ""] = languages.map((one) => unreadText(speaking(writing, one), field, amount));
      faults.push({
        place: placeOf(number, "amount"),
        field,
        text: isFormula
          ? both(
              "这一格是公式。请在 Excel 里复制结果，粘贴数值。",
              "This is a formula. Paste its value instead.",
            )
          : both(zh, en),
      });
    }
    const extra = layout === null ? cells.slice(order.length).filter((one) => one !== "") : [];
    if (extra.length > 0)
      faults.push({
        place: both(`粘贴的第 ${number} 行`, `pasted row ${number}`),
        field: null,
        text: both(
          `这一行多出 ${extra.length} 格（“${extra[0]?.slice(0, 20) ?? ""}”）。请只复制科目、来源、金额、说明四列，或连列名一起复制。`,
          `This row has ${extra.length} cells too many (“${extra[0]?.slice(0, 20) ?? ""}”). Copy the four columns only, or copy their names too.`,
        ),
      });
  }
  if (rows.length > mostPasted)
    faults.push({
      place: both(
        `粘贴的第 ${rows[mostPasted]?.number ?? 0} 行`,
        `pasted row ${rows[mostPasted]?.number ?? 0}`,
      ),
      field: null,
      text: both(
        `一次最多粘贴 ${mostPasted} 行。请分几次粘贴。`,
        `${mostPasted} rows can be pasted at once. Paste them in several goes.`,
      ),
    });
  if (layout !== null)
    for (const name of ["subject", "amount"] as const)
      if (!layout.has(name))
        faults.push({
          place: both("粘贴的第 1 行", "pasted row 1"),
          field: null,
          text: both(
            `列名里没有“${headOf(speaking(writing, "zh"), path, name)}”。请补上这一列，或不带列名、按顺序粘贴四列。`,
            `The names of the columns lack “${headOf(speaking(writing, "en"), path, name)}”. Add it, or paste four columns in order without names.`,
          ),
        });
  const list = (numbers: Iterable<number>) => [...numbers].slice(0, 20).join("、");
  if (carriedRows.size > 0)
    notices.push(
      both(
        `空着的科目或来源沿用了上一行的（合并单元格）：第 ${list(carriedRows)} 行。请核对。`,
        `Blank subjects or sources were taken from the row above (merged cells): rows ${list(carriedRows)}. Please check.`,
      ),
    );
  if (totals.length > 0)
    notices.push(
      both(
        `合计行没有取入（平台自己合计）：第 ${list(totals)} 行。`,
        `Rows of totals were left out (the platform adds up itself): rows ${list(totals)}.`,
      ),
    );
  // What the form could not read either would stay behind as typed; here it is a fault, so nothing is half done.
  const { unread = {} } = readQuestions(new URLSearchParams(fields), [path], facts.content, units);
  for (const [field, typed] of Object.entries(unread))
    if (typed !== "" && facts.content.unread[field] !== typed && !faults.some((one) => one.field === field)) {
      const [zh = "", en = ""] = languages.map((one) => unreadText(speaking(writing, one), field, typed));
      faults.push({ place: both("粘贴的行", "pasted rows"), field, text: both(zh, en) });
    }
  return {
    kind: "paste",
    name: "",
    fields,
    paths: [path],
    base: {},
    category: facts.content.category,
    faults,
    notices,
    revisions: [],
    version: facts.draftVersion,
  };
};
