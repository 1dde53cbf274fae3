import { z } from "zod";
import type { Content } from "../../core/application/content.ts";
import type { Worded } from "../../core/application/worded.ts";
import type { Actor } from "../../core/permission/permission.ts";
import { Missing } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import { type Answer, type Answered, answersOf, openContent } from "./view-answers.ts";
import { mayReadDraft } from "./view-may.ts";

/** What was filed and when; the draft stands beside it for those who may read it. */
export type VersionView = {
  readonly number: number;
  readonly hash: string;
  readonly code: string;
  readonly frozenAt: number;
};

/** One place that differs; a row of a list by its key, absent before or after where it was added or removed. */
export type Difference = {
  readonly path: string;
  readonly title: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};
export type SectionDifference = {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly Difference[];
};

export const versionsOf = (platform: Platform, application: string): Promise<readonly VersionView[]> =>
  platform.database.kysely
    .selectFrom("application_version")
    .select(["number", "hash", "code", "frozen_at as frozenAt"])
    .where("funder", "=", platform.funder)
    .where("application", "=", application)
    .orderBy("number", "desc")
    .execute();

type Side = number | "draft";

const sideOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  side: Side,
): Promise<{ readonly content: Content; readonly worded: Worded | null }> => {
  if (side === "draft") {
    if (!mayReadDraft(actor, facts)) throw new Missing("draft");
    return { content: facts.content, worded: null };
  }
  const row = await platform.database.kysely
    .selectFrom("application_version")
    .select(["content", "worded"])
    .where("funder", "=", platform.funder)
    .where("application", "=", facts.id)
    .where("number", "=", side)
    .executeTakeFirst();
  if (row === undefined) throw new Missing("version");
  return { content: row.content as Content, worded: row.worded as Worded };
};

const linesOf = (answer: Answer): ReadonlyMap<string, string> =>
  answer.kind === "table"
    ? new Map(answer.rows.map(({ key, cells }) => [key, cells.filter((cell) => cell !== "").join("　")]))
    : answer.kind === "text"
      ? new Map([["", answer.lines.join("\n")]])
      : new Map();

/** Sections in which something differs, in the order of the form. What both sides do not ask is compared where one does. */
export const differencesOf = (
  before: readonly Answered[],
  after: readonly Answered[],
): readonly SectionDifference[] => {
  const ids = [...new Set([...after, ...before].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const old = before.find((one) => one.id === id);
    const now = after.find((one) => one.id === id);
    const paths = [
      ...new Set([...(now?.questions ?? []), ...(old?.questions ?? [])].map(({ path }) => path)),
    ];
    const fields = paths.flatMap((path) => {
      const a = old?.questions.find((one) => one.path === path);
      const b = now?.questions.find((one) => one.path === path);
      const left: ReadonlyMap<string, string> = a === undefined ? new Map() : linesOf(a.answer);
      const right: ReadonlyMap<string, string> = b === undefined ? new Map() : linesOf(b.answer);
      const keys = [...new Set([...left.keys(), ...right.keys()])].filter(
        (key) => (left.get(key) ?? "") !== (right.get(key) ?? ""),
      );
      if (keys.length === 0) return [];
      const said = (side: ReadonlyMap<string, string>) => keys.map((key) => side.get(key) ?? "");
      return [{ path, title: b?.title ?? a?.title ?? path, before: said(left), after: said(right) }];
    });
    return fields.length === 0 ? [] : [{ id, title: now?.title ?? old?.title ?? id, fields }];
  });
};

export const diffOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
  from: Side,
  to: Side,
  language: "zh" | "en",
): Promise<readonly SectionDifference[]> => {
  const [before, after] = await Promise.all([
    sideOf(platform, actor, facts, from),
    sideOf(platform, actor, facts, to),
  ]);
  const answered = (side: typeof before) =>
    answersOf(facts.call.policy, openContent(side.content), side.worded, null, language);
  return differencesOf(answered(before), answered(after));
};

/** A version's number, or `draft`. */
export const sideSchema = z.union([z.literal("draft"), z.coerce.number().int().min(1)]);

export const applicationVersions = defineQuery({
  name: "application.versions",
  title: { zh: "申报的版本", en: "Versions of an application" },
  input: z.strictObject({ application: z.uuid() }),
  run: async (platform, actor, { application }) => {
    const facts = await applicationFacts(platform, platform.database.kysely, actor, application);
    const draft = mayReadDraft(actor, facts) ? { version: facts.draftVersion, savedAt: facts.savedAt } : null;
    return { application, versions: await versionsOf(platform, application), draft };
  },
});

export const applicationDiff = defineQuery({
  name: "application.diff",
  title: { zh: "两个版本的差别", en: "What differs between two versions" },
  input: z.strictObject({
    application: z.uuid(),
    from: sideSchema,
    to: sideSchema,
    language: z.enum(["zh", "en"]).default("zh"),
  }),
  run: async (platform, actor, { application, from, to, language }) => {
    const facts = await applicationFacts(platform, platform.database.kysely, actor, application);
    return { application, from, to, sections: await diffOf(platform, actor, facts, from, to, language) };
  },
});
