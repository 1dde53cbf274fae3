/** JSON in one possible spelling (RFC 8785), so that equal facts have equal bytes and an equal hash. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Keys in the order of their UTF-16 units, no white space, shortest escapes.
 * Stricter than RFC 8785: whole numbers up to 2^53 - 1 only (a fraction is written as text: two programs may round it
 * differently), no lone surrogates. A property that is `undefined` is absent, as in JSON. Throws `TypeError` with the place.
 */
export const canonicalJson = (value: unknown): string => spell(value, "");

const spell = (value: unknown, place: string): string => {
  if (value === null) return "null";
  if (typeof value === "string") return spellText(value, place);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw refuse(place, "a number that is not whole and safe");
    return String(value);
  }
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value !== "object") throw refuse(place, `a ${typeof value}`);
  if (Array.isArray(value)) {
    let words = "";
    for (let index = 0; index < value.length; index += 1)
      words += (index === 0 ? "" : ",") + spell(value[index], `${place}/${index}`);
    return `[${words}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw refuse(place, "an object of a class");
  let words = "";
  for (const key of Object.keys(value).sort()) {
    const one = (value as Record<string, unknown>)[key];
    if (one === undefined) continue;
    words += `${words === "" ? "" : ","}${spellText(key, place)}:${spell(one, `${place}/${key}`)}`;
  }
  return `{${words}}`;
};

const spellText = (text: string, place: string): string => {
  if (!text.isWellFormed()) throw refuse(place, "half of a surrogate pair");
  return JSON.stringify(text);
};

const refuse = (place: string, what: string): TypeError =>
  new TypeError(`${place === "" ? "/" : place}: ${what} has no canonical spelling`);
