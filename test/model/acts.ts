import * as fc from "fast-check";

/** What a run asks for: acts by their part, on one of the run's applications. What stands there decides whether it can be done. */

/** An act of the model: from which states, into which. What moves no state has no `to`. */
export const moves = {
  save: { from: ["DRAFT", "RETURNED_TO_PI", "CORRECTION"] },
  submit: { from: ["DRAFT", "RETURNED_TO_PI"], to: "ORG_REVIEW" },
  withdrawDraft: { from: ["DRAFT", "RETURNED_TO_PI"], to: "WITHDRAWN", certain: true },
  seal: { from: ["ORG_REVIEW", "ACCEPTANCE"] },
  return: { from: ["ORG_REVIEW"], to: "RETURNED_TO_PI", certain: true },
  approve: { from: ["ORG_REVIEW"], to: "DEPT_REVIEW" },
  reject: { from: ["ORG_REVIEW"], to: "ORG_REJECTED", certain: true },
  withdrawUnit: { from: ["ORG_REVIEW", "DEPT_REVIEW", "DEPT_PASSED"], to: "WITHDRAWN", certain: true },
  pass: { from: ["DEPT_REVIEW"], to: "DEPT_PASSED" },
  returnByDepartment: { from: ["DEPT_REVIEW"], to: "RETURNED_TO_PI" },
  decline: { from: ["DEPT_REVIEW"], to: "DEPT_REJECTED" },
  withdrawRecommended: { from: ["RECOMMENDED", "ACCEPTANCE"], to: "WITHDRAWN" },
  correct: { from: ["ACCEPTANCE"], to: "CORRECTION" },
  resubmit: { from: ["CORRECTION"], to: "ACCEPTANCE" },
  accept: { from: ["ACCEPTANCE"], to: "ACCEPTED" },
  refuse: { from: ["ACCEPTANCE"], to: "NOT_ACCEPTED", certain: true },
  appeal: { from: ["NOT_ACCEPTED"], to: "APPEAL" },
  uphold: { from: ["APPEAL"], to: "ACCEPTED" },
  dismiss: { from: ["APPEAL"], to: "NOT_ACCEPTED", certain: true },
  withdrawLate: { from: ["ACCEPTED"], to: "WITHDRAWN", certain: true },
} as const satisfies Record<
  string,
  { readonly from: readonly string[]; readonly to?: string; readonly certain?: true }
>;
export type Move = keyof typeof moves;

/** Acts on several applications, on none, or by nobody. */
export const others = [
  "create",
  "credit",
  "letter",
  "recall",
  "begin",
  "propose",
  "purge",
  "forward",
] as const;
export type Act = Move | (typeof others)[number];
export const acts = [...(Object.keys(moves) as Move[]), ...others] as readonly Act[];

export type Command = {
  /** `onward`: whatever brings the application on from where it stands; `aside`: anything else that can be done there. */
  readonly act: Act | "onward" | "aside";
  readonly which: number;
  /** `stranger`: somebody who has no part in it; `stale`: a version that is not there. */
  readonly how: "right" | "stranger" | "stale";
  readonly hours: number;
};

const how = fc.oneof(
  { weight: 8, arbitrary: fc.constant("right" as const) },
  { weight: 1, arbitrary: fc.constant("stranger" as const) },
  { weight: 1, arbitrary: fc.constant("stale" as const) },
);

export const commands: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.record({
    act: fc.oneof(
      { weight: 10, arbitrary: fc.constant("onward" as const) },
      { weight: 3, arbitrary: fc.constant("aside" as const) },
      { weight: 5, arbitrary: fc.constantFrom(...acts) },
      { weight: 1, arbitrary: fc.constant("forward" as const) },
    ),
    which: fc.nat(1_000),
    how,
    hours: fc.integer({ min: 6, max: 120 }),
  }),
  { minLength: 30, maxLength: 30 },
);
