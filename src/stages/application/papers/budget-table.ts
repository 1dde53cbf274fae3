import { budgetSubjects, type Content, fundingSources } from "../../../core/application/content.ts";
import { money, sayFact } from "../../../core/policy/words.ts";
import { budgetSubjectTitles, fundingSourceTitles } from "../view-titles.ts";

/** A table of a paper: cells are texts, or the lines of one. */
export type Sheet = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | readonly string[])[])[];
  readonly total?: readonly string[];
};

type Line = Content["budget"]["lines"][number];

/** An amount in 万元 without its unit, exact to the fen; nothing for nothing. */
export const tenThousands = (fen: number | null): string =>
  fen === null ? "" : sayFact(money(fen), "zh").replace(/ 万元$/, "");

const sumOf = (lines: readonly Line[]) => lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0);

/** Subject by source, in 万元. What has no subject or no source yet stands in a row or a column of its own. */
export const budgetSummary = (lines: readonly Line[]): Sheet => {
  const sources = [...fundingSources, ...(lines.some(({ source }) => source === null) ? [null] : [])];
  const subjects = [...budgetSubjects, ...(lines.some(({ subject }) => subject === null) ? [null] : [])];
  return {
    head: [
      "科目",
      ...sources.map((source) => (source === null ? "未选来源" : fundingSourceTitles[source].zh)),
      "合计",
    ],
    rows: subjects.map((subject) =>
      [subject === null ? "未选科目" : budgetSubjectTitles[subject].zh].concat(
        sumsOf(
          lines.filter((line) => line.subject === subject),
          sources,
        ).map((fen) => (fen === 0 ? "" : tenThousands(fen))),
      ),
    ),
    total: ["合计", ...sumsOf(lines, sources).map(tenThousands)],
  };
};

/** The sum of each source, and of all. */
const sumsOf = (lines: readonly Line[], sources: readonly Line["source"][]): readonly number[] => [
  ...sources.map((source) => sumOf(lines.filter((line) => line.source === source))),
  sumOf(lines),
];

/** Every line with how it was reckoned. `unread`: amounts that were typed and not understood, by path. */
export const budgetLines = (lines: readonly Line[], unread: Content["unread"]): Sheet => ({
  head: ["序号", "科目", "来源", "金额（万元）", "测算依据与说明"],
  rows: lines.map(({ key, subject, source, amount, explanation }, index) => {
    const typed = unread[`budget.lines.${key}.amount`];
    return [
      String(index + 1),
      subject === null ? "" : budgetSubjectTitles[subject].zh,
      source === null ? "" : fundingSourceTitles[source].zh,
      typed === undefined ? tenThousands(amount) : `${typed}（未能识别）`,
      explanation.split(/\r?\n/),
    ];
  }),
});
