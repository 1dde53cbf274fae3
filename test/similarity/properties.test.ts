import { cpSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  array,
  assert,
  asyncProperty,
  integer,
  nat,
  oneof,
  property,
  record,
  string,
  tuple,
} from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../../src/core/similarity/document.ts";
import { normalize } from "../../src/core/similarity/normalize.ts";
import { buildSegment, eachPosting, endOf, startOf } from "../../src/core/similarity/segment.ts";
import { endOffsetOf, offsetOf } from "../../src/core/similarity/text.ts";
import { buildSimilarity, openSimilarity, type SimilarityIndex } from "../../src/platform/similarity.ts";
import { loadFold } from "../../src/platform/similarity/fold.ts";
import { documentOf, documents, folder, textOf, world } from "./corpus.ts";

const fold = await loadFold();
const plain = (text: string) => String.fromCharCode(...normalize(fold, [{ name: "", text }]).codes);

/** Share of the pairs of characters of the shorter text that the other has too. */
const common = (a: string, b: string): number => {
  const pairs = (text: string) =>
    new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
  const [first, second] = [pairs(a), pairs(b)];
  return [...first].filter((pair) => second.has(pair)).length / Math.min(first.size, second.size);
};

/** A document of pieces of others, as applicants paste them. */
const patchwork = array(
  record({
    document: nat({ max: world.documents + 20 }),
    from: nat({ max: 900 }),
    length: integer({ min: 1, max: 500 }),
  }),
  { minLength: 1, maxLength: 5 },
).map((pieces): Document => ({
  id: "patchwork",
  title: "",
  sections: pieces.map(({ document, from, length }, at) => ({
    name: `s${at}`,
    text: documentOf(document)
      .sections.map(({ text }) => text)
      .join("")
      .slice(from, from + length),
  })),
}));

const open = async (write = false): Promise<{ readonly place: string; readonly index: SimilarityIndex }> => {
  const place = folder();
  await buildSimilarity(place, documents(0, 40));
  return { place, index: await openSimilarity(place, { write }) };
};

describe("answers", () => {
  it("a document always finds itself at coverage 1", async () => {
    const { index } = await open();
    for (const document of documents(0, 40)) {
      const [first] = index.query(document, 3);
      expect([first?.id, first?.coverage]).toEqual([document.id, 1]);
    }
    index.close();
  });

  it("also when it is short, repeats itself, or came later", async () => {
    const { index } = await open(true);
    let seen = 0;
    await assert(
      asyncProperty(patchwork, integer({ min: 1, max: 4 }), async (made, times) => {
        const document = {
          ...made,
          sections: made.sections.map((one) => ({ ...one, text: one.text.repeat(times) })),
        };
        index.put(document);
        const hits = index.query(document, 45);
        const found = hits.find(({ id }) => id === document.id);
        index.remove(document.id);
        // Nothing of its own that is long enough for a passage: then there is nothing to say, of anyone.
        expect(hits.length === 0 ? 1 : found?.coverage).toBe(1);
        if (hits.length > 0) seen += 1;
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(seen).toBeGreaterThan(40);
    index.close();
  });

  it("offsets point at the same text in both, within sections, twenty characters and more", async () => {
    const { index } = await open();
    let seen = 0;
    let total = 0;
    assert(
      property(patchwork, (query) => {
        for (const hit of index.query(query, 5)) {
          const source = documentOf(Number(hit.id.slice(1)));
          expect(hit.coverage).toBeGreaterThan(0);
          expect(hit.coverage).toBeLessThanOrEqual(1);
          for (const { section, from, to, inSection, inFrom, inTo } of hit.passages) {
            const [here, there] = [textOf(query, section), textOf(source, inSection)];
            expect(0 <= from && from + 20 <= to && to <= here.length).toBe(true);
            expect(0 <= inFrom && inFrom + 20 <= inTo && inTo <= there.length).toBe(true);
            const [a, b] = [plain(here.slice(from, to)), plain(there.slice(inFrom, inTo))];
            const alike = common(a, b);
            expect(alike).toBeGreaterThan(0.3);
            total += alike;
            seen += 1;
          }
        }
      }),
      { numRuns: 60, seed: 3 },
    );
    expect(seen).toBeGreaterThan(60);
    expect(total / seen).toBeGreaterThan(0.8);
    index.close();
  });

  it("adding and then removing leaves every answer as before", async () => {
    const { index, place } = await open(true);
    const ask = () => JSON.stringify(documents(30, 50).map((document) => index.query(document, 5)));
    const before = ask();
    for (const document of documents(40, 55)) index.put(document);
    const between = ask();
    expect(between).not.toBe(before);
    index.save();
    expect(ask()).toBe(between);
    for (const document of documents(40, 55)) index.remove(document.id);
    expect(ask()).toBe(before);
    index.save();
    expect(ask()).toBe(before);
    index.close();
    const again = await openSimilarity(place);
    expect(JSON.stringify(documents(30, 50).map((document) => again.query(document, 5)))).toBe(before);
    again.close();
  });

  it("a change replaces the old text, and merges change no answer", async () => {
    const { index } = await open(true);
    index.put({ ...documentOf(60), id: "p3" });
    expect(index.query(documentOf(60), 1)[0]?.id).toBe("p3");
    expect(index.query(documentOf(3), 5).find(({ id }) => id === "p3")?.coverage ?? 0).toBeLessThan(0.2);
    for (const document of documents(61, 70)) {
      index.put(document);
      index.save();
    }
    for (const number of [2, 60, 63, 69])
      expect(index.query(documentOf(number), 1)[0]).toMatchObject({
        id: number === 60 ? "p3" : `p${number}`,
        coverage: 1,
      });
    index.close();
  });

  it("versions of one application never report each other", async () => {
    const { index } = await open(true);
    index.put({ ...documentOf(70), id: "v1", group: "application" });
    index.put({ ...documentOf(70), id: "v2", group: "application" });
    expect(index.query({ ...documentOf(70), group: "application" }, 5)).toEqual([]);
    expect(index.query(documentOf(70), 5).map(({ id, coverage }) => [id, coverage])).toEqual([
      ["v1", 1],
      ["v2", 1],
    ]);
    index.close();
  });

  it("the same input gives the same files and the same answers", async () => {
    const [one, two] = [folder(), folder()];
    await buildSimilarity(one, documents(0, 20));
    await buildSimilarity(two, documents(0, 20));
    const files = readdirSync(one);
    expect(files.length).toBeGreaterThan(4);
    for (const file of files)
      expect(readFileSync(path.join(two, file)).equals(readFileSync(path.join(one, file)))).toBe(true);
    const copy = folder();
    cpSync(one, copy, { recursive: true });
    const [a, b] = [await openSimilarity(one), await openSimilarity(copy)];
    expect(a.query(documentOf(25), 10)).toEqual(b.query(documentOf(25), 10));
    a.close();
    b.close();
  });

  it("what a laboratory and its institution always write is not reported", async () => {
    const place = folder();
    const paragraph =
      "本实验室拥有大型波浪水槽三座、深水压力舱一座以及配套的数据采集系统，长期承担海洋装备的检测任务。".repeat(
        2,
      );
    const lab = documents(0, 12).map(({ id, title, sections }) => ({
      id,
      title,
      sections: sections.concat({ name: "base", text: paragraph }),
    }));
    await buildSimilarity(place, lab);
    const index = await openSimilarity(place);
    const [only] = index.query(
      {
        id: "q",
        title: "",
        sections: [
          { name: "base", text: paragraph },
          { name: "own", text: textOf(documentOf(80), "content") },
        ],
      },
      5,
    );
    expect(only?.coverage ?? 0).toBeLessThan(0.05);
    index.close();
  });
});

describe("parts of it", () => {
  it("positions lead back to the characters they came from", () => {
    assert(
      property(array(string({ unit: "grapheme", maxLength: 30 }), { maxLength: 4 }), (texts) => {
        const given = texts.map((text, at) => ({ name: String(at), text }));
        const text = normalize(fold, given);
        for (const { name, from, to } of text.sections)
          for (let at = from; at < to; at += 1) {
            const piece = given[Number(name)]!.text.slice(offsetOf(text, at), endOffsetOf(text, at));
            expect(plain(piece)).toContain(String.fromCharCode(text.codes[at]!));
            expect(piece.isWellFormed()).toBe(true);
          }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it("a segment holds every posting with its whole key", () => {
    assert(
      property(
        array(tuple(oneof(nat({ max: 3 }), nat({ max: 2 ** 32 - 1 })), nat({ max: 69 })), {
          maxLength: 300,
        }),
        (pairs) => {
          const given = [...new Map(pairs.map((pair) => [pair.join(), pair] as const)).values()];
          const segment = buildSegment(70, (visit) => {
            for (const [key, document] of given) visit(key, document);
          });
          const back: string[] = [];
          eachPosting(segment, (key, document) => back.push(`${key},${document}`));
          expect(back.sort()).toEqual(given.map((pair) => pair.join()).sort());
          for (const [key] of given) {
            const start = startOf(segment, key);
            expect(endOf(segment, key, start) - start).toBe(given.filter(([other]) => other === key).length);
          }
        },
      ),
      { numRuns: 200, seed: 2 },
    );
  });
});
