/** Stages at which an application is judged, in their order. */
export const stages = [
  "draft",
  "submit",
  "institution_review",
  "dept_review",
  "recommend",
  "acceptance",
  "award",
  "contract",
  "closeout",
] as const;
export type Stage = (typeof stages)[number];

/** `error` blocks, `confirm` needs a named person's decision, `warning` and `info` inform. */
export const severities = ["error", "confirm", "warning", "info"] as const;
export type Severity = (typeof severities)[number];
