import { sizeText } from "../file-size.ts";
import { type Answer, answersOf } from "../view-answers.ts";
import { attachmentTitles } from "../view-titles.ts";
import { budgetLines, budgetSummary, type Sheet } from "./budget-table.ts";
import { headOf, type PaperHead } from "./head.ts";
import { leadOf, type PaperFile, type PaperSource } from "./source.ts";

/** 申报书: the head, and every question as it was worded when it was filed, with its answer. */
export type ApplicationFormData = PaperHead & {
  readonly sections: readonly { readonly title: string; readonly questions: readonly PaperQuestion[] }[];
};

/** `short`: label and value stand in one row; `long`: a heading with its text; otherwise tables. */
export type PaperQuestion = {
  readonly title: string;
  readonly path: string;
  readonly shape: "short" | "long" | "sheets";
  readonly lines: readonly string[];
  readonly sheets: readonly Sheet[];
};

export const applicationForm = (source: PaperSource): ApplicationFormData => {
  const { facts, content, worded } = source;
  const kinds = new Map(
    worded.sections.flatMap(({ id, questions }) =>
      questions.map((one) => [`${id} ${one.id}`, one.kind] as const),
    ),
  );
  return {
    ...headOf(source),
    sections: answersOf(facts.call.policy, content, worded, leadOf(source), "zh").map(
      ({ id, title, questions }) => ({
        title,
        questions: questions.map((one) => ({
          title: one.title,
          path: one.path,
          ...shapeOf(source, one.path, one.answer, kinds.get(`${id} ${one.id}`) ?? ""),
        })),
      }),
    ),
  };
};

const shapeOf = (
  source: PaperSource,
  path: string,
  answer: Answer,
  kind: string,
): Pick<PaperQuestion, "shape" | "lines" | "sheets"> => {
  const { content, files } = source;
  const sheets = (...made: readonly Sheet[]) => ({
    shape: "sheets" as const,
    lines: [],
    sheets: made.filter(({ rows }) => rows.length > 0),
  });
  if (answer.kind === "files")
    return sheets(filesSheet(files.filter(({ type }) => answer.only === null || type === answer.only)));
  if (answer.kind === "text")
    return { shape: kind === "narrative" ? "long" : "short", lines: answer.lines, sheets: [] };
  if (path === "budget.lines") {
    const { lines } = content.budget;
    return lines.length === 0 ? sheets() : sheets(budgetSummary(lines), budgetLines(lines, content.unread));
  }
  const rows = answer.rows.map(({ cells }) => cells);
  return path === "members"
    ? sheets(membersSheet(answer.head, rows))
    : sheets({ head: answer.head, rows: rows.map((cells) => cells.map((cell) => cell.split(/\r?\n/))) });
};

/** Eight columns do not fit the sheet: number stands below name, part below title. */
const membersSheet = (head: readonly string[], rows: readonly (readonly string[])[]): Sheet => {
  const fold = (cells: readonly string[]) => {
    const [name = "", number = "", unit = "", title = "", part = "", task = "", months = "", consent = ""] =
      cells;
    return { name, number, unit, title, part, task, months, consent };
  };
  const names = fold(head);
  return {
    head: [
      `${names.name}、${names.number}`,
      names.unit,
      `${names.title}、${names.part}`,
      names.task,
      names.months,
      names.consent,
    ],
    rows: rows
      .map(fold)
      .map(({ name, number, unit, title, part, task, months, consent }) => [
        [name, number],
        unit,
        [title, part],
        task.split(/\r?\n/),
        months,
        consent,
      ]),
  };
};

const filesSheet = (files: readonly PaperFile[]): Sheet => ({
  head: ["序号", "类型", "文件名", "大小", "摘要前 16 位"],
  rows: files.map(({ type, filename, size, sha256 }, index) => [
    String(index + 1),
    attachmentTitles[type]?.zh ?? type,
    filename,
    sizeText(size),
    sha256.slice(0, 16),
  ]),
});
