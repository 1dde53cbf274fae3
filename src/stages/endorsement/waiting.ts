import { sql } from "kysely";
import type { Actor } from "../../core/permission/permission.ts";
import type { Call } from "../../platform/calls.ts";
import type { Platform } from "../../platform/platform.ts";
import { visibleApplications } from "../application/visible.ts";
import { type Kind, kinds } from "./confirmations.ts";
import { holds } from "./seat.ts";

/** The kinds that somebody may confirm at a unit. */
export const kindsOf = (actor: Actor, organization: string): readonly Kind[] =>
  (Object.keys(kinds) as Kind[]).filter((kind) => holds(actor, kinds[kind].role, organization));

/** What waits for one kind of confirmation at a unit, the oldest first, and how many have been given. */
export const waitingFor = async (
  platform: Platform,
  actor: Actor,
  call: Call,
  organization: string,
  kind: Kind,
) => {
  const rows = await platform.database.kysely
    .selectFrom("application")
    .innerJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
    )
    .innerJoin("person", (on) =>
      on
        .onRef("person.funder", "=", "application.funder")
        .onRef("person.id", "=", "application.investigator"),
    )
    .leftJoin("confirmation", (on) =>
      on
        .onRef("confirmation.funder", "=", "application.funder")
        .onRef("confirmation.application", "=", "application.id")
        .onRef("confirmation.version", "=", "application.frozen_version")
        .on("confirmation.kind", "=", kind),
    )
    .select([
      "application.id",
      "application.number",
      "application.submitted_at",
      "draft.title",
      "draft.category",
      "draft.requested_grant",
      "person.name",
      "confirmation.id as confirmed",
    ])
    .where("application.funder", "=", platform.funder)
    .where("application.call", "=", call.id)
    .where("application.lead_organization", "=", organization)
    .where(
      sql<boolean>`(application.state = 'ORG_REVIEW' or (application.state = 'ACCEPTANCE' and application.corrected and ${kind} = 'SEAL') or confirmation.id is not null)`,
    )
    .where(visibleApplications(platform, actor))
    .orderBy("application.submitted_at")
    .execute();
  const open = rows.filter((one) => one.confirmed === null);
  return {
    rows: open.map((one) => ({
      id: one.id,
      kind,
      number: one.number,
      title: one.title ?? "",
      investigator: one.name,
      category: one.category,
      requestedGrant: one.requested_grant,
      submittedAt: one.submitted_at,
    })),
    given: rows.length - open.length,
  };
};
