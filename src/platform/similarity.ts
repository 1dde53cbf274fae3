import { existsSync } from "node:fs";
import type { Document, Entry } from "../core/similarity/document.ts";
import type { Rate } from "../core/similarity/fingerprints.ts";
import type { Fold } from "../core/similarity/fold.ts";
import type { Known } from "../core/similarity/known.ts";
import { normalize } from "../core/similarity/normalize.ts";
import type { Passage, SectionCoverage } from "../core/similarity/compare.ts";
import { searcher } from "../core/similarity/search.ts";
import { invalid } from "./errors.ts";
import { loadFold } from "./similarity/fold.ts";
import { loadKnown } from "./similarity/known.ts";
import { lockForWriting } from "./similarity/lock.ts";
import { readManifest } from "./similarity/manifest.ts";
import {
  closeAll,
  collectionOf,
  drop,
  groupOf,
  idOf,
  type Opened,
  openFiles,
  put,
  textOf,
} from "./similarity/opened.ts";
import { loadSynonyms } from "./similarity/synonyms.ts";
import {
  dueForMerging,
  flush,
  folderFor,
  frequencyOf,
  merge,
  sweep,
  writeIndex,
} from "./similarity/write.ts";

/** A document of the index that shares text with the query. */
export type SimilarHit = {
  readonly id: string;
  /** Share of the query's own characters that passages cover. */
  readonly coverage: number;
  readonly sections: readonly SectionCoverage[];
  /** Offsets in UTF-16 units of the sections as given, ends exclusive. */
  readonly passages: readonly Passage[];
};

export type SimilarityIndex = {
  /** At most `top` documents, most covered first; never one of the query's own `group`. */
  readonly query: (document: Document, top: number) => readonly SimilarHit[];
  /** Adds a document or changes the one of the same id. In memory until `save`. */
  readonly put: (document: Document) => void;
  /** Removes; false where there is none of that id. In memory until `save`. */
  readonly remove: (id: string) => boolean;
  /** Writes what was changed and merges parts when that is due. Only for an index opened for writing. */
  readonly save: () => void;
  readonly documents: () => number;
  readonly close: () => void;
};

export const entryOfDocument = (fold: Fold, { id, title, group, sections }: Document): Entry => ({
  id,
  title,
  group: group ?? id,
  text: normalize(fold, sections),
});

export type BuildOptions = {
  /** Text that does not count; that of all packs unless given. */
  readonly known?: Known;
  readonly rate?: Rate;
};

/** Builds an index of the documents in a folder, in the place of one that is there. Throws `Invalid` for a folder with other files. */
export const buildSimilarity = async (
  folder: string,
  documents: AsyncIterable<Document> | Iterable<Document>,
  { known, rate = 32 }: BuildOptions = {},
): Promise<void> => {
  folderFor(folder);
  const release = lockForWriting(folder);
  try {
    const fold = await loadFold();
    await writeIndex(folder, entries(fold, documents), known ?? (await loadKnown(fold)), rate);
  } finally {
    release();
  }
};

const entries = async function* (fold: Fold, documents: AsyncIterable<Document> | Iterable<Document>) {
  for await (const document of documents) yield entryOfDocument(fold, document);
};

/**
 * Opens an index. `write` holds the lock until `close`. A damaged segment is made again from the index's texts; throws `Damaged`
 * where those are damaged too, `Invalid` where there is no index or another process writes.
 */
export const openSimilarity = async (
  folder: string,
  { write = false }: { readonly write?: boolean } = {},
): Promise<SimilarityIndex> => {
  const missing = () => invalid(folder, "这里没有相似性索引", "there is no similarity index here");
  if (!existsSync(folder)) throw missing();
  const release = write ? lockForWriting(folder) : () => {};
  try {
    const fold = await loadFold();
    const searching = searcher(await loadSynonyms(fold));
    let opened = openNow(folder, missing, write);
    if (write) sweep(folder);
    const reopen = () => {
      closeAll(opened);
      opened = openNow(folder, missing, write);
    };
    return {
      query: (document, top) => {
        const { group } = document;
        const hits = searching.search(
          {
            collection: collectionOf(opened),
            frequency: opened.frequency,
            known: opened.known,
            rate: opened.manifest.rate,
            textOf: (number) => textOf(opened, number),
            groupOf: (number) => groupOf(opened, number),
          },
          normalize(fold, document.sections),
          {
            top,
            skip: (number) => group !== undefined && groupOf(opened, number) === group,
            order: (a, b) => (idOf(opened, a) < idOf(opened, b) ? -1 : 1),
          },
        );
        return hits.map(({ document: number, coverage, sections, passages }) => ({
          id: idOf(opened, number),
          coverage,
          sections,
          passages,
        }));
      },
      put: (document) => put(opened, entryOfDocument(fold, document)),
      remove: (id) => drop(opened, id),
      save: () => {
        if (!write) throw new Error("the index was opened for reading");
        flush(folder, opened);
        const which = dueForMerging(opened);
        if (which.length === 0) return;
        merge(folder, opened, which);
        reopen();
        sweep(folder);
      },
      documents: () => opened.live,
      close: () => {
        closeAll(opened);
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
};

/** A reader may meet a writer that takes old files away: then the list has changed, and is read once more. */
const openNow = (folder: string, missing: () => Error, write: boolean): Opened => {
  for (let attempt = 0; ; attempt += 1) {
    const manifest = readManifest(folder);
    if (manifest === null) throw missing();
    try {
      return openFiles(folder, manifest, frequencyOf, write);
    } catch (error) {
      if (attempt >= 5 || readManifest(folder)?.next === manifest.next) throw error;
    }
  }
};
