import { Form } from "../../ui/form.tsx";
import type { Place } from "../../ui/place.ts";
import { deadlineText } from "../endorsement/moment.ts";
import { type Choice, choices, type Typed } from "./decision.ts";
import type { Item } from "./item.ts";
import { acceptanceWords } from "./words.ts";
import { afterWorkingDays } from "./working-days.ts";

export const decideForm = "decide";

/** The three decisions, each with what it causes said before it is taken; the rest of the page belongs to this form. */
export const DecideBar = ({
  place,
  csrf,
  item,
  typed,
  once,
  error,
}: {
  place: Place;
  csrf: string;
  item: Item;
  typed: Typed;
  once: string;
  error: string | undefined;
}) => {
  const words = acceptanceWords(place).item;
  const { procedure } = item.facts.call.policy;
  const due = (days: number) => deadlineText(place, afterWorkingDays(place.now, days));
  const offered = choices.filter((one) => one !== "correct" || !item.facts.corrected);
  const consequence: Readonly<Record<Choice, string>> = {
    accept: words.willAccept,
    correct: words.willCorrect(due(procedure.correction.workingDays)),
    refuse: words.willRefuse(due(procedure.appeal.workingDays)),
  };
  return (
    <div class="zn-bar zn-bar--decide" role="region" aria-label={words.decision}>
      <Form
        id={decideForm}
        action={`${place.home}/acceptance/${item.facts.id}`}
        csrf={csrf}
        hidden={{ version: item.facts.version, key: once }}
      >
        <fieldset
          class="zn-decide"
          id="decision"
          aria-describedby={error === undefined ? undefined : "decision-error"}
        >
          <legend class="govuk-visually-hidden">{words.decision}</legend>
          {offered.map((one) => (
            <label>
              <input type="radio" name="decision" value={one} checked={typed.choice === one} />
              {words[one]}
            </label>
          ))}
        </fieldset>
        {error !== undefined && (
          <p id="decision-error" class="govuk-error-message">
            {error}
          </p>
        )}
        <div class="zn-will">
          {offered.map((one) => (
            <span class={`zn-will__one zn-will--${one}`}>
              <b>{words[one]}</b> {consequence[one]}
            </span>
          ))}
          {item.facts.corrected && <span>{words.onceOnly}</span>}
        </div>
        <div class="zn-bar__end">
          <button
            class="govuk-button govuk-button--secondary zn-button--s"
            name="preview"
            value="1"
            formaction={`${place.home}/acceptance/${item.facts.id}#preview`}
          >
            {words.preview}
          </button>
          <button class="govuk-button zn-button--s">{words.doIt}</button>
        </div>
      </Form>
    </div>
  );
};
