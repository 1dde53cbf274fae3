import type { ApplicationState } from "../../core/lifecycle/application.ts";
import { type Actor, may, type Subject } from "../../core/permission/permission.ts";
import { type Content, emptyContent } from "../../core/application/content.ts";
import type { Programme } from "../../core/policy/programme.ts";
import { type Call, callById } from "../../platform/calls.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import { Missing } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";

/** An application as actions and pages see it: its row, what is written, whose it is, and the call with its pack. */
export type ApplicationFacts = {
  readonly id: string;
  readonly number: number;
  readonly state: ApplicationState;
  readonly version: number;
  readonly call: Call;
  readonly content: Content;
  readonly draftVersion: number;
  readonly savedAt: number;
  readonly investigator: {
    readonly person: string;
    readonly account: string | null;
    readonly name: string;
    readonly hash: Buffer;
  };
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly uscc: string;
    readonly department: string | null;
    readonly quotaGroup: string | null;
  };
  readonly division: string | null;
  readonly quotaGroup: string | null;
  readonly frozenVersion: number | null;
  readonly rank: number | null;
  readonly receiptNumber: string | null;
  readonly acceptanceNumber: string | null;
  readonly missed: "SUBMIT" | "ENDORSE" | "INITIAL_REVIEW" | "RECOMMEND" | null;
  readonly createdAt: number;
  readonly submittedAt: number | null;
  readonly endorsedAt: number | null;
  readonly recommendedAt: number | null;
  readonly decidedAt: number | null;
  readonly corrected: boolean;
  readonly correctionDueAt: number | null;
  readonly correctionFields: readonly string[];
  readonly appealDueAt: number | null;
  readonly withdrawalRequestedAt: number | null;
  readonly withdrawalReason: string | null;
  readonly subject: Subject;
};

/** The division that answers for a category and a field; null where the pack names none. */
export const divisionOf = (
  programme: Programme,
  category: string | null,
  field: string | null,
): string | null =>
  programme.categories.find((one) => one.code === category)?.fields.find((one) => one.code === field)
    ?.division ?? null;

/**
 * Reads an application, locked when it is about to change. Throws `Missing` where it is not there or the actor may not see it,
 * so that nobody learns which.
 */
export const applicationFacts = async (
  platform: Platform,
  database: Queryable,
  actor: Actor | "system",
  id: string,
  lock: "update" | "none" = "none",
): Promise<ApplicationFacts> => {
  const { funder } = platform;
  let query = database
    .selectFrom("application")
    .selectAll()
    .where("funder", "=", funder)
    .where("id", "=", id);
  if (lock === "update") query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Missing("application");
  const rest = await database
    .selectFrom("person")
    .innerJoin("organization", (on) =>
      on.onRef("organization.funder", "=", "person.funder").on("organization.id", "=", row.lead_organization),
    )
    // Destroyed content has no draft: what remains is the frame.
    .leftJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "person.funder").on("draft.application", "=", id),
    )
    .leftJoin("account", (on) =>
      on.onRef("account.funder", "=", "person.funder").onRef("account.person", "=", "person.id"),
    )
    .select([
      "draft.content",
      "draft.version as draft_version",
      "draft.saved_at",
      "person.name",
      "account.id as account",
      "organization.name_zh",
      "organization.uscc",
      "organization.competent_department",
      "organization.quota_group",
    ])
    .where("person.funder", "=", funder)
    .where("person.id", "=", row.investigator)
    .executeTakeFirstOrThrow();
  const content = (rest.content as Content | null) ?? emptyContent;
  const call = await callById(platform, database, row.call);
  const [team, partners, ties] = await Promise.all([
    teamOf(database, funder, content),
    partnersOf(database, funder, content),
    tiesOf(database, funder, id),
  ]);
  const division = row.division ?? divisionOf(call.policy.programme, content.category, content.field);
  const subject: Subject = {
    investigator: row.investigator,
    organization: row.lead_organization,
    department: rest.competent_department,
    division,
    team,
    partners,
    filed: row.frozen_version !== null,
    endorsed: row.endorsed_at !== null,
    recommended: row.recommended_at !== null,
    appealed: row.state === "APPEAL" || ties.appealed,
    ties: {
      investigator: rest.account,
      initialReviewer: ties.initialReviewer,
      firstDecider: ties.firstDecider,
    },
  };
  if (actor !== "system" && !may("application.read", actor, subject).allowed)
    throw new Missing("application");
  return {
    id,
    number: row.number,
    state: row.state as ApplicationState,
    version: row.version,
    call,
    content,
    draftVersion: rest.draft_version ?? 0,
    savedAt: rest.saved_at ?? row.updated_at,
    investigator: {
      person: row.investigator,
      account: rest.account,
      name: rest.name,
      hash: row.investigator_hash,
    },
    organization: {
      id: row.lead_organization,
      name: rest.name_zh,
      uscc: rest.uscc ?? "",
      department: rest.competent_department,
      quotaGroup: rest.quota_group,
    },
    division,
    quotaGroup: row.quota_group,
    frozenVersion: row.frozen_version,
    rank: row.rank,
    receiptNumber: row.receipt_number,
    acceptanceNumber: row.acceptance_number,
    missed: row.missed as ApplicationFacts["missed"],
    createdAt: row.created_at,
    submittedAt: row.submitted_at,
    endorsedAt: row.endorsed_at,
    recommendedAt: row.recommended_at,
    decidedAt: row.decided_at,
    corrected: row.corrected,
    correctionDueAt: row.correction_due_at,
    correctionFields: (row.correction_fields ?? []) as readonly string[],
    appealDueAt: row.appeal_due_at,
    withdrawalRequestedAt: row.withdrawal_requested_at,
    withdrawalReason: row.withdrawal_reason,
    subject,
  };
};

/** People of the platform among the members, found by the keyed hash of their number. */
const teamOf = async (database: Queryable, funder: string, content: Content): Promise<readonly string[]> => {
  const hashes = content.members.flatMap(({ identity }) =>
    identity === null ? [] : [Buffer.from(identity.hash, "hex")],
  );
  if (hashes.length === 0) return [];
  const rows = await database
    .selectFrom("person")
    .select("id")
    .where("funder", "=", funder)
    .where("identity_hash", "in", hashes)
    .execute();
  return rows.map((one) => one.id);
};

const partnersOf = async (
  database: Queryable,
  funder: string,
  content: Content,
): Promise<readonly string[]> => {
  const codes = content.partners.flatMap(({ uscc }) => (uscc === null || uscc === "" ? [] : [uscc]));
  if (codes.length === 0) return [];
  const rows = await database
    .selectFrom("organization")
    .select("id")
    .where("funder", "=", funder)
    .where("uscc", "in", codes)
    .execute();
  return rows.map((one) => one.id);
};

/** Who took which step last: the next may have to be another person. */
const tiesOf = async (database: Queryable, funder: string, application: string) => {
  const rows = await database
    .selectFrom("decision")
    .select(["action", "by"])
    .where("funder", "=", funder)
    .where("application", "=", application)
    .orderBy("at", "desc")
    .execute();
  const last = (...actions: readonly string[]) =>
    rows.find((one) => actions.includes(one.action))?.by ?? null;
  return {
    initialReviewer: last("recommendation.pass", "recommendation.return"),
    firstDecider: last("acceptance.refuse", "acceptance.accept"),
    appealed: rows.some((one) => one.action === "appeal.file"),
  };
};
