import { z } from "zod";
import type { Content } from "../../../core/application/content.ts";
import type { Passage, SectionCoverage } from "../../../core/similarity/compare.ts";
import type { Uncounted } from "../../../core/similarity/uncounted.ts";
import { type Actor, may } from "../../../core/permission/permission.ts";
import { Missing } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import { defineQuery } from "../../../platform/query.ts";
import { type ApplicationFacts, applicationFacts } from "../facts.ts";
import { compared, nearTo } from "./find.ts";

/** Shared text as programs read it. Of an application that the reader may not see, nothing but the reader's own side is told. */
export type SimilarView = {
  readonly listFrom: number;
  readonly warnFrom: number;
  readonly near: readonly {
    readonly application: string | null;
    readonly coverage: number;
    readonly sections: readonly SectionCoverage[];
    readonly passages: readonly (Passage | Omit<Passage, "inSection" | "inFrom" | "inTo">)[];
  }[];
  readonly uncounted: readonly Uncounted[];
};

export const similarityRead = defineQuery({
  name: "similarity.read",
  title: { zh: "相似文字", en: "Shared text" },
  input: z.strictObject({ application: z.uuid() }),
  run: async (platform: Platform, actor: Actor, { application }): Promise<SimilarView> => {
    const facts = await applicationFacts(platform, platform.database.kysely, actor, application);
    if (!may("similarity.read", actor, facts.subject).allowed) throw new Missing("application");
    const { listFrom, warnFrom } = facts.call.policy.review.similarity;
    const content = await contentFor(platform, actor, facts);
    const { hits, uncounted } = await compared(platform, application, content, listFrom);
    const near = await nearTo(platform, actor, hits);
    return {
      listFrom,
      warnFrom,
      uncounted,
      near: near.map(({ hit: { coverage, sections, passages }, facts: other }) => ({
        application: other?.id ?? null,
        coverage,
        sections,
        passages:
          other !== null
            ? passages
            : passages.map(({ section, from, to, verbatim }) => ({ section, from, to, verbatim })),
      })),
    };
  },
});

/** Who writes it compares what is written now; everybody else what was filed. */
const contentFor = async (
  { database, funder }: Platform,
  actor: Actor,
  { id, content, subject, frozenVersion }: ApplicationFacts,
): Promise<Content> => {
  if (may("application.save", actor, subject).allowed) return content;
  if (frozenVersion === null) throw new Missing("application");
  const row = await database.kysely
    .selectFrom("application_version")
    .select("content")
    .where("funder", "=", funder)
    .where("application", "=", id)
    .where("number", "=", frozenVersion)
    .executeTakeFirst();
  if (row === undefined) throw new Missing("application");
  return row.content as Content;
};
