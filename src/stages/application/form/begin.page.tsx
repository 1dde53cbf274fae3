import type { VNode } from "preact";
import type { Policy } from "../../../core/policy/policy.ts";
import { leaves } from "../../../core/policy/programme.ts";
import type { Call } from "../../../platform/calls.ts";
import { ErrorSummary } from "../../../ui/error-summary.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { Form, TroubleSummary } from "../../../ui/form.tsx";
import { type Place, say } from "../../../ui/place.ts";
import { type Frame, WorkPage } from "../../../ui/work-page.tsx";
import type { Trouble } from "../../registration/desk.ts";
import { momentOf } from "./clock.ts";
import { formWords } from "./words.ts";

export type Suggested = { readonly code: string; readonly why: readonly string[] };
export type Picking = {
  readonly q: string;
  /** Null: nothing was asked. */
  readonly suggested: readonly Suggested[] | null;
  /** `CATEGORY/FIELD/CODE`, or "" */
  readonly chosen: string;
};

type Leaf = { readonly value: string; readonly code: string; readonly title: string; readonly trail: string };

/** One value for a place in the tree of directions: a code alone may stand in two categories. */
export const leafValue = (category: string, field: string, code: string): string =>
  `${category}/${field}/${code}`;

const leavesOf = (place: Place, policy: Policy): readonly Leaf[] =>
  policy.programme.categories.flatMap((category) =>
    category.fields.flatMap((field) =>
      leaves(field).map((leaf) => ({
        value: leafValue(category.code, field.code, leaf.code),
        code: leaf.code,
        title: say(place, leaf.title),
        trail:
          leaf === field
            ? say(place, category.title)
            : `${say(place, category.title)} › ${say(place, field.title)}`,
      })),
    ),
  );

const Radio = ({
  id,
  value,
  checked,
  text,
  hint,
}: {
  id: string;
  value: string;
  checked: boolean;
  text: string;
  hint?: string | undefined;
}) => (
  <div class="govuk-radios__item">
    <input
      class="govuk-radios__input"
      type="radio"
      id={id}
      name="direction"
      value={value}
      checked={checked}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
    />
    <label class="govuk-label govuk-radios__label" for={id}>
      {text}
    </label>
    {hint !== undefined && (
      <div class="govuk-hint govuk-radios__hint" id={`${id}-hint`}>
        {hint}
      </div>
    )}
  </div>
);

const Search = ({
  place,
  action,
  q,
  hidden,
}: {
  place: Place;
  action: string;
  q: string;
  hidden: Readonly<Record<string, string>>;
}) => {
  const { fresh } = formWords(place);
  return (
    <form class="zn-pick__find" method="get" action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <TextArea id="q" label={fresh.find} hint={fresh.findHint} value={q} rows={2} />
      <button class="govuk-button govuk-button--secondary">{fresh.findAct}</button>
    </form>
  );
};

/** Radios for every direction: the suggested ones first, then the whole tree, folded by category. */
const Tree = ({
  place,
  policy,
  picking,
  error,
}: {
  place: Place;
  policy: Policy;
  picking: Picking;
  error: string | undefined;
}) => {
  const { fresh } = formWords(place);
  const all = leavesOf(place, policy);
  const suggested = (picking.suggested ?? []).flatMap(({ code, why }) => {
    const leaf = all.find((one) => one.code === code);
    return leaf === undefined ? [] : [{ leaf, why }];
  });
  const near = new Set(suggested.map(({ leaf }) => leaf.value));
  return (
    <fieldset class="govuk-fieldset zn-pick" id="direction" tabIndex={-1}>
      <legend class="govuk-fieldset__legend">{fresh.choice}</legend>
      {error !== undefined && <p class="govuk-error-message">{error}</p>}
      {picking.suggested !== null &&
        (suggested.length === 0 ? (
          <p role="status">{fresh.nothing}</p>
        ) : (
          <>
            <h2>{fresh.suggested}</h2>
            <div class="govuk-radios">
              {suggested.map(({ leaf, why }, at) => (
                <Radio
                  id={`near-${at}`}
                  value={leaf.value}
                  checked={picking.chosen === leaf.value}
                  text={leaf.title}
                  hint={`${leaf.trail}　${fresh.why(why.join("、"))}`}
                />
              ))}
            </div>
          </>
        ))}
      <h2>{fresh.all}</h2>
      {policy.programme.categories.map((category) => {
        const holds = picking.chosen.startsWith(`${category.code}/`) && !near.has(picking.chosen);
        const count = category.fields.reduce((sum, field) => sum + leaves(field).length, 0);
        return (
          <details class="govuk-details" open={holds}>
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">{say(place, category.title)}</span>{" "}
              <span class="zn-sub">{fresh.allOf(count)}</span>
            </summary>
            <div class="govuk-details__text">
              {category.fields.map((field) => (
                <div class="zn-pick__field">
                  {field.directions.length > 0 && <h3>{say(place, field.title)}</h3>}
                  <div class="govuk-radios govuk-radios--small">
                    {leaves(field).map((leaf) => {
                      const value = leafValue(category.code, field.code, leaf.code);
                      return (
                        <Radio
                          id={`d-${value.replaceAll("/", "-")}`}
                          value={value}
                          checked={picking.chosen === value && !near.has(value)}
                          text={say(place, leaf.title)}
                        />
                      );
                    })}
                  </div>
                </div>
              ))}
            </div>
          </details>
        );
      })}
    </fieldset>
  );
};

const CallLine = ({ place, call }: { place: Place; call: Call }) => {
  const { fresh } = formWords(place);
  return (
    <>
      {call.title[place.language]}{" "}
      <span class="zn-sub">{fresh.closes(momentOf(place, call.applyClosesAt))}</span>
    </>
  );
};

/** A new application: the call, a direction found by the title or in the tree, the title. */
export const BeginPage = ({
  frame,
  calls,
  call,
  picking,
  title,
  trouble,
  error,
}: {
  frame: Frame;
  calls: readonly Call[];
  call: Call | null;
  picking: Picking;
  title: string;
  trouble: Trouble | null;
  error: string | undefined;
}): VNode => {
  const { place } = frame;
  const { fresh } = formWords(place);
  const action = `${place.home}/applications/new`;
  return (
    <WorkPage
      frame={frame}
      title={fresh.title}
      here="/applications"
      error={trouble !== null || error !== undefined}
    >
      <div class="zn-checkpage">
        <TroubleSummary place={place} trouble={trouble} />
        <ErrorSummary
          place={place}
          errors={error === undefined ? [] : [{ href: "#direction", text: error }]}
        />
        <h1 class="zn-form__h1">{fresh.title}</h1>
        {calls.length === 0 && (
          <>
            <p>{fresh.noneOpen}</p>
            <p>{fresh.noneOpenNext}</p>
            <a class="govuk-link" href={`${place.home}/applications`}>
              {fresh.seeList}
            </a>
          </>
        )}
        {call === null && calls.length > 0 && (
          <>
            <h2>{fresh.chooseCall}</h2>
            <ul class="govuk-list">
              {calls.map((one) => (
                <li>
                  <a class="govuk-link" href={`${action}?call=${one.id}`}>
                    <CallLine place={place} call={one} />
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        {call !== null && (
          <>
            <p>
              {fresh.call}：<CallLine place={place} call={call} />
            </p>
            <Search place={place} action={action} q={picking.q} hidden={{ call: call.id }} />
            <Form
              action={action}
              csrf={frame.csrf}
              hidden={{ call: call.id, q: picking.q, key: crypto.randomUUID() }}
            >
              <Tree place={place} policy={call.policy} picking={picking} error={error} />
              <div class="govuk-radios zn-pick__later">
                <Radio id="later" value="later" checked={picking.chosen === "later"} text={fresh.later} />
              </div>
              <TextField id="title" label={fresh.title2} value={title} />
              <button class="govuk-button">{fresh.begin}</button>
            </Form>
          </>
        )}
      </div>
    </WorkPage>
  );
};

/** Another direction for a draft. */
export const DirectionPage = ({
  frame,
  policy,
  base,
  version,
  picking,
  trouble,
  error,
  from,
}: {
  frame: Frame;
  policy: Policy;
  base: string;
  version: number;
  picking: Picking;
  trouble: Trouble | null;
  error: string | undefined;
  from: string;
}): VNode => {
  const { place } = frame;
  const { fresh } = formWords(place);
  return (
    <WorkPage
      frame={frame}
      title={fresh.change}
      here="/applications"
      error={trouble !== null || error !== undefined}
    >
      <div class="zn-checkpage">
        <TroubleSummary place={place} trouble={trouble} />
        <ErrorSummary
          place={place}
          errors={error === undefined ? [] : [{ href: "#direction", text: error }]}
        />
        <h1 class="zn-form__h1">{fresh.change}</h1>
        <p class="intro">{fresh.changeLead}</p>
        <Search
          place={place}
          action={`${base}/direction`}
          q={picking.q}
          hidden={from === "" ? {} : { from }}
        />
        <Form
          action={`${base}/direction`}
          csrf={frame.csrf}
          hidden={{ version, q: picking.q, ...(from === "" ? {} : { from }) }}
        >
          <Tree place={place} policy={policy} picking={picking} error={error} />
          <button class="govuk-button">{fresh.use}</button>
        </Form>
      </div>
    </WorkPage>
  );
};
