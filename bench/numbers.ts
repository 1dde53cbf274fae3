import type { Chance } from "./random.ts";

/** Identity numbers and organisation codes that pass their check characters. No one real is meant. */

const two = (number: number) => String(number).padStart(2, "0");

const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export const residentNumber = (chance: Chance): string => {
  const born = `${chance.between(1960, 1995)}${two(chance.between(1, 12))}${two(chance.between(1, 28))}`;
  const body = `2102${two(chance.between(1, 14))}${born}${String(chance.below(1000)).padStart(3, "0")}`;
  let sum = 0;
  for (const [index, weight] of residentWeights.entries()) sum += Number(body[index]) * weight;
  return `${body}${"10X98765432"[sum % 11]}`;
};

const organizationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

export const organizationCode = (chance: Chance, region = "210200"): string => {
  const digits = String(chance.below(100_000_000)).padStart(8, "0");
  let inner = 0;
  for (const [index, weight] of organizationWeights.entries()) inner += Number(digits[index]) * weight;
  const body = `12${region}${digits}${"0X987654321"[inner % 11]}`;
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return `${body}${alphabet[(31 - (sum % 31)) % 31]}`;
};

/** The same number with one digit written wrong: no check character lets that pass. */
export const miswritten = (number: string, chance: Chance): string => {
  const place = chance.between(9, 15);
  const digit = (Number(number[place]) + chance.between(1, 8)) % 10;
  return `${number.slice(0, place)}${digit}${number.slice(place + 1)}`;
};
