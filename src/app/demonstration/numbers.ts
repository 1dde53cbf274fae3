/** Identity numbers with a right check character that belong to nobody: their area code was never given out. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The nth of 49,950. */
export const inventedIdentity = (serial: number): string => {
  const body = `999999${1950 + (serial % 50)}0101${String(1 + Math.floor(serial / 50)).padStart(3, "0")}`;
  const sum = weights.reduce((total, weight, index) => total + Number(body[index]) * weight, 0);
  return body + "10X98765432".charAt(sum % 11);
};

/** A telephone number that no network gives out. */
export const inventedPhone = (serial: number): string => `000${String(serial).padStart(8, "0")}`;

/** The same numbers in [0, 1) for the same words, everywhere (FNV-1a, then xorshift). */
export const seeded = (words: string): (() => number) => {
  let state = 0x811c9dc5;
  for (const sign of words) state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  if (state === 0) state = 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};
