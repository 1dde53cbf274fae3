import { sql } from "kysely";
import type { Content } from "../../../core/application/content.ts";
import { type Worded, wordedOf } from "../../../core/application/worded.ts";
import type { Actor } from "../../../core/permission/permission.ts";
import { instantText } from "../../../platform/database/values.ts";
import { Missing } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import type { ApplicationFacts } from "../facts.ts";
import type { VersionView } from "../versions.ts";
import { type Lead, openContent, type OpenContent } from "../view-answers.ts";
import { mayReadDraft } from "../view-may.ts";
import { labelOf } from "../view.ts";

/** What the papers of one application are drawn from: a frozen version, or the draft. Identity numbers are masked. */
export type PaperSource = {
  readonly facts: ApplicationFacts;
  readonly label: string;
  readonly content: OpenContent;
  readonly worded: Worded;
  /** Null for the draft. */
  readonly filed: VersionView | null;
  /** When it became so, milliseconds since 1970 UTC. */
  readonly at: number;
  readonly lead: Lead;
  readonly department: string;
  readonly files: readonly PaperFile[];
};

/** `size` in bytes. */
export type PaperFile = {
  readonly type: string;
  readonly filename: string;
  readonly size: number;
  readonly sha256: string;
};

/** A frozen version by its number, or the draft. Throws `Missing` for a version that is not there and a draft that the actor may not read. */
export const paperSource = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  side: number | "draft",
): Promise<PaperSource> => {
  if (side === "draft" && !mayReadDraft(actor, facts)) throw new Missing("draft");
  const frozen = side === "draft" ? null : await frozenOf(platform, facts.id, side);
  const content = frozen?.content ?? facts.content;
  const [{ lead, department }, files] = await Promise.all([
    peopleOf(platform, facts),
    filesOf(platform, facts.id, frozen?.filed.frozenAt ?? null),
  ]);
  return {
    facts,
    label: labelOf(facts.call.code, facts.number),
    content: openContent(content),
    worded: frozen?.worded ?? wordedOf(facts.call.policy, content),
    filed: frozen?.filed ?? null,
    at: frozen?.filed.frozenAt ?? facts.savedAt,
    lead,
    department,
    files,
  };
};

const frozenOf = async (platform: Platform, application: string, number: number) => {
  const row = await platform.database.kysely
    .selectFrom("application_version")
    .select(["number", "content", "worded", "hash", "code", "frozen_at"])
    .where("funder", "=", platform.funder)
    .where("application", "=", application)
    .where("number", "=", number)
    .executeTakeFirst();
  if (row === undefined) throw new Missing("version");
  const { hash, code, frozen_at: frozenAt } = row;
  return {
    content: row.content as Content,
    worded: row.worded as Worded,
    filed: { number: row.number, hash, code, frozenAt },
  };
};

const peopleOf = async (platform: Platform, { investigator, organization }: ApplicationFacts) => {
  const row = await platform.database.kysely
    .selectFrom("person")
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "person.funder")
        .on("organization.id", "=", organization.department),
    )
    .select(["name", "title_level", "degree", "identity_mask", "organization.name_zh as department"])
    .where("person.funder", "=", platform.funder)
    .where("person.id", "=", investigator.person)
    .executeTakeFirstOrThrow();
  const lead: Lead = {
    name: row.name,
    titleLevel: row.title_level as Lead["titleLevel"],
    degree: row.degree as Lead["degree"],
    identity: row.identity_mask,
    organization: organization.name,
  };
  return { lead, department: row.department ?? "" };
};

/** Files that hung on it at an instant, so that a version's papers say the same for ever; null: that hang on it now. */
const filesOf = (platform: Platform, application: string, at: number | null): Promise<PaperFile[]> => {
  const query = platform.database.kysely
    .selectFrom("attachment")
    .innerJoin("stored_file", (on) =>
      on
        .onRef("stored_file.funder", "=", "attachment.funder")
        .onRef("stored_file.sha256", "=", "attachment.file"),
    )
    .select(["type", "filename", "size", "sha256"])
    .where("attachment.funder", "=", platform.funder)
    .where("application", "=", application)
    .orderBy("uploaded_at")
    .orderBy("attachment.id");
  if (at === null) return query.where("removed_at", "is", null).execute();
  const then = sql<number>`${instantText(at)}::timestamptz`;
  return query
    .where("uploaded_at", "<=", then)
    .where((row) => row.or([row("removed_at", "is", null), row("removed_at", ">", then)]))
    .execute();
};
