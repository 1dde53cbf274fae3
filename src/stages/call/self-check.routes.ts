import { renderStart } from "./self-check.start.page.tsx";
import { renderQuestion } from "./self-check.question.page.tsx";
import { renderResult } from "./self-check.result.page.tsx";
import { registerSummary } from "./papers/routes.ts";
import { questionPath, resultPath } from "./self-check.visit.ts";
import type { Site } from "./site.ts";

/** “我能申报吗”: a page for each question of any pack, so that what is no question is no page. */
export const registerSelfCheck = (site: Site): void => {
  site.get("/self-check", renderStart);
  site.get(resultPath, renderResult(site.documents !== null));
  registerSummary(site);
  const ids = new Set(
    site.policies.flatMap((policy) => policy.selfCheck?.questions.map((question) => question.id) ?? []),
  );
  for (const id of ids) site.get(questionPath(id), renderQuestion(id));
};
