import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { sm2 } from "sm-crypto-v2";
import { type Seal, sealedText, type SealFault } from "../core/document/seal.ts";

/** What is asked of a seal service. `document`: the bytes as they are given out; `at`: milliseconds since 1970 UTC. */
export type SealOrder = {
  readonly document: Readable;
  readonly title: string;
  readonly holder: string;
  readonly at: number;
};

/**
 * The port for electronic seals (SM2 with SM3, GB/T 32918 and 32905). A certified service is connected by another implementation of it;
 * ours is software without a certificate, and every seal it makes says so.
 */
export type SealService = {
  readonly name: string;
  readonly certified: boolean;
  /** Uncompressed public key, hexadecimal. */
  readonly key: string;
  readonly seal: (order: SealOrder) => Promise<Seal>;
};

/** Order of the curve of GB/T 32918.5, less one: a private key lies between 1 and this less one. */
const orderLessOne = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122n;

/** The service without a certificate. `secret`: 32 random bytes. */
export const softwareSeals = (secret: Uint8Array): SealService => {
  const number = (BigInt(`0x${Buffer.from(secret).toString("hex")}`) % (orderLessOne - 1n)) + 1n;
  const privateKey = number.toString(16).padStart(64, "0");
  const key = sm2.getPublicKeyFromPrivateKey(privateKey);
  const name = "zhinan-software";
  return {
    name,
    certified: false,
    key,
    seal: async ({ document, title, holder, at }) => {
      const said = {
        algorithm: "SM2-SM3",
        service: name,
        certified: false,
        holder,
        document: title,
        digest: await sm3Of(document),
        at: new Date(at).toISOString(),
        key,
      } as const;
      const signature = sm2.doSignature(sealedText(said), privateKey, {
        hash: true,
        der: true,
        publicKey: key,
      });
      return { ...said, signature };
    },
  };
};

/** What is wrong with a seal, or null. `keys`: those that are trusted; undefined where none are known, and then any key will do. */
export const faultOfSeal = async (
  seal: Seal,
  document: Readable,
  keys?: ReadonlySet<string>,
): Promise<SealFault | null> => {
  if ((await sm3Of(document)) !== seal.digest) return "document";
  if (keys !== undefined && !keys.has(seal.key)) return "key";
  return holds(seal) ? null : "signature";
};

const holds = (seal: Seal): boolean => {
  try {
    return (
      sm2.verifyPublicKey(seal.key) &&
      sm2.doVerifySignature(sealedText(seal), seal.signature, seal.key, { hash: true, der: true })
    );
  } catch {
    // A signature that is no DER, or numbers outside the curve.
    return false;
  }
};

const sm3Of = async (document: Readable): Promise<string> => {
  const hash = createHash("sm3");
  for await (const chunk of document as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest("hex");
};
