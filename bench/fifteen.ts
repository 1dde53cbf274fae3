import type { CheckRequest } from "../src/core/policy/application.ts";
import { judgeOf } from "../src/core/policy/judge.ts";
import type { Policy } from "../src/core/policy/policy.ts";
import { type Contender, synchronous } from "./contender.ts";

/**
 * The fifteen rules that every contender expresses: mandatory parts, conditions on other answers, a ceiling by
 * category, dates, sums and lists, and two that look into the register.
 */
export const fifteen = [
  "form-complete",
  "category-known",
  "international-is-applied-basic",
  "grant-ceiling",
  "lead-type",
  "lead-territory",
  "lead-platform",
  "period-start",
  "period-order",
  "ongoing-project",
  "soft-investigator",
  "commitment-investigator",
  "not-classified",
  "budget-total",
  "indicator-complete",
] as const;

/** The figures that the fifteen need, taken from the pack: the same for every contender. */
export const figuresOf = ({ programme }: Policy) => ({
  categories: programme.categories.map(({ code, ceiling, period }) => ({
    code,
    ceiling: ceiling.amount,
    start: period.start.date,
  })),
  types: [...programme.organizationTypes.eligible, ...programme.organizationTypes.undecided],
  regions: programme.territory.regionPrefixes,
  running: programme.ongoing.referenceDate,
});
export type Figures = ReturnType<typeof figuresOf>;

/** What must be filled in, as paths from the application. */
export const mandatory = [
  "title",
  "category",
  "field",
  "direction",
  "periodStart",
  "periodEnd",
  "requestedGrant",
  "leadOrganization",
  "principalInvestigator.name",
  "principalInvestigator.identityNo",
  "budget",
  "indicators",
] as const;

/** Ours, with just these rules of the pack; each finding comes worded in two languages with clause and facts. */
export const ours = (policy: Policy): Contender => {
  const rules = fifteen.map((id) => {
    const rule = policy.rules.find((one) => one.id === id);
    if (rule === undefined) throw new RangeError(`the pack has no rule ${id}`);
    return rule;
  });
  const judge = judgeOf(policy.id, policy.programme, rules);
  return {
    ...synchronous("zhinan", (request) => [...new Set(judge(request).findings.map(({ rule }) => rule))]),
    pass: (requests) => {
      let sum = 0;
      for (const request of requests) sum += judge(request).findings.length;
      return sum;
    },
  };
};

const blank = (value: unknown) =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/** The limit: the same fifteen as a person would write them for one guide, giving names only. */
export const byHand = (figures: Figures): Contender => {
  const categories = new Map(figures.categories.map((one) => [one.code, one]));
  const types = new Set<string>(figures.types);
  return synchronous("by hand", ({ application, registry }: CheckRequest) => {
    const failed: string[] = [];
    const {
      category,
      periodStart,
      periodEnd,
      requestedGrant,
      budget,
      principalInvestigator: person,
    } = application;
    if (
      blank(application.title) ||
      blank(category) ||
      blank(application.field) ||
      blank(application.direction) ||
      blank(periodStart) ||
      blank(periodEnd) ||
      requestedGrant === undefined ||
      blank(application.leadOrganization) ||
      blank(person?.name) ||
      blank(person?.identityNo) ||
      budget === undefined ||
      application.indicators === undefined
    )
      failed.push("form-complete");
    const known = category === undefined ? undefined : categories.get(category);
    if (category !== undefined && known === undefined) failed.push("category-known");
    if (application.field === "INTL_COOP" && category !== "APPLIED_BASIC")
      failed.push("international-is-applied-basic");
    if (known !== undefined && requestedGrant !== undefined && requestedGrant > known.ceiling)
      failed.push("grant-ceiling");
    const lead = registry.organizations.find((one) => one.uscc === application.leadOrganization);
    if (lead !== undefined) {
      if (lead.type !== undefined && !types.has(lead.type)) failed.push("lead-type");
      const { region } = lead;
      if (typeof region === "string" && !figures.regions.some((prefix) => region.startsWith(prefix)))
        failed.push("lead-territory");
      if (
        category === "MAJOR_BASIC" &&
        !lead.platforms.includes(application.platform ?? "") &&
        !application.attachments?.some(({ type }) => type === "PLATFORM_PROOF")
      )
        failed.push("lead-platform");
    }
    if (known !== undefined && periodStart !== undefined && periodStart !== known.start)
      failed.push("period-start");
    if (periodStart !== undefined && periodEnd !== undefined && periodEnd < periodStart)
      failed.push("period-order");
    const identity = person?.identityNo;
    if (identity !== undefined && identity !== "")
      for (const one of registry.projects)
        if (
          one.programme === "INNOVATION_FUND" &&
          one.closeout === "PENDING" &&
          one.periodEnd >= figures.running &&
          one.principalInvestigator === identity
        ) {
          failed.push("ongoing-project");
          break;
        }
    if (
      category === "SOFT_SCI" &&
      person?.titleLevel !== "SENIOR" &&
      person?.titleLevel !== "ASSOCIATE_SENIOR" &&
      person?.degree !== "DOCTOR" &&
      person?.adminRank !== "DEPUTY_DIVISION_OR_ABOVE"
    )
      failed.push("soft-investigator");
    if (!application.commitments?.includes("PRINCIPAL_INVESTIGATOR")) failed.push("commitment-investigator");
    if (application.declarations?.nonClassified !== true) failed.push("not-classified");
    if (budget !== undefined && requestedGrant !== undefined) {
      let total = 0;
      for (const line of budget.lines) if (line.source === "CITY") total += line.amount ?? 0;
      if (total !== requestedGrant) failed.push("budget-total");
    }
    for (const one of application.indicators ?? [])
      if (blank(one.target) || blank(one.unit) || blank(one.verification)) {
        failed.push("indicator-complete");
        break;
      }
    return failed;
  });
};
