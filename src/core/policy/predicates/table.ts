import { budgetEqualsGrant, budgetNotNegative } from "./budget.ts";
import { directionFits } from "./direction-fits.ts";
import { eachFilled } from "./each-filled.ts";
import { filled } from "./filled.ts";
import { grantPositive, grantWithinCeiling } from "./grant.ts";
import { has } from "./has.ts";
import { identityNumbersRight, organizationCodesRight } from "./identities.ts";
import { indicatorPromises } from "./indicator-promises.ts";
import { noIntegrityRecord } from "./integrity.ts";
import { noOngoingProject, noUnacceptedProject, onlyApplication } from "./investigator.ts";
import { categoryKnown, directionInField, fieldInCategory } from "./leaf.ts";
import {
  leadHostsBase,
  leadHostsPlatform,
  leadInTerritory,
  leadIsMedical,
  leadOfType,
  leadRegistered,
} from "./lead.ts";
import { numberWithin } from "./number-within.ts";
import { oneOf } from "./one-of.ts";
import { partnersFromRegion } from "./partner-regions.ts";
import { periodEndsBy, periodExtensible, periodInOrder, periodNotShorter, periodStartsOn } from "./period.ts";
import type { Predicate } from "./predicate.ts";
import { quotaLeft } from "./quota.ts";
import { withinWindow } from "./window.ts";
import { withoutWords } from "./without-words.ts";

/** What a rule can ask, by the name that a pack uses. A new question is one entry here and one small file. */
export const predicates: Readonly<Record<string, Predicate | undefined>> = Object.assign(
  Object.create(null) as Record<string, Predicate | undefined>,
  {
    "one-of": oneOf,
    filled,
    has,
    "each-filled": eachFilled,
    "without-words": withoutWords,
    "number-within": numberWithin,
    "category-known": categoryKnown,
    "field-in-category": fieldInCategory,
    "direction-in-field": directionInField,
    "grant-within-ceiling": grantWithinCeiling,
    "grant-positive": grantPositive,
    "budget-equals-grant": budgetEqualsGrant,
    "budget-not-negative": budgetNotNegative,
    "period-starts-on": periodStartsOn,
    "period-in-order": periodInOrder,
    "period-ends-by": periodEndsBy,
    "period-not-shorter": periodNotShorter,
    "period-extensible": periodExtensible,
    "lead-registered": leadRegistered,
    "lead-of-type": leadOfType,
    "lead-in-territory": leadInTerritory,
    "lead-hosts-platform": leadHostsPlatform,
    "lead-hosts-base": leadHostsBase,
    "lead-is-medical": leadIsMedical,
    "quota-left": quotaLeft,
    "only-application": onlyApplication,
    "no-ongoing-project": noOngoingProject,
    "no-unaccepted-project": noUnacceptedProject,
    "identity-numbers-right": identityNumbersRight,
    "organization-codes-right": organizationCodesRight,
    "no-integrity-record": noIntegrityRecord,
    "indicator-promises": indicatorPromises,
    "within-window": withinWindow,
    "partners-from-region": partnersFromRegion,
    "direction-fits": directionFits,
  },
);
