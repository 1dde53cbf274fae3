import { sql } from "kysely";
import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { emptyContent } from "../../core/application/content.ts";
import { statesOf } from "../../core/lifecycle/application.ts";
import { define } from "../../platform/action.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText, jsonText } from "../../platform/database/values.ts";
import { Denied, Missing, refused, Stale } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { applicationFacts } from "../application/facts.ts";
import { move } from "../application/life.ts";
import { destroySimilar } from "../application/similar/store.ts";

/** 涉密: two security administrators destroy what was written; that it was destroyed stays in the ledger. */

export const proposePurge = define({
  name: "acceptance.proposePurge",
  title: { zh: "提出清除", en: "Propose to destroy the content" },
  input: z.strictObject({
    application: z.uuid(),
    /** Stays; so it names no content. */
    reason: z.string().overwrite(cleanText).trim().min(1).max(1_000),
  }),
  // A security administrator reads no application: the number is what they were told.
  load: async ({ platform, tx, input }) => ({
    facts: await applicationFacts(platform, tx, "system", input.application, "update"),
  }),
  subject: () => ({}),
  effect: async ({ tx, funder, actor, input, now, grant, facts: { facts } }) => {
    if (!statesOf("acceptance.purge").includes(facts.state))
      throw refused(
        "这项申报已经受理，不能在这里清除。请先由受理窗口处理。",
        "This application has been accepted; it cannot be destroyed here.",
      );
    const open = await tx
      .selectFrom("purge")
      .select("id")
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .executeTakeFirst();
    if (open !== undefined)
      throw refused(
        "已经有人提出清除，正等待另一位安全管理员办理。",
        "Somebody has proposed this already; another security administrator is awaited.",
      );
    const { id } = await tx
      .insertInto("purge")
      .values({
        funder,
        application: facts.id,
        reason: input.reason,
        proposed_by: actor.account ?? "",
        proposed_for: grant?.delegatedBy ?? null,
        proposed_at: instantText(now),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await notify(tx, funder, [{ role: "SEC_ADMIN" }], {
      template: "purgeProposed",
      facts: { number: facts.number },
      link: "/purges",
      application: facts.id,
    });
    return { result: { purge: id }, entry: { kind: "purge", id, body: { application: facts.id } } };
  },
});

export const purge = define({
  name: "acceptance.purge",
  title: { zh: "清除涉密内容", en: "Destroy classified content" },
  input: z.strictObject({ purge: z.uuid(), version: z.int().min(1) }),
  load: async ({ platform, tx, funder, input }) => {
    const known = await tx
      .selectFrom("purge")
      .selectAll()
      .where("funder", "=", funder)
      .where("id", "=", input.purge)
      .forUpdate()
      .executeTakeFirst();
    if (known === undefined) throw new Missing("purge");
    return {
      proposal: known,
      facts: await applicationFacts(platform, tx, "system", known.application, "update"),
    };
  },
  subject: ({ proposal }) => ({ ties: { proposer: proposal.proposed_by } }),
  effect: async ({ platform, tx, funder, actor, input, now, grant, facts: { proposal, facts } }) => {
    if (facts.version !== input.version) throw new Stale(input.version, facts.version);
    if ([actor.account, grant?.delegatedBy ?? null].includes(proposal.proposed_for))
      if (proposal.proposed_for !== null)
        throw new Denied({
          zh: "清除须由另一位安全管理员办理：提出时用的是你出借的角色。",
          en: "Another security administrator must do this: it was proposed in a role you lent.",
        });
    const context = { tx, funder, actor, now, grant, facts };
    const done = await move(context, "acceptance.purge", {
      set: {
        missed: null,
        withdrawal_reason: null,
        correction_fields: null,
        acceptance_number: null,
      },
      body: { purge: proposal.id, proposedBy: proposal.proposed_by },
    });
    const files = await destroyWords(tx, funder, facts.id, now);
    await tx
      .updateTable("purge")
      .set({ confirmed_by: actor.account, confirmed_at: instantText(now) })
      .where("funder", "=", funder)
      .where("id", "=", proposal.id)
      .execute();
    if (files.destroyed.length > 0)
      await platform.jobs.enqueue(tx, "files.destroy", { files: files.destroyed });
    await notify(
      tx,
      funder,
      [{ account: facts.investigator.account }, { role: "ORG_ADMIN", organization: facts.organization.id }],
      {
        template: "purged",
        facts: { number: facts.number },
        link: `/applications/${facts.id}`,
        application: facts.id,
      },
    );
    return {
      result: { ...done.result, files: files.destroyed.length, shared: files.shared },
      entry: done.entry,
    };
  },
});

/** Blanks every text that stands about the application. `shared`: files that another application holds too, and which therefore stay. */
const destroyWords = async (tx: Transaction, funder: string, application: string, now: number) => {
  const own = { funder, application };
  const of = sql`funder = ${own.funder} and application = ${own.application}`;
  await sql`update draft set content = ${jsonText(emptyContent)}::jsonb, version = version + 1 where ${of}`.execute(
    tx,
  );
  await sql`update application_version set content = ${jsonText(emptyContent)}::jsonb, worded = '{}' where ${of}`.execute(
    tx,
  );
  await sql`update decision set reason = '', marks = '[]', checklist = '[]', findings = '[]' where ${of}`.execute(
    tx,
  );
  await destroySimilar(tx, funder, application);
  await sql`update advice set said = '—' where ${of}`.execute(tx);
  await sql`update confirmation set remark = '' where ${of}`.execute(tx);
  await sql`update exception set reason = '—', opinion = '', refused_reason = case when refused_at is null then null else '—' end
    where ${of}`.execute(tx);
  // An appeal that waits has nothing left to be decided.
  await sql`delete from appeal where ${of} and outcome is null`.execute(tx);
  await sql`update appeal set grounds = '—', reason = '—' where ${of}`.execute(tx);
  await sql`update mail set template = 'purged', facts = '{}' where ${of}`.execute(tx);
  await sql`update idempotency_key set result = jsonb_build_object('application', ${application}::text)
    where funder = ${funder} and result ->> 'application' = ${application}`.execute(tx);
  // What was attached, and what was drawn from its words; of the latter no row need stay, for it can be drawn from what stays.
  const { rows } = await sql<{ sha256: string; shared: boolean }>`
    with own as (select file from attachment where ${of} union select file from document where ${of}),
    held as (
      select file, application from attachment where funder = ${funder} and removed_at is null
      union all select file, application from document where funder = ${funder})
    select file as sha256, exists (
      select from held where held.file = own.file and held.application is distinct from ${application}) as shared
    from own`.execute(tx);
  await sql`delete from document where ${of}`.execute(tx);
  await sql`update attachment set filename = '—', note = '', removed_at = coalesce(removed_at, ${instantText(now)}) where ${of}`.execute(
    tx,
  );
  const destroyed = rows.filter((one) => !one.shared).map((one) => one.sha256);
  if (destroyed.length > 0)
    await tx
      .updateTable("stored_file")
      .set({ purged_at: instantText(now) })
      .where("funder", "=", funder)
      .where("sha256", "in", destroyed)
      .execute();
  return { destroyed, shared: rows.length - destroyed.length };
};
