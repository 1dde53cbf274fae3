import { applicationStates } from "../../core/lifecycle/application.ts";
import type { Fold } from "../../core/similarity/fold.ts";
import type { Uncounted } from "../../core/similarity/uncounted.ts";
import { Choices, TextArea } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type Place, say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import { NotCounted } from "../application/similar/beside.tsx";
import type { Near } from "../application/similar/find.ts";
import { Passages, Sections, type Side } from "../application/similar/pieces.tsx";
import { percent, similarWords } from "../application/similar/words.ts";
import { labelOf } from "../application/view.ts";
import { shortText } from "../endorsement/moment.ts";
import type { Trouble } from "../registration/desk.ts";
import { peopleText, Suggested } from "./similar.section.tsx";
import { type Signal, type SimilarDecision, similarOutcomes } from "./similar.ts";
import { similarDeskWords } from "./similar-words.ts";

export type PairPageProps = {
  readonly frame: Frame;
  readonly fold: Fold;
  readonly facts: ApplicationFacts;
  readonly other: ApplicationFacts;
  readonly titles: readonly [mine: string, theirs: string];
  readonly mine: Side;
  readonly theirs: Side;
  readonly near: Near | null;
  readonly uncounted: readonly Uncounted[];
  readonly signal: Signal | null;
  readonly decisions: readonly SimilarDecision[];
  readonly mayDecide: boolean;
  readonly typed: { readonly outcome: string; readonly reason: string };
  readonly trouble: Trouble | null;
  readonly done: boolean;
  readonly once: string;
};

const Who = ({ place, facts, title }: { place: Place; facts: ApplicationFacts; title: string }) => {
  const words = similarDeskWords(place).side;
  const rows: readonly (readonly [string, string])[] = [
    [words.number, labelOf(facts.call.code, facts.number)],
    [words.title, title],
    [words.investigator, facts.investigator.name],
    [words.unit, facts.organization.name],
    [words.state, say(place, applicationStates[facts.state])],
  ];
  return (
    <dl class="zn-simwho">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

/** Two applications side by side, and the decision on the pair. */
export const PairPage = (props: PairPageProps) => {
  const { frame, facts, other, near, signal, trouble, done, decisions } = props;
  const { place } = frame;
  const words = similarDeskWords(place);
  const general = similarWords(place);
  const home = `${place.home}/acceptance/${facts.id}`;
  const { warnFrom } = facts.call.policy.review.similarity;
  return (
    <WorkPage frame={frame} title={words.pageTitle} here="/acceptance" error={trouble !== null}>
      <div class="zn-similar">
        <TroubleSummary place={place} trouble={trouble} hrefOf={(path) => `#${path}`} />
        <p>
          <a class="govuk-link" href={`${home}#similar`}>
            {words.back}
          </a>
        </p>
        <h1 class="zn-form__h1">{words.pageTitle}</h1>
        {done && (
          <div class="zn-done" role="status">
            <Icon place={place} name="ok" /> {words.recorded}
          </div>
        )}
        <div class="zn-pair">
          <div>
            <h2 class="zn-over__h">{general.here}</h2>
            <Who place={place} facts={facts} title={props.titles[0]} />
          </div>
          <div>
            <h2 class="zn-over__h">{labelOf(other.call.code, other.number)}</h2>
            <Who place={place} facts={other} title={props.titles[1]} />
          </div>
        </div>
        {signal !== null && (
          <p>
            <strong class="zn-strong">{words.signals}</strong>　
            {[
              signal.titleLikeness === null ? "" : words.likeness(percent(signal.titleLikeness)),
              peopleText(place, signal),
            ]
              .filter((one) => one !== "")
              .join("，")}
          </p>
        )}
        <section class="zn-panel" aria-labelledby="shared-h">
          <div class="zn-panel__head">
            <h2 id="shared-h">{words.texts}</h2>
            {near !== null && (
              <strong class="zn-strong zn-end">
                {words.of(percent(near.hit.coverage))}
                {near.hit.coverage >= warnFrom && `　${general.warn(percent(warnFrom))}`}
              </strong>
            )}
          </div>
          {near === null ? (
            <p class="zn-panel__body">{words.noPassages}</p>
          ) : (
            <>
              <div class="zn-panel__body">
                <Sections place={place} hit={near.hit} mine={props.mine} />
                <p class="zn-sub">
                  {general.legend} {general.counts}
                </p>
              </div>
              <Passages
                place={place}
                fold={props.fold}
                prefix="p"
                hit={near.hit}
                mine={props.mine}
                theirs={props.theirs}
                names={[general.here, labelOf(other.call.code, other.number)]}
                conceal={false}
              />
            </>
          )}
          <NotCounted place={place} mine={props.mine} uncounted={props.uncounted} pasted={[]} />
        </section>
        <section class="zn-panel" aria-labelledby="decision-h">
          <div class="zn-panel__head">
            <h2 id="decision-h">{words.decision}</h2>
          </div>
          <div class="zn-panel__body">
            {decisions.length === 0 && <p class="zn-sub">{words.undecided}</p>}
            {decisions.map((one) => (
              <p class="zn-words">
                <strong class="zn-strong">{words.outcomes[one.outcome]}</strong>　{one.reason}
                <span class="zn-sub">
                  　{one.name}　{shortText(one.at)}
                </span>
              </p>
            ))}
            {decisions[0]?.outcome === "DUPLICATE" && <Suggested place={place} item={{ facts }} />}
            <p class="zn-sub">{words.note}</p>
            {props.mayDecide && <Decide {...props} />}
          </div>
        </section>
      </div>
    </WorkPage>
  );
};

const Decide = ({ frame, facts, other, typed, once }: PairPageProps) => {
  const { place, csrf } = frame;
  const words = similarDeskWords(place);
  return (
    <Form
      action={`${place.home}/acceptance/${facts.id}/similar/${other.id}`}
      csrf={csrf}
      hidden={{ key: once }}
    >
      <Choices
        id="outcome"
        kind="radio"
        label={words.outcome}
        values={typed.outcome === "" ? [] : [typed.outcome]}
        options={similarOutcomes.map((value) => ({ value, text: words.outcomes[value] }))}
      />
      <TextArea id="reason" label={words.reason} hint={words.reasonHint} rows={3} value={typed.reason} />
      <button class="govuk-button govuk-button--secondary zn-button--s">{words.record}</button>
    </Form>
  );
};
