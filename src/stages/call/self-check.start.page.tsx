import { formatDate } from "../../core/calendar.ts";
import { wordsOfQuestion } from "../../core/policy/self-check-answer.ts";
import { windowAt } from "../../core/policy/self-check-outcome.ts";
import { questionsFor } from "../../core/policy/self-check-walk.ts";
import { money, sayFact } from "../../core/policy/words.ts";
import type { Answers } from "../../core/policy/self-check.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { say } from "../../ui/place.ts";
import { AbsentPage } from "./self-check.absent.page.tsx";
import { carry, type Check, checkOf, questionPath, resultPath, sayAnswer } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";
import type { Render } from "./site.ts";

/** Fewest and most questions over the categories, follow-ups left out. */
const lengthsOf = ({ selfCheck, programme }: Check): readonly [number, number] => {
  const counts = programme.categories.flatMap((category) =>
    category.fields.map((field) => {
      const answers: Answers = new Map([
        ["category", [category.code]],
        ["field", [field.code]],
      ]);
      return questionsFor(selfCheck, programme, answers).length;
    }),
  );
  return [Math.min(...counts), Math.max(...counts)];
};

const Numbers = ({ check }: { check: Check }) => {
  const words = wordsOf(check.place).numbers;
  const rows = [
    [words.time, words.minutes(check.selfCheck.minutes)],
    [words.length, words.questions(...lengthsOf(check))],
    [words.record, words.none],
  ] as const;
  return (
    <dl class="zn-facts zn-sc-numbers">
      {rows.map(([label, [value, unit]]) => (
        <div>
          <dt>{label}</dt>
          <dd>
            {value} <small>{unit}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** What a link from the catalogue brought along. */
const Brought = ({ check }: { check: Check }) => {
  const { place, asked, answers } = check;
  const words = wordsOf(place);
  const given = asked.filter((question) => answers.has(question.id));
  return given.length === 0 ? null : (
    <section class="zn-sc-brought">
      <h2>{words.brought}</h2>
      <dl class="zn-answers">
        {given.map((question) => {
          const { label } = wordsOfQuestion(question, answers);
          return (
            <div>
              <dt>{say(place, label)}</dt>
              <dd>
                {sayAnswer(check, question)}{" "}
                <a class="govuk-link" href={carry(check, questionPath(question.id))}>
                  {words.change}
                  <span class="govuk-visually-hidden"> {say(place, label)}</span>
                </a>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
};

/** The first question, answered from here. */
const Categories = ({ check }: { check: Check }) => {
  const { place, programme } = check;
  const words = wordsOf(place);
  return (
    <nav class="zn-sc-categories" aria-labelledby="categories">
      <h2 id="categories">{words.byCategory}</h2>
      <ul>
        {programme.categories.map((category) => (
          <li>
            <a
              class="govuk-link"
              href={carry(check, questionPath("category"), [
                ["category", category.code],
                ["go", "1"],
              ])}
            >
              {say(place, category.title)}
              <span>{words.ceiling(sayFact(money(category.ceiling.amount), place.language))}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Time = ({ check: { place, programme } }: { check: Check }) => {
  const { opens, closes, clause } = programme.windows.application;
  const words = wordsOf(place).window;
  const state = windowAt(programme, place.now);
  const text = words[state](formatDate(state === "before" ? opens : closes, place.language));
  return (
    <p class="zn-sub">
      {text} <ClauseChip place={place} id={clause} short />
    </p>
  );
};

/** What the self-check is, how long it takes, and that nothing is kept. */
export const renderStart: Render = ({ place }) => {
  const { selfCheck } = place.policy;
  if (selfCheck === null) return <AbsentPage place={place} />;
  const check = checkOf(place, selfCheck);
  const words = wordsOf(place);
  const begin = check.next === undefined ? resultPath : questionPath(check.next.id);
  return (
    <Page place={place} title={words.title} here="selfCheck">
      <Wrap>
        <Breadcrumbs place={place} items={[callCrumb(place)]} />
        <div class="zn-sc zn-sc--start">
          <div>
            <h1 class="govuk-heading-xl">{words.title}</h1>
            <p class="zn-sc-lead">{words.lead(selfCheck.minutes)}</p>
            <Numbers check={check} />
            <Brought check={check} />
            <p class="zn-sc-act">
              <a class="govuk-button" href={carry(check, begin)}>
                {check.next === undefined ? words.see : check.answers.size === 0 ? words.start : words.resume}
              </a>
            </p>
            <Time check={check} />
            {check.answers.size === 0 && <Categories check={check} />}
          </div>
          <aside class="zn-side">
            <section>
              <h2>{words.prepareTitle}</h2>
              <ul class="zn-sc-list">
                {words.prepare.map((item) => (
                  <li>{item}</li>
                ))}
              </ul>
            </section>
            <section>
              <h2>{words.aboutTitle}</h2>
              <ul class="zn-sc-list">
                {words.about.map((item) => (
                  <li>{item}</li>
                ))}
              </ul>
            </section>
          </aside>
        </div>
      </Wrap>
    </Page>
  );
};
