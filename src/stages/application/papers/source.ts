import { sql } from "kysely";
import type { Content } from "../../../core/application/content.ts";
import { type FiledBy, type Worded, wordedOf } from "../../../core/application/worded.ts";
import type { Actor } from "../../../core/permission/permission.ts";
import { instantText } from "../../../platform/database/values.ts";
import { Missing } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import type { ApplicationFacts } from "../facts.ts";
import type { VersionView } from "../versions.ts";
import { filedByNow } from "../filed-by.ts";
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
  readonly filedBy: FiledBy;
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
  const worded = frozen?.worded ?? wordedOf(facts.call.policy, content);
  const [filedBy, files] = await Promise.all([
    worded.filedBy ?? filedByNow(platform.database.kysely, platform.funder, facts),
    filesOf(platform, facts.id, frozen?.filed.frozenAt ?? null),
  ]);
  return {
    facts,
    label: labelOf(facts.call.code, facts.number),
    content: openContent(content),
    worded,
    filed: frozen?.filed ?? null,
    at: frozen?.filed.frozenAt ?? facts.savedAt,
    filedBy,
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
  const worded = row.worded as Partial<Worded>;
  // Its content was destroyed when its time was over.
  if (worded.sections === undefined) throw new Missing("version");
  const { hash, code, frozen_at: frozenAt } = row;
  return {
    content: row.content as Content,
    worded: worded as Worded,
    filed: { number: row.number, hash, code, frozenAt },
  };
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

/** Who leads it, as the answers say it. */
export const leadOf = ({ filedBy }: PaperSource): Lead => ({
  name: filedBy.name,
  titleLevel: filedBy.titleLevel as Lead["titleLevel"],
  degree: filedBy.degree as Lead["degree"],
  identity: filedBy.identity,
  organization: filedBy.organization,
});
