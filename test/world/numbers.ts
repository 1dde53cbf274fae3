/** Numbers with valid check characters that belong to nobody. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A resident identity number of an area code that was never given out. */
export const identityNumber = (serial: number): string => {
  const body = `999999${1950 + (serial % 50)}0101${String(serial % 1_000).padStart(3, "0")}`;
  const sum = Array.from(body).reduce(
    (total, digit, index) => total + Number(digit) * (weights[index] ?? 0),
    0,
  );
  return body + "10X98765432"[sum % 11];
};

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const organizationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** A unified social credit code of an administrative area that does not exist. */
export const uscc = (serial: number): string => {
  const digits = String(serial).padStart(8, "0");
  const inner = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (organizationWeights[index] ?? 0),
    0,
  );
  const body = `12999999${digits}${"0X987654321"[inner % 11] ?? ""}`;
  const sum =
    Array.from(body).reduce((total, sign, index) => total + alphabet.indexOf(sign) * 3 ** index, 0) % 31;
  return body + (alphabet[(31 - sum) % 31] ?? "");
};
