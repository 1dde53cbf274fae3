import { describe, expect, it } from "vitest";
import { newTotpSecret, totpQr, totpStep, totpUri } from "../../src/platform/totp.ts";

/** RFC 6238, appendix B, SHA-1: the secret 12345678901234567890 in Base32; the last six of its eight digits. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const vectors: readonly (readonly [number, string])[] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

describe("one-time codes", () => {
  it.each(vectors)("are those of RFC 6238 at %i seconds", (seconds, code) => {
    expect(totpStep(secret, code, seconds * 1000, null)).toBe(Math.floor(seconds / 30));
  });

  it("are taken one step early or late, and no more", () => {
    const [seconds, code] = vectors[2]!;
    const step = Math.floor(seconds / 30);
    const start = step * 30_000;
    const at = (milliseconds: number) => totpStep(secret, code, start + milliseconds, null);
    expect([at(-30_001), at(-30_000), at(-1), at(0), at(29_999), at(59_999), at(60_000)]).toEqual([
      null,
      step,
      step,
      step,
      step,
      step,
      null,
    ]);
  });

  it("work once: neither the step used last nor one before it comes again", () => {
    const [seconds, code] = vectors[3]!;
    const step = Math.floor(seconds / 30);
    expect(totpStep(secret, code, seconds * 1000, step - 1)).toBe(step);
    expect(totpStep(secret, code, seconds * 1000, step)).toBeNull();
    expect(totpStep(secret, code, seconds * 1000, step + 1)).toBeNull();
    expect(totpStep(secret, code, seconds * 1000, step + 1_000_000)).toBeNull();
  });

  it("may be typed with spaces and in full width; anything else is no code", () => {
    const now = 59_000;
    expect(totpStep(secret, " 287 082", now, null)).toBe(1);
    expect(totpStep(secret, "２８７０８２", now, null)).toBe(1);
    for (const code of ["", "28708", "2870822", "28708a", "287083"])
      expect(totpStep(secret, code, now, null)).toBeNull();
  });

  it("are set up by a secret of 160 bits, an address and its picture", () => {
    const own = newTotpSecret();
    expect(own).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(own);
    const uri = new URL(totpUri(own, { issuer: "指南", account: "li.ming" }));
    expect([uri.protocol, uri.host, uri.searchParams.get("secret")]).toEqual(["otpauth:", "totp", own]);
    expect(decodeURIComponent(uri.pathname)).toBe("/指南:li.ming");
    const svg = totpQr(uri.href);
    expect(svg).toMatch(/^<svg [^>]*viewBox/);
    expect(svg).not.toMatch(/<script|style=/);
  });
});
