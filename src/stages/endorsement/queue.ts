import { sql } from "kysely";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import type { Actor } from "../../core/permission/permission.ts";
import type { Call } from "../../platform/calls.ts";
import type { Ground } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { visibleApplications } from "../application/visible.ts";

/** Views of an institution's applications, what waits for its administrator first. */
export const views = {
  waiting: ["ORG_REVIEW"],
  correction: ["CORRECTION"],
  writing: ["DRAFT", "RETURNED_TO_PI"],
  endorsed: ["DEPT_REVIEW", "DEPT_PASSED"],
  recommended: ["RECOMMENDED", "ACCEPTANCE", "APPEAL"],
  accepted: [
    "ACCEPTED",
    "IN_REVIEW",
    "REVIEWED",
    "PROPOSED",
    "PUBLICITY",
    "OBJECTION_HOLD",
    "AWARDED",
    "NOT_AWARDED",
  ],
  ended: ["ORG_REJECTED", "DEPT_REJECTED", "NOT_ACCEPTED", "WITHDRAWN", "LAPSED", "PURGED"],
} as const satisfies Record<string, readonly ApplicationState[]>;
export type View = keyof typeof views;
export const isView = (name: string): name is View => Object.hasOwn(views, name);

export type QueueRow = {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly title: string;
  readonly investigator: string;
  readonly category: string | null;
  readonly field: string | null;
  /** Fen. */
  readonly requestedGrant: number | null;
  readonly state: ApplicationState;
  readonly submittedAt: number | null;
  readonly savedAt: number;
  readonly frozenVersion: number | null;
  readonly rank: number | null;
  readonly withdrawalRequested: boolean;
  readonly correctionDueAt: number | null;
  /** Whether the unit has sealed the version now frozen. */
  readonly sealed: boolean;
  /** What the rules found when it was submitted; the item's own page judges anew. */
  readonly findings: readonly Ground[];
};

export type QueueFilter = {
  readonly view: View;
  readonly category?: string;
  readonly text?: string;
  /** Numbers of applications, where only these are meant. */
  readonly numbers?: readonly number[];
};

const escaped = (text: string) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** How many applications of a unit stand in each view. */
export const countsOf = async (
  platform: Platform,
  actor: Actor,
  call: Call,
  organization: string,
): Promise<Readonly<Record<View, number>>> => {
  const rows = await platform.database.kysely
    .selectFrom("application")
    .select(["state", (count) => count.fn.countAll<string>().as("count")])
    .where("funder", "=", platform.funder)
    .where("call", "=", call.id)
    .where("lead_organization", "=", organization)
    .where(visibleApplications(platform, actor))
    .groupBy("state")
    .execute();
  return Object.fromEntries(
    (Object.keys(views) as View[]).map((view) => [
      view,
      rows
        .filter((one) => (views[view] as readonly string[]).includes(one.state))
        .reduce((total, one) => total + Number(one.count), 0),
    ]),
  ) as Record<View, number>;
};

/** A unit's applications in one view: those asked to be withdrawn first, then the latest submission first. */
export const queueOf = async (
  platform: Platform,
  actor: Actor,
  call: Call,
  organization: string,
  { view, category = "", text = "", numbers }: QueueFilter,
): Promise<readonly QueueRow[]> => {
  const { funder, database } = platform;
  let query = database.kysely
    .selectFrom("application")
    .innerJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
    )
    .innerJoin("person", (on) =>
      on
        .onRef("person.funder", "=", "application.funder")
        .onRef("person.id", "=", "application.investigator"),
    )
    .select([
      "application.id",
      "application.number",
      "application.version",
      "application.state",
      "application.submitted_at",
      "application.frozen_version",
      "application.rank",
      "application.withdrawal_requested_at",
      "application.correction_due_at",
      "draft.title",
      "draft.category",
      "draft.field",
      "draft.requested_grant",
      "draft.saved_at",
      "person.name",
    ])
    .where("application.funder", "=", funder)
    .where("application.call", "=", call.id)
    .where("application.lead_organization", "=", organization)
    .where("application.state", "in", [...views[view]])
    .where(visibleApplications(platform, actor));
  if (category !== "") query = query.where("draft.category", "=", category);
  if (numbers !== undefined)
    query = query.where("application.number", "in", numbers.length === 0 ? [0] : [...numbers]);
  if (text !== "") {
    const like = escaped(text);
    const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
    query = query.where((where) =>
      where.or([
        where("draft.title", "ilike", like),
        where("person.name", "ilike", like),
        where("application.number", "=", number),
      ]),
    );
  }
  const rows = await query
    .orderBy(sql`application.withdrawal_requested_at is null`)
    .orderBy(sql`coalesce(application.submitted_at, draft.saved_at)`, "desc")
    .orderBy("application.number")
    .execute();
  const ids = rows.map((one) => one.id);
  const [found, seals] =
    ids.length === 0
      ? [[], []]
      : await Promise.all([
          database.kysely
            .selectFrom("decision")
            .select(["application", "findings"])
            .where("funder", "=", funder)
            .where("application", "in", ids)
            .where("action", "=", "application.submit")
            .orderBy("at", "desc")
            .execute(),
          database.kysely
            .selectFrom("confirmation")
            .select(["application", "version"])
            .where("funder", "=", funder)
            .where("application", "in", ids)
            .where("kind", "=", "SEAL")
            .where("agreed", "=", true)
            .execute(),
        ]);
  return rows.map((one) => ({
    id: one.id,
    number: one.number,
    version: one.version,
    title: one.title ?? "",
    investigator: one.name,
    category: one.category,
    field: one.field,
    requestedGrant: one.requested_grant,
    state: one.state as ApplicationState,
    submittedAt: one.submitted_at,
    savedAt: one.saved_at,
    frozenVersion: one.frozen_version,
    rank: one.rank,
    withdrawalRequested: one.withdrawal_requested_at !== null,
    correctionDueAt: one.correction_due_at,
    sealed: seals.some((seal) => seal.application === one.id && seal.version === one.frozen_version),
    findings: (found.find((submit) => submit.application === one.id)?.findings ?? []) as Ground[],
  }));
};

export const internalDeadlineOf = async (
  platform: Platform,
  call: Call,
  organization: string,
): Promise<number | null> =>
  (
    await platform.database.kysely
      .selectFrom("internal_deadline")
      .select("close_at")
      .where("funder", "=", platform.funder)
      .where("call", "=", call.id)
      .where("organization", "=", organization)
      .executeTakeFirst()
  )?.close_at ?? null;

/** Another application that waits for the same administrator, or null: the next one to open. */
export const nextWaiting = async (
  platform: Platform,
  actor: Actor,
  call: Call,
  organization: string,
  except: string,
): Promise<string | null> =>
  (
    await platform.database.kysely
      .selectFrom("application")
      .select("id")
      .where("funder", "=", platform.funder)
      .where("call", "=", call.id)
      .where("lead_organization", "=", organization)
      .where("state", "=", "ORG_REVIEW")
      .where("id", "<>", except)
      .where(visibleApplications(platform, actor))
      .orderBy("submitted_at", "desc")
      .executeTakeFirst()
  )?.id ?? null;
