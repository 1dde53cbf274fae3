import { formatDate } from "../../core/calendar.ts";
import type { Call } from "../../platform/calls.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { TextArea } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import { batchStates } from "./batch.ts";
import { ChooseTable } from "./choose-table.tsx";
import type { Row } from "./lists.ts";
import { After, Closes } from "./pieces.tsx";
import type { BatchRow } from "./queries.ts";
import type { Places } from "./quota.ts";
import { recommendationWords } from "./words.ts";

export const LettersPage = ({
  frame,
  rows,
  prepares,
  ready,
}: {
  frame: Frame;
  rows: readonly BatchRow[];
  prepares: boolean;
  /** Passed applications in no letter. */
  ready: number;
}) => {
  const { place } = frame;
  const words = recommendationWords(place).letters;
  return (
    <WorkPage frame={frame} title={words.title} here="/batches" full>
      <div class="zn-pagehead">
        <div>
          <h1>{words.title}</h1>
          {prepares && <p class="zn-sub">{words.ready(ready)}</p>}
        </div>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/batches" />
          {prepares && (
            <a class="govuk-button zn-button--s" href={`${place.home}/batches/new`}>
              {words.prepare}
            </a>
          )}
        </div>
      </div>
      {rows.length === 0 ? (
        <div class="zn-empty">
          <p>{prepares ? words.emptyDepartment : words.emptyBureau}</p>
        </div>
      ) : (
        <table class="zn-dense zn-cards">
          <caption class="govuk-visually-hidden">{words.caption(rows.length)}</caption>
          <TableHead names={words.head} />
          <tbody>
            {rows.map((row) => (
              <tr>
                <td class="nw">
                  <a href={`${place.home}/batches/${row.id}`}>{row.code}</a>
                </td>
                <td data-k={words.head[1]}>
                  {row.letterNumber ?? <span class="quiet">{words.notYet}</span>}
                </td>
                <td data-k={words.head[2]}>{row.departmentName}</td>
                <td data-k={words.head[3]}>{row.items}</td>
                <td class="nw" data-k={words.head[4]}>
                  {row.issuedOn === null || row.state === "PREPARED"
                    ? words.notYet
                    : formatDate(row.issuedOn, place.language)}
                </td>
                <td class="nw" data-k={words.head[5]}>
                  {row.paperReceivedOn === null ? (
                    <span class="quiet">{row.state === "ISSUED" ? words.noPaper : words.notYet}</span>
                  ) : (
                    formatDate(row.paperReceivedOn, place.language)
                  )}
                </td>
                <td class="nw" data-k={words.head[6]}>
                  {row.state === "RECALLED" ? (
                    <strong class="govuk-tag govuk-tag--grey">{say(place, batchStates.RECALLED)}</strong>
                  ) : (
                    say(place, batchStates[row.state])
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};

export const NewLetterPage = ({
  frame,
  call,
  rows,
  chosen,
  order,
  statement,
  effects,
  trouble,
  once,
}: {
  frame: Frame;
  call: Call;
  rows: readonly Row[];
  chosen: readonly string[];
  order: ReadonlyMap<string, string>;
  statement: string;
  effects: readonly { readonly places: Places; readonly items: number }[];
  trouble: Trouble | null;
  once: string;
}) => {
  const { place, csrf } = frame;
  const { letters } = recommendationWords(place);
  const words = letters.new;
  return (
    <WorkPage frame={frame} title={words.title} here="/batches" full error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} />
      <div class="zn-pagehead">
        <div>
          <h1>{words.title}</h1>
          <p class="zn-sub">
            {words.lead} <Closes place={place} at={call.recommendClosesAt} />
          </p>
        </div>
      </div>
      {rows.length === 0 ? (
        <div class="zn-empty">
          <p>{words.empty}</p>
          <a class="govuk-link" href={`${place.home}/department?call=${call.id}`}>
            {words.toQueue}
          </a>
        </div>
      ) : (
        <Form action={`${place.home}/batches/new`} csrf={csrf} hidden={{ call: call.id, key: once }}>
          <ChooseTable frame={frame} call={call} rows={rows} chosen={chosen} order={order} />
          <div class="zn-narrow zn-letter__statement">
            <TextArea
              id="statement"
              label={words.statement}
              hint={words.statementHint}
              rows={3}
              value={statement}
            />
          </div>
          <div class="zn-bar zn-bar--in" role="region" aria-label={words.title}>
            <div class="zn-wrap zn-wrap--full">
              <strong class="zn-strong">{words.selected(chosen.length)}</strong>
              <After place={place} effects={effects} />
              <div class="zn-bar__end">
                <button
                  class="govuk-button govuk-button--secondary zn-button--s"
                  name="intent"
                  value="recount"
                >
                  {words.recount}
                </button>
                <button class="govuk-button zn-button--s" name="intent" value="prepare">
                  {words.button}
                </button>
              </div>
            </div>
          </div>
        </Form>
      )}
    </WorkPage>
  );
};
