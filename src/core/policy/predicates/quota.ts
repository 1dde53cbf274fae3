import { normalizeIdentifier } from "../../identifiers.ts";
import { organizationOf, type Situation } from "../situation.ts";
import { holds, predicate, unknown } from "./predicate.ts";
import { none } from "./settings.ts";
import { count, text } from "../words.ts";

/** Quota groups pool their organisations; an organisation without a group stands alone under its own code. */
const poolOf = ({ registry }: Situation, code: string): string => {
  const group = organizationOf(registry, code)?.quotaGroup;
  return group === undefined || group === null || group === "" ? `=${code}` : group;
};

/** The quota group of the applicant organisation has a place left for this application. */
export const quotaLeft = predicate(none, ["group", "limit", "used", "number"], () => (situation) => {
  const { application, category, programme, registry, leadCode } = situation;
  if (leadCode === "" || category === undefined) return unknown;
  if (!category.quota) return holds;
  const pool = poolOf(situation, leadCode);
  const own = application.id;
  let used = 0;
  for (const other of registry.applications) {
    if (
      other.id === own ||
      other.category !== category.code ||
      !programme.quota.countedStates.includes(other.state)
    )
      continue;
    const code = normalizeIdentifier(other.leadOrganization ?? "");
    if (code === leadCode || poolOf(situation, code) === pool) used += 1;
  }
  const group = programme.quota.groups.find((one) => one.id === pool);
  const { limit, clause } = group ?? programme.quota.otherwise;
  if (used < limit) return holds;
  const title = group?.title ?? situation.lead?.name ?? leadCode;
  return [
    {
      clause,
      facts: { group: text(title), limit: count(limit), used: count(used), number: count(used + 1) },
    },
  ];
});
