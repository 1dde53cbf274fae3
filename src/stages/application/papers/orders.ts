import { type DocumentKind, documentKinds } from "../../../core/document/kind.ts";
import type { DocumentOrder } from "../../../platform/documents.ts";
import { applicationForm } from "./application-form.ts";
import { budgetExplanation } from "./budget-explanation.ts";
import { headOf } from "./head.ts";
import type { PaperSource } from "./source.ts";

/** Papers of a version, in the order in which they are signed. */
export const versionPapers = [
  "application-form",
  "budget-explanation",
  "investigator-commitment",
  "organization-commitment",
] as const satisfies readonly DocumentKind[];
export type VersionPaper = (typeof versionPapers)[number];

const builders: Readonly<Record<VersionPaper, (source: PaperSource) => unknown>> = {
  "application-form": applicationForm,
  "budget-explanation": budgetExplanation,
  "investigator-commitment": headOf,
  "organization-commitment": headOf,
};

/** The same version gives the same bytes: it says nothing that came after. */
export const orderOf = (kind: VersionPaper, source: PaperSource): DocumentOrder => ({
  policy: source.facts.call.policy.id,
  kind,
  code: source.filed?.code ?? null,
  data: builders[kind](source),
  at: source.at,
  application: source.facts.id,
});

/** `申报书-2024-0012-v2.pdf`. */
export const filenameOf = (kind: VersionPaper, { label, filed }: PaperSource): string =>
  `${documentKinds[kind].title.zh}-${label}-${filed === null ? "草稿" : `v${filed.number}`}.pdf`;
