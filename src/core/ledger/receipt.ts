/** A receipt: an entry, and the proof that it stands in a ledger whose signed head everybody can compare. Checked offline. */
import { z } from "zod";
import { bytesOfHex, type Hash, hexOf } from "./bytes.ts";
import { canonicalJson } from "./canonical.ts";
import { type Entry, hashOfSpelling, isEntry } from "./entry.ts";
import { type Head, headSchema, isSigned, type Verify } from "./head.ts";
import { isIncluded } from "./merkle.ts";

export const receiptKind = "zhinan-receipt";

export const receiptSchema = z.strictObject({
  kind: z.literal(receiptKind),
  version: z.literal(1),
  entry: z.custom<Entry>(isEntry, "not an entry of a ledger"),
  proof: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(64),
  head: headSchema,
});
export type Receipt = Readonly<z.infer<typeof receiptSchema>>;

export const receiptOfEntry = (entry: Entry, proof: readonly Uint8Array[], head: Head): Receipt => ({
  kind: receiptKind,
  version: 1,
  entry,
  proof: proof.map(hexOf),
  head,
});

/** What does not hold: the entry with its proof, or the signature of the head. */
export type ReceiptVerdict = { readonly verified: boolean; readonly fault: "entry" | "head" | null };

export const verifyReceipt = (hash: Hash, verify: Verify, receipt: Receipt): ReceiptVerdict => {
  const { entry, proof, head } = receipt;
  const steps = proof.map(bytesOfHex);
  const root = bytesOfHex(head.root);
  if (!isSigned(verify, head)) return { verified: false, fault: "head" };
  if (root === null || !steps.every((step) => step !== null) || entry.funder !== head.funder)
    return { verified: false, fault: "entry" };
  let leaf: Uint8Array;
  try {
    leaf = hashOfSpelling(hash, canonicalJson(entry));
  } catch {
    return { verified: false, fault: "entry" };
  }
  const included = isIncluded(hash, { leaf, index: entry.number - 1, size: head.number, root }, steps);
  return { verified: included, fault: included ? null : "entry" };
};
