import { z } from "zod";
import { type ApplicationState, applicationTransitions } from "../../core/lifecycle/application.ts";
import type { Actor } from "../../core/permission/permission.ts";
import { type Role, roles } from "../../core/role.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import type { Mark } from "./life.ts";
import { confirmationsOf } from "./view.ts";
import { confirmationTitles } from "./words.ts";

/** One thing that happened to an application. */
export type Event = {
  readonly at: number;
  /** The action's name, or the kind of a confirmation. */
  readonly what: string;
  readonly title: Bilingual;
  readonly role: Role | null;
  /** Null where the reader is not to know the person, and for the clock's own acts. */
  readonly name: string | null;
  readonly organization: string | null;
  /** Done for a colleague who lent the role. */
  readonly delegated: boolean;
  readonly from: ApplicationState | null;
  readonly to: ApplicationState | null;
  readonly version: number | null;
  readonly reason: string;
  readonly codes: readonly { readonly code: string; readonly title: Bilingual; readonly clause: string }[];
  readonly marks: readonly Mark[];
  /** The clause behind the act, or null. */
  readonly clause: string | null;
  /** Whether a confirmation was given or declined; null for acts. */
  readonly agreed: boolean | null;
};

/** What happened, the latest first. */
export const timelineOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
): Promise<readonly Event[]> => {
  const { funder } = platform;
  const database = platform.database.kysely;
  const { procedure } = facts.call.policy;
  const [decisions, confirmations] = await Promise.all([
    database
      .selectFrom("decision")
      .leftJoin("account", (on) =>
        on.onRef("account.funder", "=", "decision.funder").onRef("account.id", "=", "decision.by"),
      )
      .leftJoin("person", (on) =>
        on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
      )
      .leftJoin("organization", (on) =>
        on
          .onRef("organization.funder", "=", "person.funder")
          .onRef("organization.id", "=", "person.organization"),
      )
      .select([
        "decision.action",
        "from_state",
        "to_state",
        "decision.version",
        "reason",
        "codes",
        "marks",
        "role",
        "acting_for",
        "at",
        "person.name",
        "organization.id as organization",
        "organization.name_zh",
      ])
      .where("decision.funder", "=", funder)
      .where("application", "=", facts.id)
      .orderBy("at", "desc")
      .orderBy("decision.id", "desc")
      .execute(),
    confirmationsOf(database, funder, facts),
  ]);
  const official = isOfficial(actor);
  const acts: Event[] = decisions.map((one) => ({
    at: one.at,
    what: one.action,
    title: titleOf(one.action, one.to_state as ApplicationState),
    role: one.role as Role | null,
    // Applicants meet offices, not officers: the names of those outside the institution stay with those who work there.
    name: official || one.organization === facts.organization.id ? one.name : null,
    organization: one.name_zh,
    delegated: one.acting_for !== null,
    from: one.from_state as ApplicationState,
    to: one.to_state as ApplicationState,
    version: one.action === "application.submit" ? (one.version ?? 0) + 1 : one.version,
    reason: one.reason,
    codes: (one.codes as readonly string[]).map((code) => {
      const reason = procedure.reasons.find((known) => known.code === code);
      return { code, title: reason?.title ?? { zh: code, en: code }, clause: reason?.clauses[0] ?? "" };
    }),
    marks: one.marks as readonly Mark[],
    clause: procedure.clauses[one.action] ?? null,
    agreed: null,
  }));
  const given: Event[] = confirmations
    // The investigator's commitment is part of submitting.
    .filter(({ kind }) => kind !== "INVESTIGATOR_COMMITMENT")
    .map((one) => ({
      at: one.at,
      what: one.kind,
      title: confirmationTitles[one.kind]?.[one.agreed ? "given" : "declined"] ?? {
        zh: one.kind,
        en: one.kind,
      },
      role: null,
      name: one.party === "" ? null : one.party,
      organization: null,
      delegated: false,
      from: null,
      to: null,
      version: one.version === 0 ? null : one.version,
      reason: one.remark,
      codes: [],
      marks: [],
      clause: null,
      agreed: one.agreed,
    }));
  const begun: Event = {
    at: facts.createdAt,
    what: "application.create",
    title: titleOf("application.create", "DRAFT"),
    role: "PI",
    name: facts.investigator.name,
    organization: facts.organization.name,
    delegated: false,
    from: null,
    to: "DRAFT",
    version: null,
    reason: "",
    codes: [],
    marks: [],
    clause: procedure.clauses["application.create"] ?? null,
    agreed: null,
  };
  return [...acts, ...given].sort((a, b) => b.at - a.at).concat(begun);
};

const titleOf = (action: string, to: ApplicationState): Bilingual =>
  applicationTransitions.find((one) => one.action === action && one.to === to)?.title ?? {
    zh: action,
    en: action,
  };

const official = new Set<Role>(
  (Object.keys(roles) as Role[]).filter((one) =>
    ["DEPARTMENT", "DIVISION", "BUREAU"].includes(roles[one].seat),
  ),
);
const isOfficial = (actor: Actor): boolean => actor.grants.some(({ role }) => official.has(role));

export const applicationTimeline = defineQuery({
  name: "application.timeline",
  title: { zh: "申报的经过", en: "What happened to an application" },
  input: z.strictObject({ application: z.uuid() }),
  run: async (platform, actor, { application }) => {
    const facts = await applicationFacts(platform, platform.database.kysely, actor, application);
    return {
      application,
      state: facts.state,
      missed: facts.missed,
      events: await timelineOf(platform, actor, facts),
    };
  },
});
