import type { Application } from "../src/core/policy/application.ts";
import { leaves } from "../src/core/policy/programme.ts";
import type { Draft } from "./applications.ts";
import { miswritten, organizationCode } from "./numbers.ts";

/** What goes wrong in applications, one entry for each kind. */

type Fault = {
  readonly name: string;
  readonly fits?: (draft: Draft) => boolean;
  readonly make: (application: Application, draft: Draft) => void;
};

const inCategory =
  (...codes: readonly string[]) =>
  ({ category }: Draft) =>
    codes.includes(category.code);
const abroad = ({ field }: Draft) => field.code === "INTL_COOP";
const lead = ({ request }: Draft) =>
  request.registry.organizations.find((one) => one.uscc === request.application.leadOrganization);
const elsewhere = ({ policy, category, chance }: Draft) =>
  chance.pick(policy.programme.categories.filter((one) => one.code !== category.code));

export const faults: readonly Fault[] = [
  { name: "no title", make: (one) => void (one.title = "  ") },
  { name: "no budget", make: (one) => void delete one.budget },
  { name: "no indicators", make: (one) => void delete one.indicators },
  { name: "no investigator", make: (one) => void delete one.principalInvestigator },
  { name: "no period end", make: (one) => void delete one.periodEnd },
  { name: "category unknown", make: (one) => void (one.category = "OTHER") },
  {
    name: "field of another category",
    make: (one, draft) => void (one.field = elsewhere(draft).fields[0]!.code),
  },
  {
    name: "direction of another field",
    make: (one, draft) => void (one.direction = leaves(elsewhere(draft).fields[0]!)[0]!.code),
  },
  {
    name: "content of another direction",
    make: (one, draft) => {
      const other = draft.chance.pick(elsewhere(draft).fields);
      Object.assign(one, draft.describe(draft.chance.pick(leaves(other)).code));
    },
  },
  {
    name: "international in the wrong category",
    fits: abroad,
    make: (one) => void (one.category = "BENEFIT_RND"),
  },
  {
    name: "grant above the ceiling",
    make: (one, { category, chance }) =>
      void (one.requestedGrant = category.ceiling.amount + chance.pick([1, 1_000_000, 50_000_000])),
  },
  { name: "grant of nothing", make: (one) => void (one.requestedGrant = 0) },
  {
    name: "organisation code miswritten",
    make: (one, { chance }) => void (one.leadOrganization = miswritten(one.leadOrganization ?? "", chance)),
  },
  {
    name: "lead not registered",
    make: (one, { chance }) => void (one.leadOrganization = organizationCode(chance)),
  },
  {
    name: "lead is a company",
    make: (_, draft) => void Object.assign(lead(draft) ?? {}, { type: "ENTERPRISE" }),
  },
  {
    name: "lead of another type",
    make: (_, draft) => void Object.assign(lead(draft) ?? {}, { type: "OTHER" }),
  },
  {
    name: "lead in another city",
    make: (_, draft) => void Object.assign(lead(draft) ?? {}, { region: "210100" }),
  },
  {
    name: "platform of somebody else",
    fits: inCategory("MAJOR_BASIC"),
    make: (one) => void (one.platform = "PL9"),
  },
  {
    name: "no medical licence",
    fits: ({ field }) => field.code === "MEDICAL",
    make: (_, draft) => void Object.assign(lead(draft) ?? {}, { medicalLicence: false }),
  },
  {
    name: "base of somebody else",
    fits: inCategory("SCI_POP"),
    make: (one) => void (one.sciencePopularizationBase = "B9"),
  },
  { name: "period starts late", make: (one) => void (one.periodStart = "2025-03-01") },
  { name: "period reversed", make: (one) => void (one.periodEnd = "2024-12-31") },
  { name: "period too long", make: (one) => void (one.periodEnd = "2031-12-31") },
  {
    name: "period extended without a reason",
    fits: inCategory("MAJOR_BASIC", "APPLIED_BASIC"),
    make: (one) => void (one.periodEnd = "2028-12-31"),
  },
  {
    name: "no foreign member",
    fits: abroad,
    make: (one) => void (one.members = one.members?.filter(({ side }) => side !== "FOREIGN") ?? []),
  },
  { name: "no partner", fits: abroad, make: (one) => void (one.partners = []) },
  { name: "no agreement", fits: abroad, make: (one) => void (one.attachments = []) },
  {
    name: "identity number miswritten",
    make: (one, { chance }) => {
      const person = chance.pick([one.principalInvestigator, ...(one.members ?? [])]);
      if (person?.identityNo?.length === 18) person.identityNo = miswritten(person.identityNo, chance);
    },
  },
  {
    name: "another application stands",
    make: (one, { request }) =>
      void request.registry.applications.push({
        id: "S1",
        principalInvestigator: one.principalInvestigator?.identityNo ?? null,
        state: "ORG_REVIEW",
      }),
  },
  {
    name: "a project still runs",
    make: (one, { request }) =>
      void request.registry.projects.push({
        programme: "INNOVATION_FUND",
        category: "APPLIED_BASIC",
        principalInvestigator: one.principalInvestigator?.identityNo ?? null,
        periodEnd: "2025-12-31",
        closeout: "PENDING",
      }),
  },
  {
    name: "earlier popularisation not accepted",
    fits: inCategory("SCI_POP"),
    make: (one, { request }) =>
      void request.registry.projects.push({
        programme: "INNOVATION_FUND",
        category: "SCI_POP",
        leadOrganization: one.leadOrganization ?? null,
        periodEnd: "2023-12-31",
        closeout: "PENDING",
      }),
  },
  {
    name: "investigator without rank",
    fits: inCategory("SOFT_SCI"),
    make: (one) =>
      void Object.assign(one.principalInvestigator ?? {}, { titleLevel: "INTERMEDIATE", degree: "MASTER" }),
  },
  {
    name: "property disputed",
    make: (one) => void Object.assign(one.declarations ?? {}, { intellectualPropertyClear: false }),
  },
  { name: "no commitment", make: (one) => void (one.commitments = ["LEAD_ORGANIZATION"]) },
  {
    name: "not declared unclassified",
    make: (one) => void Object.assign(one.declarations ?? {}, { nonClassified: null }),
  },
  { name: "classified words", make: (one) => void (one.abstract += "部分数据涉密。") },
  { name: "ethics not declared", make: (one) => void Object.assign(one.declarations ?? {}, { ethics: [] }) },
  {
    name: "ethics without approval",
    make: (one) => {
      Object.assign(one.declarations ?? {}, { ethics: ["ANIMAL"] });
      one.attachments = one.attachments?.filter(({ type }) => type !== "ETHICS_APPROVAL") ?? [];
    },
  },
  {
    name: "misconduct on record",
    make: (one, { request }) =>
      void request.registry.integrityRecords.push({
        subject: one.principalInvestigator?.identityNo ?? "",
        kind: "MISCONDUCT",
        from: "2023-01-01",
        to: null,
      }),
  },
  {
    name: "budget does not add up",
    make: (one) => void Object.assign(one.budget?.lines[0] ?? {}, { amount: 1 }),
  },
  {
    name: "negative amount",
    make: (one) => void Object.assign(one.budget?.lines[1] ?? {}, { amount: -1_000_000 }),
  },
  { name: "budget empty", make: (one) => void (one.budget = { lines: [] }) },
  {
    name: "budget line unexplained",
    make: (one) => void Object.assign(one.budget?.lines[1] ?? {}, { explanation: "" }),
  },
  {
    name: "no technical indicator",
    fits: inCategory("MAJOR_BASIC", "APPLIED_BASIC", "BENEFIT_RND"),
    make: (one) => void (one.indicators = one.indicators?.filter(({ type }) => type !== "TECHNICAL") ?? []),
  },
  {
    name: "indicator incomplete",
    make: (one) => void Object.assign(one.indicators?.[0] ?? {}, { unit: " " }),
  },
  {
    name: "indicator vague",
    make: (one) => void Object.assign(one.indicators?.[0] ?? {}, { name: "性能显著提升，达到国际先进" }),
  },
  {
    name: "report too short",
    fits: inCategory("SOFT_SCI"),
    make: (one) => void Object.assign(one.indicators?.[0] ?? {}, { target: 20_000 }),
  },
  {
    name: "work not far enough",
    fits: ({ leaf }) => leaf.code === "SP-03",
    make: (one) => void (one.completionPercent = 20),
  },
  { name: "too late", make: (_, { request }) => void (request.at = "2024-07-01T00:00:00+08:00") },
];
