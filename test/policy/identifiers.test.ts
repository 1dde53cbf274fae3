import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isResidentNumber, isUscc, normalizeIdentifier } from "../../src/core/identifiers.ts";

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** ISO 7064 MOD 11-2 by its recursive definition, beside the weighted sum of the product. */
const residentCheck = (digits: string) => {
  // The pure system: the sum of digit times 2^n must be congruent to 1.
  let sum = 0;
  for (const digit of digits) sum = ((sum + Number(digit)) * 2) % 11;
  return "0123456789X"[(12 - sum) % 11] ?? "";
};

const usccOf = (head: string, eight: string) => {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const organization =
    eight +
    "0X987654321"[
      Array.from(eight).reduce((sum, one, index) => sum + Number.parseInt(one, 36) * weights[index]!, 0) % 11
    ];
  const body = head + organization;
  let sum = 0;
  for (const [index, one] of Array.from(body).entries()) sum += alphabet.indexOf(one) * (3 ** index % 31);
  return body + alphabet[(31 - (sum % 31)) % 31];
};

const born = fc.date({ min: new Date("1930-01-01"), max: new Date("2005-12-31"), noInvalidDate: true });
const resident = fc
  .tuple(fc.integer({ min: 110000, max: 659999 }), born, fc.integer({ min: 0, max: 999 }))
  .map(([region, day, serial]) => {
    const digits = `${region}${day.toISOString().slice(0, 10).replaceAll("-", "")}${String(serial).padStart(3, "0")}`;
    return digits + residentCheck(digits);
  });
const eight = fc.string({
  unit: fc.constantFrom(...alphabet.split("")),
  minLength: 8,
  maxLength: 8,
});
const uscc = eight.map((one) => usccOf("12210200", one));

const changed = (value: string, place: number, step: number, letters: string) => {
  const index = place % value.length;
  const old = letters.indexOf(value[index] ?? "");
  const next = letters[(old + 1 + (step % (letters.length - 1))) % letters.length] ?? "";
  return value.slice(0, index) + next + value.slice(index + 1);
};

describe("resident numbers", () => {
  it("pass with their own check character", () =>
    fc.assert(
      fc.property(resident, (value) => {
        expect(isResidentNumber(value)).toBe(true);
      }),
    ));

  it("fail with any one digit changed", () =>
    fc.assert(
      fc.property(resident, fc.nat({ max: 16 }), fc.nat(), (value, place, step) => {
        expect(isResidentNumber(changed(value, place, step, "0123456789"))).toBe(false);
      }),
    ));

  it("refuse what is no number or no day", () => {
    for (const value of ["", "1", "11010119900307", "210202199002300017", "constructor"])
      expect(isResidentNumber(value)).toBe(false);
  });

  it("know the example of the standard", () => expect(isResidentNumber("11010519491231002X")).toBe(true));
});

describe("unified social credit codes", () => {
  it("pass with their own check characters", () =>
    fc.assert(
      fc.property(uscc, (value) => {
        expect(isUscc(value)).toBe(true);
      }),
    ));

  it("fail with any one character changed", () =>
    fc.assert(
      fc.property(uscc, fc.nat({ max: 17 }), fc.nat(), (value, place, step) => {
        expect(isUscc(changed(value, place, step, alphabet))).toBe(false);
      }),
    ));

  it("check the organisation code inside", () => {
    // The outer check character is made to fit, the inner one is not.
    const good = usccOf("12210200", "10000001");
    const inner = good[16] === "0" ? "1" : "0";
    const body = good.slice(0, 16) + inner;
    let sum = 0;
    for (const [index, one] of Array.from(body).entries()) sum += alphabet.indexOf(one) * (3 ** index % 31);
    expect(isUscc(body + alphabet[(31 - (sum % 31)) % 31])).toBe(false);
  });
});

describe("normalising", () => {
  it("undoes full-width forms, spaces, hyphens and case", () =>
    fc.assert(
      fc.property(resident, fc.nat({ max: 17 }), (value, place) => {
        const wide = Array.from(value)
          .map((one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0))
          .join("");
        expect(normalizeIdentifier(wide)).toBe(value);
        expect(normalizeIdentifier(`${value.slice(0, place)} 　-${value.slice(place).toLowerCase()}​`)).toBe(
          value,
        );
      }),
    ));
});
