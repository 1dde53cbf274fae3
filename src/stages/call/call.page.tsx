import { ClauseChip } from "../../ui/clause.tsx";
import { DueCard } from "../../ui/due.tsx";
import { Page, Wrap } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import { Ruler, RulerList } from "../../ui/ruler.tsx";
import { dayOf } from "../../ui/when.tsx";
import { CategoryTable } from "./categories.tsx";
import { downloadsWords } from "./downloads.words.ts";
import type { Render } from "./site.ts";

const Hero = ({ place }: { place: Place }) => {
  const words = wordsOf(place).call;
  const { programme } = place.policy;
  return (
    <div class="zn-hero">
      <Wrap>
        <div class="zn-hero__top">
          <div>
            <p class="eyebrow">
              {say(place, programme.funder)} · {wordsOf(place).nav.call}
            </p>
            <h1 class="zn-phrase">{say(place, programme.call)}</h1>
            <p class="lead">{say(place, programme.lead)}</p>
            <p class="basis">
              {words.basis}
              {say(place, programme.basis.title)} <ClauseChip place={place} id={programme.basis.clause} />
            </p>
          </div>
          <DueCard place={place} />
        </div>
        <Ruler place={place} />
        <RulerList place={place} />
      </Wrap>
    </div>
  );
};

const Doors = ({ place, leaves }: { place: Place; leaves: number }) => {
  const words = wordsOf(place).call;
  return (
    <div class="zn-doors">
      <section class="zn-door">
        <h2>{words.check.title}</h2>
        <p>{words.check.text}</p>
        <a class="govuk-button act" href={linkTo(place, "/self-check")}>
          {words.check.act}
        </a>
      </section>
      <section class="zn-door">
        <h2>
          <label for="find">{words.find.title}</label>
        </h2>
        <p>{words.find.text(leaves)}</p>
        <form class="zn-door__find act" action={linkTo(place, "/directions/find")}>
          <input class="govuk-input" id="find" name="q" maxLength={1000} placeholder={words.find.example} />
          <button class="govuk-button govuk-button--secondary">{words.find.act}</button>
        </form>
      </section>
      <section class="zn-door">
        <h2>{words.read.title}</h2>
        <p>{words.read.text(place.policy.clauses.length)}</p>
        <a class="govuk-button govuk-button--secondary act" href={linkTo(place, "/guide")}>
          {words.read.act}
        </a>
      </section>
    </div>
  );
};

const Steps = ({ place }: { place: Place }) => {
  const words = wordsOf(place).call;
  const { application, recommendation, acceptance } = place.policy.programme.windows;
  const by = (date: string) => words.by(dayOf(date, place.language));
  const steps = [
    [words.steps.apply, `${by(application.closes)}${words.steps.applyNote}`, application.clause],
    [words.steps.approve, `${by(application.closes)}${words.steps.approveNote}`, application.clause],
    [words.steps.recommend, by(recommendation.closes), recommendation.clause],
    [words.steps.accept, by(acceptance.closes), acceptance.clause],
    [words.steps.review, words.steps.reviewNote, null],
  ] as const;
  return (
    <section>
      <h2 class="govuk-heading-m">{words.how}</h2>
      <ol class="zn-steps">
        {steps.map(([title, note, clause]) => (
          <li>
            <b>{title}</b>
            <span>{note}</span> {clause !== null && <ClauseChip place={place} id={clause} short />}
          </li>
        ))}
      </ol>
    </section>
  );
};

const Ask = ({ place }: { place: Place }) => {
  const words = wordsOf(place).call;
  return (
    <section>
      <h2 class="govuk-heading-m">{words.ask}</h2>
      <p>{words.askText}</p>
      <p>
        <a class="govuk-button govuk-button--secondary" href={linkTo(place, "/contacts")}>
          {words.askAct}
        </a>
      </p>
      <dl class="zn-desks">
        {place.policy.programme.desks.map((desk) => (
          <div>
            <dt>{say(place, desk.for)}</dt>
            <dd>
              {say(place, desk.title)} <Phone place={place} number={desk.phone} />{" "}
              <ClauseChip place={place} id={desk.clause} short />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

/** What can be downloaded for drafting, where the pack has anything. */
const Templates = ({ place }: { place: Place }) => {
  const words = downloadsWords(place);
  const { files } = place.policy.downloads;
  if (files.length === 0) return null;
  return (
    <section>
      <h2 class="govuk-heading-m">{words.more}</h2>
      <p>
        {words.moreText(
          files.map((one) => say(place, one.title)).join(place.language === "zh" ? "、" : ", "),
        )}
      </p>
      <p>
        <a class="govuk-button govuk-button--secondary" href={linkTo(place, "/downloads")}>
          {words.moreAct}
        </a>
      </p>
    </section>
  );
};

/** The call: what it offers, until when, and the three doors into it. */
export const renderCall: Render = ({ place }) => {
  const { programme } = place.policy;
  const leaves = programme.categories
    .flatMap((category) => category.fields)
    .reduce((sum, field) => sum + Math.max(1, field.directions.length), 0);
  return (
    <Page place={place} title={say(place, programme.call)} here="call">
      <Hero place={place} />
      <Wrap>
        <Doors place={place} leaves={leaves} />
        <CategoryTable place={place} />
        <div class="zn-two">
          <div>
            <Steps place={place} />
            <Templates place={place} />
          </div>
          <Ask place={place} />
        </div>
      </Wrap>
    </Page>
  );
};
