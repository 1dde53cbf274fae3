import type { ApplicationFacts } from "./facts.ts";

/** 一次退回之后可在推荐截止前再次提交（A4 Q1）；首次提交以申报截止为准。 */
const isReturned = (facts: ApplicationFacts) => facts.state === "RETURNED_TO_PI" && facts.endorsedAt !== null;

/** First instant at which this application can no longer be submitted. */
export const submitsUntil = (facts: ApplicationFacts): number =>
  isReturned(facts) ? facts.call.recommendClosesAt : facts.call.applyClosesAt;

/** The instant as of which a submission is judged: one that was first in time stays so. */
export const submittedAsAt = (facts: ApplicationFacts, now: number): number =>
  isReturned(facts) ? Math.min(now, facts.call.applyClosesAt - 1) : now;
