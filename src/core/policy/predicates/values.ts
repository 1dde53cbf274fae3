/** Reading values of an application by a dotted path such as `principalInvestigator.degree`. */

export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/** A reader of one path; own properties only, so that no path reaches a prototype. */
export const reader = (path: string): ((from: object) => unknown) => {
  const steps = path.split(".");
  return (from) => {
    let value: unknown = from;
    for (const step of steps) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Record<string, unknown>)[step];
    }
    return value;
  };
};

export const listReader = (path: string): ((from: object) => readonly object[] | undefined) => {
  const read = reader(path);
  return (from) => {
    const value = read(from);
    return Array.isArray(value) ? (value as object[]) : undefined;
  };
};

/** `{ "type": "TECHNICAL" }`, `{ "side": ["FOREIGN"] }`, `{ "countryOrRegion": { "not": "CN" } }`, `{ "tasks": { "blank": false } }`. */
export type Where = Readonly<
  Record<
    string,
    | string
    | readonly string[]
    | { readonly not: string }
    | { readonly blank: boolean }
    | { readonly prefixes: readonly string[] }
  >
>;

export const matcher = (where: Where): ((item: object) => boolean) => {
  const tests = Object.entries(where).map(([key, wanted]) => {
    const read = reader(key);
    if (typeof wanted === "string") return (item: object) => read(item) === wanted;
    if (!("not" in wanted) && !("blank" in wanted) && !("prefixes" in wanted))
      return (item: object) => wanted.includes(read(item) as string);
    if ("blank" in wanted) return (item: object) => isBlank(read(item)) === wanted.blank;
    if ("prefixes" in wanted)
      return (item: object) => {
        const value = read(item);
        return typeof value === "string" && wanted.prefixes.some((prefix) => value.startsWith(prefix));
      };
    return (item: object) => !isBlank(read(item)) && read(item) !== wanted.not;
  });
  return (item) => tests.every((test) => test(item));
};
