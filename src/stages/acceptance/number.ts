import type { Programme } from "../../core/policy/programme.ts";
import { nextNumber } from "../../platform/counter.ts";
import type { Transaction } from "../../platform/database/connect.ts";

/** `AB` of `APPLIED_…`: the first letters of the words of a category's code. */
const shortOf = (category: string) =>
  category
    .split(/[_-]/)
    .map((word) => word.slice(0, 1))
    .join("");

/**
 * The next acceptance number, `2024-AB-0122`. The series is that of the printed beginning, so that two calls of a year, or two
 * categories with the same letters, never meet.
 */
export const nextAcceptanceNumber = async (
  tx: Transaction,
  funder: string,
  { year }: Pick<Programme, "year">,
  category: string,
): Promise<string> => {
  const series = `${year}-${shortOf(category)}`;
  const serial = await nextNumber(tx, funder, `acceptance ${series}`);
  return `${series}-${String(serial).padStart(4, "0")}`;
};
