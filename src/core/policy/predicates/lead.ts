import { z } from "zod";
import { organizationTypes } from "../application.ts";
import { holds, isDraft, predicate, unknown } from "./predicate.ts";
import { none } from "./settings.ts";
import { text } from "../words.ts";

const nameOf = (name: string | undefined, uscc: string) => text(name ?? uscc);

/** The applicant organisation stands in the register. */
export const leadRegistered = predicate(none, ["code"], () => (situation) => {
  if (situation.leadCode === "") return unknown;
  if (situation.lead !== undefined) return holds;
  if (isDraft(situation) && situation.registry.organizations.length === 0) return unknown;
  return [{ facts: { code: text(situation.leadCode) } }];
});

/** The applicant organisation is of a type that may apply (`eligible`), not of one that only a person can decide, or of one of a list. */
export const leadOfType = predicate(
  z.strictObject({
    types: z.union([z.enum(["eligible", "not-undecided"]), z.array(z.enum(organizationTypes)).min(1)]),
  }),
  ["organization", "type"],
  ({ types }) =>
    ({ lead, programme: { organizationTypes: ours } }) => {
      if (lead?.type === undefined) return unknown;
      const undecided = ours.undecided.includes(lead.type);
      const good =
        types === "not-undecided"
          ? !undecided
          : types === "eligible"
            ? undecided || ours.eligible.includes(lead.type)
            : types.includes(lead.type);
      return good
        ? holds
        : [{ facts: { organization: nameOf(lead.name, lead.uscc), type: text(lead.type) } }];
    },
);

/** The applicant organisation lies inside the funder's territory. */
export const leadInTerritory = predicate(
  none,
  ["organization", "region", "territory"],
  () =>
    ({ lead, programme }) => {
      if (lead?.region === undefined || lead.region === null) return unknown;
      const { region } = lead;
      if (programme.territory.regionPrefixes.some((prefix) => region.startsWith(prefix))) return holds;
      return [
        {
          facts: {
            organization: nameOf(lead.name, lead.uscc),
            region: text(region),
            territory: text(programme.territory.title),
          },
        },
      ];
    },
);

/** The register shows the applicant organisation as host of the platform named. */
export const leadHostsPlatform = predicate(none, ["organization"], () => (situation) => {
  const { lead, application } = situation;
  if (lead === undefined || (application.platform === undefined && isDraft(situation))) return unknown;
  const named = application.platform ?? "";
  return named !== "" && lead.platforms.includes(named)
    ? holds
    : [{ facts: { organization: nameOf(lead.name, lead.uscc) } }];
});

/** The register shows the applicant organisation as host of the base named, at one of the levels. */
export const leadHostsBase = predicate(
  z.strictObject({ levels: z.array(z.string()).min(1) }),
  ["organization"],
  (settings) => (situation) => {
    const { lead, application } = situation;
    const named = application.sciencePopularizationBase;
    if (lead === undefined || (named === undefined && isDraft(situation))) return unknown;
    const base = lead.bases.find((one) => one.id === named);
    return base !== undefined && settings.levels.includes(base.level)
      ? holds
      : [{ facts: { organization: nameOf(lead.name, lead.uscc) } }];
  },
);

/** The register shows a medical licence of the applicant organisation. */
export const leadIsMedical = predicate(none, ["organization"], () => ({ lead }) => {
  if (lead === undefined) return unknown;
  return lead.medicalLicence === true ? holds : [{ facts: { organization: nameOf(lead.name, lead.uscc) } }];
});
