import { civilDateOf, instantOf } from "../calendar.ts";
import { normalizeIdentifier } from "../identifiers.ts";
import type { Application, CheckRequest, OrganizationRecord, Registry } from "./application.ts";
import { type Category, type Field, leaves, type Programme } from "./programme.ts";
import type { Stage } from "./stage.ts";
import type { Bilingual } from "./words.ts";

type Leaf = { readonly code: string; readonly title: Bilingual };

/** Where a direction ranks for a text (1 is best; Infinity beyond the first `top`), and which ranks first. */
export type Fit = { readonly rank: number; readonly best: string };
export type FitOf = (text: string, direction: string, top: number) => Fit | null;

/** An application with what the rules look up again and again found once. */
export type Situation = {
  readonly programme: Programme;
  readonly stage: Stage;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly today: string;
  readonly application: Application;
  readonly registry: Registry;
  readonly category: Category | undefined;
  readonly field: Field | undefined;
  readonly leaf: Leaf | undefined;
  readonly leadCode: string;
  readonly lead: OrganizationRecord | undefined;
  readonly investigator: string;
  readonly fitOf: FitOf | undefined;
};

export const situate = (programme: Programme, request: CheckRequest, fitOf?: FitOf): Situation => {
  const { application, registry } = request;
  const category = programme.categories.find((one) => one.code === application.category);
  const field = category?.fields.find((one) => one.code === application.field);
  const leaf = field && leaves(field).find((one) => one.code === application.direction);
  const leadCode = normalizeIdentifier(application.leadOrganization ?? "");
  const at = instantOf(request.at) ?? Number.NaN;
  return {
    programme,
    stage: request.stage,
    at,
    today: civilDateOf(at),
    application,
    registry,
    category,
    field,
    leaf,
    leadCode,
    lead: leadCode === "" ? undefined : organizationOf(registry, leadCode),
    investigator: normalizeIdentifier(application.principalInvestigator?.identityNo ?? ""),
    fitOf,
  };
};

/** The registered organisation of a normalised code. */
export const organizationOf = (registry: Registry, code: string): OrganizationRecord | undefined =>
  registry.organizations.find((one) => normalizeIdentifier(one.uscc) === code);
