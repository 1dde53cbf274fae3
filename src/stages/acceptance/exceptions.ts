import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import { may, type Actor, type Grant, type Subject } from "../../core/permission/permission.ts";
import { define, type Performing } from "../../platform/action.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { Denied, Missing, refused } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import { tellApplicants } from "./notify.ts";

/** 一般 / 原则上: an exception from one rule for one application, proposed by one person and confirmed by another. */

const undecided: ReadonlySet<ApplicationState> = new Set([
  "DRAFT",
  "RETURNED_TO_PI",
  "ORG_REVIEW",
  "DEPT_REVIEW",
  "DEPT_PASSED",
  "RECOMMENDED",
  "ACCEPTANCE",
  "CORRECTION",
]);

const rowOf = (tx: Transaction, funder: string) =>
  tx.selectFrom("exception").selectAll().where("funder", "=", funder).forUpdate();

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof rowOf>["executeTakeFirst"]>>>;
type Facts = { readonly application: ApplicationFacts; readonly row: Row | null };

const subjectOf = ({ application, row }: Facts): Subject => ({
  ...application.subject,
  ties: { ...application.subject.ties, proposer: row?.proposed_by ?? null },
});

const another: Denied["reason"] = {
  zh: "这一步须由另一个人办理：你申请或提出了这项例外，或者以出借的角色参与过。",
  en: "Another person must take this step: you asked for this exception or proposed it, or it was done in a role you lent.",
};

const mustBeOpen = ({ application, row }: Facts) => {
  if (!undecided.has(application.state))
    throw refused(
      "这项申报已经有了结论，不再办理例外。",
      "This application is decided; no exception is taken up any more.",
    );
  if (row?.confirmed_at != null)
    throw refused("这项例外已经批准。", "This exception has been granted already.");
  if (row?.refused_at != null)
    throw refused("这项例外已经不予批准。", "This exception has been refused already.");
};

/** Whose request it is need not be readable in full: the request itself is what the officer was asked. */
const facts = async (
  { platform, tx, funder, actor }: Performing<unknown>,
  application: string,
  rule: string,
): Promise<Facts> => {
  const found = await applicationFacts(platform, tx, "system", application, "update");
  const row = await rowOf(tx, funder)
    .where("application", "=", application)
    .where("rule", "=", rule)
    .where("refused_at", "is", null)
    .executeTakeFirst();
  if (row === undefined && !may("application.read", actor, found.subject).allowed)
    throw new Missing("application");
  return { application: found, row: row ?? null };
};

const byId = async (
  { platform, tx, funder }: Performing<unknown>,
  id: string,
): Promise<Facts & { readonly row: Row }> => {
  const known = await tx
    .selectFrom("exception")
    .select("application")
    .where("funder", "=", funder)
    .where("id", "=", id)
    .executeTakeFirst();
  if (known === undefined) throw new Missing("exception");
  // The application first, then the row: the same order as a proposal, so that two never wait for each other.
  const application = await applicationFacts(platform, tx, "system", known.application, "update");
  const row = await rowOf(tx, funder).where("id", "=", id).executeTakeFirstOrThrow();
  return { application, row };
};

const titleOf = ({ call }: ApplicationFacts, rule: string) => {
  const found = call.policy.rules.find((one) => one.id === rule);
  if (found === undefined || !found.overridable)
    throw refused(
      "指南没有为这一条留出例外的余地，请按规则办理。",
      "The guide leaves no room for an exception from this rule.",
    );
  return { clause: found.clauses[0] ?? "", title: found.words.title };
};

const isSame = (actor: Actor, grant: Grant | null, ...others: readonly (string | null)[]) =>
  others.some((one) => one !== null && (one === actor.account || one === grant?.delegatedBy));

const written = (reason: string) => z.string().overwrite(cleanText).trim().min(1, reason).max(2_000);

export const proposeException = define({
  name: "acceptance.proposeException",
  title: { zh: "提出例外", en: "Propose an exception" },
  input: z.strictObject({
    application: z.uuid(),
    rule: z.string().max(80),
    reason: written("Say why."),
  }),
  load: (context) => facts(context, context.input.application, context.input.rule),
  subject: subjectOf,
  effect: async ({ tx, funder, actor, input, now, grant, facts: found }) => {
    mustBeOpen(found);
    const { application, row } = found;
    if (row?.proposed_at != null)
      throw refused(
        "这项例外已经提出，正等待批准。",
        "This exception is proposed already and waits for its confirmation.",
      );
    if (isSame(actor, grant, row?.requested_by ?? null)) throw new Denied(another);
    const { clause } = titleOf(application, input.rule);
    const proposal = {
      proposed_by: actor.account,
      proposed_for: grant?.delegatedBy ?? null,
      proposed_at: instantText(now),
      opinion: input.reason,
    };
    const { id } =
      row === null
        ? await tx
            .insertInto("exception")
            .values({
              funder,
              application: application.id,
              rule: input.rule,
              clause,
              reason: input.reason,
              ...proposal,
            })
            .returning("id")
            .executeTakeFirstOrThrow()
        : await tx
            .updateTable("exception")
            .set(proposal)
            .where("funder", "=", funder)
            .where("id", "=", row.id)
            .returning("id")
            .executeTakeFirstOrThrow();
    await notify(tx, funder, [{ role: "BUREAU_LEADER" }], {
      template: "exceptionProposed",
      facts: { number: application.number, unit: application.organization.name },
      link: "/exceptions",
      application: application.id,
    });
    return {
      result: { exception: id },
      entry: {
        kind: "exception",
        id,
        body: { application: application.id, rule: input.rule, clause },
      },
    };
  },
});

export const confirmException = define({
  name: "acceptance.confirmException",
  title: { zh: "批准例外", en: "Grant the exception" },
  input: z.strictObject({ exception: z.uuid() }),
  load: (context) => byId(context, context.input.exception),
  subject: subjectOf,
  effect: async ({ tx, funder, actor, now, grant, facts: found }) => {
    mustBeOpen(found);
    const { application, row } = found;
    if (row.proposed_at === null)
      throw refused(
        "这项例外还没有处室提出意见，不能批准。",
        "No division has proposed this exception yet; it cannot be granted.",
      );
    if (isSame(actor, grant, row.requested_by, row.proposed_by, row.proposed_for)) throw new Denied(another);
    await tx
      .updateTable("exception")
      .set({ confirmed_by: actor.account, confirmed_at: instantText(now) })
      .where("funder", "=", funder)
      .where("id", "=", row.id)
      .execute();
    await tellApplicants(tx, funder, application, "exceptionGranted", { rule: row.rule, clause: row.clause });
    return {
      result: { exception: row.id },
      entry: {
        kind: "exception",
        id: row.id,
        body: { application: application.id, rule: row.rule, clause: row.clause, granted: true },
      },
    };
  },
});

export const refuseException = define({
  name: "acceptance.refuseException",
  title: { zh: "不予批准例外", en: "Refuse the exception" },
  input: z.strictObject({ exception: z.uuid(), reason: written("Say why.") }),
  load: (context) => byId(context, context.input.exception),
  subject: subjectOf,
  effect: async ({ tx, funder, input, now, facts: found }) => {
    mustBeOpen(found);
    const { application, row } = found;
    await tx
      .updateTable("exception")
      .set({ refused_at: instantText(now), refused_reason: input.reason })
      .where("funder", "=", funder)
      .where("id", "=", row.id)
      .execute();
    await tellApplicants(tx, funder, application, "exceptionRefused", { rule: row.rule, clause: row.clause });
    return {
      result: { exception: row.id },
      entry: {
        kind: "exception",
        id: row.id,
        body: { application: application.id, rule: row.rule, clause: row.clause, granted: false },
      },
    };
  },
});
