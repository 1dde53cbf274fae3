import { TextArea } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { ChooseTable } from "./choose-table.tsx";
import { letterForm, type LetterProps, NumberAndDate } from "./letter.form.tsx";
import { recommendationWords } from "./words.ts";

/** What a letter says, while it is being prepared. */
export const LetterWords = (props: LetterProps) => {
  const { frame, batch } = props;
  const { letter, letters } = recommendationWords(frame.place);
  const { to, said, wrong } = letterForm(props, "words");
  return (
    <section class="zn-panel" id="words" aria-labelledby="words-title">
      <div class="zn-panel__head">
        <h2 id="words-title">{letter.words}</h2>
      </div>
      <div class="zn-panel__body">
        <Form {...to}>
          <p class="zn-sub">{letter.wordsHint}</p>
          <NumberAndDate {...props} act="words" />
          <TextArea
            id="words-statement"
            name="statement"
            label={letters.new.statement}
            hint={letters.new.statementHint}
            rows={3}
            value={said("statement", batch.statement)}
            error={wrong("statement")}
          />
          <button class="govuk-button govuk-button--secondary zn-button--s">{letter.save}</button>
        </Form>
      </div>
    </section>
  );
};

/** Which projects it takes. */
export const LetterItems = (props: LetterProps) => {
  const {
    frame,
    batch: { call },
    rows,
    others,
  } = props;
  const { letter } = recommendationWords(frame.place);
  const { to, entered } = letterForm(props, "items");
  return (
    <details class="zn-panel zn-fold" id="items" open={entered !== null || rows.length === 0}>
      <summary>{letter.items}</summary>
      <div class="zn-panel__body">
        <Form {...to}>
          <p class="zn-sub">{letter.itemsHint}</p>
          <ChooseTable
            frame={frame}
            call={call}
            rows={[...rows, ...others]}
            chosen={entered !== null ? entered.getAll("n") : rows.map((one) => one.id)}
            order={
              new Map(
                entered !== null
                  ? [...rows, ...others].map((one) => [one.id, entered.get(`order.${one.id}`) ?? ""])
                  : rows.map((one, index) => [one.id, String(index + 1)]),
              )
            }
          />
          <button class="govuk-button govuk-button--secondary zn-button--s">{letter.saveItems}</button>
        </Form>
      </div>
    </details>
  );
};
