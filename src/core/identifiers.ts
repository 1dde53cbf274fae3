/** Identity numbers and organisation codes: normalised first, then checked by their check characters. */

/** Full-width forms, spaces of any kind, hyphens and case are how people write a number, not part of it. */
export const normalizeIdentifier = (value: string): string =>
  plain.test(value)
    ? value
    : value
        .normalize("NFKC")
        .replace(/[\s\p{Cf}\p{Pd}·]/gu, "")
        .toUpperCase();

const plain = /^[0-9A-Z]*$/;

const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const residentForm = /^\d{17}[\dX]$/;

/** GB 11643 (18 characters, ISO 7064 MOD 11-2), the day of birth included. Expects the normalised form. */
export const isResidentNumber = (value: string): boolean => {
  if (!residentForm.test(value)) return false;
  const year = Number(value.slice(6, 10));
  const month = Number(value.slice(10, 12));
  const day = Number(value.slice(12, 14));
  const born = new Date(Date.UTC(year, month - 1, day));
  if (born.getUTCFullYear() !== year || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day)
    return false;
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += Number(value[index]) * (residentWeights[index] ?? 0);
  return "10X98765432"[sum % 11] === value[17];
};

const codeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const organizationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11714: eight characters and a check character (MOD 11). */
const isOrganizationCode = (value: string): boolean => {
  let sum = 0;
  for (let index = 0; index < 8; index += 1) {
    const digit = Number.parseInt(value[index] ?? "", 36);
    if (Number.isNaN(digit)) return false;
    sum += digit * (organizationWeights[index] ?? 0);
  }
  return "0X987654321"[sum % 11] === value[8];
};

/** GB 32100 (unified social credit code, 18 characters, base 31), with the organisation code inside. Expects the normalised form. */
export const isUscc = (value: string): boolean => {
  if (value.length !== 18) return false;
  let sum = 0;
  let weight = 1;
  for (let index = 0; index < 17; index += 1) {
    const digit = codeAlphabet.indexOf(value[index] ?? "-");
    if (digit < 0) return false;
    sum += digit * weight;
    weight = (weight * 3) % 31;
  }
  return codeAlphabet[(31 - (sum % 31)) % 31] === value[17] && isOrganizationCode(value.slice(8, 17));
};
