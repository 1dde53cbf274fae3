import { z } from "zod";
import { documentKinds } from "../../../core/document/kind.ts";
import type { Actor } from "../../../core/permission/permission.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { Platform } from "../../../platform/platform.ts";
import { defineQuery } from "../../../platform/query.ts";
import { type ApplicationFacts, applicationFacts } from "../facts.ts";
import { type EntryView, entriesOf } from "../receipt.ts";
import { versionsOf } from "../versions.ts";
import { mayReadDraft } from "../view-may.ts";
import { type VersionPaper, versionPapers } from "./orders.ts";

/** `preview` and `file`: addresses below the platform's own. */
export type PaperLinks = { readonly preview: string; readonly file: string };
export type ListedPaper = {
  readonly kind: VersionPaper;
  readonly title: Bilingual;
  readonly links: PaperLinks;
};
export type ListedVersion = {
  /** Null for the draft, which has no code either. */
  readonly number: number | null;
  readonly code: string | null;
  readonly at: number;
  readonly papers: readonly ListedPaper[];
};
export type PaperList = {
  /** The draft first, where it may be read and is still written; then what was filed, the latest first. */
  readonly versions: readonly ListedVersion[];
  readonly receipts: readonly { readonly entry: EntryView; readonly links: PaperLinks }[];
};

const editing = new Set(["DRAFT", "RETURNED_TO_PI", "CORRECTION"]);

export const papersOf = async (
  platform: Platform,
  actor: Actor,
  facts: ApplicationFacts,
): Promise<PaperList> => {
  const [versions, entries] = await Promise.all([
    versionsOf(platform, facts.id),
    entriesOf(platform, facts.id),
  ]);
  const base = `/applications/${facts.id}/papers`;
  const linksOf = (kind: string, query: string): PaperLinks => ({
    preview: `${base}/${kind}?${query}`,
    file: `${base}/${kind}.pdf?${query}`,
  });
  const papers = (side: string): readonly ListedPaper[] =>
    versionPapers.map((kind) => ({
      kind,
      title: documentKinds[kind].title,
      links: linksOf(kind, `version=${side}`),
    }));
  const draft =
    editing.has(facts.state) && mayReadDraft(actor, facts)
      ? [{ number: null, code: null, at: facts.savedAt, papers: papers("draft") }]
      : [];
  return {
    versions: [
      ...draft,
      ...versions.map(({ number, code, frozenAt }) => ({
        number,
        code,
        at: frozenAt,
        papers: papers(String(number)),
      })),
    ],
    receipts: entries.map((entry) => ({ entry, links: linksOf("receipt", `entry=${entry.id}`) })),
  };
};

export const applicationPapers = defineQuery({
  name: "application.papers",
  title: { zh: "申报文件", en: "Papers of an application" },
  input: z.strictObject({ application: z.uuid() }),
  run: async (platform: Platform, actor: Actor, { application }): Promise<PaperList> =>
    papersOf(platform, actor, await applicationFacts(platform, platform.database.kysely, actor, application)),
});
