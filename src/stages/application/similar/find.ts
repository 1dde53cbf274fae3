import type { Content } from "../../../core/application/content.ts";
import type { Worded } from "../../../core/application/worded.ts";
import type { Frequency } from "../../../core/similarity/frequency.ts";
import type { Actor } from "../../../core/permission/permission.ts";
import { Missing } from "../../../platform/errors.ts";
import type { Platform } from "../../../platform/platform.ts";
import type { SimilarHit } from "../../../platform/similarity.ts";
import { directionTexts } from "../../../core/direction/texts.ts";
import { knownOf } from "../../../core/similarity/known.ts";
import { normalize } from "../../../core/similarity/normalize.ts";
import { pastedFrom } from "../../../core/similarity/pasted.ts";
import { type Place, type Uncounted, uncounted } from "../../../core/similarity/uncounted.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { loadFold } from "../../../platform/similarity/fold.ts";
import { similarBySql } from "../../../platform/similarity/by-sql.ts";
import { storedFrequency } from "../../../platform/similarity/table.ts";
import { type ApplicationFacts, applicationFacts } from "../facts.ts";
import { type AttachedTexts, attachedTexts } from "./attached.ts";
import { type Attached, documentOf, textsOf } from "./document.ts";
import { knownText, runsOn } from "./store.ts";

/** Another application that shares text. `facts` is null where the reader may not see it. */
export type Near = {
  readonly hit: SimilarHit;
  readonly facts: ApplicationFacts | null;
  /** The filed text that the passages point into, by section; empty for a text that no application here holds. */
  readonly texts: ReadonlyMap<string, string>;
  readonly worded: Worded | null;
  readonly attached: readonly Attached[];
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

/** What a comparison found. `attached`: the texts of its attachments; `uncounted`: its long stretches that count for nobody. */
export type Found = {
  readonly hits: readonly SimilarHit[];
  readonly uncounted: readonly Uncounted[];
  readonly attached: AttachedTexts;
};

/** Filed applications whose text stands in this one, most covered first; never one of its own versions. */
export const compared = async (
  platform: Platform,
  application: string,
  content: Content,
  listFrom: number,
): Promise<Found> => {
  const { database, funder } = platform;
  const attached = await attachedTexts(database.kysely, funder, application);
  const { hits, query } = await similarBySql(runsOn(database.kysely), {
    funder,
    document: documentOf(application, content, attached.read),
    top: most,
    known: await knownText(),
    frequency: await frequencyOf(platform),
  });
  return {
    hits: hits.filter(({ coverage }) => coverage >= listFrom),
    uncounted: uncounted(query),
    attached,
  };
};

/** Where the guide's own text of the chosen direction was pasted: many do so, and it says nothing of the project. */
export const pastedDirection = async (policy: Policy, content: Content): Promise<readonly Place[]> => {
  const direction = directionTexts(policy).find(({ code }) => code === content.direction);
  if (direction === undefined || direction.body === "") return [];
  const fold = await loadFold();
  const source = knownOf([normalize(fold, [{ name: "", text: direction.body }])], []);
  const sections = [...textsOf(content)].map(([name, text]) => ({ name, text }));
  return pastedFrom(normalize(fold, sections), source);
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
      if (row === undefined)
        return { hit, facts: null, texts: new Map<string, string>(), worded: null, attached: [] };
      const { read } = await attachedTexts(platform.database.kysely, platform.funder, hit.id);
      return {
        hit,
        facts: await seenBy(platform, actor, hit.id),
        texts: textsOf(row.content as Content, read),
        worded: row.worded as Worded,
        attached: read,
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
