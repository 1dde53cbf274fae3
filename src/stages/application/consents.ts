import type { Transaction } from "../../platform/database/connect.ts";
import type { ApplicationFacts } from "./facts.ts";

/** Names of domestic members who have not agreed to take part: neither by an account of their own nor in writing. */
export const consentsMissing = async (
  tx: Transaction,
  funder: string,
  facts: ApplicationFacts,
): Promise<readonly string[]> => {
  const waiting = facts.content.members.filter((one) => one.side === "DOMESTIC" && one.consent !== "WRITTEN");
  if (waiting.length === 0) return [];
  const given = await tx
    .selectFrom("confirmation")
    .select("party")
    .where("funder", "=", funder)
    .where("application", "=", facts.id)
    .where("kind", "=", "MEMBER_CONSENT")
    .where("agreed", "=", true)
    .execute();
  // A consent belongs to the person, by the keyed hash of the number: a row that is edited does not lose it.
  const parties = new Set(given.map((one) => one.party));
  return waiting.flatMap((one) =>
    one.identity !== null && parties.has(one.identity.hash)
      ? []
      : [one.name === "" ? "（未填姓名）" : one.name],
  );
};
