import { z } from "zod";
import { type Actor, may } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { applicationFacts } from "../application/facts.ts";
import { labelOf } from "../application/view.ts";
import { mustList } from "./queries.ts";

export type ExceptionStanding = "requested" | "proposed" | "granted" | "refused";

/** One exception as those see it who may have a part in it. */
export type ExceptionRow = {
  readonly id: string;
  readonly application: string;
  readonly label: string;
  readonly title: string;
  readonly unit: string;
  readonly rule: string;
  readonly ruleTitle: Bilingual;
  readonly clause: string;
  readonly reason: string;
  readonly opinion: string;
  readonly standing: ExceptionStanding;
  readonly at: number | null;
  readonly refusedReason: string | null;
  /** Whether whoever reads the application may open it, or knows of the request only. */
  readonly readable: boolean;
  readonly mayPropose: boolean;
  readonly mayConfirm: boolean;
  readonly mayRefuse: boolean;
};

/** Requests and proposals that the actor has a part in, open ones first. */
export const exceptionsOf = async (platform: Platform, actor: Actor): Promise<readonly ExceptionRow[]> => {
  const database = platform.database.kysely;
  const rows = await database
    .selectFrom("exception")
    .innerJoin("application", (on) =>
      on
        .onRef("application.funder", "=", "exception.funder")
        .onRef("application.id", "=", "exception.application"),
    )
    .selectAll("exception")
    .where("exception.funder", "=", platform.funder)
    .where("application.state", "<>", "PURGED")
    .orderBy("exception.requested_at")
    .orderBy("exception.proposed_at")
    .orderBy("exception.id")
    .execute();
  const found: ExceptionRow[] = [];
  for (const row of rows) {
    const facts = await applicationFacts(platform, database, "system", row.application);
    const subject = { ...facts.subject, ties: { ...facts.subject.ties, proposer: row.proposed_by } };
    // Whoever has a part in exceptions of this application sees the request; being tied to a step is no reason not to.
    const untied = { ...subject, ties: {} };
    const concerned = ["acceptance.proposeException", "acceptance.confirmException"].some(
      (one) => may(one, actor, untied).allowed,
    );
    if (!concerned) continue;
    const standing: ExceptionStanding =
      row.refused_at !== null
        ? "refused"
        : row.confirmed_at !== null
          ? "granted"
          : row.proposed_at !== null
            ? "proposed"
            : "requested";
    const isOwn = actor.account !== null && row.requested_by === actor.account;
    const can = (action: string, states: readonly ExceptionStanding[]) =>
      !isOwn && states.includes(standing) && may(action, actor, subject).allowed;
    found.push({
      id: row.id,
      application: row.application,
      label: labelOf(facts.call.code, facts.number),
      title: facts.content.title,
      unit: facts.organization.name,
      rule: row.rule,
      ruleTitle: facts.call.policy.rules.find((one) => one.id === row.rule)?.words.title ?? {
        zh: row.rule,
        en: row.rule,
      },
      clause: row.clause,
      reason: row.reason,
      opinion: row.opinion,
      standing,
      at: row.refused_at ?? row.confirmed_at ?? row.proposed_at ?? row.requested_at,
      refusedReason: row.refused_reason,
      readable: may("application.read", actor, facts.subject).allowed,
      mayPropose: can("acceptance.proposeException", ["requested"]),
      mayConfirm: row.proposed_for !== actor.account && can("acceptance.confirmException", ["proposed"]),
      mayRefuse: can("acceptance.refuseException", ["requested", "proposed"]),
    });
  }
  const order: readonly ExceptionStanding[] = ["requested", "proposed", "granted", "refused"];
  return found.toSorted((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
};

export const exceptionList = defineQuery({
  name: "exception.list",
  title: { zh: "例外", en: "Exceptions" },
  input: z.strictObject({}),
  run: async (platform, actor) => {
    mustList(actor, "exception.list");
    return { exceptions: await exceptionsOf(platform, actor) };
  },
});
