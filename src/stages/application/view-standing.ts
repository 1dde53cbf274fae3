import type { ApplicationState } from "../../core/lifecycle/application.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Role } from "../../core/role.ts";
import type { Call } from "../../platform/calls.ts";

/** Who has an application now, and until when: the countdown of every list and page. */
export type Standing = {
  /** Whose turn it is; empty where nothing more is to be done. */
  readonly holders: readonly Role[];
  /** What is waited for. */
  readonly step: Bilingual | null;
  /** The first instant at which it is too late; null where no date presses. */
  readonly due: number | null;
  /** The institution's own earlier date, where it set one. */
  readonly internalDue: number | null;
};

type Stands = {
  readonly state: ApplicationState;
  readonly call: Pick<Call, "applyClosesAt" | "recommendClosesAt" | "acceptClosesAt">;
  readonly endorsedAt: number | null;
  readonly correctionDueAt: number | null;
  readonly appealDueAt: number | null;
};

const words = {
  submit: { zh: "填写并提交给单位", en: "fill in and submit to the institution" },
  amend: { zh: "修改后再次提交给单位", en: "amend and submit again" },
  endorse: { zh: "单位审核", en: "the institution's review" },
  initial: { zh: "归口管理部门初审", en: "initial review by the department" },
  issue: { zh: "出具推荐函", en: "the letter of recommendation" },
  accept: { zh: "受理审查", en: "acceptance" },
  correct: { zh: "由单位提交补正", en: "the institution's correction" },
  appeal: { zh: "复审", en: "the appeal" },
  mayAppeal: { zh: "单位可以申请复审", en: "the institution may appeal" },
  review: { zh: "专家评审", en: "expert review" },
} as const satisfies Record<string, Bilingual>;

export const standingOf = (one: Stands, internal: number | null = null): Standing => {
  const { applyClosesAt, recommendClosesAt, acceptClosesAt } = one.call;
  const make = (
    holders: readonly Role[],
    step: Bilingual,
    due: number | null,
    own: number | null = null,
  ): Standing => ({
    holders,
    step,
    due,
    internalDue: own,
  });
  switch (one.state) {
    case "DRAFT":
      return make(["PI"], words.submit, applyClosesAt, internal);
    case "RETURNED_TO_PI":
      // 一次退回之后可在推荐截止前再次提交（A4 Q1）。
      return make(
        ["PI"],
        words.amend,
        one.endorsedAt === null ? applyClosesAt : recommendClosesAt,
        one.endorsedAt === null ? internal : null,
      );
    case "ORG_REVIEW":
      return make(["ORG_ADMIN"], words.endorse, one.endorsedAt === null ? applyClosesAt : recommendClosesAt);
    case "DEPT_REVIEW":
      return make(["DEPT_REVIEWER"], words.initial, recommendClosesAt);
    case "DEPT_PASSED":
      return make(["DEPT_APPROVER"], words.issue, recommendClosesAt);
    case "RECOMMENDED":
    case "ACCEPTANCE":
      return make(["ACCEPTANCE_OFFICER"], words.accept, acceptClosesAt);
    case "CORRECTION":
      return make(["ORG_ADMIN", "PI"], words.correct, one.correctionDueAt);
    case "NOT_ACCEPTED":
      return one.appealDueAt === null ? rest : make(["ORG_ADMIN"], words.mayAppeal, one.appealDueAt);
    case "APPEAL":
      return make(["APPEAL_OFFICER"], words.appeal, null);
    case "ACCEPTED":
    case "IN_REVIEW":
      return make(["DIVISION_OFFICER"], words.review, null);
    default:
      return rest;
  }
};

const rest: Standing = { holders: [], step: null, due: null, internalDue: null };
