import { sql } from "kysely";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import { type Actor, may, type Subject } from "../../core/permission/permission.ts";
import { type Content, emptyContent } from "../../core/application/content.ts";
import type { Programme } from "../../core/policy/programme.ts";
import { type Call, callOf, type CallRow } from "../../platform/calls.ts";
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
  const rest = await besideOf(database, funder, row);
  const content = rest.content ?? emptyContent;
  const call = callOf(platform, { ...rest, id: row.call, version: rest.call_version });
  const { team, partners } = rest;
  const ties = tiesOf(rest.decisions);
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
    missed: row.missed,
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

type Beside = Omit<CallRow, "id" | "version"> & {
  readonly call_version: number;
  readonly content: Content | null;
  readonly draft_version: number | null;
  readonly saved_at: number | null;
  readonly name: string;
  readonly account: string | null;
  readonly name_zh: string;
  readonly uscc: string | null;
  readonly competent_department: string | null;
  readonly quota_group: string | null;
  readonly team: readonly string[];
  readonly partners: readonly string[];
  readonly decisions: readonly { readonly action: string; readonly by: string | null }[];
};

/**
 * What stands beside the row, in one statement that begins after the row is locked: draft (none once the content is destroyed), people,
 * unit, call; people of the platform among the members by the keyed hash of their number; decisions, the latest first.
 */
const besideOf = async (
  database: Queryable,
  funder: string,
  row: {
    readonly id: string;
    readonly investigator: string;
    readonly lead_organization: string;
    readonly call: string;
  },
): Promise<Beside> => {
  const { rows } = await sql<Beside>`
    select call.code, call.title, call.policy, call.policy_hash, call.apply_open_on, call.apply_close_on,
      call.recommend_close_on, call.accept_close_on, call.begun_before, call.version as call_version,
      draft.content, draft.version as draft_version, draft.saved_at, person.name, account.id as account,
      organization.name_zh, organization.uscc, organization.competent_department, organization.quota_group,
      coalesce((select jsonb_agg(member.id) from person member where member.funder = ${funder} and member.identity_hash in (
        select decode(one.value, 'hex') from jsonb_array_elements_text(draft.team) one)), '[]') as team,
      coalesce((select jsonb_agg(unit.id) from organization unit where unit.funder = ${funder} and unit.uscc in (
        select nullif(one.value, '') from jsonb_array_elements_text(draft.partners) one)), '[]') as partners,
      coalesce((select jsonb_agg(jsonb_build_object('action', decision.action, 'by', decision.by) order by decision.at desc)
        from decision where decision.funder = ${funder} and decision.application = ${row.id}), '[]') as decisions
    from person
    join organization on organization.funder = person.funder and organization.id = ${row.lead_organization}
    join call on call.funder = person.funder and call.id = ${row.call}
    left join draft on draft.funder = person.funder and draft.application = ${row.id}
    left join account on account.funder = person.funder and account.person = person.id
    where person.funder = ${funder} and person.id = ${row.investigator}`.execute(database);
  const [found] = rows;
  if (found === undefined) throw new Missing("application");
  return found;
};

/** Who took which step last: the next may have to be another person. */
const tiesOf = (decisions: Beside["decisions"]) => {
  const last = (...actions: readonly string[]) =>
    decisions.find((one) => actions.includes(one.action))?.by ?? null;
  return {
    initialReviewer: last("recommendation.pass", "recommendation.return"),
    firstDecider: last("acceptance.refuse", "acceptance.accept"),
    appealed: decisions.some((one) => one.action === "appeal.file"),
  };
};
