import { createHash } from "node:crypto";
import type { Content } from "../../core/application/content.ts";
import { wordedOf } from "../../core/application/worded.ts";
import { canonicalJson } from "../../core/ledger/canonical.ts";
import type { Actor } from "../../core/permission/permission.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText, jsonText } from "../../platform/database/values.ts";
import type { ApplicationFacts } from "./facts.ts";
import { filedByNow } from "./filed-by.ts";
import { storeSimilar } from "./similar/store.ts";

/** A frozen version: its number, the SHA-256 of its content, and the code that stands on its paper. */
export type Frozen = { readonly number: number; readonly hash: string; readonly code: string };

/** Freezes the draft as the next version, with the questions as they are worded and the names as they are now. The application's row is the caller's to write. */
export const freeze = async (
  tx: Transaction,
  funder: string,
  actor: Actor,
  facts: ApplicationFacts,
  now: number,
): Promise<Frozen> => {
  const { id, frozenVersion, content, call } = facts;
  const number = (frozenVersion ?? 0) + 1;
  const hash = contentHash(content);
  // The same content may be filed by two applications or twice: the number of the version tells them apart.
  const code = codeOf(createHash("sha256").update(`${id} ${number} ${hash}`).digest("hex"));
  await tx
    .insertInto("application_version")
    .values({
      funder,
      application: id,
      number,
      content: jsonText(content),
      worded: jsonText({
        ...wordedOf(call.policy, content),
        filedBy: await filedByNow(tx, funder, facts),
      }),
      hash,
      code,
      frozen_at: instantText(now),
      frozen_by: actor.account ?? "",
    })
    .execute();
  await storeSimilar(tx, funder, id, content);
  return { number, hash, code };
};

/** SHA-256 of the content as it is frozen: what commitments, scans and receipts are bound to. */
export const contentHash = (content: Content): string =>
  createHash("sha256")
    .update(canonicalJson(exact(content)))
    .digest("hex");

/** The canonical form knows whole numbers only: a fraction stands as the text it was read from. */
const exact = (value: unknown): unknown => {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(exact);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, exact(one)]));
};

/** A short code for paper: eight groups would not be typed; twelve letters tell versions apart. */
const codeOf = (hash: string) => (hash.slice(0, 12).toUpperCase().match(/.{4}/g) ?? []).join("-");
