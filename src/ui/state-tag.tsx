import { type ApplicationState, applicationStates } from "../core/lifecycle/application.ts";
import { type Place, say } from "./place.ts";

/** Only what is unusual gets a colour; the ordinary course is plain. */
const looks: Readonly<Partial<Record<ApplicationState, string>>> = {
  DRAFT: "govuk-tag--grey",
  RETURNED_TO_PI: "govuk-tag--yellow",
  CORRECTION: "govuk-tag--yellow",
  ORG_REJECTED: "govuk-tag--red",
  DEPT_REJECTED: "govuk-tag--red",
  NOT_ACCEPTED: "govuk-tag--red",
  LAPSED: "govuk-tag--red",
  ACCEPTED: "govuk-tag--green",
  APPEAL: "govuk-tag--purple",
  WITHDRAWN: "govuk-tag--grey",
  PURGED: "govuk-tag--grey",
};

/** The state of an application as a tag. */
export const StateTag = ({ place, state }: { place: Place; state: ApplicationState }) => (
  <strong class={`govuk-tag ${looks[state] ?? ""}`.trim()}>{say(place, applicationStates[state])}</strong>
);

const unusual = new Set<ApplicationState>([
  "RETURNED_TO_PI",
  "CORRECTION",
  "ORG_REJECTED",
  "DEPT_REJECTED",
  "NOT_ACCEPTED",
  "LAPSED",
  "APPEAL",
  "PURGED",
]);

/** In a table: plain words, a tag where something is unusual. */
export const StateWords = ({ place, state }: { place: Place; state: ApplicationState }) =>
  unusual.has(state) ? (
    <StateTag place={place} state={state} />
  ) : (
    <span class="quiet">{say(place, applicationStates[state])}</span>
  );
