import { sql } from "kysely";
import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import type { Actor } from "../../core/permission/permission.ts";
import { type Reason, reasonsFor } from "../../core/policy/procedure.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { titleKey, nearTitles } from "../../core/similarity/titles.ts";
import type { Place } from "../../core/similarity/uncounted.ts";
import { teamSignal } from "../../core/similarity/teams.ts";
import { define } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { loadFold } from "../../platform/similarity/fold.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import {
  compared,
  type Found,
  type Near,
  nearTo,
  pastedDirection,
  seenBy,
} from "../application/similar/find.ts";
import { frozenOf } from "./frozen.ts";

/** What stands near an application: text, titles and people are separate signals. A person decides each pair; nothing follows by itself. */

export const similarOutcomes = ["NOT_SIMILAR", "RELATED_DECLARED", "DUPLICATE"] as const;
export type SimilarOutcome = (typeof similarOutcomes)[number];

export type SimilarDecision = {
  readonly application: string;
  readonly other: string;
  readonly outcome: SimilarOutcome;
  readonly reason: string;
  readonly name: string;
  readonly at: number;
};
export type Signal = {
  readonly facts: ApplicationFacts;
  /** As it was filed: the draft may say something else. */
  readonly title: string;
  readonly titleLikeness: number | null;
  readonly people: "same-investigator" | { readonly shared: number } | null;
};
export type Similar = {
  /** Over the pack's threshold; those the reader may not see have no facts. */
  readonly near: readonly Near[];
  readonly signals: readonly Signal[];
  readonly decisions: readonly SimilarDecision[];
  readonly attached: Found["attached"];
  /** Where the text of the chosen direction was pasted; it does not count. */
  readonly pasted: readonly Place[];
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const mostTold = 20;

export const similarOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
): Promise<Similar> => {
  const { content } = await frozenOf(platform.database.kysely, platform.funder, facts);
  const { policy } = facts.call;
  const { hits, attached } = await compared(platform, facts.id, content, policy.review.similarity.listFrom);
  const [near, signals, decisions, pasted] = await Promise.all([
    nearTo(platform, actor, hits),
    signalsOf(platform, actor, facts, content.title),
    similarDecisions(platform, facts.id),
    pastedDirection(policy, content),
  ]);
  return { near, signals, decisions, attached, pasted };
};

/** Applications with a nearly equal title, the same investigator, or two people in common. */
const signalsOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  title: string,
): Promise<readonly Signal[]> => {
  const { database, funder } = platform;
  const fold = await loadFold();
  const titles = await database.kysely
    .selectFrom("similar_document")
    .select(["id", "title"])
    .where("funder", "=", funder)
    .where("application", "<>", facts.id)
    .execute();
  const alike = nearTitles(
    titleKey(fold, title),
    titles.map(({ id, title: said }) => ({ id, title: said, key: titleKey(fold, said) })),
  ).filter(({ id }) => uuid.test(id));
  const own = {
    investigator: facts.investigator.hash.toString("hex"),
    members: facts.content.members.flatMap(({ identity }) => (identity === null ? [] : [identity.hash])),
  };
  const everyone = [own.investigator, ...own.members];
  const { rows } = await sql<{ id: string; investigator: string; team: string[] | null }>`
    select a.id, encode(a.investigator_hash, 'hex') as investigator, d.team
    from application a join draft d on d.funder = a.funder and d.application = a.id
    where a.funder = ${funder} and a.id <> ${facts.id} and a.frozen_version is not null
      and (encode(a.investigator_hash, 'hex') = any(${everyone}::text[]) or d.team ?| ${everyone}::text[])`.execute(
    database.kysely,
  );
  const people = new Map<string, Signal["people"]>();
  for (const { id, investigator, team } of rows) {
    const signal = teamSignal(own, {
      investigator,
      members: (team ?? []).filter((one) => one !== null),
    });
    if (signal !== null)
      people.set(id, signal.kind === "same-investigator" ? signal.kind : { shared: signal.shared.length });
  }
  const likeness = new Map(alike.map((one) => [one.id, one.likeness]));
  const ids = [...new Set([...likeness.keys(), ...people.keys()])].slice(0, mostTold);
  const seen = await Promise.all(ids.map((id) => seenBy(platform, actor, id)));
  return seen.flatMap((other) =>
    other === null
      ? []
      : [
          {
            facts: other,
            title: titles.find(({ id }) => id === other.id)?.title ?? "",
            titleLikeness: likeness.get(other.id) ?? null,
            people: people.get(other.id) ?? null,
          },
        ],
  );
};

/** Decisions about an application and any other, the latest first. */
export const similarDecisions = async (
  { database, funder }: Platform,
  application: string,
): Promise<readonly SimilarDecision[]> => {
  return database.kysely
    .selectFrom("similar_decision as decision")
    .innerJoin("account", (on) =>
      on.onRef("account.funder", "=", "decision.funder").onRef("account.id", "=", "decision.by"),
    )
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .select([
      "decision.application",
      "decision.other",
      "decision.outcome",
      "decision.reason",
      "person.name",
      "decision.at",
    ])
    .where("decision.funder", "=", funder)
    .where((where) =>
      where.or([where("decision.application", "=", application), where("decision.other", "=", application)]),
    )
    .orderBy("decision.at", "desc")
    .execute();
};

/** The reason codes that stand for applying twice: those of the clause that the pack's checklists ask about it. */
export const duplicateReasons = ({ procedure }: Policy): readonly Reason[] =>
  reasonsFor(
    procedure,
    [...procedure.departmentChecklist, ...procedure.institutionChecklist].filter(
      ({ id }) => id === "duplicate",
    ),
  );

const open = new Set(["ACCEPTANCE", "CORRECTION"]);

export const decideSimilar = define({
  name: "acceptance.decideSimilar",
  title: { zh: "判断相似申报", en: "Decide on a similar application" },
  input: z.strictObject({
    application: z.uuid(),
    other: z.uuid(),
    outcome: z.enum(similarOutcomes),
    reason: z.string().overwrite(cleanText).trim().min(1).max(2_000),
  }),
  load: async ({ platform, tx, actor, input }) => ({
    facts: await applicationFacts(platform, tx, actor, input.application, "update"),
    // Whoever may not see the other cannot judge the two.
    other: await applicationFacts(platform, tx, actor, input.other),
  }),
  subject: ({ facts }) => facts.subject,
  effect: async ({ tx, funder, actor, input, now, grant, facts: { facts, other } }) => {
    if (!open.has(facts.state))
      throw refused(
        "受理已经有了决定，不再记录相似申报的判断。",
        "The desk has decided; judgements on similar applications are no longer taken.",
      );
    if (other.id === facts.id || other.frozenVersion === null)
      throw refused("请选另一项已经提交的申报来比较。", "Choose another application that has been filed.");
    await tx
      .insertInto("similar_decision")
      .values({
        funder,
        application: facts.id,
        other: other.id,
        version: facts.frozenVersion,
        other_version: other.frozenVersion,
        outcome: input.outcome,
        reason: input.reason,
        by: actor.account ?? "",
        acting_for: grant?.delegatedBy ?? null,
        at: instantText(now),
      })
      .execute();
    return {
      result: { application: facts.id, other: other.id },
      entry: {
        kind: "application",
        id: facts.id,
        body: {
          other: other.id,
          outcome: input.outcome,
          frozenVersion: facts.frozenVersion,
          otherVersion: other.frozenVersion,
        },
      },
    };
  },
});
