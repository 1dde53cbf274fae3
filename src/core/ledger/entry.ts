/** An entry of the ledger: what was done, by whom, to what, when. Never content, never a person's number: ids and hashes. */
import { type Hash, hexOf, utf8 } from "./bytes.ts";
import { canonicalJson, type Json } from "./canonical.ts";
import { leafHash } from "./merkle.ts";

/** `at`: UTC to the microsecond, `2024-06-20T08:02:31.123456Z`. `number` counts from 1. `previous`: hash of entry `number - 1`. */
export type Entry = {
  readonly funder: string;
  readonly id: string;
  readonly action: string;
  readonly actor: string | null;
  readonly actingFor: string | null;
  readonly role: string | null;
  readonly objectKind: string;
  readonly objectId: string;
  readonly at: string;
  readonly body: Json;
  readonly number: number;
  readonly previous: string;
};

/** An entry, its canonical spelling, and its hash as it was stored (64 hexadecimal digits). */
export type ChainedEntry = { readonly entry: Entry; readonly spelling: string; readonly hash: string };

/** What entry 1 names as its predecessor: the root of the empty tree. */
export const genesis = (hash: Hash): string => hexOf(hash(new Uint8Array(0)));

/**
 * The hash of an entry is its leaf in the Merkle tree, and what the next entry names as `previous`: one hash, chain and tree.
 * Throws `TypeError` where the body has no canonical spelling.
 */
export const hashOfEntry = (hash: Hash, entry: Entry): Uint8Array =>
  hashOfSpelling(hash, canonicalJson(entry));

export const hashOfSpelling = (hash: Hash, spelling: string): Uint8Array => leafHash(hash, utf8(spelling));

/** A line of an export; every other spelling of the same entry counts as changed. */
export const lineOf = (spelling: string, hash: string): string => `{"entry":${spelling},"hash":"${hash}"}`;

const texts = ["funder", "id", "action", "objectKind", "objectId", "at", "previous"] as const;
const textsOrNull = ["actor", "actingFor", "role"] as const;
const fields = 12;

/** Whether a parsed value has exactly the fields of an entry. */
export const isEntry = (value: unknown): value is Entry => {
  if (typeof value !== "object" || value === null) return false;
  const one = value as Record<string, unknown>;
  return (
    Object.keys(one).length === fields &&
    texts.every((name) => typeof one[name] === "string") &&
    textsOrNull.every((name) => one[name] === null || typeof one[name] === "string") &&
    typeof one["number"] === "number" &&
    one["body"] !== undefined
  );
};
