import type { Fold } from "../../../core/similarity/fold.ts";
import { type Frame, WorkPage } from "../../../ui/work-page.tsx";
import type { Place as Stretch, Uncounted } from "../../../core/similarity/uncounted.ts";
import { labelOf } from "../view.ts";
import type { AttachedTexts } from "./attached.ts";
import { NotCounted, Unread } from "./beside.tsx";
import type { Near } from "./find.ts";
import { Passages, Sections, type Side } from "./pieces.tsx";
import { percent, similarWords } from "./words.ts";

export type SimilarPageProps = {
  readonly frame: Frame;
  readonly fold: Fold;
  readonly base: string;
  readonly mine: Side;
  readonly near: readonly Near[];
  readonly attached: AttachedTexts;
  readonly uncounted: readonly Uncounted[];
  readonly pasted: readonly Stretch[];
  readonly listFrom: number;
};

/** What an investigator's text shares with filed applications. Of others' applications nothing is told but the shared words. */
export const SimilarPage = (props: SimilarPageProps) => {
  const { frame, fold, base, mine, near, listFrom } = props;
  const { place } = frame;
  const words = similarWords(place);
  return (
    <WorkPage frame={frame} title={words.title} here="/applications">
      <div class="zn-similar">
        <p>
          <a class="govuk-link" href={base}>
            {words.back}
          </a>
        </p>
        <h1 class="zn-form__h1">{words.title}</h1>
        <p>{words.lead}</p>
        <p role="status">
          <strong class="zn-strong">
            {near.length === 0 ? words.none : words.some(near.length, percent(near[0]?.hit.coverage ?? 0))}
          </strong>
        </p>
        <p class="zn-sub">
          {words.listed(percent(listFrom))} {words.counts}
        </p>
        <Unread place={place} attached={props.attached} />
        <NotCounted place={place} mine={mine} uncounted={props.uncounted} pasted={props.pasted} />
        {near.some(({ facts }) => facts === null) && <p class="zn-sub">{words.hiddenWhy}</p>}
        {near.length > 0 && <p class="zn-sub">{words.legend}</p>}
        {near.map(({ hit, facts, texts, worded, attached }, index) => {
          const name = facts === null ? words.hidden : (texts.get("title") ?? "");
          const id = `near-${index + 1}`;
          return (
            <section class="zn-panel" aria-labelledby={id}>
              <div class="zn-panel__head">
                <h2 id={id}>
                  {index + 1}. {name}
                </h2>
                {facts !== null && <span class="zn-sub">{labelOf(facts.call.code, facts.number)}</span>}
                <strong class="zn-strong zn-end">{words.coverage(percent(hit.coverage))}</strong>
              </div>
              <div class="zn-panel__body">
                <Sections place={place} hit={hit} mine={mine} />
                <p class="zn-sub">{words.passages(hit.passages.length)}</p>
              </div>
              <Passages
                place={place}
                fold={fold}
                prefix={`p${index + 1}`}
                hit={hit}
                mine={mine}
                theirs={{ texts, worded, attached }}
                names={[words.own, facts === null ? words.hidden : labelOf(facts.call.code, facts.number)]}
                conceal={facts === null}
              />
            </section>
          );
        })}
      </div>
    </WorkPage>
  );
};
