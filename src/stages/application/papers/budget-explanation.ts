import { budgetLines, budgetSummary, type Sheet, tenThousands } from "./budget-table.ts";
import { headOf, type PaperHead } from "./head.ts";
import type { PaperSource } from "./source.ts";

/** 预算说明书: the sums by subject and source, and how each line was reckoned. */
export type BudgetExplanationData = PaperHead & {
  readonly summary: Sheet;
  readonly lines: Sheet;
  /** What partners get, in 万元. */
  readonly shares: Sheet;
};

export const budgetExplanation = (source: PaperSource): BudgetExplanationData => {
  const { budget, unread, partners } = source.content;
  return {
    ...headOf(source),
    summary: budgetSummary(budget.lines),
    lines: budgetLines(budget.lines, unread),
    shares: {
      head: ["合作单位", "分工", "分配经费（万元）"],
      rows: partners.map(({ name, tasks, share }) => [name, tasks.split(/\r?\n/), tenThousands(share)]),
    },
  };
};
