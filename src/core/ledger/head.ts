import { z } from "zod";
import { bytesOfHex, utf8 } from "./bytes.ts";
import { canonicalJson } from "./canonical.ts";

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** A signed head: "the ledger had `number` entries, and this was their root". Whoever keeps one can show a cut or rewritten ledger. */
export const headSchema = z.strictObject({
  funder: z.string().min(1),
  number: z.int().min(0),
  root: hex(32),
  at: z.string().min(1),
  /** Public key (Ed25519, 32 bytes) that signed. */
  key: hex(32),
  signature: hex(64),
});
export type Head = Readonly<z.infer<typeof headSchema>>;

/** Whether `signature` over `message` was made with the private half of `key`. */
export type Verify = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** What is signed; the first line keeps the signature from being taken for one over anything else. */
export const signedBytes = ({ funder, number, root, at, key }: Omit<Head, "signature">): Uint8Array =>
  utf8(`zhinan ledger head\n${canonicalJson({ funder, number, root, at, key })}`);

export const isSigned = (verify: Verify, head: Head): boolean => {
  const key = bytesOfHex(head.key);
  const signature = bytesOfHex(head.signature);
  return key !== null && signature !== null && verify(key, signedBytes(head), signature);
};
