import { createPublicKey, hash, verify } from "node:crypto";
import type { Hash } from "../../core/ledger/bytes.ts";
import type { Verify } from "../../core/ledger/head.ts";

/** The hash of the ledger. */
export const sha256: Hash = (bytes) => hash("sha256", bytes, "buffer");

/** Ed25519 (RFC 8032) with the bare 32 bytes of a public key. */
export const isEd25519: Verify = (key, message, signature) => {
  const x = Buffer.from(key).toString("base64url");
  try {
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
    return verify(null, message, publicKey, signature);
  } catch {
    return false;
  }
};
