import type { Document } from "../../core/similarity/document.ts";
import type { Rate } from "../../core/similarity/fingerprints.ts";
import type { Frequency } from "../../core/similarity/frequency.ts";
import type { Known } from "../../core/similarity/known.ts";
import { normalize } from "../../core/similarity/normalize.ts";
import { type Prepared, prepare } from "../../core/similarity/prepared.ts";
import {
  candidatesFor,
  countsApplications,
  fingerprintsOf,
  searcher,
  weighQuery,
  worthAligning,
} from "../../core/similarity/search.ts";
import type { SimilarHit } from "../similarity.ts";
import { loadFold } from "./fold.ts";
import { loadSynonyms } from "./synonyms.ts";
import { entryFrom, type Runs } from "./table.ts";

/** The question of the index answered by plain SQL over the table of fingerprints: slower, no file, and the same answer. */
export type SqlQuestion = {
  readonly funder: string;
  readonly document: Document;
  readonly top: number;
  readonly known: Known;
  readonly frequency: Frequency;
  readonly rate?: Rate;
};

const countSql = `select key, count(*)::int as documents from similar_fingerprint where funder = $1 and key = any($2::int[]) group by key`;

const applicationsSql = `select f.key, count(distinct d.application)::int as documents
  from similar_fingerprint f join similar_document d on d.funder = f.funder and d.number = f.document
  where f.funder = $1 and f.key = any($2::int[]) group by f.key`;

// A document's score is the sum of what the query's fingerprints weigh; its densest place the most of two neighbouring half windows.
const candidatesSql = `
with asked as (
  select * from unnest($2::int[], $3::int[], $4::int[], $5::int[]) as a (key, half, weight, in_place)
), placed as (
  select f.document, a.half, sum(a.weight) as weight, sum(a.in_place) as in_place
  from asked a join similar_fingerprint f on f.funder = $1 and f.key = a.key group by f.document, a.half
), joined as (
  select document, weight,
    in_place + case when lag(half) over by_place = half - 1 then lag(in_place) over by_place else 0 end as dense
  from placed window by_place as (partition by document order by half)
), ranked as (
  select d.id, d.number, sum(j.weight) as score, max(j.dense) as densest
  from joined j join similar_document d on d.funder = $1 and d.number = j.document
  where $6::text is null or d.application <> $6 group by d.id, d.number
)
(select * from ranked order by score desc, id collate "C" limit $7)
union
(select * from ranked order by densest desc, id collate "C" limit $7)`;

const toUnsigned = (key: number): number => key >>> 0;

/** `hits`: at most `top` documents of the funder, most covered first, never one of the document's own group. `query`: what counted in it. */
export const similarBySql = async (
  runs: Runs,
  { funder, document, top, known, frequency, rate = 32 }: SqlQuestion,
): Promise<{ readonly hits: readonly SimilarHit[]; readonly query: Prepared }> => {
  const fold = await loadFold();
  const asked = prepare(normalize(fold, document.sections), known, frequency);
  const found = fingerprintsOf(asked, rate);
  const signed = (keys: Iterable<number>) => Array.from(keys, (key) => key | 0);
  const total = await runs.query<{ live: number }>(
    "select count(*)::int as live from similar_document where funder = $1",
    [funder],
  );
  const live = total.rows[0]?.live ?? 0;
  const counted = await runs.query<{ key: number; documents: number }>(countSql, [
    funder,
    signed(found.keys),
  ]);
  const counts = new Map(counted.rows.map(({ key, documents }) => [toUnsigned(key), documents]));
  const between = counted.rows.filter(({ documents }) => countsApplications(documents));
  const applications = new Map(counts);
  if (between.length > 0) {
    const told = await runs.query<{ key: number; documents: number }>(applicationsSql, [
      funder,
      between.map(({ key }) => key),
    ]);
    for (const { key, documents } of told.rows) applications.set(toUnsigned(key), documents);
  }
  const of = (map: ReadonlyMap<number, number>) => Array.from(found.keys, (key) => map.get(key) ?? 0);
  const { query, weighed } = weighQuery(asked, found, of(applications), live, frequency.cap);
  const { rows } = await runs.query<{ id: string; number: string; score: string; densest: string }>(
    candidatesSql,
    [
      funder,
      weighed.map(({ at }) => found.keys[at]! | 0),
      weighed.map(({ half }) => half),
      weighed.map(({ weight }) => weight),
      weighed.map(({ inPlace }) => inPlace),
      document.group ?? null,
      candidatesFor(top),
    ],
  );
  // By id: the order that decides between equals in the index too.
  const ids = rows.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1));
  const candidates = rows
    .map(({ id, score, densest }) => ({
      document: ids.indexOf(id),
      score: Number(score),
      densest: Number(densest),
    }))
    .sort((a, b) => b.score - a.score || a.document - b.document);
  const chosen = worthAligning(live, candidates);
  const texts = await runs.query<{ id: string; entry: Buffer }>(
    "select id, entry from similar_document where funder = $1 and id = any($2::text[])",
    [funder, chosen.map(({ document: at }) => ids[at])],
  );
  const entries = new Map(texts.rows.map(({ id, entry }) => [id, entryFrom(entry).text]));
  const { align } = searcher(await loadSynonyms(fold));
  const hits = align({ frequency, textOf: (at) => entries.get(ids[at]!)! }, query, chosen, top);
  return {
    query,
    hits: hits.map(({ document: at, coverage, sections, passages }) => ({
      id: ids[at]!,
      coverage,
      sections,
      passages,
    })),
  };
};
