import { endOf, isCivilDate, startOf } from "./calendar.ts";
import { normalizeIdentifier } from "./identifiers.ts";
import type { Review } from "./policy/pack.ts";
import type { Bilingual } from "./policy/words.ts";

/** Recusal 回避: which experts may not, or should rather not, review an application, each with its reason and source. */

/** Where somebody works or worked; `to` null: still does. Civil dates. */
export type Employment = {
  readonly organization: string;
  readonly quotaGroup: string | null;
  readonly secondaryUnit: string | null;
  readonly region: string | null;
  readonly from: string;
  readonly to: string | null;
};

export type ExpertFacts = {
  readonly id: string;
  /** Identity number. */
  readonly person: string;
  readonly employments: readonly Employment[];
  /** Identity numbers of declared kin, and of declared supervisors and students. */
  readonly kin: readonly string[];
  readonly supervision: readonly string[];
  /** Joint papers and joint applications: with whom, and the last day that counts. */
  readonly coAuthors: readonly { readonly person: string; readonly on: string }[];
  readonly coApplicants: readonly { readonly person: string; readonly on: string }[];
  /** Review groups in which the expert has an application of their own. */
  readonly appliesIn: readonly string[];
  readonly sanctions: readonly { readonly from: string; readonly to: string | null }[];
};

export type ApplicationFacts = {
  readonly id: string;
  readonly group: string;
  /** Applicant organisation and partners: USCC. */
  readonly organizations: readonly string[];
  readonly quotaGroup: string | null;
  readonly secondaryUnit: string | null;
  readonly region: string | null;
  /** Identity numbers of investigator and members. */
  readonly team: readonly string[];
  /** Identity numbers or expert ids that the applicant asks to keep away; only the first three count. */
  readonly exclusions: readonly string[];
};

export type Conflict = {
  readonly reason: string;
  readonly strength: "hard" | "soft";
  readonly title: Bilingual;
  readonly source: string;
  /** What it rests on, without naming a person to those who may not know. */
  readonly fact: string;
};

/** How many named exclusions an applicant has. */
export const mostExclusions = 3;

type Look = {
  readonly expert: ExpertFacts;
  readonly application: ApplicationFacts;
  readonly today: string;
  /** First day that still counts for a reason that looks back. */
  readonly since: string;
};

/** The same day years before; 29 February becomes the 28th where the year has none. */
const yearsBefore = (date: string, years: number): string => {
  const before = `${Number(date.slice(0, 4)) - years}${date.slice(4)}`;
  return isCivilDate(before) ? before : before.replace("-02-29", "-02-28");
};
const same = (a: string, b: string): boolean => a !== "" && normalizeIdentifier(a) === normalizeIdentifier(b);
const isIn = (one: string, all: readonly string[]): boolean => all.some((other) => same(one, other));

const recent = ({ expert, since }: Look): readonly Employment[] =>
  expert.employments.filter((one) => one.to === null || endOf(one.to) > startOf(since));
const current = ({ expert, today }: Look): readonly Employment[] =>
  expert.employments.filter((one) => one.to === null || endOf(one.to) > startOf(today));

const joint = (
  shared: readonly { readonly person: string; readonly on: string }[],
  { application, since }: Look,
) => shared.find((one) => isIn(one.person, application.team) && endOf(one.on) > startOf(since))?.on;

/** One small function a reason: the fact it rests on, or undefined. A new reason is one entry here and one in the pack. */
const reasons: Readonly<Record<string, ((look: Look) => string | undefined) | undefined>> = Object.assign(
  Object.create(null) as Record<string, undefined>,
  {
    "same-legal-person": (look: Look) =>
      recent(look).find((one) => isIn(one.organization, look.application.organizations))?.organization,
    "same-quota-group": (look: Look) => {
      const { quotaGroup } = look.application;
      return quotaGroup === null
        ? undefined
        : (recent(look).find((one) => one.quotaGroup === quotaGroup)?.quotaGroup ?? undefined);
    },
    "team-member": ({ expert, application }: Look) =>
      isIn(expert.person, application.team) ? application.id : undefined,
    kin: ({ expert, application }: Look) =>
      expert.kin.find((one) => isIn(one, application.team)) && application.id,
    supervisor: ({ expert, application }: Look) =>
      expert.supervision.find((one) => isIn(one, application.team)) && application.id,
    "co-author": (look: Look) => joint(look.expert.coAuthors, look),
    "co-applicant": (look: Look) => joint(look.expert.coApplicants, look),
    "named-exclusion": ({ expert, application }: Look) => {
      const named = application.exclusions.slice(0, mostExclusions);
      return named.includes(expert.id) || isIn(expert.person, named) ? application.id : undefined;
    },
    "applicant-in-group": ({ expert, application }: Look) =>
      expert.appliesIn.find((one) => one === application.group),
    sanction: ({ expert, today }: Look) =>
      expert.sanctions.find(
        (one) => startOf(one.from) <= startOf(today) && (one.to === null || endOf(one.to) > startOf(today)),
      )?.from,
    "same-secondary-unit": (look: Look) => {
      const { secondaryUnit, organizations } = look.application;
      return secondaryUnit === null
        ? undefined
        : (current(look).find(
            (one) => one.secondaryUnit === secondaryUnit && isIn(one.organization, organizations),
          )?.secondaryUnit ?? undefined);
    },
    "same-region": (look: Look) => {
      const { region } = look.application;
      return region === null
        ? undefined
        : (current(look).find((one) => one.region === region)?.region ?? undefined);
    },
  },
);

/** Names of the reasons that a pack may use. */
export const recusalReasons: readonly string[] = Object.keys(reasons);

/** All reasons of the pack's review rules that hold between an expert and an application on a civil date; hard ones first. */
export const conflictsOf = (
  expert: ExpertFacts,
  application: ApplicationFacts,
  rules: Review["recusal"],
  today: string,
): readonly Conflict[] =>
  rules
    .flatMap(({ id, strength, years, title, source }) => {
      const fact = reasons[id]?.({ expert, application, today, since: yearsBefore(today, years) });
      return fact === undefined ? [] : [{ reason: id, strength, title, source, fact }];
    })
    .sort((a, b) => Number(a.strength === "soft") - Number(b.strength === "soft"));
