import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { sm2 } from "sm-crypto-v2";
import { describe, expect, it } from "vitest";
import { sealSchema } from "../../src/core/document/seal.ts";
import { faultOfSeal, softwareSeals } from "../../src/platform/seals.ts";

/** GB/T 32918.5-2017, annex A: the example of a signature over the recommended curve. */
const standard = {
  message: "message digest",
  privateKey: "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8",
  publicKey:
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13",
  k: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
  x1: 0x04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73n,
  signature:
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa",
};

const bytes = (text: string) => Readable.from([Buffer.from(text)]);
const service = softwareSeals(new Uint8Array(32).fill(7));
const sealed = () =>
  service.seal({
    document: bytes("受理通知书"),
    title: "受理通知书",
    holder: "某市科学技术局",
    at: 1_718_000_000_000,
  });

describe("SM2 and SM3", () => {
  it("give the hash of the standard (GB/T 32905, annex A)", () => {
    expect(createHash("sm3").update("abc").digest("hex")).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
  });

  it("verify and make the signature of the standard", () => {
    const { message, privateKey, publicKey, k, x1, signature } = standard;
    expect(sm2.getPublicKeyFromPrivateKey(privateKey)).toBe(publicKey);
    expect(sm2.doVerifySignature(message, signature, publicKey, { hash: true })).toBe(true);
    expect(sm2.doVerifySignature(`${message}.`, signature, publicKey, { hash: true })).toBe(false);
    expect(sm2.doSignature(message, privateKey, { hash: true, publicKey, pointPool: [{ k, x1 }] })).toBe(
      signature,
    );
  });
});

describe("a software seal", () => {
  it("holds over the document it was made for, and says that it is not certified", async () => {
    const seal = await sealed();
    expect(sealSchema.parse(JSON.parse(JSON.stringify(seal)))).toEqual(seal);
    expect(seal.certified).toBe(false);
    expect(seal.key).toBe(service.key);
    expect(await faultOfSeal(seal, bytes("受理通知书"))).toBeNull();
    expect(await faultOfSeal(seal, bytes("受理通知书"), new Set([service.key]))).toBeNull();
  });

  it("breaks with the document, with what it says, with its signature, and with another key", async () => {
    const seal = await sealed();
    const other = softwareSeals(new Uint8Array(32).fill(8));
    expect(await faultOfSeal(seal, bytes("受理通知书。"))).toBe("document");
    for (const changed of [
      { ...seal, holder: "别的单位" },
      { ...seal, at: "2024-06-11T00:00:00.000Z" },
      { ...seal, certified: true },
      { ...seal, key: other.key },
      { ...seal, key: `04${"0".repeat(128)}` },
      { ...seal, signature: "3006020101020101" },
      { ...seal, signature: "00112233445566778899" },
    ])
      expect(await faultOfSeal(changed, bytes("受理通知书"))).toBe("signature");
    expect(await faultOfSeal(seal, bytes("受理通知书"), new Set([other.key]))).toBe("key");
  });

  it("comes from a key that every 32 bytes make", () => {
    for (const fill of [0, 255]) {
      const { key } = softwareSeals(new Uint8Array(32).fill(fill));
      expect(sm2.verifyPublicKey(key)).toBe(true);
    }
  });
});
