import type { Application, CheckRequest, Registry } from "../policy/application.ts";
import type { Programme } from "../policy/programme.ts";
import type { Stage } from "../policy/stage.ts";
import type { Content } from "./content.ts";

/** What the platform knows beside the content, and nobody is asked for. Identity numbers in clear, for this judgement only. */
export type Known = {
  readonly application: string;
  readonly leadOrganization: string;
  readonly investigator: NonNullable<Application["principalInvestigator"]>;
  /** Numbers of the members in clear, by the key of their row. */
  readonly identities: ReadonlyMap<string, string>;
  readonly attachments: NonNullable<Application["attachments"]>;
  readonly organizationCommitted: boolean;
  readonly registry: Registry;
};

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** Without the entries that are not filled in: what is absent is not judged yet. */
const filled = <T extends object>(entries: Nullable<T>): T =>
  Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== null && value !== undefined),
  ) as T;

const textOrNull = (text: string) => (text.trim() === "" ? null : text);

/** The fixed first day of the period: the programme's, never asked for. */
export const periodStartOf = (programme: Programme, category: string | null): string | null =>
  programme.categories.find((one) => one.code === category)?.period.start.date ?? null;

/** An application as the judge reads it. `at` is an ISO 8601 instant with its offset. */
export const caseOf = (
  policy: string,
  programme: Programme,
  stage: Stage,
  at: string,
  content: Content,
  known: Known,
): CheckRequest => ({
  policy,
  stage,
  at,
  registry: known.registry,
  application: filled<Application>({
    id: known.application,
    category: content.category,
    field: content.field,
    direction: content.direction,
    title: content.title,
    abstract: content.abstract,
    keywords: content.keywords,
    periodStart: periodStartOf(programme, content.category),
    periodEnd: content.periodEnd,
    extensionReason: content.extensionReason,
    requestedGrant: content.requestedGrant,
    leadOrganization: known.leadOrganization,
    platform: content.platform,
    sciencePopularizationBase: content.sciencePopularizationBase,
    principalInvestigator: known.investigator,
    members: content.members.map((member) => ({
      name: member.name,
      identityType: member.identityType,
      identityNo: known.identities.get(member.key) ?? "",
      organization: member.organization,
      side: member.side,
    })),
    partners: content.partners.map(({ name, uscc, type, region, countryOrRegion, tasks }) =>
      filled({ name, uscc, type, region, countryOrRegion, tasks: textOrNull(tasks) }),
    ),
    budget: {
      lines: content.budget.lines.map(({ subject, source, amount, explanation }) =>
        filled({ subject, source, amount, explanation: textOrNull(explanation) ?? "" }),
      ),
    },
    indicators: content.indicators.map(({ type, code, name, comparator, target, unit, verification }) => ({
      ...filled({ type }),
      code,
      name,
      comparator,
      target,
      unit,
      verification,
    })),
    attachments: [...known.attachments],
    commitments: [
      ...(content.declarations.commitment ? (["PRINCIPAL_INVESTIGATOR"] as const) : []),
      ...(known.organizationCommitted ? (["LEAD_ORGANIZATION"] as const) : []),
    ],
    declarations: {
      nonClassified: content.declarations.nonClassified,
      intellectualPropertyClear: content.declarations.intellectualPropertyClear,
      ethics: content.declarations.ethics,
    },
    completionPercent: content.completionPercent,
  }),
});
