import { TextArea } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { deadlineText } from "../../ui/moment.tsx";
import { letterForm, type LetterProps, NumberAndDate } from "./letter.form.tsx";
import { After } from "./pieces.tsx";
import { recommendationWords } from "./words.ts";

/** To issue a letter that is prepared. */
export const LetterIssue = (props: LetterProps) => {
  const {
    frame: { place },
    batch,
    rows,
    effects,
    may,
  } = props;
  const { letter } = recommendationWords(place);
  const { to } = letterForm(props, "issue");
  const closes = deadlineText(place, batch.call.recommendClosesAt);
  return may.issue ? (
    <section class="zn-panel" id="issue" aria-labelledby="issue-title">
      <div class="zn-panel__head">
        <h2 id="issue-title">{letter.issue}</h2>
      </div>
      <div class="zn-panel__body">
        <Form {...to}>
          <After place={place} effects={effects} />
          <p class="zn-sub">{letter.issueAfter(rows.length, closes)}</p>
          <NumberAndDate {...props} act="issue" />
          <button class="govuk-button zn-button--s">{letter.issueButton(rows.length)}</button>
        </Form>
      </div>
    </section>
  ) : (
    <p class="zn-sub">{letter.issueOther}</p>
  );
};

/** To call one back that was issued. */
export const LetterRecall = (props: LetterProps) => {
  const {
    frame: { place },
    rows,
  } = props;
  const { letter } = recommendationWords(place);
  const { to, entered, said, wrong } = letterForm(props, "recall");
  return (
    <details class="zn-panel zn-fold" id="recall" open={entered !== null}>
      <summary>{letter.recall}</summary>
      <div class="zn-panel__body">
        <Form {...to}>
          <p class="zn-sub">{letter.recallAfter(rows.length)}</p>
          <TextArea
            id="recall-reason"
            name="reason"
            label={letter.recallReason}
            rows={3}
            value={said("reason", "")}
            error={wrong("reason")}
          />
          <button class="govuk-button govuk-button--warning zn-button--s">{letter.recallButton}</button>
        </Form>
      </div>
    </details>
  );
};
