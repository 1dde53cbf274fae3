import { z } from "zod";
import type { Actor } from "../../core/permission/permission.ts";
import type { Finding } from "../../core/policy/judge.ts";
import type { Rule } from "../../core/policy/rule.ts";
import { platformNow } from "../../platform/action.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { groundsOf, judgeApplication } from "../application/casefile.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { type Event, timelineOf } from "../application/timeline.ts";
import { type ApplicationView, viewOf } from "../application/view.ts";
import { openContent } from "../application/view-answers.ts";
import { type Frozen, frozenOf } from "./frozen.ts";
import { mustList } from "./queries.ts";

export type Advice = {
  readonly fits: boolean;
  readonly said: string;
  readonly name: string;
  readonly at: number;
};
export type Letter = {
  readonly number: string | null;
  readonly code: string;
  readonly issuedAt: number | null;
  readonly paperReceivedOn: string | null;
};
/** The last decision of the desk on an application: asked to correct, accepted, refused. */
export type Told = {
  readonly action: string;
  readonly at: number;
  readonly version: number | null;
  readonly notice: string;
  readonly given: readonly { readonly code: string; readonly fact: string }[];
  readonly fields: readonly string[];
  /** Clauses of what the rules had found then. */
  readonly found: readonly string[];
};
export type Item = {
  readonly facts: ApplicationFacts;
  readonly view: ApplicationView;
  readonly frozen: Frozen;
  readonly findings: readonly Finding[];
  readonly excepted: readonly Finding[];
  readonly met: readonly Rule[];
  readonly judgedAt: number;
  readonly letter: Letter | null;
  readonly advice: readonly Advice[];
  readonly told: readonly Told[];
  readonly events: readonly Event[];
};

/** One application as the officer decides it: what was filed, what the rules say of it now, what others said. Throws `Missing`. */
export const itemOf = async (platform: Platform, actor: Actor, application: string): Promise<Item> => {
  const database = platform.database.kysely;
  const { facts, view } = await viewOf(platform, actor, application);
  const [frozen, judgedAt] = await Promise.all([
    frozenOf(database, platform.funder, facts),
    platformNow(database),
  ]);
  const [judgement, letter, advice, told, events] = await Promise.all([
    judgeApplication(platform, database, facts, "acceptance", judgedAt, frozen.content),
    letterOf(platform, facts.id),
    adviceOf(platform, facts.id),
    toldOf(platform, facts.id),
    timelineOf(platform, actor, facts),
  ]);
  return {
    facts,
    // While the unit corrects, the officer reads what was filed, not what is being written.
    view: { ...view, content: openContent(frozen.content), shown: frozen.number, worded: frozen.worded },
    frozen,
    findings: judgement.findings,
    excepted: judgement.excepted,
    met: judgement.met,
    judgedAt,
    letter,
    advice,
    told,
    events,
  };
};

const letterOf = async ({ database, funder }: Platform, application: string): Promise<Letter | null> => {
  const row = await database.kysely
    .selectFrom("batch_item")
    .innerJoin("batch", (on) =>
      on.onRef("batch.funder", "=", "batch_item.funder").onRef("batch.id", "=", "batch_item.batch"),
    )
    .select(["letter_number", "code", "issued_at", "paper_received_on"])
    .where("batch_item.funder", "=", funder)
    .where("application", "=", application)
    .where("living", "=", true)
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        number: row.letter_number,
        code: row.code,
        issuedAt: row.issued_at,
        paperReceivedOn: row.paper_received_on,
      };
};

const adviceOf = async ({ database, funder }: Platform, application: string): Promise<readonly Advice[]> => {
  const rows = await database.kysely
    .selectFrom("advice")
    .innerJoin("account", (on) =>
      on.onRef("account.funder", "=", "advice.funder").onRef("account.id", "=", "advice.by"),
    )
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .select(["fits", "said", "person.name", "at"])
    .where("advice.funder", "=", funder)
    .where("application", "=", application)
    .orderBy("at", "desc")
    .execute();
  return rows;
};

/** What the desk told the applicants, the latest first. */
export const toldOf = async (
  { database, funder }: Platform,
  application: string,
): Promise<readonly Told[]> => {
  const rows = await database.kysely
    .selectFrom("decision")
    .select(["action", "at", "version", "reason", "checklist", "marks", "findings"])
    .where("funder", "=", funder)
    .where("application", "=", application)
    .where("action", "in", [
      "acceptance.requestCorrection",
      "acceptance.accept",
      "acceptance.refuse",
      "system.expireCorrection",
      "appeal.decide",
    ])
    .orderBy("at", "desc")
    .execute();
  return rows.map((row) => ({
    action: row.action,
    at: row.at,
    version: row.version,
    notice: row.reason,
    given: (row.checklist as readonly { id: string; remark: string }[]).map(({ id, remark }) => ({
      code: id,
      fact: remark,
    })),
    fields: [...new Set((row.marks as readonly { field: string }[]).map((one) => one.field))],
    found: (row.findings as readonly { clause: string }[]).map((one) => one.clause),
  }));
};

export const acceptanceItem = defineQuery({
  name: "acceptance.item",
  title: { zh: "受理审查的一项申报", en: "One application at the acceptance desk" },
  input: z.strictObject({ application: z.uuid() }),
  run: async (platform, actor, { application }) => {
    // Advice and findings of the desk are not for applicants, who read the same application elsewhere.
    mustList(actor, "acceptance.list");
    const { view, findings, excepted, letter, advice, told, judgedAt } = await itemOf(
      platform,
      actor,
      application,
    );
    return {
      application: view,
      findings: groundsOf(findings),
      excepted: groundsOf(excepted),
      judgedAt,
      letter,
      advice,
      told,
    };
  },
});
