import { type ApplicationState, statesOf } from "../../core/lifecycle/application.ts";
import { permits } from "../../core/permission/matrix.ts";
import { type Actor, may } from "../../core/permission/permission.ts";
import type { ApplicationFacts } from "./facts.ts";

/** Acts on an application that move it along no row of the lifecycle table, and the states in which they make sense. */
const beside: Readonly<Record<string, readonly ApplicationState[]>> = {
  "application.attach": ["DRAFT", "RETURNED_TO_PI", "CORRECTION"],
  "application.detach": ["DRAFT", "RETURNED_TO_PI", "CORRECTION"],
  "application.consent": ["DRAFT", "RETURNED_TO_PI"],
  "application.confirmPartnership": ["DRAFT", "RETURNED_TO_PI", "ORG_REVIEW"],
  "application.requestException": ["DRAFT", "RETURNED_TO_PI"],
  "application.requestWithdrawal": [
    "ORG_REVIEW",
    "DEPT_REVIEW",
    "DEPT_PASSED",
    "RECOMMENDED",
    "ACCEPTANCE",
    "ACCEPTED",
  ],
};

/** Names of the actions that this actor may perform on it in its present state; rules and dates may still refuse them. */
export const actionsNow = (
  actor: Actor,
  { state, subject }: Pick<ApplicationFacts, "state" | "subject">,
): readonly string[] =>
  Object.keys(permits).filter(
    (name) => (beside[name] ?? statesOf(name)).includes(state) && may(name, actor, subject).allowed,
  );

/** Whether what is being written may be read, and not only what was filed: by those who could read it before it was filed. */
export const mayReadDraft = (actor: Actor, { subject }: Pick<ApplicationFacts, "subject">): boolean =>
  may("application.read", actor, {
    ...subject,
    filed: false,
    endorsed: false,
    recommended: false,
    appealed: false,
  }).allowed;
