import type { Programme } from "../core/policy/programme.ts";

const tenThousand = 1_000_000;

/** Whole or decimal 万 of an amount in fen, as the guides count. */
export const inTenThousands = (fen: number): number => fen / tenThousand;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The largest amount, in 万, of which every ceiling is a whole number: the value of one tick. */
export const tickOf = (programme: Programme): number =>
  inTenThousands(programme.categories.map((one) => one.ceiling.amount).reduce(divisor));
