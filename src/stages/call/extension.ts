import { sql } from "kysely";
import type { Queryable } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";

/** Investigators who still have something to hand in: drafts and what was returned, begun before the instant where there is one. */
export const draftOwners = async (
  database: Queryable,
  funder: string,
  call: string,
  begunBefore: number | null,
): Promise<readonly string[]> => {
  let query = database
    .selectFrom("application")
    .select("investigator")
    .distinct()
    .where("funder", "=", funder)
    .where("call", "=", call)
    .where("state", "in", ["DRAFT", "RETURNED_TO_PI"]);
  if (begunBefore !== null)
    query = query.where("created_at", "<", sql<number>`${instantText(begunBefore)}::timestamptz`);
  return (await query.execute()).map(({ investigator }) => investigator);
};

/** How many applications an extension is about. */
export const openApplications = async (
  database: Queryable,
  funder: string,
  call: string,
): Promise<{ readonly drafts: number; readonly reviewing: number; readonly lapsed: number }> => {
  const { rows } = await sql<{ drafts: number; reviewing: number; lapsed: number }>`
    select count(*) filter (where state in ('DRAFT', 'RETURNED_TO_PI'))::int as drafts,
      count(*) filter (where state in ('ORG_REVIEW', 'DEPT_REVIEW', 'DEPT_PASSED'))::int as reviewing,
      count(*) filter (where state = 'LAPSED')::int as lapsed
    from application where funder = ${funder} and call = ${call}`.execute(database);
  return rows[0] ?? { drafts: 0, reviewing: 0, lapsed: 0 };
};
