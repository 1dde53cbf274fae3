import { type ApplicationState, applicationStates } from "../../core/lifecycle/application.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { inTenThousands } from "../../ui/money.ts";
import { shortDeadline } from "../../ui/moment.tsx";
import { type Place, say } from "../../ui/place.ts";
import { StateTag, StateWords } from "../../ui/state-tag.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { ApplicationList, ApplicationRow } from "./list.ts";
import { dueText, holderText, titleOf } from "./view-frame.tsx";
import { applicationWords } from "./words.ts";

type Choice = { readonly value: string; readonly text: string };

export type ListProps = {
  readonly frame: Frame;
  readonly list: ApplicationList;
  /** Query as it was asked, without the cursor. */
  readonly asked: Readonly<Record<string, string>>;
  readonly choices: {
    readonly call: readonly Choice[];
    readonly category: readonly Choice[];
    readonly field: readonly Choice[];
    readonly organization: readonly Choice[];
    readonly division: readonly Choice[];
  };
  /** Own and team applications as cards; a dense table for offices. */
  readonly mine: boolean;
  readonly mayBegin: boolean;
  /** What the reader may see without any filter. */
  readonly unfiltered: number;
};

const addressOf = (
  place: Place,
  asked: ListProps["asked"],
  over: Readonly<Record<string, string>>,
): string => {
  const query = new URLSearchParams(
    Object.entries({ ...asked, ...over }).filter(([, value]) => value !== ""),
  );
  return `${place.home}/applications${query.size === 0 ? "" : `?${query}`}`;
};

const Card = ({ place, row }: { place: Place; row: ApplicationRow }) => {
  const words = applicationWords[place.language];
  const due = row.standing.internalDue ?? row.standing.due;
  return (
    <li class="zn-panel zn-card">
      <div class="zn-panel__head">
        <h2>
          <a class="govuk-link" href={`${place.home}/applications/${row.id}`}>
            {titleOf(place, row.title)}
          </a>
        </h2>
        <StateTag place={place} state={row.state} />
      </div>
      <div class="zn-panel__body">
        <p class="zn-sub">
          {[
            row.label,
            row.investigator,
            row.category === null ? "" : say(place, row.category.title),
            row.field === null ? "" : say(place, row.field.title),
          ]
            .filter((one) => one !== "")
            .join(" · ")}
        </p>
        <p>{holderText(place, row)}</p>
        {due !== null && (
          <p>
            {words.view.until} <span class="zn-duetext">{dueText(place, due)}</span>
          </p>
        )}
      </div>
    </li>
  );
};

const Rows = ({
  place,
  rows,
  caption,
}: {
  place: Place;
  rows: readonly ApplicationRow[];
  caption: string;
}) => {
  const words = applicationWords[place.language].list;
  return (
    <table class="zn-dense zn-cards zn-list">
      <caption class="govuk-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {words.columns.map((name, index) => (
            <th scope="col" class={index === 5 ? "num" : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const due = row.standing.due;
          const title = titleOf(place, row.title);
          return (
            <tr>
              <td class="nw quiet">{row.label}</td>
              <td class="clip">
                <a href={`${place.home}/applications/${row.id}`} title={title}>
                  {title}
                </a>
              </td>
              <td class="nw">{row.investigator}</td>
              <td class="quiet zn-list__unit">{row.organization.name}</td>
              <td class="zn-list__kind">
                {row.category === null ? "" : say(place, row.category.title)}
                {row.field !== null && row.field.title.zh !== row.category?.title.zh && (
                  <span class="quiet"> · {say(place, row.field.title)}</span>
                )}
              </td>
              <td class="num" data-k={words.columns[5]}>
                {row.requestedGrant === null ? words.none : inTenThousands(row.requestedGrant).toFixed(2)}
              </td>
              <td class="nw">
                <StateWords place={place} state={row.state} />
              </td>
              <td class="nw quiet" data-k={words.columns[7]}>
                {due === null ? words.none : shortDeadline(due)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Pick = ({
  name,
  label,
  all,
  value,
  choices,
}: {
  name: string;
  label: string;
  all: string;
  value: string;
  choices: readonly Choice[];
}) =>
  choices.length < 2 ? null : (
    <select class="govuk-select zn-field--s" name={name} aria-label={label}>
      <option value="">{all}</option>
      {choices.map((one) => (
        <option value={one.value} selected={one.value === value}>
          {one.text}
        </option>
      ))}
    </select>
  );

export const ListPage = ({ frame, list, asked, choices, mine, mayBegin, unfiltered }: ListProps) => {
  const { place } = frame;
  const words = applicationWords[place.language].list;
  const { sort = "", state = "", text = "" } = asked;
  const filtered = Object.entries(asked).some(([name, value]) => name !== "sort" && value !== "");
  const all = Object.values(list.counts).reduce((sum, count) => sum + (count ?? 0), 0);
  const shownStates = (Object.keys(applicationStates) as ApplicationState[]).filter(
    (one) => list.counts[one] !== undefined,
  );
  const view = (one: ApplicationState | "", title: Bilingual | string, count: number) => (
    <li>
      <a href={addressOf(place, asked, { state: one })} aria-current={state === one ? "true" : undefined}>
        {typeof title === "string" ? title : say(place, title)} <span>{count}</span>
      </a>
    </li>
  );
  const selects = ["call", "category", "field", "organization", "division"] as const;
  return (
    <WorkPage frame={frame} title={mine ? words.mine : words.title} here="/applications" full={!mine}>
      <div class="zn-pagehead">
        <div>
          <h1>{mine ? words.mine : words.title}</h1>
          <p class="zn-sub">{words.caption(unfiltered)}</p>
        </div>
        {(mayBegin || unfiltered > 0) && (
          <div class="zn-pagehead__end">
            {unfiltered > 0 && <ExportLink place={place} path="/applications" />}
            {mayBegin && (
              <a class="govuk-button" role="button" draggable={false} href={`${place.home}/applications/new`}>
                {words.begin}
              </a>
            )}
          </div>
        )}
      </div>
      {unfiltered > 0 && (
        <>
          <ul class="zn-views">
            {view("", words.all, all)}
            {shownStates.map((one) => view(one, applicationStates[one], list.counts[one] ?? 0))}
          </ul>
          <form class="zn-filters" method="get" action={`${place.home}/applications`}>
            {state !== "" && <input type="hidden" name="state" value={state} />}
            <span class="zn-search">
              <input
                class="govuk-input zn-field--s"
                type="search"
                name="text"
                aria-label={words.text}
                placeholder={words.text}
                value={text}
              />
            </span>
            {selects.map((name) => (
              <Pick
                name={name}
                label={words[name]}
                all={`${words[name]}${place.language === "zh" ? "：" : ": "}${words.all}`}
                value={asked[name] ?? ""}
                choices={choices[name]}
              />
            ))}
            <select class="govuk-select zn-field--s" name="sort" aria-label={words.sort}>
              {(["updated", "number", "title"] as const).map((one) => (
                <option value={one} selected={one === sort}>
                  {words.sorts[one]}
                </option>
              ))}
            </select>
            <button class="govuk-button govuk-button--secondary zn-button--s">{words.filter}</button>
            {filtered && (
              <a class="govuk-link" href={`${place.home}/applications`}>
                {words.clear}
              </a>
            )}
          </form>
        </>
      )}
      {list.rows.length === 0 ? (
        <div class="zn-empty">
          <p>
            {unfiltered > 0 ? words.emptyFiltered(unfiltered) : mine ? words.emptyMine : words.emptyOffice}
          </p>
          {unfiltered > 0 && (
            <a class="govuk-link" href={`${place.home}/applications`}>
              {words.clear}
            </a>
          )}
        </div>
      ) : mine ? (
        <ul class="zn-cardlist">
          {list.rows.map((row) => (
            <Card place={place} row={row} />
          ))}
        </ul>
      ) : (
        <Rows place={place} rows={list.rows} caption={words.caption(list.total)} />
      )}
      {(list.next !== null || (asked["cursor"] ?? "") !== "") && (
        <p class="zn-noprint zn-gap">
          <span class="zn-sub">{words.shown(list.rows.length, list.total)}</span>{" "}
          {(asked["cursor"] ?? "") !== "" && (
            <a class="govuk-link" href={addressOf(place, asked, { cursor: "" })}>
              {words.first}
            </a>
          )}{" "}
          {list.next !== null && (
            <a class="govuk-link" href={addressOf(place, asked, { cursor: list.next })}>
              {words.next}
            </a>
          )}
        </p>
      )}
    </WorkPage>
  );
};
