import { z } from "zod";
import { normalizeIdentifier } from "../../identifiers.ts";
import type { Situation } from "../situation.ts";
import { type Fault, holds, predicate } from "./predicate.ts";
import { date, text } from "../words.ts";

const subjectsOf = ({ application, leadCode, investigator }: Situation) => {
  const subjects: { key: string; path: string; name: string }[] = [
    { key: leadCode, path: "leadOrganization", name: leadCode },
    {
      key: investigator,
      path: "principalInvestigator.identityNo",
      name: application.principalInvestigator?.name ?? "",
    },
  ];
  for (const [index, member] of (application.members ?? []).entries())
    subjects.push({
      key: normalizeIdentifier(member.identityNo ?? ""),
      path: `members[${index}].identityNo`,
      name: member.name ?? "",
    });
  for (const [index, partner] of (application.partners ?? []).entries())
    subjects.push({
      key: normalizeIdentifier(partner.uscc ?? ""),
      path: `partners[${index}].uscc`,
      name: partner.name ?? partner.uscc ?? "",
    });
  return subjects.filter((one) => one.key !== "");
};

/** No record of bad credit or misconduct on organisation, partners, investigator or members: `in-force` at the time of judging, or `past`. */
export const noIntegrityRecord = predicate(
  z.strictObject({ records: z.enum(["in-force", "past"]) }),
  ["name", "from", "to"],
  (settings) => (situation) => {
    const { integrityRecords } = situation.registry;
    if (integrityRecords.length === 0) return holds;
    const { today } = situation;
    const faults: Fault[] = [];
    for (const subject of subjectsOf(situation))
      for (const record of integrityRecords) {
        if (normalizeIdentifier(record.subject) !== subject.key) continue;
        const begun = record.from <= today;
        const ended = typeof record.to === "string" && record.to < today;
        if (settings.records === "in-force" ? !begun || ended : !ended) continue;
        faults.push({
          path: subject.path,
          facts: {
            name: text(subject.name),
            from: date(record.from),
            to: typeof record.to === "string" ? date(record.to) : text({ zh: "今", en: "now" }),
          },
        });
      }
    return faults;
  },
);
