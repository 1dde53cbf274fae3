import { type Fault, holds, predicate, unknown } from "./predicate.ts";
import { none } from "./settings.ts";
import { count, money } from "../words.ts";

/** The lines paid by the city add up to the grant asked for. */
export const budgetEqualsGrant = predicate(
  none,
  ["total", "requested", "difference"],
  () =>
    ({ application: { budget, requestedGrant } }) => {
      if (budget === undefined || requestedGrant === undefined) return unknown;
      let total = 0;
      for (const line of budget.lines) if (line.source === "CITY") total += line.amount ?? 0;
      if (total === requestedGrant) return holds;
      return [
        {
          facts: {
            total: money(total),
            requested: money(requestedGrant),
            difference: money(Math.abs(total - requestedGrant)),
          },
        },
      ];
    },
);

/** No line of the budget has a negative amount. */
export const budgetNotNegative = predicate(
  none,
  ["number", "amount"],
  () =>
    ({ application: { budget } }) => {
      if (budget === undefined) return unknown;
      const faults: Fault[] = [];
      for (const [index, { amount }] of budget.lines.entries())
        if (typeof amount === "number" && amount < 0)
          faults.push({
            path: `budget.lines[${index}].amount`,
            facts: { number: count(index + 1), amount: money(amount) },
          });
      return faults;
    },
);
