import type { Bilingual } from "../../core/policy/words.ts";
import type { Call } from "../../platform/calls.ts";
import type { Queryable } from "../../platform/database/connect.ts";

/** Places of one limited category of a quota group: recommended, on the way to the department, still with the units. */
export type QuotaUse = {
  readonly category: string;
  readonly title: Bilingual;
  /** Whose places: the group's title, or null for a unit that stands alone. */
  readonly group: Bilingual | null;
  readonly clause: string;
  readonly limit: number;
  readonly recommended: number;
  /** Endorsed by their institutions, not recommended yet. */
  readonly endorsed: number;
  readonly waiting: number;
};

export const usedOf = ({ recommended, endorsed }: QuotaUse): number => recommended + endorsed;

const onTheWay = ["DEPT_REVIEW", "DEPT_PASSED"];

/**
 * The use of every limited category by the whole quota group of a unit, at this moment. What was filed on paper takes its place.
 * A unit without a group stands alone. Only counts: nobody sees another unit's applications by it.
 */
export const quotaUseOf = async (
  database: Queryable,
  funder: string,
  call: Call,
  organization: string,
): Promise<readonly QuotaUse[]> => {
  const { quota, categories } = call.policy.programme;
  const limited = categories.filter((one) => one.quota);
  if (limited.length === 0) return [];
  const own = await database
    .selectFrom("organization")
    .select("quota_group")
    .where("funder", "=", funder)
    .where("id", "=", organization)
    .executeTakeFirstOrThrow();
  const id = own.quota_group;
  const group = quota.groups.find((one) => one.id === id);
  const { limit, clause } = group ?? quota.otherwise;
  const rows = await database
    .selectFrom("application")
    .innerJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
    )
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "application.funder")
        .onRef("organization.id", "=", "application.lead_organization"),
    )
    .select(["draft.category", "application.state", (count) => count.fn.countAll<string>().as("count")])
    .where("application.funder", "=", funder)
    .where("application.call", "=", call.id)
    .where(
      "draft.category",
      "in",
      limited.map((one) => one.code),
    )
    .where((where) =>
      id === null || id === ""
        ? where("application.lead_organization", "=", organization)
        : where("organization.quota_group", "=", id),
    )
    .groupBy(["draft.category", "application.state"])
    .execute();
  const outside = await database
    .selectFrom("off_platform")
    .select((count) => count.fn.countAll<string>().as("count"))
    .where("funder", "=", funder)
    .where("call", "=", call.id)
    .where("counts_in_quota", "=", true)
    .where("withdrawn_at", "is", null)
    .where((where) =>
      id === null || id === "" ? where("organization", "=", organization) : where("quota_group", "=", id),
    )
    .executeTakeFirstOrThrow();
  return limited.map((category, index) => {
    const sum = (states: readonly string[]) =>
      rows
        .filter((one) => one.category === category.code && states.includes(one.state))
        .reduce((total, one) => total + Number(one.count), 0);
    return {
      category: category.code,
      title: category.title,
      group: group?.title ?? null,
      clause,
      limit,
      // The paper register names no category: it takes its places in the first limited one.
      recommended: sum(quota.countedStates) + (index === 0 ? Number(outside.count) : 0),
      endorsed: sum(onTheWay),
      waiting: sum(["ORG_REVIEW"]),
    };
  });
};
