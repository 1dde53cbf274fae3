/** Twice the worst minute of a city's round with 10,000 applications. */
export type Rates = { readonly submits: number; readonly saves: number; readonly reads: number };
export const rates: Rates = { submits: 34, saves: 400, reads: 600 };

/** What the reads are, as shares of them. */
export const readShares = {
  "application.read": 0.4,
  "list of a unit": 0.18,
  "list of everything": 0.02,
  "call.read": 0.2,
  "overview page": 0.2,
} as const;
