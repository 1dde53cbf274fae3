import { applicationStates } from "../../core/lifecycle/application.ts";
import type { Call } from "../../platform/calls.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { inTenThousands } from "../../ui/money.ts";
import { type Place, say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import { QuotaMeter } from "./meter.tsx";
import { deadlineText, leftText, shortText } from "./moment.ts";
import { type QueueRow, type View, views } from "./queue.ts";
import type { QuotaUse } from "./quota.ts";
import { endorsementWords } from "./words.ts";

export type QueueProps = {
  readonly frame: Frame;
  readonly call: Call;
  readonly calls: readonly Call[];
  readonly view: View;
  readonly category: string;
  readonly text: string;
  readonly counts: Readonly<Record<View, number>>;
  readonly rows: readonly QueueRow[];
  readonly quotas: readonly QuotaUse[];
  readonly internal: number | null;
  readonly selected: boolean;
  readonly done: string | null;
  readonly trouble: Trouble | null;
  readonly key: string;
};

/** `?view=…` and what else is set; what is empty is left out. */
const addressOf = (place: Place, given: Readonly<Record<string, string>>): string => {
  const search = new URLSearchParams(Object.entries(given).filter(([, value]) => value !== "")).toString();
  return `${place.home}/institution${search === "" ? "" : `?${search}`}`;
};

export const fieldTitle = (place: Place, category: string | null, field: string | null) => {
  const found = place.policy.programme.categories.find((one) => one.code === category);
  const inner = found?.fields.find((one) => one.code === field);
  return {
    category: found === undefined ? "" : say(place, found.title),
    field: inner === undefined ? "" : say(place, inner.title),
  };
};

export const amountText = (fen: number | null): string =>
  fen === null ? "" : inTenThousands(fen).toFixed(2);

/** 单位审核: what waits for the administrator first; forty rows without paging. */
export const QueuePage = (props: QueueProps) => {
  const { frame, call, calls, view, category, text, counts, rows, quotas, internal, done, trouble } = props;
  const { place } = frame;
  const words = endorsementWords(place);
  const at = { ...(calls.length > 1 ? { call: call.id } : {}), category, q: text };
  const waiting = view === "waiting";
  return (
    <WorkPage frame={frame} title={words.heading[view]} here="/institution" full error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} />
      {done !== null && (
        <div class="zn-done" role="status">
          <Icon place={place} name="ok" /> {done}
        </div>
      )}
      <div class="zn-pagehead">
        <div>
          <h1>{words.heading[view]}</h1>
          <p class="zn-sub zn-facts-line">
            <span>{say(place, call.title)}</span>
            <span>
              {internal === null ? (
                <a class="govuk-link" href={`${place.home}/institution/deadline?call=${call.id}`}>
                  {words.setDeadline}
                </a>
              ) : (
                <>
                  {words.internalDue}{" "}
                  <strong class="zn-duetext">
                    {deadlineText(place, internal)}
                    {words.comma}
                    {leftText(words, place, internal)}
                  </strong>{" "}
                  <a class="govuk-link" href={`${place.home}/institution/deadline?call=${call.id}`}>
                    {words.changeDeadline}
                  </a>
                </>
              )}
            </span>
            <span>
              {words.callDue}{" "}
              <strong class={internal === null ? "zn-duetext" : undefined}>
                {deadlineText(place, call.applyClosesAt)}
                {internal === null && `${words.comma}${leftText(words, place, call.applyClosesAt)}`}
              </strong>
            </span>
          </p>
        </div>
        {quotas.map((use) => (
          <QuotaMeter
            use={use}
            place={place}
            rankHref={`${place.home}/institution/rank?call=${call.id}&category=${encodeURIComponent(use.category)}`}
          />
        ))}
      </div>
      <div class="zn-filters">
        <nav aria-label={words.views}>
          <ul class="zn-views">
            {(Object.keys(views) as View[])
              .filter((one) => one === view || one === "waiting" || counts[one] > 0)
              .map((one) => (
                <li>
                  <a
                    href={addressOf(place, { ...at, view: one === "waiting" ? "" : one })}
                    aria-current={one === view ? "true" : undefined}
                  >
                    {words.view[one]} <span>{counts[one]}</span>
                  </a>
                </li>
              ))}
          </ul>
        </nav>
        <form class="end" method="get" action={`${place.home}/institution`}>
          {calls.length > 1 && <input type="hidden" name="call" value={call.id} />}
          {!waiting && <input type="hidden" name="view" value={view} />}
          <span class="zn-search">
            <Icon place={place} name="search" />
            <input
              class="govuk-input zn-field--s"
              name="q"
              value={text}
              aria-label={words.filterText}
              placeholder={words.filterText}
            />
          </span>
          <select class="govuk-select zn-field--s" name="category" aria-label={words.category}>
            <option value="">{words.allCategories}</option>
            {call.policy.programme.categories.map((one) => (
              <option value={one.code} selected={one.code === category}>
                {say(place, one.title)}
              </option>
            ))}
          </select>
          <button class="govuk-button govuk-button--secondary zn-button--s">{words.filter}</button>
          <ExportLink place={place} path="/institution" />
        </form>
      </div>
      {rows.length === 0 ? (
        <Empty {...props} />
      ) : waiting ? (
        <form method="get" action={`${place.home}/institution/batch`}>
          <input type="hidden" name="call" value={call.id} />
          <Rows {...props} />
          <p class="zn-sub zn-after">
            {words.total(rows.length)}
            {words.note}
          </p>
          <div class="zn-bar zn-bar--in" role="region" aria-label={words.bar}>
            <div class="zn-wrap zn-wrap--full">
              <span class="zn-sub">{words.barHint}</span>
              <a
                class="govuk-link"
                href={addressOf(place, { ...at, ...(props.selected ? {} : { select: "all" }) })}
              >
                {props.selected ? words.clearSelection : words.selectAll}
              </a>
              <div class="zn-bar__end">
                <button class="govuk-button zn-button--s">{words.toBatch}</button>
              </div>
            </div>
          </div>
        </form>
      ) : (
        <>
          <Rows {...props} />
          <p class="zn-sub zn-after">{words.total(rows.length)}</p>
        </>
      )}
      {view === "writing" && counts.writing > 0 && <Remind {...props} />}
      {calls.length > 1 && (
        <p class="zn-sub zn-after">
          {words.otherCalls}
          {calls
            .filter((one) => one.id !== call.id)
            .map((one) => (
              <>
                {" "}
                <a class="govuk-link" href={addressOf(place, { call: one.id })}>
                  {say(place, one.title)} {one.code}
                </a>
              </>
            ))}
        </p>
      )}
    </WorkPage>
  );
};

const Rows = ({ frame: { place }, call, view, rows, selected }: QueueProps) => {
  const words = endorsementWords(place);
  const choose = view === "waiting";
  const { head } = words;
  return (
    <table class={choose ? "zn-dense zn-q zn-cards" : "zn-dense zn-q zn-q--plain zn-cards"}>
      <caption class="govuk-visually-hidden">{words.caption(words.heading[view], rows.length)}</caption>
      <thead>
        <tr>
          {choose && (
            <th scope="col">
              <span class="govuk-visually-hidden">{words.head.select}</span>
            </th>
          )}
          <th scope="col">{head.number}</th>
          <th scope="col">{head.title}</th>
          <th scope="col">{head.pi}</th>
          <th scope="col">{head.category}</th>
          <th scope="col" class="num">
            {head.amount}
          </th>
          <th scope="col">{head.check}</th>
          {choose && <th scope="col">{head.seal}</th>}
          <th scope="col">{head.state}</th>
          <th scope="col">{view === "writing" ? head.saved : head.submitted}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const number = numberText(call.code, row.number);
          const { category, field } = fieldTitle(place, row.category, row.field);
          const when = view === "writing" ? row.savedAt : row.submittedAt;
          return (
            <tr class={selected ? "is-selected" : undefined}>
              {choose && (
                <td class="sel">
                  <label class="zn-check-hit">
                    <input
                      class="zn-check"
                      type="checkbox"
                      name="n"
                      value={row.number}
                      checked={selected}
                      aria-label={words.select(number)}
                    />
                  </label>
                </td>
              )}
              <td class="nw quiet id">{number}</td>
              <td class="clip ti">
                <a href={`${place.home}/institution/${row.id}`} title={row.title}>
                  {row.title === "" ? words.untitled : row.title}
                </a>
              </td>
              <td class="nw pi">{row.investigator}</td>
              <td class="nw ca">
                {category}
                {field !== "" && <span class="quiet"> · {field}</span>}
              </td>
              <td class="num am">
                {amountText(row.requestedGrant)}
                <span class="zn-phone-inline"> {words.unit}</span>
              </td>
              <td class="re">
                <Check place={place} row={row} />
              </td>
              {choose && (
                <td class="nw sl">
                  {row.sealed ? <span class="quiet">{words.sealed}</span> : words.unsealed}
                </td>
              )}
              <td class="nw st">
                <StateCell place={place} row={row} />
              </td>
              <td class="nw quiet hide">{when === null ? "" : shortText(when)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

export const numberText = (call: string, number: number): string =>
  `${call}-${String(number).padStart(4, "0")}`;

/** Quiet where nothing was found, so that the others stand out. */
const Check = ({ place, row }: { place: Place; row: QueueRow }) => {
  const words = endorsementWords(place);
  const open = row.findings.filter((one) => one.severity === "confirm" || one.severity === "error");
  const [first] = open;
  if (row.frozenVersion === null) return null;
  return first === undefined ? (
    <span class="f zn-sev zn-sev--ok zn-sev--quiet">
      <Icon place={place} name="ok" />
      <span class="quiet">{words.clear}</span>
    </span>
  ) : (
    <span class="f">
      <span class="zn-sev zn-sev--ask zn-sev--quiet">
        <Icon place={place} name="ask" />
        {words.findings(open.length)}
      </span>
      <ClauseChip place={place} id={first.clause} short />
    </span>
  );
};

const StateCell = ({ place, row }: { place: Place; row: QueueRow }) => {
  const words = endorsementWords(place);
  if (row.withdrawalRequested)
    return <span class="govuk-tag govuk-tag--yellow">{words.wantsWithdrawal}</span>;
  if (row.state === "ORG_REVIEW" && (row.frozenVersion ?? 1) > 1)
    return <span class="govuk-tag">{words.again}</span>;
  return <span class="quiet">{say(place, applicationStates[row.state])}</span>;
};

const Empty = (props: QueueProps) => {
  const { frame, view, counts, category, text, call, calls } = props;
  const { place } = frame;
  const words = endorsementWords(place);
  const filtered = category !== "" || text !== "";
  return (
    <div class="zn-empty">
      <p>
        {filtered
          ? words.empty.filtered
          : view === "waiting"
            ? words.empty.waiting(counts.endorsed, counts.writing)
            : words.empty.other(words.heading[view])}
      </p>
      {filtered ? (
        <a
          class="govuk-link"
          href={addressOf(place, {
            ...(calls.length > 1 ? { call: call.id } : {}),
            view: view === "waiting" ? "" : view,
          })}
        >
          {words.empty.showAll}
        </a>
      ) : (
        view === "waiting" && counts.writing > 0 && <Remind {...props} />
      )}
    </div>
  );
};

const Remind = ({ frame: { place, csrf }, counts, call, key }: QueueProps) => (
  <Form action={`${place.home}/institution/remind`} csrf={csrf} hidden={{ call: call.id, key }}>
    <button class="govuk-button govuk-button--secondary zn-button--s">
      {endorsementWords(place).remind(counts.writing)}
    </button>
  </Form>
);
