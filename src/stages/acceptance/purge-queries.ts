import { z } from "zod";
import type { Actor } from "../../core/permission/permission.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { labelOf } from "../application/view.ts";
import { mustList } from "./queries.ts";

/** A destruction proposed or done. No title and no unit: what is to be destroyed is not shown once more. */
export type PurgeRow = {
  readonly id: string;
  readonly application: string;
  readonly label: string;
  readonly version: number;
  readonly reason: string;
  readonly proposedAt: number;
  readonly confirmedAt: number | null;
  /** Another security administrator than the one who proposed it. */
  readonly mayConfirm: boolean;
};

export const purgesOf = async (
  { database, funder }: Platform,
  actor: Actor,
): Promise<readonly PurgeRow[]> => {
  const rows = await database.kysely
    .selectFrom("purge")
    .innerJoin("application", (on) =>
      on.onRef("application.funder", "=", "purge.funder").onRef("application.id", "=", "purge.application"),
    )
    .innerJoin("call", (on) =>
      on.onRef("call.funder", "=", "application.funder").onRef("call.id", "=", "application.call"),
    )
    .select([
      "purge.id",
      "purge.application",
      "call.code",
      "application.number",
      "application.version",
      "purge.reason",
      "purge.proposed_at",
      "purge.proposed_by",
      "purge.proposed_for",
      "purge.confirmed_at",
    ])
    .where("purge.funder", "=", funder)
    .orderBy("purge.proposed_at", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    application: row.application,
    label: labelOf(row.code, row.number),
    version: row.version,
    reason: row.reason,
    proposedAt: row.proposed_at,
    confirmedAt: row.confirmed_at,
    mayConfirm:
      row.confirmed_at === null && ![row.proposed_by, row.proposed_for].includes(actor.account ?? ""),
  }));
};

/** The application that a label (`<call>-<number>`) names, or null. */
export const applicationLabelled = async (
  { database, funder }: Platform,
  label: string,
): Promise<string | null> => {
  const [, code, number] = /^(.{1,40})-(\d{1,6})$/u.exec(label) ?? [];
  if (code === undefined) return null;
  const row = await database.kysely
    .selectFrom("application")
    .innerJoin("call", (on) =>
      on.onRef("call.funder", "=", "application.funder").onRef("call.id", "=", "application.call"),
    )
    .select("application.id")
    .where("application.funder", "=", funder)
    .where("call.code", "=", code)
    .where("application.number", "=", Number(number))
    .executeTakeFirst();
  return row?.id ?? null;
};

export const purgeList = defineQuery({
  name: "purge.list",
  title: { zh: "涉密清除", en: "Destructions" },
  input: z.strictObject({}),
  run: async (platform, actor) => {
    mustList(actor, "purge.list");
    return { purges: await purgesOf(platform, actor) };
  },
});
