import { argon2Sync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isCommonPassword } from "../../src/core/common-passwords.ts";
import {
  passwordExpired,
  passwordFindings,
  passwordProfiles,
  reusedPassword,
} from "../../src/core/password.ts";
import { hashPassword, isPassword, needsRehash, spendTheSame } from "../../src/platform/passwords.ts";

/** From the tests of the reference implementation (phc-winner-argon2, test.c). */
const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

describe("passwords", () => {
  it("are derived as RFC 9106, section 5.3 says", () => {
    const tag = argon2Sync("argon2id", {
      message: Buffer.alloc(32, 1),
      nonce: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
      associatedData: Buffer.alloc(12, 4),
      parallelism: 4,
      tagLength: 32,
      memory: 32,
      passes: 3,
    });
    expect(tag.toString("hex")).toBe("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  });

  it("are kept in the PHC format, each with its own salt", async () => {
    const [one, other] = await Promise.all([
      hashPassword("好密码 🐎 battery"),
      hashPassword("好密码 🐎 battery"),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await isPassword(one, "好密码 🐎 battery")).toBe(true);
    expect(await isPassword(one, "好密码 🐎 batterY")).toBe(false);
    expect(needsRehash(one)).toBe(false);
  });

  it("of another cost are still known, and due to be hashed anew", async () => {
    expect(await isPassword(reference, "password")).toBe(true);
    expect(await isPassword(reference, "Password")).toBe(false);
    expect(needsRehash(reference)).toBe(true);
  });

  it("never fit what is no hash, or nobody", async () => {
    for (const stored of [
      "",
      "!",
      "$argon2id$v=19$m=19456,t=2,p=1$$",
      reference.replace("argon2id", "argon2i"),
    ])
      expect([await isPassword(stored, ""), needsRehash(stored)]).toEqual([false, true]);
    expect(await spendTheSame("password")).toBe(false);
  });
});

describe("the list of common passwords", () => {
  it.each(
    `12345678 19900101 password Password1 P@ssw0rd P@ssword123 admin@123 Admin2024! qwertyuiop 1qaz2wsx qazwsxedc abcd1234 aaaaaaaa
    abababab 11111111 iloveyou woaini1314 5201314520 zaq12wsx asdf!@#$ 1234qwer qwer1234 zhangwei123 87654321 welcome1 letmein!
    root1234 a1b2c3d4 asdfghjkl 147258369 monkey12 test@1234 管理员123 我爱你520`
      .split(/\s+/)
      .map((one) => [one]),
  )("has %s", (one) => expect(isCommonPassword(one)).toBe(true));

  it.each([
    ["correct horse battery staple"],
    ["海阔凭鱼跃天高任鸟飞"],
    ["vK8#mq2Lx"],
    ["admin of 47 lighthouses"],
    ["tomato-bicycle"],
  ])("does not have %s", (one) => expect(isCommonPassword(one)).toBe(false));
});

describe("a profile", () => {
  const { asvs, mlps } = passwordProfiles;
  const codes = (profile: typeof asvs | typeof mlps, password: string, personal: readonly string[] = []) =>
    passwordFindings(profile, password, personal).map(({ code }) => code);

  it("of ASVS asks for length and nothing of composition, and never expires", () => {
    expect(codes(asvs, "tomato-bicycle")).toEqual([]);
    expect(codes(asvs, "tomatobicycle")).toEqual([]);
    expect(codes(asvs, "vK8#mq2")).toEqual(["short"]);
    expect(codes(asvs, "海阔凭鱼跃天高")).toEqual(["short"]);
    expect(codes(asvs, "𠮷野家牛丼好吃")).toEqual(["short"]);
    expect(codes(asvs, "tomato-bicycle ".repeat(9))).toEqual(["long"]);
    expect(codes(asvs, "password")).toEqual(["common"]);
    expect(codes(asvs, "")).toEqual(["short", "common"]);
    expect(passwordExpired(asvs, 0, Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  it("of 等级保护 asks for three of four classes, expires after 90 days, remembers five", () => {
    expect(codes(mlps, "tomato-bicycle")).toEqual(["classes"]);
    expect(codes(mlps, "Tomato-bicycle")).toEqual([]);
    expect(codes(mlps, "tomato-bicycle7")).toEqual([]);
    expect(codes(mlps, "TOMATOBICYCLE7")).toEqual(["classes"]);
    const days = (count: number) => count * 86_400_000;
    expect([passwordExpired(mlps, 0, days(90) - 1), passwordExpired(mlps, 0, days(90))]).toEqual([
      false,
      true,
    ]);
    expect(reusedPassword(mlps).message.zh).toContain("最近 5 次");
  });

  it("knows what belongs to the person", () => {
    expect(codes(asvs, "ligroup-2031-x", ["LiGroup"])).toEqual(["personal"]);
    expect(codes(asvs, "海阔凭鱼跃李小明天高", ["李小明"])).toEqual(["personal"]);
    expect(codes(asvs, "tomato-bicycle", ["to", "", " "])).toEqual([]);
  });

  it("says what to do, in both languages", () => {
    for (const { message } of passwordFindings(mlps, "a", [])) {
      expect(message.zh).toMatch(/[。]$/);
      expect(message.en).toMatch(/\.$/);
      expect(message.zh).not.toMatch(/非法|无效|失败|！/);
    }
  });
});
