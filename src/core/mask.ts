/** What the screen shows of a number that identifies a person; the whole number is shown only on request, with its purpose logged. */

const cover = (value: string, first: number, last: number): string => {
  const signs = Array.from(value);
  return signs.map((sign, index) => (index < first || index >= signs.length - last ? sign : "*")).join("");
};

/** `2102**********4516`. Shorter numbers (passports) keep less, never more than a third. */
export const maskIdentity = (value: string): string => {
  const { length } = Array.from(value);
  if (length >= 15) return cover(value, 4, 4);
  return length >= 8 ? cover(value, 1, 1) : cover(value, 0, 0);
};

/** `138****4516`; a landline or a short number keeps its last digits only. */
export const maskPhone = (value: string): string => {
  const digits = value.replace(/\D/g, "");
  if (/^1\d{10}$/.test(digits)) return cover(digits, 3, 4);
  return digits.length >= 8 ? cover(value, 0, 2) : cover(value, 0, 0);
};

/** `z***@example.cn`: enough to see a mistyped host, too little to write to. */
export const maskEmail = (value: string): string => {
  const at = value.lastIndexOf("@");
  if (at < 0) return value === "" ? "" : "***";
  return `${Array.from(value.slice(0, at))[0] ?? ""}***${value.slice(at)}`;
};
