import { readQuestions } from "../../../core/application/entry.ts";
import { cellAt, type Sheet } from "../../../core/workbook/sheet.ts";
import { unreadText } from "../form/errors.ts";
import type { Writing } from "../form/writing.ts";
import { sheetTitle } from "./columns.ts";
import { workbookPlan } from "./plan.ts";
import { both, type Reading } from "./reading.ts";
import { judgeStamp } from "./stamp-judge.ts";
import { readStamp } from "./stamp.ts";
import { offlineWords } from "./words.ts";
import { type Collected, sameWords, spoken } from "./workbook-cells.ts";
import { stampSheet } from "./workbook-out.ts";
import { readRows } from "./workbook-rows.ts";
import { readSingle } from "./workbook-single.ts";

/** A workbook read as answers: each cell by the words at its head or side, wherever that stands. */

/** What the hidden sheet says, as names and values. */
export const stampEntriesIn = (sheets: readonly Sheet[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (sheets.find((one) => one.name === stampSheet)?.rows ?? []).map((row) => [
      cellAt(row, 1)?.text ?? "",
      cellAt(row, 2)?.text ?? "",
    ]),
  );

/** Reads the answers of a workbook; nothing is guessed, every fault has its cell. */
export const readWorkbookAnswers = (writing: Writing, sheets: readonly Sheet[], name: string): Reading => {
  const { facts, units } = writing;
  const stamp = readStamp(stampEntriesIn(sheets));
  const judged = judgeStamp(writing, stamp, "workbook");
  const into: Collected = {
    fields: [],
    faults: [...judged.faults],
    notices: [...judged.notices],
    placeOf: new Map(),
  };
  const paths: string[] = [];
  const reading = (): Reading => ({
    kind: "workbook",
    name,
    fields: into.fields,
    paths,
    base: { ...stamp?.base },
    category: facts.content.category,
    faults: into.faults,
    notices: into.notices,
    revisions: [],
    version: facts.draftVersion,
  });
  if (stamp === null || judged.faults.length > 0) return reading();
  const speakers = spoken(writing);
  const sheetCalled = (names: readonly string[]) =>
    sheets.find((one) => !one.isHidden && sameWords(names, one.name)) ??
    sheets.find((one) => sameWords(names, one.name));
  const plan = workbookPlan(writing);
  const missing: string[] = [];
  const basicNames = speakers.map((one) => offlineWords(one.frame.place).workbook.basic);
  const basic = sheetCalled(basicNames);
  if (basic === undefined) missing.push(basicNames[0] ?? "");
  else paths.push(...readSingle(writing, basic, into));
  for (const { path } of plan.sheets) {
    const names = speakers.map((one) => sheetTitle(one, path));
    const sheet = sheetCalled(names);
    if (sheet === undefined) missing.push(names[0] ?? "");
    else if (readRows(writing, sheet, path, stamp.serial, into)) paths.push(path);
  }
  if (missing.length > 0)
    into.notices.push(
      both(
        `没有找到这些工作表，平台上的内容保持不变：${missing.join("、")}。`,
        `These sheets were not found; what is on the platform stays: ${missing.join(", ")}.`,
      ),
    );
  // What the form could not read either is told at its cell.
  const known = new Set(into.faults.map((one) => one.field));
  const plain = paths.filter((path) => path !== "direction");
  const { unread = {} } = readQuestions(new URLSearchParams(into.fields), plain, facts.content, units);
  for (const [field, typed] of Object.entries(unread))
    if (typed !== "" && !known.has(field)) {
      const [zh = "", en = ""] = speakers.map((one) => unreadText(one, field, typed));
      into.faults.push({ place: into.placeOf.get(field) ?? both(field, field), field, text: both(zh, en) });
    }
  return reading();
};
