import type { Measured } from "./arrivals.ts";

export const figuresOf = (kinds: Readonly<Record<string, Measured>>) =>
  Object.fromEntries(
    Object.entries(kinds).map(([name, { asked, answered, perSecond, p50, p95, p99, max, errors }]) => [
      name,
      { asked, answered, perSecond, p50, p95, p99, max, errors },
    ]),
  );

/** Rows as they are printed; words of faults beside them. */
export const shown = (kinds: Readonly<Record<string, Measured>>) => {
  console.table(figuresOf(kinds));
  for (const [name, { faults }] of Object.entries(kinds))
    for (const one of faults) console.log(`${name}: ${one}`);
};
