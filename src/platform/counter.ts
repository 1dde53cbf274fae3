import { sql } from "kysely";
import type { Transaction } from "./database/connect.ts";

/** The next number of a series, 1 first; without gaps, because the transaction that fails gives it back. */
export const nextNumber = async (tx: Transaction, funder: string, name: string): Promise<number> => {
  const { rows } = await sql<{ value: number }>`
    insert into counter as c (funder, name, value) values (${funder}, ${name}, 1)
    on conflict (funder, name) do update set value = c.value + 1
    returning value`.execute(tx);
  const value = rows[0]?.value;
  if (value === undefined) throw new TypeError("a counter gave nothing");
  return value;
};
