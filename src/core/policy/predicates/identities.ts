import { isResidentNumber, isUscc, normalizeIdentifier } from "../../identifiers.ts";
import { type Fault, predicate } from "./predicate.ts";
import { none } from "./settings.ts";
import { text } from "../words.ts";

type Person = {
  name?: string | undefined;
  identityType?: string | undefined;
  identityNo?: string | undefined;
};

/** Resident numbers of the investigator and the members have the right check character. The right one is never told. */
export const identityNumbersRight = predicate(none, ["name"], () => ({ application }) => {
  const faults: Fault[] = [];
  const look = (person: Person | undefined, path: string) => {
    if (person?.identityType !== "RESIDENT_ID" || person.identityNo === undefined || person.identityNo === "")
      return;
    if (!isResidentNumber(normalizeIdentifier(person.identityNo)))
      faults.push({ path: `${path}.identityNo`, facts: { name: text(person.name ?? "") } });
  };
  look(application.principalInvestigator, "principalInvestigator");
  for (const [index, member] of (application.members ?? []).entries()) look(member, `members[${index}]`);
  return faults;
});

/** Codes of organisations have the right check characters. */
export const organizationCodesRight = predicate(none, ["code"], () => ({ application }) => {
  const faults: Fault[] = [];
  const look = (code: string | null | undefined, path: string) => {
    if (code === undefined || code === null || code === "") return;
    if (!isUscc(normalizeIdentifier(code))) faults.push({ path, facts: { code: text(code) } });
  };
  look(application.leadOrganization, "leadOrganization");
  for (const [index, member] of (application.members ?? []).entries())
    look(member.organization, `members[${index}].organization`);
  for (const [index, partner] of (application.partners ?? []).entries())
    look(partner.uscc, `partners[${index}].uscc`);
  return faults;
});
