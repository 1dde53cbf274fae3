import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexOf } from "../../src/core/ledger/bytes.ts";
import { type Entry, hashOfEntry } from "../../src/core/ledger/entry.ts";
import { headerLine, readHeader, verifyExport } from "../../src/core/ledger/export.ts";
import { inclusionSpans, rootOf } from "../../src/core/ledger/merkle.ts";
import { receiptOfEntry, receiptSchema, verifyReceipt } from "../../src/core/ledger/receipt.ts";
import { chainOf, exportOf, lineOfEntry, rootOfEntries, sha256, signHead, verify } from "./world.ts";

const size = 40;
const entries = chainOf(size);
const sound = exportOf(entries);
const check = (lines: readonly string[], trusted: { number: number; root: string } | null = null) =>
  verifyExport(sha256, verify, lines, trusted);
const at = fc.integer({ min: 1, max: size });
const rehash = (entry: Entry) => hexOf(hashOfEntry(sha256, entry));

/** Entries after a forged one, all chained anew: only a head can tell. */
const rewrittenFrom = (number: number): readonly Entry[] => {
  const forged: Entry[] = entries.slice(0, number - 1);
  for (const entry of entries.slice(number - 1)) {
    const last = forged.at(-1);
    const previous = last === undefined ? entry.previous : rehash(last);
    forged.push({ ...entry, previous, body: entry.number === number ? { forged: true } : entry.body });
  }
  return forged;
};

describe("an export", () => {
  it("is verified whole, the empty one too", () => {
    expect(check(sound)).toEqual({
      entries: size,
      verified: true,
      root: rootOfEntries(entries),
      firstBad: null,
      fault: null,
      headSound: true,
    });
    expect(check(exportOf([]))).toMatchObject({ entries: 0, verified: true });
    expect(check(sound.slice(1))).toBeNull();
    expect(check([])).toBeNull();
  });

  it("names the entry of every single changed character", () => {
    fc.assert(
      fc.property(at, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (number, place, sign) => {
        const line = sound[number]!;
        const where = place % line.length;
        const other = line.slice(0, where) + sign + line.slice(where + 1);
        fc.pre(other !== line);
        expect(check(sound.with(number, other))).toMatchObject({ verified: false, firstBad: number });
      }),
      { numRuns: 600 },
    );
  });

  it("finds a change in every place of one line and of the header", () => {
    for (const number of [1, 17, size])
      for (let place = 0; place < sound[number]!.length; place += 1) {
        const line = sound[number]!;
        const other = `${line.slice(0, place)}${line[place] === "0" ? "1" : "0"}${line.slice(place + 1)}`;
        expect(check(sound.with(number, other))).toMatchObject({ verified: false, firstBad: number });
      }
    const header = sound[0]!;
    for (let place = 0; place < header.length; place += 1) {
      const other = `${header.slice(0, place)}${header[place] === "0" ? "1" : "0"}${header.slice(place + 1)}`;
      expect(check(sound.with(0, other))?.verified ?? false).toBe(false);
    }
  });

  it("names the entry that was removed, put in twice, put in anew, or exchanged", () => {
    const anew = (number: number, previous: string): Entry => ({
      ...entries[0]!,
      id: "forged",
      number,
      previous,
    });
    fc.assert(
      fc.property(at, at, (number, other) => {
        const bad = (lines: readonly string[]) => check(lines)?.firstBad;
        expect(bad(sound.toSpliced(number, 1))).toBe(number);
        // A copy of the line before stands where the next one should be.
        expect(bad(sound.toSpliced(number + 1, 0, sound[number]!))).toBe(number + 1);
        const previous = number === 1 ? entries[0]!.previous : rehash(entries[number - 2]!);
        expect(bad(sound.toSpliced(number, 0, lineOfEntry(anew(number, previous))))).toBe(number);
        // Behind the last entry nobody knows its hash: only the head disagrees, and vouches for none before.
        const named = number === size ? 1 : number;
        expect(bad(sound.with(number, lineOfEntry(anew(number, previous))))).toBe(named);
        fc.pre(number !== other);
        const [low, high] = [Math.min(number, other), Math.max(number, other)];
        expect(bad(sound.with(low, sound[high]!).with(high, sound[low]!))).toBe(low);
      }),
      { numRuns: 400 },
    );
  });

  it("names an entry that was pushed between others with all numbers behind it moved", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: size - 1 }), (number) => {
        const forged = { ...entries[5]!, id: "forged", number, previous: rehash(entries[number - 2]!) };
        const lines = entries.slice(number - 1).map((entry) => {
          const moved = Object.assign({}, entry, { number: entry.number + 1 });
          return lineOfEntry(moved).replace(rehash(moved), rehash(entry));
        });
        const all = [...sound.slice(0, number), lineOfEntry(forged), ...lines];
        expect(check(all)?.firstBad).toBe(number);
      }),
      { numRuns: 40 },
    );
  });

  it("names a changed entry whose own hash was made to fit, and the one whose predecessor was exchanged", () => {
    for (let number = 1; number < size; number += 1) {
      const forged = { ...entries[number - 1]!, actor: "somebody else" };
      expect(check(sound.with(number, lineOfEntry(forged)))).toMatchObject({ firstBad: number });
      const astray = { ...entries[number - 1]!, previous: "0".repeat(64) };
      const named = check(sound.with(number, lineOfEntry(astray)))?.firstBad;
      // The forged entry agrees with itself: it or the one before was changed.
      expect([number, Math.max(1, number - 1)]).toContain(named);
    }
  });

  it("finds a cut tail by the head in the header, and by a head kept elsewhere", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: size - 1 }), (left) => {
        expect(check(sound.slice(0, left + 1))).toMatchObject({ firstBad: left + 1, fault: "cut" });
        const shorter = exportOf(entries.slice(0, left));
        expect(check(shorter)?.verified).toBe(true);
        const kept = { number: size, root: rootOfEntries(entries) };
        expect(check(shorter, kept)).toMatchObject({ verified: false, firstBad: left + 1, fault: "cut" });
      }),
    );
  });

  it("finds a ledger rewritten to its end and signed anew by a head kept elsewhere", () => {
    fc.assert(
      fc.property(at, at, (number, keptAt) => {
        const forged = exportOf(rewrittenFrom(number));
        expect(check(forged)?.verified).toBe(true);
        const kept = { number: keptAt, root: rootOfEntries(entries.slice(0, keptAt)) };
        const verdict = check(forged, kept);
        const found = { verified: false, firstBad: 1, fault: "head" };
        expect(verdict).toMatchObject(keptAt >= number ? found : { verified: true, firstBad: null });
      }),
    );
  });

  it("does not take more entries than its head vouches for, nor a head that nobody signed", () => {
    const [, ...lines] = exportOf(chainOf(size + 1));
    expect(check([sound[0]!, ...lines])).toMatchObject({ verified: false, firstBad: size + 1 });
    const head = readHeader(sound[0]!)!.head;
    const unsigned = headerLine({ ...head, signature: "0".repeat(128) });
    expect(check(sound.with(0, unsigned))).toMatchObject({ verified: false, firstBad: null, fault: "head" });
  });
});

describe("a receipt", () => {
  const head = signHead({ number: size, root: rootOfEntries(entries) });
  const leaves = entries.map((entry) => hashOfEntry(sha256, entry));
  const receipt = (index: number) =>
    receiptOfEntry(
      entries[index]!,
      inclusionSpans(index, size).map(({ from, to }) => rootOf(sha256, leaves.slice(from, to))),
      head,
    );
  const judge = (one: unknown) => verifyReceipt(sha256, verify, receiptSchema.parse(one));

  it("is verified for every entry, after a journey as text", () => {
    for (let index = 0; index < size; index += 1)
      expect(judge(JSON.parse(JSON.stringify(receipt(index))))).toEqual({ verified: true, fault: null });
  });

  it("does not vouch for anything changed", () => {
    const one = receipt(11);
    const no = { verified: false, fault: "entry" };
    expect(judge({ ...one, entry: { ...one.entry, at: "2024-06-20T08:02:12.123457Z" } })).toEqual(no);
    expect(judge({ ...one, entry: { ...one.entry, number: 11 } })).toEqual(no);
    expect(judge({ ...one, entry: { ...one.entry, body: { amount: 0.5 } } })).toEqual(no);
    expect(judge({ ...one, proof: one.proof.slice(1) })).toEqual(no);
    expect(judge({ ...one, proof: one.proof.toReversed() })).toEqual(no);
    const { verified, fault } = judge({ ...one, head: { ...head, number: size - 1 } });
    expect([verified, fault]).toEqual([false, "head"]);
    expect(receiptSchema.safeParse({ ...one, entry: { ...one.entry, more: 1 } }).success).toBe(false);
  });
});
