import { sql } from "kysely";
import { z } from "zod";
import { type ApplicationState, applicationStates } from "../../core/lifecycle/application.ts";
import { type Actor, may } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { type Call, callsOf } from "../../platform/calls.ts";
import { Denied } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { labelOf } from "../application/view.ts";
import { visibleApplications } from "../application/visible.ts";

/** One application as the desk lists it. */
export type DeskRow = {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly unit: string;
  readonly investigator: string;
  readonly category: { readonly code: string; readonly title: Bilingual } | null;
  readonly field: Bilingual | null;
  readonly grant: number | null;
  readonly division: string | null;
  readonly state: ApplicationState;
  readonly letter: string | null;
  readonly corrected: boolean;
  readonly acceptanceNumber: string | null;
  /** First instant at which it is too late for the step that is waited for; null where none is. */
  readonly due: number | null;
  readonly recommendedAt: number | null;
};

/** What the desk shows at once: waiting for an officer, waiting for the unit, decided. */
export const deskViews = {
  waiting: ["RECOMMENDED", "ACCEPTANCE"],
  correction: ["CORRECTION"],
  accepted: ["ACCEPTED"],
  refused: ["NOT_ACCEPTED", "APPEAL"],
} as const satisfies Record<string, readonly ApplicationState[]>;
export type DeskView = keyof typeof deskViews;

/** One view of the desk, of one division or of all (""). */
export const inView = (rows: readonly DeskRow[], view: DeskView, division: string): readonly DeskRow[] =>
  rows.filter(
    (one) =>
      (division === "" || one.division === division) &&
      (deskViews[view] as readonly string[]).includes(one.state),
  );

/** Denied to who has no business with the list: the page behind it is then not there. */
export const mustList = (actor: Actor, list: string): void => {
  const permission = may(list, actor, {});
  if (!permission.allowed) throw new Denied(permission.reason);
};

const dueOf = (state: ApplicationState, call: Call, correctionDue: number | null): number | null =>
  state === "CORRECTION"
    ? correctionDue
    : state === "ACCEPTANCE" || state === "RECOMMENDED"
      ? call.acceptClosesAt
      : null;

/** Everything that has come to the desk and that the actor may see, what is due first first. */
export const deskOf = async (platform: Platform, actor: Actor): Promise<readonly DeskRow[]> => {
  const { funder } = platform;
  const database = platform.database.kysely;
  const calls = new Map((await callsOf(platform, database)).map((call) => [call.id, call]));
  const rows = await database
    .selectFrom("application")
    .innerJoin("application_version as filed", (on) =>
      on
        .onRef("filed.funder", "=", "application.funder")
        .onRef("filed.application", "=", "application.id")
        .onRef("filed.number", "=", "application.frozen_version"),
    )
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "application.funder")
        .onRef("organization.id", "=", "application.lead_organization"),
    )
    .innerJoin("person", (on) =>
      on
        .onRef("person.funder", "=", "application.funder")
        .onRef("person.id", "=", "application.investigator"),
    )
    .leftJoin("batch_item", (on) =>
      on
        .onRef("batch_item.funder", "=", "application.funder")
        .onRef("batch_item.application", "=", "application.id")
        .on("batch_item.living", "=", true),
    )
    .leftJoin("batch", (on) =>
      on.onRef("batch.funder", "=", "batch_item.funder").onRef("batch.id", "=", "batch_item.batch"),
    )
    .select([
      "application.id",
      "application.number",
      "application.call",
      "application.state",
      "application.division",
      "application.corrected",
      "application.acceptance_number",
      "application.correction_due_at",
      "application.recommended_at",
      "organization.name_zh",
      "person.name",
      "batch.letter_number",
      sql<string | null>`filed.content ->> \'title\'`.as("title"),
      sql<string | null>`filed.content ->> \'category\'`.as("category"),
      sql<string | null>`filed.content ->> \'field\'`.as("field"),
      sql<string | null>`filed.content ->> \'requestedGrant\'`.as("grant"),
    ])
    .where("application.funder", "=", funder)
    .where("application.recommended_at", "is not", null)
    .where("application.state", "in", Object.values(deskViews).flat())
    .where(visibleApplications(platform, actor))
    .execute();
  return rows
    .flatMap((row): readonly DeskRow[] => {
      const call = calls.get(row.call);
      if (call === undefined) return [];
      const category = call.policy.programme.categories.find((one) => one.code === row.category);
      const state = row.state as ApplicationState;
      return [
        {
          id: row.id,
          label: labelOf(call.code, row.number),
          title: row.title ?? "",
          unit: row.name_zh,
          investigator: row.name,
          category: category === undefined ? null : { code: category.code, title: category.title },
          field: category?.fields.find((one) => one.code === row.field)?.title ?? null,
          grant: row.grant === null ? null : Number(row.grant),
          division: row.division,
          state,
          letter: row.letter_number,
          corrected: row.corrected,
          acceptanceNumber: row.acceptance_number,
          due: dueOf(state, call, row.correction_due_at),
          recommendedAt: row.recommended_at,
        },
      ];
    })
    .toSorted((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity) || a.label.localeCompare(b.label));
};

export const acceptanceList = defineQuery({
  name: "acceptance.list",
  title: { zh: "受理台的申报", en: "Applications at the acceptance desk" },
  input: z.strictObject({
    division: z.string().max(40).optional(),
    state: z.enum(Object.keys(applicationStates) as [ApplicationState]).optional(),
  }),
  run: async (platform, actor, { division, state }) => {
    mustList(actor, "acceptance.list");
    const rows = await deskOf(platform, actor);
    return {
      applications: rows.filter(
        (one) =>
          (division === undefined || one.division === division) &&
          (state === undefined || one.state === state),
      ),
    };
  },
});
