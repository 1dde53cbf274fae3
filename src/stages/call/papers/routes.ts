import { h, type VNode } from "preact";
import { outcomeOf } from "../../../core/policy/self-check-outcome.ts";
import type { Documents } from "../../../platform/documents.ts";
import { Busy } from "../../../platform/errors.ts";
import { judgeFor } from "../../../platform/judge.ts";
import { AbsentPage } from "../self-check.absent.page.tsx";
import { numberOf } from "../self-check.verdict.ts";
import { carry, checkOf, resultPath, summaryPath } from "../self-check.visit.ts";
import type { Render, Site } from "../site.ts";
import { summaryOrder } from "./self-check.ts";

/** Papers that visitors wait for at once: the others' work comes first. */
const most = 4;

const renderSummary = (documents: Documents): Render => {
  let waiting = 0;
  return async ({ place }) => {
    const { policy } = place;
    if (policy.selfCheck === null) return { status: 404, page: h(AbsentPage, { place }) as VNode };
    const check = checkOf({ ...place, language: "zh" }, policy.selfCheck);
    if (check.next !== undefined) return { to: carry(checkOf(place, policy.selfCheck), resultPath) };
    if (waiting >= most) throw new Busy(15);
    waiting += 1;
    try {
      const judge = await judgeFor(policy);
      const outcome = outcomeOf(policy.selfCheck, policy.programme, judge, check.answers, place.now, "zh");
      const { bytes } = await documents.drawn(summaryOrder(check, outcome), "bulk");
      return { bytes, filename: `自查结果 ${numberOf(check)}.pdf`, mime: "application/pdf" };
    } finally {
      waiting -= 1;
    }
  };
};

/** Only where papers can be drawn: elsewhere the page itself is printed. */
export const registerSummary = (site: Site): void => {
  if (site.documents !== null) site.get(summaryPath, renderSummary(site.documents));
};
