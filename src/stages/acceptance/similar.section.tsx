import type { Place } from "../../ui/place.ts";
import { say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";
import { Unread } from "../application/similar/beside.tsx";
import { percent } from "../application/similar/words.ts";
import { labelOf } from "../application/view.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import type { Item } from "./item.ts";
import { duplicateReasons, type Signal, type Similar } from "./similar.ts";
import { similarDeskWords } from "./similar-words.ts";

/** Other applications by signal; each pair has its own page, its own decision. */
export const SimilarSection = ({ place, item, similar }: { place: Place; item: Item; similar: Similar }) => {
  const words = similarDeskWords(place);
  const { near, signals, decisions } = similar;
  const { warnFrom } = item.facts.call.policy.review.similarity;
  const titles = signals.filter((one) => one.titleLikeness !== null);
  const people = signals.filter((one) => one.people !== null);
  const latest = (other: string) => decisions.find((one) => one.other === other || one.application === other);
  const rest = (facts: ApplicationFacts, title: string, text: string) => (
    <Other place={place} item={item} facts={facts} title={title} decided={latest(facts.id)?.outcome}>
      {text}
    </Other>
  );
  const duplicate = decisions.some((one) => one.outcome === "DUPLICATE" && latestOf(one, decisions));
  return (
    <section class="zn-panel" id="similar" aria-labelledby="similar-h">
      <div class="zn-panel__head">
        <h2 id="similar-h">{words.title}</h2>
      </div>
      {near.length + titles.length + people.length === 0 ? (
        <p class="zn-panel__body">{words.none}</p>
      ) : (
        <div class="zn-panel__body">
          {near.length > 0 && (
            <>
              <h3 class="zn-over__h">{words.texts}</h3>
              <ul class="zn-simlist">
                {near.map(({ hit, facts, texts }) => (
                  <li>
                    {hit.coverage >= warnFrom && <Sev place={place} look="ask" />}{" "}
                    <strong class="zn-strong">{words.of(percent(hit.coverage))}</strong>{" "}
                    {hit.coverage >= warnFrom && <span class="zn-sub">{words.warn(percent(warnFrom))}</span>}
                    {facts === null ? (
                      <p class="zn-sub">{words.unseen}</p>
                    ) : (
                      rest(facts, texts.get("title") ?? "", words.compare)
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
          {titles.length > 0 && (
            <>
              <h3 class="zn-over__h">{words.titles}</h3>
              <ul class="zn-simlist">
                {titles.map((one) => (
                  <li>
                    {words.likeness(percent(one.titleLikeness ?? 0))}
                    {rest(one.facts, one.title, words.compareAll)}
                  </li>
                ))}
              </ul>
            </>
          )}
          {people.length > 0 && (
            <>
              <h3 class="zn-over__h">{words.people}</h3>
              <ul class="zn-simlist">
                {people.map((one) => (
                  <li>
                    {peopleText(place, one)}
                    {rest(one.facts, one.title, words.compareAll)}
                  </li>
                ))}
              </ul>
            </>
          )}
          {duplicate && <Suggested place={place} item={item} />}
          <p class="zn-sub">{words.note}</p>
        </div>
      )}
      <div class="zn-panel__body">
        {similar.pasted.length > 0 && <p class="zn-sub">{words.pasted(similar.pasted.length)}</p>}
        <Unread place={place} attached={similar.attached} />
      </div>
    </section>
  );
};

/** Whether a decision is the last one about its pair; the list has the latest first. */
const latestOf = (one: Similar["decisions"][number], all: Similar["decisions"]): boolean =>
  all.find((other) =>
    [other.application, other.other].every((id) => id === one.application || id === one.other),
  ) === one;

export const peopleText = (place: Place, { people }: Signal): string => {
  const words = similarDeskWords(place);
  return people === null
    ? ""
    : people === "same-investigator"
      ? words.sameInvestigator
      : words.sharedTeam(people.shared);
};

/** The pack's reason for applying twice, named and not ticked. */
export const Suggested = ({ place, item }: { place: Place; item: Pick<Item, "facts"> }) => (
  <>
    {duplicateReasons(item.facts.call.policy).map(({ code, title }) => (
      <p>{similarDeskWords(place).suggest(code, say(place, title))}</p>
    ))}
  </>
);

const Other = ({
  place,
  item,
  facts,
  title,
  decided,
  children,
}: {
  place: Place;
  item: Item;
  facts: ApplicationFacts;
  title: string;
  decided: keyof ReturnType<typeof similarDeskWords>["outcomes"] | undefined;
  children: string;
}) => {
  const words = similarDeskWords(place);
  return (
    <p>
      {labelOf(facts.call.code, facts.number)} {title}
      <span class="zn-sub">
        　{facts.investigator.name}　{facts.organization.name}　
        {decided === undefined ? words.undecided : words.outcomes[decided]}
      </span>
      <br />
      <a class="govuk-link" href={`${place.home}/acceptance/${item.facts.id}/similar/${facts.id}`}>
        {children}
        <span class="govuk-visually-hidden">：{labelOf(facts.call.code, facts.number)}</span>
      </a>
    </p>
  );
};
