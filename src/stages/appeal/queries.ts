import { z } from "zod";
import type { Actor } from "../../core/permission/permission.ts";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { mustList } from "../acceptance/queries.ts";
import { labelOf } from "../application/view.ts";
import { visibleApplications } from "../application/visible.ts";

export type AppealRow = {
  readonly application: string;
  readonly label: string;
  readonly title: string;
  readonly unit: string;
  readonly state: ApplicationState;
  readonly grounds: string;
  readonly filedAt: number;
  readonly outcome: "UPHELD" | "DISMISSED" | null;
  readonly reason: string | null;
  readonly decidedAt: number | null;
  /** Somebody who had no part in the first decision. */
  readonly mayDecide: boolean;
};

/** Appeals that the actor may see, waiting ones first, the oldest first. */
export const appealsOf = async (
  platform: Platform,
  actor: Actor,
  application?: string,
): Promise<readonly AppealRow[]> => {
  const { funder } = platform;
  const database = platform.database.kysely;
  let query = database
    .selectFrom("appeal")
    .innerJoin("application", (on) =>
      on.onRef("application.funder", "=", "appeal.funder").onRef("application.id", "=", "appeal.application"),
    )
    .innerJoin("call", (on) =>
      on.onRef("call.funder", "=", "application.funder").onRef("call.id", "=", "application.call"),
    )
    .innerJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
    )
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "application.funder")
        .onRef("organization.id", "=", "application.lead_organization"),
    )
    .select([
      "appeal.application",
      "call.code",
      "application.number",
      "application.state",
      "draft.title",
      "organization.name_zh",
      "appeal.grounds",
      "appeal.filed_at",
      "appeal.outcome",
      "appeal.reason",
      "appeal.decided_at",
    ])
    .where("appeal.funder", "=", funder)
    .where(visibleApplications(platform, actor));
  if (application !== undefined) query = query.where("application.id", "=", application);
  const rows = await query.orderBy("appeal.filed_at").execute();
  const tied = await partsOf(platform, actor);
  return rows
    .map((row) => ({
      application: row.application,
      label: labelOf(row.code, row.number),
      title: row.title ?? "",
      unit: row.name_zh,
      state: row.state as ApplicationState,
      grounds: row.grounds,
      filedAt: row.filed_at,
      outcome: row.outcome,
      reason: row.reason,
      decidedAt: row.decided_at,
      mayDecide: row.outcome === null && !tied.has(row.application),
    }))
    .toSorted((a, b) => Number(a.outcome !== null) - Number(b.outcome !== null));
};

/** Applications in whose first decision the person had a part, themselves or by a lent role. */
const partsOf = async ({ database, funder }: Platform, actor: Actor): Promise<ReadonlySet<string>> => {
  const rows = await database.kysely
    .selectFrom("decision")
    .select("application")
    .where("funder", "=", funder)
    .where("action", "in", ["acceptance.refuse", "acceptance.requestCorrection"])
    .where((where) => where.or([where("by", "=", actor.account), where("acting_for", "=", actor.account)]))
    .union(
      database.kysely
        .selectFrom("advice")
        .select("application")
        .where("funder", "=", funder)
        .where((where) =>
          where.or([where("by", "=", actor.account ?? ""), where("acting_for", "=", actor.account)]),
        ),
    )
    .execute();
  return new Set(rows.map((one) => one.application));
};

export const appealList = defineQuery({
  name: "appeal.list",
  title: { zh: "复审", en: "Appeals" },
  input: z.strictObject({}),
  run: async (platform, actor) => {
    mustList(actor, "appeal.list");
    return { appeals: await appealsOf(platform, actor) };
  },
});
export const appealQueries = [appealList] as const;
