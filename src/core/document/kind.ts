import type { Bilingual } from "../policy/words.ts";

/** Papers that are drawn from the data. `mark` names one in the code on its pages; it never changes. */
export const documentKinds = {
  "application-form": { mark: "AF", title: { zh: "申报书", en: "Application form" } },
  "budget-explanation": { mark: "BE", title: { zh: "预算说明书", en: "Budget explanation" } },
  "investigator-commitment": {
    mark: "CI",
    title: { zh: "项目负责人科研诚信承诺书", en: "Investigator's integrity commitment" },
  },
  "organization-commitment": {
    mark: "CO",
    title: { zh: "申报单位科研诚信承诺书", en: "Organisation's integrity commitment" },
  },
  receipt: { mark: "RC", title: { zh: "回执", en: "Receipt" } },
  "notice-accepted": { mark: "NA", title: { zh: "受理通知书", en: "Notice of acceptance" } },
  "notice-refused": { mark: "NR", title: { zh: "不予受理通知书", en: "Notice of refusal" } },
  "notice-correction": { mark: "NC", title: { zh: "补正通知书", en: "Notice of correction" } },
  "recommendation-letter": { mark: "RL", title: { zh: "推荐函", en: "Recommendation letter" } },
  "recommended-project-list": {
    mark: "PL",
    title: { zh: "推荐项目列表", en: "List of recommended projects" },
  },
  "self-check-summary": { mark: "SC", title: { zh: "自查结果", en: "Self-check summary" } },
} as const satisfies Record<string, { readonly mark: string; readonly title: Bilingual }>;
export type DocumentKind = keyof typeof documentKinds;

export const documentKindOf = (mark: string): DocumentKind | null =>
  (Object.keys(documentKinds) as DocumentKind[]).find((kind) => documentKinds[kind].mark === mark) ?? null;
