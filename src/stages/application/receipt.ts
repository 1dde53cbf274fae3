import { z } from "zod";
import type { Receipt } from "../../core/ledger/receipt.ts";
import type { Actor } from "../../core/permission/permission.ts";
import { receiptOf } from "../../platform/ledger/receipts.ts";
import { Missing } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import { type VersionView, versionsOf } from "./versions.ts";

/** What a receipt is given for: each is one entry of the ledger about the application. */
export const receipted = [
  "application.submit",
  "endorsement.approve",
  "endorsement.resubmitCorrection",
  "recommendation.issue",
  "acceptance.accept",
  "acceptance.refuse",
] as const;

export type EntryView = {
  readonly id: string;
  readonly action: string;
  readonly at: number;
  /** Its number in the ledger; null for the second or two before it has one. */
  readonly number: number | null;
  readonly frozenVersion: number | null;
};
export type ReceiptView = {
  readonly entry: EntryView;
  /** The version that was filed with it. */
  readonly version: VersionView | null;
  /** Null while the ledger has not numbered the entry: ask again. */
  readonly receipt: Receipt | null;
};

/** Entries of the ledger that a receipt is given for, the latest first. */
export const entriesOf = async (platform: Platform, application: string): Promise<readonly EntryView[]> =>
  (
    await platform.database.kysely
      .selectFrom("ledger_entry")
      .select(["id", "action", "at", "number", "body"])
      .where("funder", "=", platform.funder)
      .where("object_kind", "=", "application")
      .where("object_id", "=", application)
      .where("action", "in", receipted)
      .orderBy("at", "desc")
      .orderBy("id")
      .execute()
  ).map(({ id, action, at, number, body }) => {
    const { frozenVersion } = body as { readonly frozenVersion?: number | null };
    return { id, action, at, number, frozenVersion: frozenVersion ?? null };
  });

/** The receipt of one entry of an application that the reader may see. Waits at most `within` milliseconds for its number. */
export const receiptFor = async (
  platform: Platform,
  facts: ApplicationFacts,
  entry: string | undefined,
  within = 2_000,
): Promise<ReceiptView> => {
  const entries = await entriesOf(platform, facts.id);
  const found = entry === undefined ? entries[0] : entries.find(({ id }) => id === entry);
  if (found === undefined) throw new Missing("receipt");
  const [receipt, versions] = await Promise.all([
    receiptOf(platform.database, platform.funder, found.id, platform.keys.ledger, within),
    versionsOf(platform, facts.id),
  ]);
  return {
    entry: { ...found, number: receipt?.entry.number ?? found.number },
    version: versions.find(({ number }) => number === found.frozenVersion) ?? null,
    receipt,
  };
};

export const applicationReceipt = defineQuery({
  name: "application.receipt",
  title: { zh: "回执", en: "Receipt" },
  input: z.strictObject({ application: z.uuid(), entry: z.uuid().optional() }),
  run: async (platform: Platform, actor: Actor, { application, entry }) => {
    const facts = await applicationFacts(platform, platform.database.kysely, actor, application);
    return receiptFor(platform, facts, entry);
  },
});
