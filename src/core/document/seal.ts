import { z } from "zod";
import { canonicalJson } from "../ledger/canonical.ts";

const hex = (characters: number) => z.string().regex(new RegExp(`^[0-9a-f]{${characters}}$`));

/**
 * An electronic seal that stands beside its document, not in it. `digest`: SM3 of the document's bytes; `key`: the holder's SM2 public
 * key, uncompressed; `signature`: SM2 in DER over `sealedText`, with the identifier of GB/T 35276 (1234567812345678). All hexadecimal.
 */
export const sealSchema = z.strictObject({
  algorithm: z.literal("SM2-SM3"),
  service: z.string().max(100),
  /** False: made by software without a certificate; it proves that nothing was changed, and has no force in law. */
  certified: z.boolean(),
  /** Whose seal it is, as it is called. */
  holder: z.string().min(1).max(200),
  document: z.string().min(1).max(300),
  digest: hex(64),
  /** With its offset. */
  at: z.iso.datetime({ offset: true }),
  key: hex(130),
  signature: z.string().regex(/^(?:[0-9a-f]{2}){8,80}$/),
});
export type Seal = z.infer<typeof sealSchema>;

/** What is signed: everything that the seal says but the signature itself, in one possible spelling. */
export const sealedText = (seal: Omit<Seal, "signature">): string => {
  const { algorithm, service, certified, holder, document, digest, at, key } = seal;
  return canonicalJson({ algorithm, service, certified, holder, document, digest, at, key });
};

export type SealFault = "document" | "signature" | "key";
