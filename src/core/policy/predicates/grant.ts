import { holds, predicate, unknown } from "./predicate.ts";
import { none } from "./settings.ts";
import { money, text } from "../words.ts";

/** The grant asked for does not exceed the category's ceiling (inclusive); the fault cites the ceiling's clause. */
export const grantWithinCeiling = predicate(
  none,
  ["requested", "ceiling", "excess", "category"],
  () =>
    ({ application: { requestedGrant }, category }) => {
      if (requestedGrant === undefined || category === undefined) return unknown;
      const { amount, clause } = category.ceiling;
      if (requestedGrant <= amount) return holds;
      return [
        {
          clause,
          facts: {
            requested: money(requestedGrant),
            ceiling: money(amount),
            excess: money(requestedGrant - amount),
            category: text(category.title),
          },
        },
      ];
    },
);

/** The grant asked for is above zero. */
export const grantPositive = predicate(
  none,
  ["requested"],
  () =>
    ({ application: { requestedGrant }, category }) => {
      if (requestedGrant === undefined) return unknown;
      if (requestedGrant > 0) return holds;
      return [
        { ...(category && { clause: category.ceiling.clause }), facts: { requested: money(requestedGrant) } },
      ];
    },
);
