import type { VNode } from "preact";
import type { Call } from "../../../platform/calls.ts";
import { TextArea } from "../../../ui/field.tsx";
import { Form, TroubleSummary } from "../../../ui/form.tsx";
import { type Frame, WorkPage } from "../../../ui/work-page.tsx";
import type { Trouble } from "../../registration/desk.ts";
import type { ApplicationFacts } from "../facts.ts";
import { momentOf } from "./clock.ts";
import { formWords } from "./words.ts";

type Props = {
  readonly frame: Frame;
  readonly facts: ApplicationFacts;
  readonly base: string;
  readonly trouble: Trouble | null;
};

const Title = ({ facts, frame }: Pick<Props, "facts" | "frame">) => (
  <p class="zn-form__caption">
    <b>{facts.content.title === "" ? formWords(frame.place).untitled : facts.content.title}</b>
  </p>
);

/** Leaving: a draft is abandoned by its writer; what was submitted is withdrawn by the institution, who is asked here. */
export const LeavePage = ({
  frame,
  facts,
  base,
  trouble,
  reason,
  isDraft,
}: Props & { reason: string; isDraft: boolean }): VNode => {
  const { place } = frame;
  const { leave } = formWords(place);
  const title = isDraft ? leave.abandon : leave.request;
  return (
    <WorkPage frame={frame} title={title} here="/applications" error={trouble !== null}>
      <div class="zn-checkpage">
        <TroubleSummary place={place} trouble={trouble} hrefOf={() => "#reason"} />
        <h1 class="zn-form__h1">{title}</h1>
        <Title frame={frame} facts={facts} />
        {facts.withdrawalRequestedAt !== null && !isDraft ? (
          <p role="status">{leave.asked}</p>
        ) : (
          <>
            <p>{isDraft ? leave.abandonLead : leave.requestLead}</p>
            <Form
              action={`${base}/withdraw`}
              csrf={frame.csrf}
              hidden={{ version: facts.version, key: crypto.randomUUID() }}
            >
              <TextArea
                id="reason"
                label={isDraft ? leave.reasonOptional : leave.reason}
                value={reason}
                rows={3}
              />
              <button class="govuk-button govuk-button--warning">
                {isDraft ? leave.abandonAct : leave.requestAct}
              </button>
            </Form>
          </>
        )}
        <a class="govuk-link" href={base}>
          {formWords(place).submitted.open}
        </a>
      </div>
    </WorkPage>
  );
};

/** Content of an ended application into a new draft. */
export const CopyPage = ({
  frame,
  facts,
  base,
  trouble,
  calls,
}: Props & { calls: readonly Call[] }): VNode => {
  const { place } = frame;
  const { copy, fresh } = formWords(place);
  return (
    <WorkPage frame={frame} title={copy.title} here="/applications" error={trouble !== null}>
      <div class="zn-checkpage">
        <TroubleSummary place={place} trouble={trouble} />
        <h1 class="zn-form__h1">{copy.title}</h1>
        <Title frame={frame} facts={facts} />
        <p>{calls.length === 0 ? copy.none : copy.lead}</p>
        {calls.map((call) => (
          <Form
            action={`${base}/copy`}
            csrf={frame.csrf}
            hidden={{ call: call.id, key: crypto.randomUUID() }}
          >
            <p>
              {call.title[place.language]}{" "}
              <span class="zn-sub">{fresh.closes(momentOf(place, call.applyClosesAt))}</span>
            </p>
            <button class="govuk-button">{copy.act}</button>
          </Form>
        ))}
      </div>
    </WorkPage>
  );
};
