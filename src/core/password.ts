/** What a new password must be. Two profiles: ASVS 5.0 (length and a block list), and 等级保护 (composition, expiry, history). */
import { isCommonPassword } from "./common-passwords.ts";
import type { Bilingual } from "./policy/words.ts";

export type PasswordProfile = {
  readonly id: "asvs" | "mlps";
  /** Characters as people count them. */
  readonly shortest: number;
  readonly longest: number;
  /** How many of small letters, capitals, digits and other signs; 0: any. */
  readonly classes: number;
  /** Days after which a new one is asked for; null: never. */
  readonly days: number | null;
  /** How many earlier ones may not come back, the present one included. */
  readonly remembered: number;
};

export const passwordProfiles = {
  /** OWASP ASVS 5.0, 6.2.1 to 6.2.12. */
  asvs: { id: "asvs", shortest: 8, longest: 128, classes: 0, days: null, remembered: 0 },
  /** GB/T 22239-2019, 8.1.4.1: 身份鉴别信息具有复杂度要求并定期更换. */
  mlps: { id: "mlps", shortest: 8, longest: 128, classes: 3, days: 90, remembered: 5 },
} as const satisfies Record<string, PasswordProfile>;

export type PasswordFinding = {
  readonly code: "short" | "long" | "common" | "personal" | "classes" | "reused";
  /** What is wrong, and what to do. */
  readonly message: Bilingual;
};

/** `personal`: the account's name, the person's, the unit's. Whether an earlier password came back only its hashes can tell: hand the finding `reusedPassword` in. */
export const passwordFindings = (
  profile: PasswordProfile,
  password: string,
  personal: readonly string[],
): readonly PasswordFinding[] => {
  const findings: PasswordFinding[] = [];
  const add = (code: PasswordFinding["code"], zh: string, en: string) =>
    findings.push({ code, message: { zh, en } });
  const { length } = Array.from(password);
  if (length < profile.shortest)
    add(
      "short",
      `密码有 ${length} 个字符，至少要 ${profile.shortest} 个。几个不相干的词连起来，又长又好记。`,
      `The password has ${length} characters; it needs at least ${profile.shortest}. A few unrelated words in a row are long and easy to remember.`,
    );
  if (length > profile.longest)
    add(
      "long",
      `密码有 ${length} 个字符，至多 ${profile.longest} 个。请缩短。`,
      `The password has ${length} characters; at most ${profile.longest} are possible. Make it shorter.`,
    );
  if (isCommonPassword(password))
    add(
      "common",
      "这个密码太常见，会最先被人猜到。请换一个别处没有用过的。",
      "This password is among the first that anybody would guess. Choose one that you use nowhere else.",
    );
  if (holds(password, personal))
    add(
      "personal",
      "密码里有账号、姓名或单位名称，容易被猜到。请换成与自己无关的词。",
      "The password contains the account, your name or your institution. Choose words that have nothing to do with you.",
    );
  const classes = classesOf(password);
  if (classes < profile.classes)
    add(
      "classes",
      `小写字母、大写字母、数字、其他符号四类里要有 ${profile.classes} 类，现在有 ${classes} 类。请再加入一类。`,
      `It needs ${profile.classes} of small letters, capital letters, digits and other signs, and has ${classes}. Add another kind.`,
    );
  return findings;
};

export const reusedPassword = (profile: PasswordProfile): PasswordFinding => ({
  code: "reused",
  message: {
    zh: `这个密码用过，最近 ${profile.remembered} 次用过的不能再用。请换一个。`,
    en: `You have used this password before; the last ${profile.remembered} cannot come back. Choose another.`,
  },
});

const day = 86_400_000;

/** Whether a new one is due. Both in milliseconds since 1970 UTC. */
export const passwordExpired = (profile: PasswordProfile, setAt: number, now: number): boolean =>
  profile.days !== null && now - setAt >= profile.days * day;

const holds = (password: string, personal: readonly string[]): boolean => {
  const low = password.toLowerCase();
  return personal.some((word) => {
    const one = word.trim().toLowerCase();
    // Two hanzi are a name; two letters are chance.
    return Array.from(one).length >= (/^[ -~]*$/.test(one) ? 4 : 2) && low.includes(one);
  });
};

const classesOf = (password: string): number =>
  [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
