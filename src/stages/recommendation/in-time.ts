import { formatDate } from "../../core/calendar.ts";
import type { Call } from "../../platform/calls.ts";
import { refused } from "../../platform/errors.ts";

/** Until 24:00 of the last day to recommend, by the stamp of arrival. */
export const mustBeInTime = (call: Call, now: number): void => {
  if (now < call.recommendClosesAt) return;
  const { closes, clause } = call.policy.programme.windows.recommendation;
  const message = {
    zh: `推荐截止时间 ${formatDate(closes, "zh")} 24:00 已过，不能再办理。`,
    en: `Recommendation closed at 24:00 on ${formatDate(closes, "en")}; this can no longer be done.`,
  };
  throw refused(message.zh, message.en, [
    { rule: "recommendation-window", clause, severity: "error", overridable: false, path: "", message },
  ]);
};
