/** SHA-256 or another hash of that kind, handed in: core has none of its own. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** UTF-8 of well-formed text. */
export const utf8 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length * 3);
  let to = 0;
  for (let from = 0; from < text.length; from += 1) {
    let point = text.charCodeAt(from);
    if (point < 0x80) {
      bytes[to++] = point;
      continue;
    }
    if (point < 0x800) {
      bytes[to++] = 0xc0 | (point >> 6);
      bytes[to++] = 0x80 | (point & 0x3f);
      continue;
    }
    if (point >= 0xd800 && point < 0xdc00) {
      from += 1;
      point = 0x10000 + ((point & 0x3ff) << 10) + (text.charCodeAt(from) & 0x3ff);
      bytes[to++] = 0xf0 | (point >> 18);
      bytes[to++] = 0x80 | ((point >> 12) & 0x3f);
    } else bytes[to++] = 0xe0 | (point >> 12);
    bytes[to++] = 0x80 | ((point >> 6) & 0x3f);
    bytes[to++] = 0x80 | (point & 0x3f);
  }
  return bytes.subarray(0, to);
};

const digits = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal. */
export const hexOf = (bytes: Uint8Array): string => {
  let words = "";
  for (const byte of bytes) words += digits[byte];
  return words;
};

/** The bytes of lower-case hexadecimal; null for anything else. */
export const bytesOfHex = (text: string): Uint8Array | null => {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
  return bytes;
};

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
};
