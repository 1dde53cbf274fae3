import { formatDate } from "../../core/calendar.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { deadlineText } from "../../ui/moment.tsx";
import { letterForm, type LetterProps } from "./letter.form.tsx";
import { isPaperLate } from "./paper.ts";
import { recommendationWords } from "./words.ts";

/** The clause that asks for the original on paper. */
export const originalClause = ({ batch: { call } }: Pick<LetterProps, "batch">): string =>
  call.policy.procedure.clauses["recommendation.logPaper"] ?? "";

/** When the original on paper arrived. */
export const LetterOriginal = (props: LetterProps) => {
  const {
    frame: { place },
    batch,
    may,
  } = props;
  const { letter } = recommendationWords(place);
  const { to, said, wrong } = letterForm(props, "paper");
  const { paper } = batch;
  const date = (one: string | null) => (one === null ? "" : formatDate(one, place.language));
  return (
    <section class="zn-panel" id="paper" aria-labelledby="paper-title">
      <div class="zn-panel__head">
        <h2 id="paper-title">{letter.paper}</h2>
        <ClauseChip place={place} id={originalClause(props)} short />
      </div>
      <div class="zn-panel__body">
        <p class="zn-sub">{letter.paperLead(deadlineText(place, batch.call.recommendClosesAt))}</p>
        <p>
          {paper === null
            ? letter.paperNone
            : letter.paperGot(date(paper.receivedOn), date(paper.postedOn), paper.channel ?? "")}{" "}
          {paper !== null && isPaperLate(batch.call, paper) && (
            <strong class="govuk-tag govuk-tag--yellow">{letter.late}</strong>
          )}
        </p>
        {may.paper && (
          <Form {...to} hidden={{ ...to.hidden, version: batch.version }}>
            <TextField
              id="paper-receivedOn"
              name="receivedOn"
              label={letter.received}
              hint={letter.dateHint}
              width={10}
              value={said("receivedOn", paper?.receivedOn ?? "")}
              error={wrong("receivedOn")}
            />
            <TextField
              id="paper-postedOn"
              name="postedOn"
              label={letter.posted}
              hint={letter.dateHint}
              width={10}
              value={said("postedOn", paper?.postedOn ?? "")}
              error={wrong("postedOn")}
            />
            <TextField
              id="paper-channel"
              name="channel"
              label={letter.channel}
              hint={letter.channelHint}
              value={said("channel", paper?.channel ?? "")}
              error={wrong("channel")}
            />
            <button class="govuk-button zn-button--s">{letter.paperButton}</button>
          </Form>
        )}
      </div>
    </section>
  );
};
