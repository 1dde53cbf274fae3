import { actions } from "./actions.ts";
import { registerWork } from "./work.ts";
import { registerAcceptance } from "../stages/acceptance/routes.ts";
import { registerAppeal } from "../stages/appeal/routes.ts";
import { registerApplicationReading } from "../stages/application/routes.ts";
import { registerApplicationForm } from "../stages/application/form/routes.ts";
import { registerPapers } from "../stages/application/papers/papers.routes.ts";
import { registerEndorsement } from "../stages/endorsement/routes.tsx";
import { registerCalls } from "../stages/call/extension.routes.ts";
import type { Desk } from "../stages/registration/desk.ts";
import { registerRecommendation } from "../stages/recommendation/routes.ts";
import { registerRegistration } from "../stages/registration/routes.ts";

/** The pages of every stage for people who are signed in, in the order of the procedure. */
export const registerDesks = (desk: Desk): void => {
  registerWork(desk);
  registerRegistration(desk, new Map(actions.map(({ name, title }) => [name, title])));
  registerCalls(desk);
  registerApplicationReading(desk);
  registerApplicationForm(desk);
  registerPapers(desk);
  registerEndorsement(desk);
  registerRecommendation(desk);
  registerAcceptance(desk);
  registerAppeal(desk);
};
