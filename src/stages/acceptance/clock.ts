import { sql } from "kysely";
import { platformNow } from "../../platform/action.ts";
import { inTransaction, type Transaction } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing } from "../../platform/errors.ts";
import { record } from "../../platform/ledger.ts";
import type { Platform } from "../../platform/platform.ts";
import { type ApplicationFacts, applicationFacts, divisionOf } from "../application/facts.ts";
import { move, type Moved } from "../application/life.ts";
import { frozenOf } from "./frozen.ts";
import { tellApplicants } from "./notify.ts";
import { afterWorkingDays, lastDayOf } from "./working-days.ts";
import { missedBy } from "./lapsing.ts";

/** Acts that nobody does: the clock does them. Each may be asked for twice, by two processes at once; it happens once. */

/**
 * How long after a deadline the clock waits before it says that something was missed: an act is judged by the stamp of its
 * arrival, and may still be waiting for a lock then. Longer than any transaction lives.
 */
export const settling = 120_000;

type Context = {
  readonly platform: Platform;
  readonly tx: Transaction;
  readonly facts: ApplicationFacts;
  readonly now: number;
};

/** Locks the application, asks what is to happen, and writes it with its ledger entry. False where nothing is due. */
const byTheClock = async (
  platform: Platform,
  application: string,
  action: string,
  due: (context: Context) => Promise<Moved<undefined> | null>,
): Promise<boolean> => {
  const { funder } = platform;
  return inTransaction(platform.database, {}, async (tx) => {
    const facts = await applicationFacts(platform, tx, "system", application, "update").catch((error) => {
      if (error instanceof Missing) return null;
      throw error;
    });
    if (facts === null) return false;
    const now = await platformNow(tx);
    const moved = await due({ platform, tx, facts, now });
    if (moved === null) return false;
    const actor = { account: null, person: null, grants: [] };
    const { entry } = await move({ tx, funder, actor, now, grant: null, facts }, action, moved);
    await record(tx, {
      funder,
      action,
      actor: null,
      actingFor: null,
      role: null,
      objectKind: entry.kind,
      objectId: entry.id,
      at: now,
      body: entry.body,
    });
    return true;
  });
};

/** A12: what a letter recommended goes to the division that answers for its category and field. */
export const beginAcceptance = (platform: Platform, application: string): Promise<boolean> =>
  byTheClock(platform, application, "system.beginAcceptance", async ({ tx, facts }) => {
    if (facts.state !== "RECOMMENDED") return null;
    const { content } = await frozenOf(tx, platform.funder, facts);
    const division = divisionOf(facts.call.policy.programme, content.category, content.field);
    return { set: { division }, body: { division } };
  });

/** A21: says which step missed which date; the call's own dates, so that an extension counts. */
export const lapse = (platform: Platform, application: string): Promise<boolean> =>
  byTheClock(platform, application, "system.lapse", async ({ tx, facts, now }) => {
    const missed = missedBy(facts, now - settling);
    if (missed === null) return null;
    await tellApplicants(tx, platform.funder, facts, `lapsed.${missed.step}`, {
      closed: lastDayOf(missed.at),
    });
    return { set: { missed: missed.step }, body: { missed: missed.step, closed: missed.at } };
  });

/** A16: a correction that did not come is a refusal with the codes that were to be corrected. */
export const expireCorrection = (platform: Platform, application: string): Promise<boolean> =>
  byTheClock(platform, application, "system.expireCorrection", async ({ tx, facts, now }) => {
    const due = facts.correctionDueAt;
    if (facts.state !== "CORRECTION" || due === null || due + settling > now) return null;
    const asked = await tx
      .selectFrom("decision")
      .select(["codes", "checklist"])
      .where("funder", "=", platform.funder)
      .where("application", "=", facts.id)
      .where("action", "=", "acceptance.requestCorrection")
      .executeTakeFirst();
    const codes = (asked?.codes ?? []) as readonly string[];
    const appealDue = afterWorkingDays(now, facts.call.policy.procedure.appeal.workingDays);
    await tellApplicants(
      tx,
      platform.funder,
      facts,
      "correctionExpired",
      { codes: codes.join(" "), due: lastDayOf(due), appeal: lastDayOf(appealDue) },
      `/acceptance/${facts.id}/notice`,
    );
    return {
      set: { decided_at: instantText(now), appeal_due_at: instantText(appealDue) },
      decision: { codes, checklist: (asked?.checklist ?? []) as [] },
      body: { codes, due, appealDue },
    };
  });

export type Swept = { readonly begun: number; readonly lapsed: number; readonly expired: number };

/** Everything that is due by now. What one application makes impossible does not keep the others waiting. */
export const sweep = async (platform: Platform): Promise<Swept> => {
  const { rows } = await sql<{ id: string; state: string }>`
    select a.id, a.state from application a join call c on c.funder = a.funder and c.id = a.call
    where a.funder = ${platform.funder} and (
      a.state = 'RECOMMENDED'
      or (a.state = 'CORRECTION' and a.correction_due_at < platform_now())
      or (a.state in ('DRAFT', 'RETURNED_TO_PI', 'ORG_REVIEW')
        and platform_today() > case when a.endorsed_at is null then c.apply_close_on else c.recommend_close_on end)
      or (a.state in ('DEPT_REVIEW', 'DEPT_PASSED') and platform_today() > c.recommend_close_on))
    order by a.created_at, a.id`.execute(platform.database.kysely);
  const count = { begun: 0, lapsed: 0, expired: 0 };
  for (const { id, state } of rows) {
    const [kind, act] =
      state === "RECOMMENDED"
        ? (["begun", beginAcceptance] as const)
        : state === "CORRECTION"
          ? (["expired", expireCorrection] as const)
          : (["lapsed", lapse] as const);
    try {
      if (await act(platform, id)) count[kind] += 1;
    } catch (error) {
      console.error(`${kind} ${id}`, error);
    }
  }
  return count;
};
