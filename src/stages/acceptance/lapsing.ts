import type { ApplicationFacts } from "../application/facts.ts";

export type Step = NonNullable<ApplicationFacts["missed"]>;
type Asked = Pick<ApplicationFacts, "state" | "endorsedAt"> & {
  readonly call: Pick<ApplicationFacts["call"], "applyClosesAt" | "recommendClosesAt">;
};

/** Whose turn it is, and until when (first instant after); null where no deadline of the call is waited for. */
export const turnOf = ({
  state,
  endorsedAt,
  call,
}: Asked): { readonly step: Step; readonly at: number } | null => {
  // 一次退回之后可在推荐截止前再次提交、再次审核（A4 Q1）。
  const applied = endorsedAt === null ? call.applyClosesAt : call.recommendClosesAt;
  switch (state) {
    case "DRAFT":
    case "RETURNED_TO_PI":
      return { step: "SUBMIT", at: applied };
    case "ORG_REVIEW":
      return { step: "ENDORSE", at: applied };
    case "DEPT_REVIEW":
      return { step: "INITIAL_REVIEW", at: call.recommendClosesAt };
    case "DEPT_PASSED":
      return { step: "RECOMMEND", at: call.recommendClosesAt };
    default:
      return null;
  }
};

/** The step that missed its date by `now`, or null. */
export const missedBy = (facts: Asked, now: number): ReturnType<typeof turnOf> => {
  const turn = turnOf(facts);
  return turn === null || now < turn.at ? null : turn;
};
