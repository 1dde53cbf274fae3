import { caseOf } from "../../core/application/casefile.ts";
import type { Content } from "../../core/application/content.ts";
import type { Application, CheckRequest, Registry } from "../../core/policy/application.ts";
import type { Finding, Judgement } from "../../core/policy/judge.ts";
import type { Stage } from "../../core/policy/stage.ts";
import { judgeForCall } from "../../platform/calls.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import type { Ground } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { openField } from "../../platform/secrets.ts";
import type { ApplicationFacts } from "./facts.ts";
import { integrityOf, organizationsOf, othersOf, projectsOf } from "./registry.ts";

type Investigator = NonNullable<Application["principalInvestigator"]>;
const judgedAttachments = new Set([
  "COOPERATION_AGREEMENT",
  "ETHICS_APPROVAL",
  "WORK_IN_PROGRESS",
  "PLATFORM_PROOF",
  "BASE_PROOF",
  "MEDICAL_LICENCE",
  "FEASIBILITY_REPORT",
  "OTHER",
]);

/** ISO 8601 in the zone of the guide. */
const isoOf = (instant: number) => `${new Date(instant + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** Everything the judge needs, read in the given transaction. `content` is the draft's unless a frozen version is given. */
export const casefileOf = async (
  platform: Platform,
  database: Queryable,
  facts: ApplicationFacts,
  stage: Stage,
  at: number,
  content: Content = facts.content,
): Promise<CheckRequest> => {
  const { funder, keys } = platform;
  const person = await database
    .selectFrom("person")
    .selectAll()
    .where("funder", "=", funder)
    .where("id", "=", facts.investigator.person)
    .executeTakeFirstOrThrow();
  const number = openField(keys, person.identity_sealed, `person.identity_sealed:${person.id}`);
  const identities = new Map(
    content.members.flatMap(({ key, identity }) =>
      identity === null
        ? []
        : [[key, openField(keys, Buffer.from(identity.sealed, "base64"), "draft.content:member")] as const],
    ),
  );
  // Other people's numbers are compared, never opened: those whose hash is ours get our number, the rest stay hashes.
  const opened = new Map([
    [person.identity_hash.toString("hex"), number],
    ...content.members.flatMap(({ key, identity }) =>
      identity === null ? [] : [[identity.hash, identities.get(key) ?? ""] as const],
    ),
  ]);
  const [organizations, projects, applications, integrityRecords, attachments, committed] = await Promise.all(
    [
      organizationsOf(database, funder, facts, content),
      projectsOf(database, funder, facts, opened),
      othersOf(database, facts, funder, opened),
      integrityOf(database, funder, facts, content, opened),
      database
        .selectFrom("attachment")
        .select("type")
        .where("funder", "=", funder)
        .where("application", "=", facts.id)
        .where("removed_at", "is", null)
        .execute(),
      database
        .selectFrom("confirmation")
        .innerJoin("application_version", (on) =>
          on
            .onRef("application_version.funder", "=", "confirmation.funder")
            .onRef("application_version.application", "=", "confirmation.application")
            .onRef("application_version.number", "=", "confirmation.version")
            // It holds for the content that it was signed for, and for no other.
            .onRef("application_version.hash", "=", "confirmation.hash"),
        )
        .select("confirmation.id")
        .where("confirmation.funder", "=", funder)
        .where("confirmation.application", "=", facts.id)
        .where("confirmation.kind", "=", "ORGANIZATION_COMMITMENT")
        .where("confirmation.version", "=", facts.frozenVersion ?? 0)
        .where("confirmation.agreed", "=", true)
        .executeTakeFirst(),
    ],
  );
  const registry: Registry = { organizations, projects, applications, integrityRecords };
  return caseOf(facts.call.policy.id, facts.call.policy.programme, stage, isoOf(at), content, {
    application: facts.id,
    leadOrganization: facts.organization.uscc,
    investigator: {
      name: person.name,
      identityType: person.identity_type as Investigator["identityType"],
      identityNo: number,
      titleLevel: person.title_level as Investigator["titleLevel"],
      degree: person.degree as Investigator["degree"],
      adminRank: person.admin_rank as Investigator["adminRank"],
    },
    identities,
    attachments: attachments.flatMap(({ type }) =>
      judgedAttachments.has(type) ? [{ type: type as "OTHER" }] : [],
    ),
    organizationCommitted: committed !== undefined,
    registry,
  });
};

/** Judges an application at a stage, with the exceptions that two persons have granted taken out. */
export const judgeApplication = async (
  platform: Platform,
  database: Queryable,
  facts: ApplicationFacts,
  stage: Stage,
  at: number,
  content: Content = facts.content,
): Promise<Judgement & { readonly excepted: readonly Finding[] }> => {
  const judge = await judgeForCall(facts.call);
  const judgement = judge(await casefileOf(platform, database, facts, stage, at, content));
  const granted = new Set(
    (
      await database
        .selectFrom("exception")
        .select("rule")
        .where("funder", "=", platform.funder)
        .where("application", "=", facts.id)
        .where("confirmed_at", "is not", null)
        .execute()
    ).map((one) => one.rule),
  );
  const isExcepted = (one: Finding) => one.overridable && one.severity === "error" && granted.has(one.rule);
  const findings = judgement.findings.filter((one) => !isExcepted(one));
  return {
    ...judgement,
    findings,
    excepted: judgement.findings.filter(isExcepted),
    verdict: findings.some((one) => one.severity === "error")
      ? "blocked"
      : findings.some((one) => one.severity === "confirm")
        ? "confirm"
        : "clear",
  };
};

/** What of a finding goes into a refusal, a decision and the API. */
export const groundsOf = (findings: readonly Finding[]): readonly Ground[] =>
  findings.map(({ rule, clause, severity, overridable, path, message }) => ({
    rule,
    clause,
    severity,
    overridable,
    path,
    message,
  }));
