import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { hexOf } from "../../src/core/ledger/bytes.ts";
import { canonicalJson } from "../../src/core/ledger/canonical.ts";
import { type Entry, genesis, hashOfEntry, lineOf } from "../../src/core/ledger/entry.ts";
import { headerLine } from "../../src/core/ledger/export.ts";
import { type Head, signedBytes } from "../../src/core/ledger/head.ts";
import { rootOf } from "../../src/core/ledger/merkle.ts";
import { isEd25519 } from "../../src/platform/ledger/sealed.ts";

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
export const verify = isEd25519;

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const key = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");

export const signHead = (unsigned: { number: number; root: string }): Head => {
  const head = { funder: "f", at: "2024-06-20T08:00:00.000000Z", key, ...unsigned };
  return { ...head, signature: sign(null, signedBytes(head), privateKey).toString("hex") };
};

/** A sound ledger of `size` entries. */
export const chainOf = (size: number): readonly Entry[] => {
  const entries: Entry[] = [];
  let previous = genesis(sha256);
  for (let number = 1; number <= size; number += 1) {
    const entry: Entry = {
      funder: "f",
      id: `id-${number}`,
      action: "application.submit",
      actor: number % 3 === 0 ? null : `a-${number % 5}`,
      actingFor: null,
      role: "PRINCIPAL_INVESTIGATOR",
      objectKind: "application",
      objectId: `o-${number % 7}`,
      at: `2024-06-20T08:02:${String(number % 60).padStart(2, "0")}.123456Z`,
      body: { state: "提交", amount: number * 100, tags: ["𠮷", null, true] },
      number,
      previous,
    };
    entries.push(entry);
    previous = hexOf(hashOfEntry(sha256, entry));
  }
  return entries;
};

export const lineOfEntry = (entry: Entry): string =>
  lineOf(canonicalJson(entry), hexOf(hashOfEntry(sha256, entry)));

export const rootOfEntries = (entries: readonly Entry[]): string =>
  hexOf(
    rootOf(
      sha256,
      entries.map((entry) => hashOfEntry(sha256, entry)),
    ),
  );

/** Header and lines of a sound export. */
export const exportOf = (entries: readonly Entry[]): readonly string[] => [
  headerLine(signHead({ number: entries.length, root: rootOfEntries(entries) })),
  ...entries.map(lineOfEntry),
];
