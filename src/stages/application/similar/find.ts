import type { Content } from "../../../core/application/content.ts";
import type { Worded } from "../../../core/application/worded.ts";
import type { Frequency } from "../../../core/similarity/frequency.ts";
import type { Actor } from "../../../core/permission/permission.ts";
import { Missing } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import type { SimilarHit } from "../../../platform/similarity.ts";
import { similarBySql } from "../../../platform/similarity/by-sql.ts";
import { storedFrequency } from "../../../platform/similarity/table.ts";
import { type ApplicationFacts, applicationFacts } from "../facts.ts";
import { documentOf, textsOf } from "./document.ts";
import { knownText, runsOn } from "./store.ts";

/** Another application that shares text. `facts` is null where the reader may not see it. */
export type Near = {
  readonly hit: SimilarHit;
  readonly facts: ApplicationFacts | null;
  /** The filed text that the passages point into, by section; empty for a text that no application here holds. */
  readonly texts: ReadonlyMap<string, string>;
  readonly worded: Worded | null;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const most = 20;

type Counted = { readonly documents: number; readonly frequency: Frequency };
const counted = new WeakMap<object, Map<string, Counted>>();

/** Frequencies as they were while the collection was about as large: taking them reads hundreds of texts. */
const frequencyOf = async ({ database, funder }: Platform): Promise<Frequency> => {
  const kept = counted.get(database.pool) ?? new Map<string, Counted>();
  counted.set(database.pool, kept);
  const { documents } = await database.kysely
    .selectFrom("similar_document")
    .select(({ fn }) => fn.countAll<number>().as("documents"))
    .where("funder", "=", funder)
    .executeTakeFirstOrThrow();
  const before = kept.get(funder);
  if (before !== undefined && Math.abs(documents - before.documents) <= before.documents / 20)
    return before.frequency;
  const frequency = await storedFrequency(database.pool, funder);
  kept.set(funder, { documents: documents, frequency });
  return frequency;
};

/** Filed applications whose text stands in this one, most covered first; never one of its own versions. */
export const hitsFor = async (
  platform: Platform,
  application: string,
  content: Content,
  listFrom: number,
): Promise<readonly SimilarHit[]> => {
  const hits = await similarBySql(runsOn(platform.database.kysely), {
    funder: platform.funder,
    document: documentOf(application, content),
    top: most,
    known: await knownText(),
    frequency: await frequencyOf(platform),
  });
  return hits.filter(({ coverage }) => coverage >= listFrom);
};

/** The hits with what the reader may know of the others, and the texts that the passages point into. */
export const nearTo = async (
  platform: Platform,
  actor: Actor,
  hits: readonly SimilarHit[],
): Promise<readonly Near[]> => {
  const ids = hits.map(({ id }) => id).filter((id) => uuid.test(id));
  if (hits.length === 0) return [];
  const rows = await platform.database.kysely
    .selectFrom("application")
    .innerJoin("application_version as version", (on) =>
      on
        .onRef("version.funder", "=", "application.funder")
        .onRef("version.application", "=", "application.id")
        .onRef("version.number", "=", "application.frozen_version"),
    )
    .select(["application.id", "version.content", "version.worded"])
    .where("application.funder", "=", platform.funder)
    .where("application.id", "in", ids)
    .execute();
  const filed = new Map(rows.map((row) => [row.id, row]));
  return Promise.all(
    hits.map(async (hit) => {
      const row = filed.get(hit.id);
      return {
        hit,
        facts: row === undefined ? null : await seenBy(platform, actor, hit.id),
        texts: row === undefined ? new Map<string, string>() : textsOf(row.content as Content),
        worded: row === undefined ? null : (row.worded as Worded),
      };
    }),
  );
};

/** Null where the actor may not see it. */
export const seenBy = async (
  platform: Platform,
  actor: Actor,
  application: string,
): Promise<ApplicationFacts | null> => {
  try {
    return await applicationFacts(platform, platform.database.kysely, actor, application);
  } catch (error) {
    if (error instanceof Missing) return null;
    throw error;
  }
};
