import { sql } from "kysely";
import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { endOf, isCivilDate, startOf } from "../../core/calendar.ts";
import type { Head } from "../../core/ledger/head.ts";
import { type Actor, may } from "../../core/permission/permission.ts";
import { instantText } from "../../platform/database/values.ts";
import { Denied, invalid } from "../../platform/errors.ts";
import { headFrom } from "../../platform/ledger/heads.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";

/** The ledger as those read it who watch over the others. */

const typed = z.string().max(200).overwrite(cleanText).trim().default("");
const mustBeDay = (place: string, text: string): void => {
  if (text !== "" && !isCivilDate(text))
    throw invalid(
      place,
      `没有“${text}”这一天。请按 2025-03-07 的样子填写日期。`,
      `"${text}" is no day. Give the date like 2025-03-07.`,
    );
};

export const ledgerListInput = z.strictObject({
  /** Name of an action: `application.submit`. */
  action: typed,
  /** Id of the object, or an address that holds it. */
  object: typed,
  /** Id of the account that acted or lent its role; its login for those who may see accounts. */
  account: typed,
  /** First and last day, Asia/Shanghai. */
  from: typed,
  until: typed,
  /** Entries below this number: the `next` of the page before. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
});

export type LedgerRow = {
  readonly number: number;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly action: string;
  readonly role: string | null;
  readonly actor: string | null;
  readonly actingFor: string | null;
  /** Logins, for those who may see accounts; null for others. */
  readonly login: string | null;
  readonly forLogin: string | null;
  readonly kind: string;
  readonly object: string;
  readonly body: Readonly<Record<string, unknown>>;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuidIn = (text: string): string | undefined =>
  text
    .toLowerCase()
    .split(/[^0-9a-f-]/)
    .find((part) => uuid.test(part));

export const mustRead = (name: "ledger.list" | "ledger.head", actor: Actor): void => {
  const permission = may(name, actor, {});
  if (!permission.allowed) throw new Denied(permission.reason);
};

/** Numbered entries, the newest first, so many at a time. `next` is the cursor of what comes after, null at the end. */
export const ledgerPage = async (
  { database: { kysely }, funder }: Platform,
  actor: Actor,
  input: z.infer<typeof ledgerListInput>,
  pageSize = 50,
): Promise<{ readonly entries: readonly LedgerRow[]; readonly next: number | null }> => {
  mustRead("ledger.list", actor);
  const named = may("account.list", actor, {}).allowed;
  const { action, object, account, from, until, before } = input;
  mustBeDay("from", from);
  mustBeDay("until", until);
  const whose = uuidIn(account);
  const conditions = [sql`e.funder = ${funder}`, sql`e.number is not null`];
  if (before !== undefined) conditions.push(sql`e.number < ${before}`);
  if (action !== "") conditions.push(sql`e.action = ${action}`);
  if (object !== "") conditions.push(sql`e.object_id = ${uuidIn(object) ?? object}`);
  if (whose !== undefined) conditions.push(sql`${whose}::uuid in (e.actor, e.acting_for)`);
  else if (account !== "")
    conditions.push(
      named
        ? sql`exists (select from account w where w.funder = e.funder and w.login = ${account}
              and w.id in (e.actor, e.acting_for))`
        : sql`false`,
    );
  if (from !== "") conditions.push(sql`e.at >= ${instantText(startOf(from))}::timestamptz`);
  if (until !== "") conditions.push(sql`e.at < ${instantText(endOf(until))}::timestamptz`);
  const { rows } = await sql<LedgerRow>`
      select e.number, e.at, e.action, e.role, e.actor, e.acting_for as "actingFor", e.object_kind as kind,
        e.object_id as object, e.body, case when ${named} then a.login end as login,
        case when ${named} then f.login end as "forLogin"
      from ledger_entry e
      left join account a on a.funder = e.funder and a.id = e.actor
      left join account f on f.funder = e.funder and f.id = e.acting_for
      where ${sql.join(conditions, sql` and `)}
      order by e.number desc limit ${pageSize + 1}`.execute(kysely);
  const entries = rows.slice(0, pageSize);
  return { entries, next: rows.length > pageSize ? (entries.at(-1)?.number ?? null) : null };
};

export const ledgerList = defineQuery({
  name: "ledger.list",
  title: { zh: "台账", en: "The ledger" },
  input: ledgerListInput,
  run: (platform, actor, input) => ledgerPage(platform, actor, input),
});

/** How many entries are numbered, how many still wait for their number, and the head that was signed last. */
export const ledgerHead = defineQuery({
  name: "ledger.head",
  title: { zh: "签名的账头", en: "The signed head of the ledger" },
  input: z.strictObject({}),
  run: async (
    { database: { kysely }, funder }: Platform,
    actor,
  ): Promise<{ readonly entries: number; readonly waiting: number; readonly head: Head | null }> => {
    mustRead("ledger.head", actor);
    const { rows } = await sql<{ entries: number; waiting: number; last: number | null }>`
      select (select coalesce(max(number), 0) from ledger_entry where funder = ${funder}) as entries,
        (select count(*) from ledger_entry where funder = ${funder} and number is null) as waiting,
        (select max(number) from ledger_head where funder = ${funder}) as last`.execute(kysely);
    const { entries = 0, waiting = 0, last = null } = rows[0] ?? {};
    return { entries, waiting, head: last === null ? null : await headFrom(kysely, funder, last) };
  },
});

export const ledgerQueries = [ledgerList, ledgerHead];
