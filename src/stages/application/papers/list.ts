import { z } from "zod";
import { documentKinds } from "../../../core/document/kind.ts";
import type { Actor } from "../../../core/permission/permission.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import { Missing } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import { defineQuery } from "../../../platform/query.ts";
import { type ApplicationFacts, applicationFacts } from "../facts.ts";
import { type EntryView, entriesOf } from "../receipt.ts";
import { versionsOf } from "../versions.ts";
import { mayReadDraft } from "../view-may.ts";
import { orderOf, type VersionPaper, versionPapers } from "./orders.ts";
import { paperSource } from "./source.ts";

/** `preview` and `file`: addresses below the platform's own. */
export type PaperLinks = { readonly preview: string; readonly file: string };
export type ListedPaper = {
  readonly kind: VersionPaper;
  readonly title: Bilingual;
  /** Null where nobody has drawn it yet; size in bytes. */
  readonly made: { readonly pages: number; readonly size: number } | null;
  readonly links: PaperLinks;
};
export type ListedVersion = {
  /** Null for the draft, which has no code either. */
  readonly number: number | null;
  readonly code: string | null;
  readonly at: number;
  /** None where its content was destroyed. */
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
  const papers = async (side: number | "draft"): Promise<readonly ListedPaper[]> => {
    const source = await paperSource(platform, actor, facts, side).catch((error: unknown) => {
      if (error instanceof Missing) return null;
      throw error;
    });
    if (source === null) return [];
    return Promise.all(
      versionPapers.map(async (kind) => {
        const made = await platform.documents.known(orderOf(kind, source));
        return {
          kind,
          title: documentKinds[kind].title,
          made: made === null ? null : { pages: made.pages, size: made.size },
          links: linksOf(kind, `version=${side}`),
        };
      }),
    );
  };
  const draft =
    editing.has(facts.state) && mayReadDraft(actor, facts)
      ? [{ number: null, code: null, at: facts.savedAt, papers: await papers("draft") }]
      : [];
  const filed = await Promise.all(
    versions.map(async ({ number, code, frozenAt }) => ({
      number,
      code,
      at: frozenAt,
      papers: await papers(number),
    })),
  );
  return {
    versions: [...draft, ...filed],
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
