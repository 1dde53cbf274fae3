import type { Call } from "../../platform/calls.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { ExportLink } from "../../ui/export-link.tsx";
import { Icon } from "../../ui/icon.tsx";
import { ShortMoment } from "../../ui/moment.tsx";
import { type Place, say } from "../../ui/place.ts";
import { StateWords } from "../../ui/state-tag.tsx";
import { TableHead } from "../../ui/table.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { CreditCheck } from "./credit.ts";
import type { Row } from "./lists.ts";
import {
  amountText,
  categoryTitle,
  Closes,
  CreditWords,
  Done,
  fieldTitle,
  numberText,
  PlaceTicks,
} from "./pieces.tsx";
import { type Places, poolOf, type Unit } from "./quota.ts";
import { type RecommendationWords, recommendationWords } from "./words.ts";

export type View = keyof RecommendationWords["department"]["views"];
export const views = [
  "waiting",
  "passed",
  "recommended",
  "returned",
  "declined",
  "withdrawal",
  "all",
] as const satisfies readonly View[];

/** States that a letter reached and nothing ended. */
const beyond = new Set([
  "RECOMMENDED",
  "ACCEPTANCE",
  "CORRECTION",
  "ACCEPTED",
  "APPEAL",
  "IN_REVIEW",
  "REVIEWED",
]);

const tests: Readonly<Record<View, (row: Row) => boolean>> = {
  waiting: ({ state }) => state === "DEPT_REVIEW",
  passed: ({ state }) => state === "DEPT_PASSED",
  recommended: ({ state }) => beyond.has(state),
  returned: ({ state }) => state === "RETURNED_TO_PI" || state === "ORG_REVIEW",
  declined: ({ state }) => state === "DEPT_REJECTED",
  withdrawal: ({ state, withdrawalRequested }) =>
    withdrawalRequested && (state === "RECOMMENDED" || state === "ACCEPTANCE"),
  all: () => true,
};

export const isIn = (view: View, row: Row): boolean => tests[view](row);

export type Filters = {
  readonly view: View;
  readonly unit: string;
  readonly category: string;
  readonly q: string;
};

export type DepartmentProps = {
  readonly frame: Frame;
  readonly call: Call;
  readonly calls: readonly Call[];
  readonly all: readonly Row[];
  readonly rows: readonly Row[];
  readonly units: readonly Unit[];
  readonly credit: ReadonlyMap<string, CreditCheck>;
  readonly places: ReadonlyMap<string, readonly Places[]>;
  readonly filters: Filters;
  readonly reviews: boolean;
  readonly done: string | undefined;
};

const addressOf = (place: Place, query: Readonly<Record<string, string>>) => {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "")).toString();
  return `${place.home}/department${search === "" ? "" : `?${search}`}`;
};

export const DepartmentPage = (props: DepartmentProps) => {
  const { frame, call, calls, all, rows, filters, done } = props;
  const { place } = frame;
  const words = recommendationWords(place);
  const { department } = words;
  const several = calls.length > 1 ? { call: call.id } : {};
  const count = (view: View) => all.filter((one) => isIn(view, one)).length;
  return (
    <WorkPage frame={frame} title={department.title} here="/department" full>
      <Done place={place} text={done} />
      <div class="zn-pagehead">
        <div>
          <h1>{department.title}</h1>
          <p class="zn-sub">
            {say(place, call.title)}　<Closes place={place} at={call.recommendClosesAt} />
          </p>
        </div>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/department" />
          {props.reviews && (
            <a
              class="govuk-button govuk-button--secondary zn-button--s"
              href={`${place.home}/department/credit?call=${call.id}`}
            >
              {department.credit}
            </a>
          )}
          <a class="govuk-button zn-button--s" href={`${place.home}/batches/new?call=${call.id}`}>
            {department.letter}
          </a>
        </div>
      </div>
      {props.units.length > 0 && <Units {...props} />}
      <div class="zn-filters">
        <nav aria-label={department.viewsLabel}>
          <ul class="zn-views">
            {views.map((view) => (
              <li>
                <a
                  href={addressOf(place, { ...several, view: view === "waiting" ? "" : view })}
                  aria-current={view === filters.view ? "true" : undefined}
                >
                  {department.views[view]} <span>{count(view)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <form class="end" method="get" action={`${place.home}/department`}>
          {calls.length > 1 && <input type="hidden" name="call" value={call.id} />}
          <input type="hidden" name="view" value={filters.view} />
          <span class="zn-search">
            <Icon place={place} name="search" />
            <input
              class="govuk-input zn-field--s"
              name="q"
              value={filters.q}
              aria-label={words.search}
              placeholder={words.search}
            />
          </span>
          <select class="govuk-select zn-field--s" name="unit" aria-label={department.head[3]}>
            <option value="">{words.allUnits}</option>
            {props.units.map((one) => (
              <option value={one.id} selected={one.id === filters.unit}>
                {one.name}
              </option>
            ))}
          </select>
          <select class="govuk-select zn-field--s" name="category" aria-label={department.head[4]}>
            <option value="">{words.allCategories}</option>
            {call.policy.programme.categories.map((one) => (
              <option value={one.code} selected={one.code === filters.category}>
                {say(place, one.title)}
              </option>
            ))}
          </select>
          <button class="govuk-button govuk-button--secondary zn-button--s">{words.filter}</button>
        </form>
      </div>
      {rows.length === 0 ? (
        <div class="zn-empty">
          <p>
            {filters.view === "waiting" && filters.q === "" && filters.unit === "" && filters.category === ""
              ? department.empty(count("passed"), count("recommended"))
              : department.nothing}
          </p>
          <a class="govuk-link" href={addressOf(place, { ...several, view: "all" })}>
            {department.showAll}
          </a>
        </div>
      ) : (
        <>
          <Queue {...props} />
          <p class="zn-sub zn-after">{department.count(rows.length)}</p>
        </>
      )}
      {calls.length > 1 && (
        <p class="zn-sub zn-after">
          {department.otherCall}
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

/** Each unit: how many stand where, its credit, and the places of its whole group. */
const Units = ({ frame: { place }, call, all, units, credit, places }: DepartmentProps) => {
  const words = recommendationWords(place);
  const head = words.department.unitHead;
  return (
    <table class="zn-dense zn-cards zn-units">
      <caption class="govuk-visually-hidden">{words.department.units}</caption>
      <TableHead names={head} />
      <tbody>
        {units.map((unit) => {
          const own = all.filter((one) => one.unit === unit.id);
          const count = (view: View) => own.filter((one) => isIn(view, one)).length;
          const [waiting, passed, recommended] = [count("waiting"), count("passed"), count("recommended")];
          return (
            <tr>
              <td class="ti">
                <a href={addressOf(place, { call: call.id, view: "all", unit: unit.id })}>{unit.name}</a>
              </td>
              <td data-k={head[1]}>
                {waiting === 0 ? <span class="quiet">0</span> : <strong class="zn-strong">{waiting}</strong>}
              </td>
              <td data-k={head[2]}>{passed}</td>
              <td data-k={head[3]}>{recommended}</td>
              <td data-k={head[4]} class="quiet">
                {own.length - waiting - passed - recommended}
              </td>
              <td>
                <CreditWords place={place} check={credit.get(unit.id)} />
              </td>
              <td class="zn-units__places">
                {(places.get(poolOf(unit)) ?? []).map((one) => (
                  <span class="zn-units__meter">
                    <PlaceTicks place={place} places={one} />{" "}
                    <span class="nw">
                      {words.placesOf(one.used, one.limit)}
                      {words.comma}
                      {words.placesLeft(one.limit - one.used)}
                    </span>{" "}
                    <ClauseChip place={place} id={one.clause} short />
                  </span>
                ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Queue = ({ frame: { place }, call, rows, credit }: DepartmentProps) => {
  const words = recommendationWords(place);
  const { head, caption, asked } = words.department;
  return (
    <table class="zn-dense zn-q zn-q--plain zn-cards">
      <caption class="govuk-visually-hidden">{caption(rows.length)}</caption>
      <thead>
        <tr>
          {head.map((name, index) => (
            <th scope="col" class={index === 5 ? "num" : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <td class="nw quiet id">{numberText(call.code, row.number)}</td>
            <td class="clip ti">
              <a href={`${place.home}/department/${row.id}`} title={row.title}>
                {row.title === "" ? words.untitled : row.title}
              </a>
            </td>
            <td class="nw pi">{row.investigator}</td>
            <td class="nw quiet un">{row.unitName}</td>
            <td class="nw ca">
              {categoryTitle(place, row.category)}
              <span class="quiet"> · {fieldTitle(place, row.category, row.field)}</span>
            </td>
            <td class="num am">
              {amountText(row.grant)}
              <span class="zn-phone-inline"> {words.unit}</span>
            </td>
            <td class="nw re">
              <CreditWords place={place} check={credit.get(row.unit)} />
            </td>
            <td class="nw st">
              {row.withdrawalRequested && isIn("withdrawal", row) ? (
                <strong class="govuk-tag govuk-tag--yellow">{asked}</strong>
              ) : (
                <StateWords place={place} state={row.state} />
              )}
            </td>
            <td class="nw quiet hide">
              <ShortMoment at={row.endorsedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
