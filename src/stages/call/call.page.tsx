import { Page, Wrap } from "../../ui/page.tsx";
import { say } from "../../ui/place.ts";
import type { Render } from "./site.ts";

/** The call: what it offers, until when, and the three doors into it. */
export const renderCall: Render = ({ place }) => (
  <Page place={place} title={say(place, place.policy.programme.call)} here="call">
    <Wrap>
      <h1 class="govuk-heading-xl">{say(place, place.policy.programme.call)}</h1>
    </Wrap>
  </Page>
);
