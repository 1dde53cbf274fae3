import type { Role } from "../role.ts";
import type { Bilingual } from "../policy/words.ts";

/**
 * The life of an application as one table. Whoever changes a state goes through `nextState`; the diagram of
 * docs/lifecycle.md is drawn from the same rows. Which clause stands behind a row is said by the policy pack.
 */

export const applicationStates = {
  DRAFT: { zh: "草稿", en: "Draft" },
  RETURNED_TO_PI: { zh: "退回修改", en: "Returned for amendment" },
  ORG_REVIEW: { zh: "单位审核中", en: "With the institution" },
  ORG_REJECTED: { zh: "单位不同意申报", en: "Declined by the institution" },
  DEPT_REVIEW: { zh: "归口初审中", en: "With the department" },
  DEPT_PASSED: { zh: "初审通过", en: "Passed initial review" },
  DEPT_REJECTED: { zh: "不予推荐", en: "Not recommended" },
  RECOMMENDED: { zh: "已推荐", en: "Recommended" },
  ACCEPTANCE: { zh: "受理审查中", en: "At acceptance" },
  CORRECTION: { zh: "待补正", en: "To be corrected" },
  ACCEPTED: { zh: "已受理", en: "Accepted" },
  NOT_ACCEPTED: { zh: "不予受理", en: "Not accepted" },
  APPEAL: { zh: "复审中", en: "Under appeal" },
  WITHDRAWN: { zh: "已撤回", en: "Withdrawn" },
  LAPSED: { zh: "逾期失效", en: "Lapsed" },
  PURGED: { zh: "内容已清除", en: "Content destroyed" },
  IN_REVIEW: { zh: "评审中", en: "In review" },
  REVIEWED: { zh: "评审结束", en: "Reviewed" },
  PROPOSED: { zh: "拟立项", en: "Proposed" },
  PUBLICITY: { zh: "公示中", en: "On public notice" },
  OBJECTION_HOLD: { zh: "异议处理中", en: "Objection pending" },
  AWARDED: { zh: "已立项", en: "Awarded" },
  NOT_AWARDED: { zh: "不予立项", en: "Not awarded" },
} as const satisfies Record<string, Bilingual>;

export type ApplicationState = keyof typeof applicationStates;

/** What an action may lead to beside its plain outcome: `upheld` of an appeal, `rejected` of an objection. */
export type Transition = {
  readonly id: string;
  /** Name of the action; `system.` actions are performed by the clock alone. */
  readonly action: string;
  readonly title: Bilingual;
  /** Empty for the beginning. */
  readonly from: readonly ApplicationState[];
  readonly to: ApplicationState;
  readonly outcome?: string;
  readonly actors: readonly Role[];
  /** G: the guide says so; D: the guide is silent, this is our default. */
  readonly origin: "G" | "D" | "G/D";
};

const before = ["DRAFT", "RETURNED_TO_PI", "ORG_REVIEW", "DEPT_REVIEW", "DEPT_PASSED"] as const;

const row = (
  id: string,
  action: string,
  title: Bilingual,
  from: readonly ApplicationState[],
  to: ApplicationState,
  actors: readonly Role[],
  origin: Transition["origin"],
  outcome?: string,
): Transition => ({
  id,
  action,
  title,
  from,
  to,
  actors,
  origin,
  ...(outcome === undefined ? {} : { outcome }),
});

export const applicationTransitions: readonly Transition[] = [
  row("A1", "application.create", { zh: "新建", en: "Create" }, [], "DRAFT", ["PI"], "G/D"),
  row("A2", "application.save", { zh: "暂存", en: "Save" }, ["DRAFT"], "DRAFT", ["PI"], "D"),
  row(
    "A2",
    "application.save",
    { zh: "暂存", en: "Save" },
    ["RETURNED_TO_PI"],
    "RETURNED_TO_PI",
    ["PI"],
    "D",
  ),
  row(
    "A3",
    "application.submit",
    { zh: "提交给单位", en: "Submit to the institution" },
    ["DRAFT", "RETURNED_TO_PI"],
    "ORG_REVIEW",
    ["PI"],
    "G",
  ),
  row(
    "A4",
    "endorsement.return",
    { zh: "单位退回修改", en: "Return for amendment" },
    ["ORG_REVIEW"],
    "RETURNED_TO_PI",
    ["ORG_ADMIN"],
    "D",
  ),
  row(
    "A5",
    "endorsement.approve",
    { zh: "单位审核同意", en: "Approve and submit to the department" },
    ["ORG_REVIEW"],
    "DEPT_REVIEW",
    ["ORG_ADMIN"],
    "G",
  ),
  row(
    "A6",
    "endorsement.reject",
    { zh: "单位不同意申报", en: "Decline to endorse" },
    ["ORG_REVIEW"],
    "ORG_REJECTED",
    ["ORG_ADMIN"],
    "D",
  ),
  row(
    "A7",
    "recommendation.return",
    { zh: "归口退回修改", en: "Return for amendment" },
    ["DEPT_REVIEW"],
    "RETURNED_TO_PI",
    ["DEPT_REVIEWER"],
    "D",
  ),
  row(
    "A8",
    "recommendation.pass",
    { zh: "初审通过", en: "Pass initial review" },
    ["DEPT_REVIEW"],
    "DEPT_PASSED",
    ["DEPT_REVIEWER"],
    "G",
  ),
  row(
    "A9",
    "recommendation.decline",
    { zh: "不予推荐", en: "Do not recommend" },
    ["DEPT_REVIEW"],
    "DEPT_REJECTED",
    ["DEPT_APPROVER"],
    "G/D",
  ),
  row(
    "A10",
    "recommendation.issue",
    { zh: "出具推荐函", en: "Issue the letter" },
    ["DEPT_PASSED"],
    "RECOMMENDED",
    ["DEPT_APPROVER"],
    "G",
  ),
  row(
    "A11",
    "recommendation.recall",
    { zh: "撤回推荐", en: "Recall the letter" },
    ["RECOMMENDED", "ACCEPTANCE"],
    "DEPT_PASSED",
    ["DEPT_APPROVER"],
    "D",
  ),
  row(
    "A12",
    "system.beginAcceptance",
    { zh: "进入受理", en: "Begin acceptance" },
    ["RECOMMENDED"],
    "ACCEPTANCE",
    [],
    "G",
  ),
  row(
    "A13",
    "acceptance.requestCorrection",
    { zh: "一次性告知补正", en: "Ask for correction, once" },
    ["ACCEPTANCE"],
    "CORRECTION",
    ["ACCEPTANCE_OFFICER"],
    "D",
  ),
  row(
    "A14",
    "endorsement.resubmitCorrection",
    { zh: "补正提交", en: "Submit the correction" },
    ["CORRECTION"],
    "ACCEPTANCE",
    ["ORG_ADMIN"],
    "D",
  ),
  row(
    "A15",
    "acceptance.accept",
    { zh: "受理", en: "Accept" },
    ["ACCEPTANCE"],
    "ACCEPTED",
    ["ACCEPTANCE_OFFICER"],
    "G",
  ),
  row(
    "A16",
    "acceptance.refuse",
    { zh: "不予受理", en: "Refuse" },
    ["ACCEPTANCE"],
    "NOT_ACCEPTED",
    ["ACCEPTANCE_OFFICER"],
    "G",
  ),
  row(
    "A16",
    "system.expireCorrection",
    { zh: "逾期未补正", en: "Correction not made in time" },
    ["CORRECTION"],
    "NOT_ACCEPTED",
    [],
    "D",
  ),
  row("A17", "appeal.file", { zh: "申请复审", en: "Appeal" }, ["NOT_ACCEPTED"], "APPEAL", ["ORG_ADMIN"], "D"),
  row(
    "A18",
    "appeal.decide",
    { zh: "复审：予以受理", en: "Appeal upheld" },
    ["APPEAL"],
    "ACCEPTED",
    ["APPEAL_OFFICER"],
    "D",
    "upheld",
  ),
  row(
    "A18",
    "appeal.decide",
    { zh: "复审：维持原决定", en: "Appeal dismissed" },
    ["APPEAL"],
    "NOT_ACCEPTED",
    ["APPEAL_OFFICER"],
    "D",
    "dismissed",
  ),
  row(
    "A19",
    "application.withdraw",
    { zh: "放弃草稿", en: "Abandon the draft" },
    ["DRAFT", "RETURNED_TO_PI"],
    "WITHDRAWN",
    ["PI"],
    "D",
  ),
  row(
    "A19",
    "endorsement.withdraw",
    { zh: "撤回申报", en: "Withdraw" },
    ["ORG_REVIEW", "DEPT_REVIEW", "DEPT_PASSED"],
    "WITHDRAWN",
    ["ORG_ADMIN"],
    "D",
  ),
  row(
    "A19",
    "recommendation.withdraw",
    { zh: "撤回已推荐的申报", en: "Withdraw after recommendation" },
    ["RECOMMENDED", "ACCEPTANCE"],
    "WITHDRAWN",
    ["DEPT_APPROVER"],
    "D",
  ),
  row(
    "A20",
    "endorsement.withdrawLate",
    { zh: "受理后撤回", en: "Withdraw after acceptance" },
    ["ACCEPTED", "IN_REVIEW", "REVIEWED"],
    "WITHDRAWN",
    ["ORG_ADMIN"],
    "D",
  ),
  row("A21", "system.lapse", { zh: "逾期失效", en: "Lapse" }, before, "LAPSED", [], "G"),
  row(
    "Z1",
    "acceptance.purge",
    { zh: "清除涉密内容", en: "Destroy classified content" },
    [
      ...before,
      "ORG_REJECTED",
      "DEPT_REJECTED",
      "RECOMMENDED",
      "ACCEPTANCE",
      "CORRECTION",
      "NOT_ACCEPTED",
      "APPEAL",
      "WITHDRAWN",
      "LAPSED",
    ],
    "PURGED",
    ["SEC_ADMIN"],
    "D",
  ),
];

/** The state after an action, or null where the table has no such row. `from` is null for what does not exist yet. */
export const nextState = (
  from: ApplicationState | null,
  action: string,
  outcome?: string,
): ApplicationState | null =>
  applicationTransitions.find(
    (one) =>
      one.action === action &&
      one.outcome === outcome &&
      (from === null ? one.from.length === 0 : one.from.includes(from)),
  )?.to ?? null;

/** The states from which an action can be performed; empty for one that moves no application. */
export const statesOf = (action: string): readonly ApplicationState[] => [
  ...new Set(applicationTransitions.filter((one) => one.action === action).flatMap((one) => one.from)),
];
