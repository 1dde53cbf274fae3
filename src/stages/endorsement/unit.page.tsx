import { civilDateOf, startOf } from "../../core/calendar.ts";
import type { Call } from "../../platform/calls.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { say } from "../../ui/place.ts";
import { hourOf } from "../../ui/when.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import { QuotaMeter } from "./meter.tsx";
import { deadlineText } from "./moment.ts";
import { numberText } from "./queue.page.tsx";
import type { QuotaUse } from "./quota.ts";
import { endorsementWords } from "./words.ts";

export type RankRow = {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly investigator: string;
};

/** The order of a unit's candidates: numbers that can be typed, and one step up or down. */
export const RankPage = ({
  frame,
  call,
  use,
  uses,
  rows,
  saved,
  trouble,
  key,
}: {
  frame: Frame;
  call: Call;
  use: QuotaUse;
  uses: readonly QuotaUse[];
  rows: readonly RankRow[];
  saved: boolean;
  trouble: Trouble | null;
  key: string;
}) => {
  const { place, csrf } = frame;
  const words = endorsementWords(place);
  const { rank } = words;
  return (
    <WorkPage frame={frame} title={rank.title} here="/institution" full error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} />
      {saved && trouble === null && (
        <div class="zn-done" role="status">
          <Icon place={place} name="ok" /> {rank.saved}
        </div>
      )}
      <div class="zn-pagehead">
        <div>
          <h1>
            {rank.title} {uses.length > 1 && say(place, use.title)}
          </h1>
          <p class="zn-sub">{rank.lead}</p>
        </div>
        <QuotaMeter use={use} place={place} />
      </div>
      {rows.length === 0 ? (
        <div class="zn-empty">
          <p>{rank.none}</p>
          <a class="govuk-link" href={`${place.home}/institution?call=${call.id}`}>
            {words.item.back}
          </a>
        </div>
      ) : (
        <Form
          action={`${place.home}/institution/rank`}
          csrf={csrf}
          hidden={{ call: call.id, category: use.category, key }}
        >
          {/* The first button of a form is the one that Enter presses. */}
          <button class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true">
            {rank.save}
          </button>
          <table class="zn-dense zn-q zn-q--plain zn-rank zn-cards">
            <caption class="govuk-visually-hidden">{rank.title}</caption>
            <thead>
              <tr>
                <th scope="col">{rank.order}</th>
                <th scope="col">{words.head.number}</th>
                <th scope="col">{words.head.title}</th>
                <th scope="col">{words.head.pi}</th>
                <th scope="col">
                  {rank.up} / {rank.down}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr>
                  <td class="or">
                    <input type="hidden" name="id" value={row.id} />
                    <input
                      class="govuk-input zn-field--s govuk-input--width-3"
                      name="place"
                      inputMode="numeric"
                      value={String(index + 1)}
                      aria-label={`${rank.order} ${numberText(call.code, row.number)}`}
                    />
                  </td>
                  <td class="nw quiet id">{numberText(call.code, row.number)}</td>
                  <td class="clip ti">
                    <a href={`${place.home}/institution/${row.id}`}>{row.title}</a>
                  </td>
                  <td class="nw pi">{row.investigator}</td>
                  <td class="nw mv">
                    <button
                      class="zn-linklike"
                      name="up"
                      value={row.id}
                      disabled={index === 0}
                      aria-label={rank.upOf(row.title)}
                    >
                      {rank.up}
                    </button>{" "}
                    <button
                      class="zn-linklike"
                      name="down"
                      value={row.id}
                      disabled={index === rows.length - 1}
                      aria-label={rank.downOf(row.title)}
                    >
                      {rank.down}
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <div class="zn-bar zn-bar--in" role="region" aria-label={rank.title}>
            <div class="zn-wrap zn-wrap--full">
              <span class="zn-sub">{words.total(rows.length)}</span>
              <a class="govuk-link" href={`${place.home}/institution?call=${call.id}`}>
                {words.item.back}
              </a>
              <div class="zn-bar__end">
                <ExportLink place={place} path="/institution/rank" />
                <button class="govuk-button zn-button--s">{rank.save}</button>
              </div>
            </div>
          </div>
        </Form>
      )}
    </WorkPage>
  );
};

export const DeadlinePage = ({
  frame,
  call,
  internal,
  typed,
  trouble,
  key,
}: {
  frame: Frame;
  call: Call;
  internal: number | null;
  /** What was entered, where it was refused. */
  typed: { readonly date: string; readonly time: string } | null;
  trouble: Trouble | null;
  key: string;
}) => {
  const { place, csrf } = frame;
  const words = endorsementWords(place);
  const { deadline } = words;
  const ends = internal !== null && startOf(civilDateOf(internal)) === internal;
  const value = typed ?? {
    date: internal === null ? "" : civilDateOf(ends ? internal - 1 : internal),
    time: internal === null || ends ? "24:00" : hourOf(internal),
  };
  const errorAt = (...paths: readonly string[]) => {
    const one =
      trouble?.findings.find(({ path }) => paths.includes(path))?.message ??
      trouble?.faults.find((fault) => paths.some((path) => fault.place.endsWith(path)))?.reason;
    return one === undefined ? undefined : say(place, one);
  };
  return (
    <WorkPage frame={frame} title={deadline.title} here="/institution" error={trouble !== null}>
      <div class="zn-narrow">
        <TroubleSummary
          place={place}
          trouble={trouble}
          hrefOf={(path) => (path.endsWith("closesAt") ? "#time" : "#date")}
        />
        <h1 class="govuk-heading-l">{deadline.title}</h1>
        <p>{deadline.lead(deadlineText(place, call.applyClosesAt))}</p>
        <Form action={`${place.home}/institution/deadline`} csrf={csrf} hidden={{ call: call.id, key }}>
          <TextField
            id="date"
            label={deadline.date}
            hint={deadline.dateHint}
            value={value.date}
            width={10}
            error={errorAt("closesOn")}
          />
          <TextField
            id="time"
            label={deadline.time}
            hint={deadline.timeHint}
            value={value.time}
            width={5}
            error={errorAt("closesAt")}
          />
          <div class="govuk-button-group">
            <button class="govuk-button">{deadline.save}</button>
            {internal !== null && (
              <button class="govuk-button govuk-button--secondary" name="clear" value="1">
                {deadline.clear}
              </button>
            )}
            <a class="govuk-link" href={`${place.home}/institution?call=${call.id}`}>
              {words.item.back}
            </a>
          </div>
        </Form>
      </div>
    </WorkPage>
  );
};
