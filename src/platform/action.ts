import { createHmac } from "node:crypto";
import { sql } from "kysely";
import type { z } from "zod";
import { type Actor, type Grant, may, type Subject } from "../core/permission/permission.ts";
import type { Bilingual } from "../core/policy/words.ts";
import { inTransaction, type Queryable, type Transaction } from "./database/connect.ts";
import { Denied, Invalid, Taken } from "./errors.ts";
import { repeated, remember } from "./idempotency.ts";
import { faultsOf } from "./json.ts";
import { record } from "./ledger.ts";
import type { Platform } from "./platform.ts";

/** What an action sees: everything inside one transaction, at one instant stamped by the database on arrival. */
export type Performing<Input> = {
  readonly platform: Platform;
  readonly tx: Transaction;
  readonly funder: string;
  readonly actor: Actor;
  readonly input: Input;
  /** Milliseconds since 1970 UTC: when the complete request had been read, by the platform's clock. */
  readonly now: number;
};

/** What the ledger keeps of an act. `body` holds ids and hashes, never content or personal data. */
export type Entry = {
  readonly kind: string;
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
};
export type Done<Result> = { readonly result: Result; readonly entry: Entry };

export type Action<Input = unknown, Facts = unknown, Result = unknown> = {
  /** `<stage>.<verb>`: the address, the permission row, the word in the ledger. */
  readonly name: string;
  readonly title: Bilingual;
  /** zod, strict: unknown keys are refused. */
  readonly input: z.ZodType<Input>;
  readonly isolation?: "serializable";
  /** How often it is begun anew when others of its kind get in the way; 8 unless told. */
  readonly retries?: number;
  /** Reads and locks what is acted upon; throws `Missing` for what the actor cannot see, `Stale` for an old version. */
  readonly load: (context: Performing<Input>) => Promise<Facts>;
  readonly subject: (facts: Facts, context: Performing<Input>) => Subject;
  /** Rules, next state, SQL, mail and jobs. Only asked when permission holds. */
  readonly effect: (
    context: Performing<Input> & { readonly facts: Facts; readonly grant: Grant | null },
  ) => Promise<Done<Result>>;
  /** Words for a unique index that another transaction won; null passes the error on. */
  readonly taken?: (constraint: string, context: Performing<Input>) => Promise<Taken> | Taken | null;
  /** Left out of the API's document: the clock's own actions. */
  readonly internal?: true;
};

/** Declares an action; its types follow from its parts. */
export const define = <Input, Facts, Result>(
  action: Action<Input, Facts, Result>,
): Action<Input, Facts, Result> => action;

/** The platform's clock, milliseconds since 1970 UTC: the database's, plus one stored offset. */
export const platformNow = async (database: Queryable): Promise<number> => {
  const { rows } = await sql<{ now: number }>`select platform_now() as now`.execute(database);
  const now = rows[0]?.now;
  if (now === undefined) throw new TypeError("platform_now() gave nothing");
  return now;
};

export type PerformOptions = {
  /** The same key and input give the first answer once more; another input under the key is refused. */
  readonly key?: string;
};

/** The only writer of state: parse, stamp, load and lock, permission, effect, ledger entry, commit. */
export const perform = async <Input, Facts, Result>(
  platform: Platform,
  action: Action<Input, Facts, Result>,
  actor: Actor,
  raw: unknown,
  { key }: PerformOptions = {},
): Promise<Result> => {
  const parsed = action.input.safeParse(raw);
  if (!parsed.success) throw new Invalid(faultsOf(parsed.error, ""));
  const input = parsed.data;
  const { database, funder } = platform;
  // Stamped before any lock is waited for: who arrived in time is not late because of others.
  const now = await platformNow(database.kysely);
  // Keyed: what was asked may hold a password or an identity number, which a plain hash would let one guess.
  const inputHash = createHmac("sha256", platform.keys.session).update(JSON.stringify(raw)).digest();
  let context: Performing<Input> | undefined;
  try {
    return await inTransaction(
      database,
      {
        ...(action.isolation === undefined ? {} : { isolation: action.isolation }),
        ...(action.retries === undefined ? {} : { retries: action.retries }),
      },
      async (tx) => {
        context = { platform, tx, funder, actor, input, now };
        if (key !== undefined) {
          const before = await repeated(tx, funder, actor.account, { key, action: action.name, inputHash });
          if (before !== null) return before.result as Result;
        }
        const facts = await action.load(context);
        const permission = may(action.name, actor, action.subject(facts, context));
        if (!permission.allowed) throw new Denied(permission.reason);
        const { grant } = permission;
        const { result, entry } = await action.effect({ ...context, facts, grant });
        await record(tx, {
          funder,
          action: action.name,
          actor: actor.account,
          actingFor: grant?.delegatedBy ?? null,
          role: grant?.role ?? null,
          objectKind: entry.kind,
          objectId: entry.id,
          at: now,
          body: entry.body,
        });
        if (key !== undefined) await remember(tx, funder, actor.account, key, result);
        return result;
      },
    );
  } catch (error) {
    const { code, constraint } = error as { readonly code?: string; readonly constraint?: string };
    const words =
      code === "23505" && constraint !== undefined && context !== undefined
        ? await action.taken?.(constraint, context)
        : null;
    throw words ?? error;
  }
};
