import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hexOf, utf8 } from "../../src/core/ledger/bytes.ts";
import { addKey, KeysRefused, loadKeys } from "../../src/platform/keys.ts";
import { isEd25519 } from "../../src/platform/ledger/sealed.ts";
import { openField, sealField } from "../../src/platform/secrets.ts";

const root = mkdtempSync(path.join(tmpdir(), "zhinan-keys-"));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const folder = () => path.join(root, String((count += 1)), "keys");
const demo = { demo: true };

describe("keys", () => {
  it("are made once by a demonstration, for nobody else to read", () => {
    const place = folder();
    const one = loadKeys(place, demo);
    expect(readdirSync(place).sort()).toEqual([
      "blind-index.1",
      "complete",
      "identity.1",
      "ledger.1",
      "seal.1",
      "session.1",
    ]);
    for (const file of readdirSync(place)) expect(statSync(path.join(place, file)).mode & 0o777).toBe(0o600);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    const other = loadKeys(place, demo);
    expect([other.identity, other.blindIndex, other.session]).toEqual([
      one.identity,
      one.blindIndex,
      one.session,
    ]);
    expect(new Set([hexOf(one.identity[0].secret), hexOf(one.blindIndex), hexOf(one.session)]).size).toBe(3);
    const message = utf8("head");
    expect(isEd25519(other.ledger.publicKey, message, one.ledger.sign(message))).toBe(true);
    expect(isEd25519(other.ledger.publicKey, utf8("tail"), one.ledger.sign(message))).toBe(false);
  });

  it("must be supplied outside the demonstration, and nothing is made", () => {
    const place = folder();
    expect(() => loadKeys(place, { demo: false })).toThrow(/ZHINAN_KEYS[^\n]*\n.*must be supplied/);
    expect(() => readdirSync(place)).toThrow("ENOENT");
    loadKeys(place, demo);
    expect(loadKeys(place, { demo: false }).identity).toHaveLength(1);
  });

  it("are never replaced when one was lost, but finished when the first start was killed", () => {
    const place = folder();
    const before = loadKeys(place, demo);
    const lost = path.join(place, "identity.1");
    const kept = readFileSync(lost);
    rmSync(lost);
    for (const one of [true, false]) expect(() => loadKeys(place, { demo: one })).toThrow(KeysRefused);
    writeFileSync(lost, kept, { mode: 0o600 });
    rmSync(path.join(place, "complete"));
    rmSync(path.join(place, "session.1"));
    const after = loadKeys(place, demo);
    expect(after.identity).toEqual(before.identity);
    expect(after.session).not.toEqual(before.session);
  });

  it("are refused when others can read them, or when they are damaged", () => {
    const place = folder();
    loadKeys(place, demo);
    const file = path.join(place, "identity.1");
    chmodSync(file, 0o644);
    expect(() => loadKeys(place, demo)).toThrow("chmod 600");
    chmodSync(file, 0o600);
    writeFileSync(file, "short\n");
    expect(() => loadKeys(place, demo)).toThrow("damaged");
    const pem = path.join(folder(), "..");
    expect(() => loadKeys(path.join(pem, "nowhere"), { demo: false })).toThrow(KeysRefused);
  });

  it("rotate: the newest seals and signs, the older ones still open and are known", () => {
    const place = folder();
    const before = loadKeys(place, demo);
    const sealed = sealField(before, "210200190001010000", "person.identity:1");
    expect([addKey(place, "identity"), addKey(place, "ledger")]).toEqual([2, 2]);
    const after = loadKeys(place, demo);
    expect(after.identity.map(({ id }) => id)).toEqual([2, 1]);
    expect(openField(after, sealed, "person.identity:1")).toBe("210200190001010000");
    expect(sealField(after, "", "person.identity:1").readUInt32BE(0)).toBe(2);
    expect(after.ledger.publicKey).not.toEqual(before.ledger.publicKey);
    expect(after.ledgerPublic).toContain(hexOf(before.ledger.publicKey));
    expect(after.ledgerPublic.size).toBe(2);
    expect(() => openField(before, sealField(after, "x", "a.b:1"), "a.b:1")).toThrow("identity.2");
  });
});
