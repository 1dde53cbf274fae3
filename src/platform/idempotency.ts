import { refused } from "./errors.ts";
import type { Transaction } from "./database/connect.ts";

const unsigned = "00000000-0000-0000-0000-000000000000";

type Asked = { readonly key: string; readonly action: string; readonly inputHash: Buffer };

/**
 * Takes the key for this transaction, or gives the answer that was given under it. A second request with the same key
 * waits here until the first has committed. Another input under a used key is refused: it is a mistake of the caller.
 */
export const repeated = async (
  tx: Transaction,
  funder: string,
  account: string | null,
  { key, action, inputHash }: Asked,
): Promise<{ readonly result: unknown } | null> => {
  const owner = account ?? unsigned;
  const taken = await tx
    .insertInto("idempotency_key")
    .values({ funder, account: owner, key, action, input_hash: inputHash, result: "null" })
    .onConflict((conflict) => conflict.doNothing())
    .returning("key")
    .executeTakeFirst();
  if (taken !== undefined) return null;
  const before = await tx
    .selectFrom("idempotency_key")
    .select(["action", "input_hash", "result"])
    .where("funder", "=", funder)
    .where("account", "=", owner)
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  if (before.action !== action || !inputHash.equals(before.input_hash))
    throw refused(
      "这个 Idempotency-Key 已用于另一个请求。请为新的请求换一个。",
      "This Idempotency-Key was used for another request. Choose a new one for a new request.",
    );
  return { result: before.result };
};

export const remember = async (
  tx: Transaction,
  funder: string,
  account: string | null,
  key: string,
  result: unknown,
): Promise<void> => {
  await tx
    .updateTable("idempotency_key")
    .set({ result: JSON.stringify(result ?? null) })
    .where("funder", "=", funder)
    .where("account", "=", account ?? unsigned)
    .where("key", "=", key)
    .execute();
};
