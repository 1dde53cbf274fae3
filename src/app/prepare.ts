import { sql } from "kysely";
import type { Policy } from "../core/policy/policy.ts";
import { type Database, inTransaction } from "../platform/database/connect.ts";
import { instantText, jsonText } from "../platform/database/values.ts";
import { defaultPolicyId } from "../platform/policies.ts";
import { markBegun } from "./demonstration/unfinished.ts";

/** One funder for one installation: the key of all its data. */
export const theFunder = "main";
const id = theFunder;

/**
 * Makes the funder, the clock's offset and the call of the default pack where the database is new. A later start changes nothing:
 * the clock is never moved back, the call keeps the text it was opened with. `now`: where the clock is set to, or null for real time.
 */
export const prepareFunder = (
  database: Database,
  policies: readonly Policy[],
  { demo, now }: { readonly demo: boolean; readonly now: number | null },
): Promise<{ readonly funder: string; readonly fresh: boolean }> =>
  inTransaction(database, {}, async (tx) => {
    const wanted = await defaultPolicyId();
    const policy = policies.find((one) => one.id === wanted) ?? policies[0];
    if (policy === undefined) throw new RangeError("policies/ holds no pack");
    const { programme } = policy;
    const made = await tx
      .insertInto("funder")
      .values({ id, name: jsonText(programme.funder) })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (made === undefined) return { funder: id, fresh: false };
    if (demo)
      await sql`update platform_clock set demonstration = true,
        clock_offset = ${now === null ? sql`interval '0'` : sql`${instantText(now)}::timestamptz - clock_timestamp()`}`.execute(
        tx,
      );
    const { windows } = programme;
    await tx
      .insertInto("call")
      .values({
        funder: id,
        code: String(programme.year),
        policy: policy.id,
        policy_hash: policy.hash,
        title: jsonText(programme.call),
        apply_open_on: windows.application.opens,
        apply_close_on: windows.application.closes,
        recommend_close_on: windows.recommendation.closes,
        accept_close_on: windows.acceptance.closes,
      })
      .execute();
    if (demo) await markBegun(tx, id);
    return { funder: id, fresh: true };
  });
