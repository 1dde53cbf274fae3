import { sql } from "kysely";
import { z } from "zod";
import { type Changes, changesSchema, type Content } from "../../core/application/content.ts";
import { isOpened } from "../../core/application/form-place.ts";
import { type Actor, may } from "../../core/permission/permission.ts";
import { inTransaction } from "../../platform/database/connect.ts";
import { jsonText } from "../../platform/database/values.ts";
import { Denied, Invalid, Missing, refused, Stale } from "../../platform/errors.ts";
import { faultsOf } from "../../platform/json.ts";
import type { Platform } from "../../platform/platform.ts";
import { sealChanges } from "./seal.ts";

/** `version`: of the draft as the writer saw it; saving over a newer one is refused, and nothing is lost on either side. */
export const saveInput = z.strictObject({
  application: z.uuid(),
  version: z.int().min(1),
  changes: changesSchema,
});
export type Saved = { readonly application: string; readonly version: number; readonly savedAt: number };

/** States in which the investigator writes. */
export const writable: ReadonlySet<string> = new Set(["DRAFT", "RETURNED_TO_PI", "CORRECTION"]);

/** Which part of the content a save touches, as a correction opens it. */
const touched = (changes: Changes): readonly string[] =>
  Object.entries(changes).flatMap(([name, value]) =>
    name === "sections"
      ? Object.keys(value as object).map((id) => `sections.${id}`)
      : name === "unread"
        ? Object.entries(value as Readonly<Record<string, string>>).flatMap(([path, typed]) =>
            typed === "" ? [] : [path],
          )
        : value === undefined
          ? []
          : [name],
  );

/**
 * Saves a part of a draft: no ledger entry, whatever the rules say of the content. Throws Missing, Denied, Stale, or Refused where
 * the application is no longer being written.
 */
export const saveDraft = async (platform: Platform, actor: Actor, raw: unknown): Promise<Saved> => {
  const parsed = saveInput.safeParse(raw);
  if (!parsed.success) throw new Invalid(faultsOf(parsed.error));
  const { application, version, changes } = parsed.data;
  const { database, funder } = platform;
  const saved = await saveInPlace(platform, actor, parsed.data);
  if (saved !== null) return saved;
  return inTransaction(database, {}, async (tx) => {
    const row = await tx
      .selectFrom("application")
      .innerJoin("draft", (on) =>
        on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
      )
      .select([
        "application.state",
        "application.investigator",
        "application.correction_fields",
        "draft.content",
        "draft.version",
      ])
      .where("application.funder", "=", funder)
      .where("application.id", "=", application)
      .forUpdate("draft")
      .executeTakeFirst();
    if (row === undefined || actor.person !== row.investigator) throw new Missing("application");
    const permission = may("application.save", actor, { investigator: row.investigator });
    if (!permission.allowed) throw new Denied(permission.reason);
    if (!writable.has(row.state))
      throw refused(
        "这项申报已经提交，内容不能再改。需要修改的，请联系单位科研管理员退回。",
        "This application has been submitted and cannot be changed. Ask your research administrator to return it.",
      );
    if (row.version !== version) throw new Stale(version, row.version);
    const opened = (row.correction_fields ?? []) as readonly string[];
    const closed = row.state === "CORRECTION" ? touched(changes).filter((one) => !isOpened(opened, one)) : [];
    if (closed.length > 0)
      throw refused(
        `补正期间只能修改通知中列出的内容，${closed.join("、")} 不在其中。`,
        `During a correction only what the notice lists can be changed; ${closed.join(", ")} is not among it.`,
      );
    const content = await sealChanges(platform, row.content as Content, changes);
    const { rows } = await sql<{ saved_at: number }>`
      update draft set content = ${jsonText(content)}::jsonb, version = version + 1, saved_at = platform_now(), saved_by = ${actor.account}
      where funder = ${funder} and application = ${application} returning saved_at`.execute(tx);
    return { application, version: version + 1, savedAt: rows[0]?.saved_at ?? 0 };
  });
};

/**
 * What an autosave does, in one statement: the database puts the changes into the content. Null where nothing was saved and the long
 * way has to say why, and for what needs more than that: members are sealed, a correction opens some fields only.
 */
const saveInPlace = async (
  { database, funder }: Platform,
  actor: Actor,
  { application, version, changes }: z.infer<typeof saveInput>,
): Promise<Saved | null> => {
  const { members, unread, sections, declarations, ...plain } = changes;
  if (members !== undefined || unread !== undefined || actor.person === null) return null;
  if (!may("application.save", actor, { investigator: actor.person }).allowed) return null;
  const merged = [["sections", sections] as const, ["declarations", declarations] as const].flatMap(
    ([name, given]) =>
      given === undefined
        ? []
        : [
            sql` || jsonb_build_object(${sql.lit(name)}, coalesce(content -> ${sql.lit(name)}, '{}') || ${jsonText(given)}::jsonb)`,
          ],
  );
  const { rows } = await sql<{ saved_at: number }>`
    update draft set content = content || ${jsonText(plain)}::jsonb${merged.length === 0 ? sql`` : sql.join(merged, sql``)},
      version = draft.version + 1, saved_at = platform_now(), saved_by = ${actor.account}
    from application
    where application.funder = ${funder} and application.id = ${application} and application.investigator = ${actor.person}
      and application.state in ('DRAFT', 'RETURNED_TO_PI')
      and draft.funder = application.funder and draft.application = application.id and draft.version = ${version}
    returning draft.saved_at`.execute(database.kysely);
  const [row] = rows;
  return row === undefined ? null : { application, version: version + 1, savedAt: row.saved_at };
};
