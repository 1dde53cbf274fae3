import { z } from "zod";
import type { Worded } from "../../core/application/worded.ts";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import type { Actor } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { stages } from "../../core/policy/stage.ts";
import { platformNow } from "../../platform/action.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { groundsOf, judgeApplication } from "./casefile.ts";
import type { Content } from "../../core/application/content.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import { type Lead, openContent, type OpenContent } from "./view-answers.ts";
import { actionsNow, mayReadDraft } from "./view-may.ts";
import { type Standing, standingOf } from "./view-standing.ts";

/** One application as somebody who may see it reads it. Identity numbers are masked. */
export type ApplicationView = {
  readonly id: string;
  /** `<call>-<number>`, as it is said on the telephone. */
  readonly label: string;
  readonly state: ApplicationState;
  readonly version: number;
  readonly draftVersion: number;
  readonly savedAt: number;
  readonly call: { readonly id: string; readonly code: string; readonly title: Bilingual };
  readonly content: OpenContent;
  /** The frozen version that is shown, or null where it is the draft. */
  readonly shown: number | null;
  readonly worded: Worded | null;
  readonly frozenVersion: number | null;
  readonly lead: Lead;
  readonly organization: { readonly id: string; readonly name: string; readonly uscc: string };
  readonly department: string | null;
  readonly division: { readonly code: string; readonly title: Bilingual } | null;
  readonly receiptNumber: string | null;
  readonly acceptanceNumber: string | null;
  readonly missed: ApplicationFacts["missed"];
  readonly createdAt: number;
  readonly submittedAt: number | null;
  readonly endorsedAt: number | null;
  readonly recommendedAt: number | null;
  readonly decidedAt: number | null;
  readonly correctionFields: readonly string[];
  readonly withdrawalRequestedAt: number | null;
  readonly standing: Standing;
  readonly attachments: readonly AttachmentView[];
  readonly confirmations: readonly ConfirmationView[];
  /** Actions that the reader may perform in this state. */
  readonly mayDo: readonly string[];
};

export type AttachmentView = {
  readonly id: string;
  readonly type: string;
  readonly filename: string;
  readonly size: number;
  readonly mime: string;
  readonly note: string;
  readonly uploadedAt: number;
};
export type ConfirmationView = {
  readonly kind: string;
  readonly agreed: boolean;
  readonly version: number;
  /** A person's or a unit's name, where the content names it. */
  readonly party: string;
  readonly remark: string;
  readonly at: number;
};

export const labelOf = (call: string, number: number): string => `${call}-${String(number).padStart(4, "0")}`;

/** Reads it with everything that hangs on it. Throws `Missing` where the actor may not see it. */
export const viewOf = async (
  platform: Platform,
  actor: Actor,
  application: string,
): Promise<{ readonly facts: ApplicationFacts; readonly view: ApplicationView }> => {
  const database = platform.database.kysely;
  const facts = await applicationFacts(platform, database, actor, application);
  const shown = await shownOf(platform, database, actor, facts);
  const [{ lead, department, internal }, attachments, confirmations] = await Promise.all([
    frameOf(database, platform.funder, facts),
    attachmentsOf(database, platform.funder, facts.id),
    confirmationsOf(database, platform.funder, facts),
  ]);
  const division = facts.call.policy.programme.divisions.find(({ code }) => code === facts.division) ?? null;
  const { call, organization } = facts;
  return {
    facts,
    view: {
      id: facts.id,
      label: labelOf(call.code, facts.number),
      state: facts.state,
      version: facts.version,
      draftVersion: facts.draftVersion,
      savedAt: facts.savedAt,
      call: { id: call.id, code: call.code, title: call.title },
      content: openContent(shown.content),
      shown: shown.number,
      worded: shown.worded,
      frozenVersion: facts.frozenVersion,
      lead,
      organization: { id: organization.id, name: organization.name, uscc: organization.uscc },
      department,
      division,
      receiptNumber: facts.receiptNumber,
      acceptanceNumber: facts.acceptanceNumber,
      missed: facts.missed,
      createdAt: facts.createdAt,
      submittedAt: facts.submittedAt,
      endorsedAt: facts.endorsedAt,
      recommendedAt: facts.recommendedAt,
      decidedAt: facts.decidedAt,
      correctionFields: facts.correctionFields,
      withdrawalRequestedAt: facts.withdrawalRequestedAt,
      standing: standingOf(facts, internal),
      attachments,
      confirmations,
      mayDo: actionsNow(actor, facts),
    },
  };
};

const editing = new Set<ApplicationState>(["DRAFT", "RETURNED_TO_PI", "CORRECTION"]);

/** What of it may be read: the draft while it is written, by those who share in it; otherwise what was filed last. */
export const shownOf = async (
  platform: Platform,
  database: Queryable,
  actor: Actor,
  facts: ApplicationFacts,
): Promise<{ readonly content: Content; readonly number: number | null; readonly worded: Worded | null }> => {
  const draft = { content: facts.content, number: null, worded: null };
  if (facts.frozenVersion === null || (editing.has(facts.state) && mayReadDraft(actor, facts))) return draft;
  const row = await database
    .selectFrom("application_version")
    .select(["content", "worded", "number"])
    .where("funder", "=", platform.funder)
    .where("application", "=", facts.id)
    .where("number", "=", facts.frozenVersion)
    .executeTakeFirst();
  return row === undefined
    ? draft
    : { content: row.content as Content, number: row.number, worded: row.worded as Worded };
};

/** Who leads it, the department above the unit, and the unit's own deadline, in one statement. */
const frameOf = async (
  database: Queryable,
  funder: string,
  { call, investigator, organization }: ApplicationFacts,
) => {
  const row = await database
    .selectFrom("person")
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "person.funder")
        .on("organization.id", "=", organization.department),
    )
    .leftJoin("internal_deadline", (on) =>
      on
        .onRef("internal_deadline.funder", "=", "person.funder")
        .on("internal_deadline.call", "=", call.id)
        .on("internal_deadline.organization", "=", organization.id),
    )
    .select([
      "person.name",
      "person.title_level",
      "person.degree",
      "person.identity_mask",
      "organization.name_zh as department",
      "internal_deadline.close_at as internal",
    ])
    .where("person.funder", "=", funder)
    .where("person.id", "=", investigator.person)
    .executeTakeFirstOrThrow();
  const lead: Lead = {
    name: row.name,
    titleLevel: row.title_level as Lead["titleLevel"],
    degree: row.degree as Lead["degree"],
    identity: row.identity_mask,
    organization: organization.name,
  };
  return { lead, department: row.department, internal: row.internal };
};

const attachmentsOf = (
  database: Queryable,
  funder: string,
  application: string,
): Promise<readonly AttachmentView[]> =>
  database
    .selectFrom("attachment")
    .innerJoin("stored_file", (on) =>
      on
        .onRef("stored_file.funder", "=", "attachment.funder")
        .onRef("stored_file.sha256", "=", "attachment.file"),
    )
    .select(["attachment.id", "type", "filename", "size", "mime", "note", "uploaded_at as uploadedAt"])
    .where("attachment.funder", "=", funder)
    .where("attachment.application", "=", application)
    .where("attachment.removed_at", "is", null)
    .orderBy("attachment.uploaded_at")
    .orderBy("attachment.id")
    .execute();

export const confirmationsOf = async (
  database: Queryable,
  funder: string,
  facts: ApplicationFacts,
): Promise<readonly ConfirmationView[]> => {
  const rows = await database
    .selectFrom("confirmation")
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "confirmation.funder")
        .on((join) =>
          join.eb(join.cast<string>("organization.id", "text"), "=", join.ref("confirmation.party")),
        ),
    )
    .select(["confirmation.kind", "agreed", "confirmation.version", "party", "remark", "at", "name_zh"])
    .where("confirmation.funder", "=", funder)
    .where("application", "=", facts.id)
    .orderBy("at")
    .orderBy("confirmation.id")
    .execute();
  const names = new Map(
    facts.content.members.flatMap(({ identity, name }) =>
      identity === null ? [] : [[identity.hash, name] as const],
    ),
  );
  return rows.map(({ kind, agreed, version, party, remark, at, name_zh }) => ({
    kind,
    agreed,
    version,
    remark,
    at,
    party:
      name_zh ?? names.get(party) ?? (party === facts.investigator.person ? facts.investigator.name : ""),
  }));
};

/** The stage whose rules a reader wants to see, by where the application is. */
export const stageOf = (state: ApplicationState): (typeof stages)[number] =>
  (
    {
      DRAFT: "submit",
      RETURNED_TO_PI: "submit",
      ORG_REVIEW: "institution_review",
      DEPT_REVIEW: "dept_review",
      DEPT_PASSED: "recommend",
    } as const
  )[state as "DRAFT"] ?? "acceptance";

/** What the rules say of what the reader sees, now. */
export const findingsOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  stage = stageOf(facts.state),
) => {
  const database = platform.database.kysely;
  const [{ content }, now] = await Promise.all([
    shownOf(platform, database, actor, facts),
    platformNow(database),
  ]);
  return judgeApplication(platform, database, facts, stage, judgedAt(facts, now), content);
};

/** What was filed in time is not late because it is read later: it is judged at its filing. */
const judgedAt = (facts: ApplicationFacts, now: number): number =>
  facts.frozenVersion === null || editing.has(facts.state) ? now : Math.min(now, facts.submittedAt ?? now);

export const applicationRead = defineQuery({
  name: "application.read",
  title: { zh: "一项申报", en: "One application" },
  input: z.strictObject({ application: z.uuid(), stage: z.enum(stages).optional() }),
  run: async (platform, actor, { application, stage }) => {
    const { facts, view } = await viewOf(platform, actor, application);
    if (stage === undefined) return { ...view, findings: null };
    const { verdict, findings, met, excepted } = await findingsOf(platform, actor, facts, stage);
    return {
      ...view,
      findings: {
        stage,
        verdict,
        findings: groundsOf(findings),
        excepted: groundsOf(excepted),
        met: met.length,
      },
    };
  },
});
