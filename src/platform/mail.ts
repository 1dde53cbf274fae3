import type { Role } from "../core/role.ts";
import { type Transaction } from "./database/connect.ts";
import { jsonText } from "./database/values.ts";

/** Who is told: one account, one person's account, or everybody who holds a role at a seat. */
export type Recipients =
  | { readonly account: string | null }
  | { readonly person: string }
  | { readonly role: Role; readonly organization?: string | null; readonly division?: string | null };

export type Notice = {
  /** A key of the templates (`src/ui/notices.ts`); the facts fill it. No personal numbers. */
  readonly template: string;
  readonly facts: Readonly<Record<string, string | number>>;
  /** Path of the page where the next step is taken. */
  readonly link: string;
  readonly application?: string;
};

/** Written with the act itself: who is told of it is told if and only if it happened. */
export const notify = async (
  tx: Transaction,
  funder: string,
  to: readonly Recipients[],
  { template, facts, link, application }: Notice,
): Promise<void> => {
  const accounts = new Set<string>();
  for (const one of to) for (const id of await accountsOf(tx, funder, one)) accounts.add(id);
  if (accounts.size === 0) return;
  await tx
    .insertInto("mail")
    .values(
      [...accounts].map((account) => ({
        funder,
        account,
        template,
        facts: jsonText(storable(facts)),
        link,
        application: application ?? null,
      })),
    )
    .execute();
};

/** PostgreSQL keeps no NUL; a notice must never be what an act fails of. */
const storable = (facts: Notice["facts"]): Notice["facts"] =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === "string" ? fact.toWellFormed().replaceAll("\0", "") : fact,
    ]),
  );

const accountsOf = async (tx: Transaction, funder: string, to: Recipients): Promise<readonly string[]> => {
  if ("account" in to) return to.account === null ? [] : [to.account];
  if ("person" in to) {
    const rows = await tx
      .selectFrom("account")
      .select("id")
      .where("funder", "=", funder)
      .where("person", "=", to.person)
      .execute();
    return rows.map((one) => one.id);
  }
  let query = tx
    .selectFrom("role_grant")
    .select("account")
    .where("funder", "=", funder)
    .where("role", "=", to.role)
    .where("revoked_at", "is", null);
  if (to.organization != null) query = query.where("organization", "=", to.organization);
  if (to.division != null) query = query.where("division", "=", to.division);
  return (await query.execute()).map((one) => one.account);
};
