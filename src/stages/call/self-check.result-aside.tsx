import { categoryOf, fieldOf, wordsOfQuestion } from "../../core/policy/self-check-answer.ts";
import type { Outcome } from "../../core/policy/self-check-outcome.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { Icon } from "../../ui/icon.tsx";
import { linkTo, say } from "../../ui/place.ts";
import { Phone } from "../../ui/phone.tsx";
import { AnswerList } from "./self-check.aside.tsx";
import { carry, type Check, questionPath, summaryPath } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";

const Who = ({ check: { place, programme, answers } }: { check: Check }) => {
  const words = wordsOf(place).result;
  const category = categoryOf(programme, answers);
  const field = fieldOf(programme, answers);
  const division = programme.divisions.find((one) => one.code === field?.division);
  const clause = programme.desks[0]?.clause;
  if (category === undefined || field === undefined || division === undefined) return null;
  return (
    <section>
      <h2>{words.whoTitle}</h2>
      <p>
        {words.who(say(place, category.title), say(place, field.title))}
        <br />
        {say(place, division.title)} <Phone place={place} number={field.phone} />{" "}
        {clause !== undefined && <ClauseChip place={place} id={clause} short />}
      </p>
    </section>
  );
};

/** What to do next, what was answered, whom to ask. */
export const ResultAside = ({
  check,
  outcome,
  paper,
}: {
  check: Check;
  outcome: Outcome;
  paper: boolean;
}) => {
  const { place, answers } = check;
  const words = wordsOf(place);
  const first = outcome.findings[0]?.question;
  return (
    <aside class="zn-side" aria-label={words.result.nextTitle}>
      <section class="zn-noprint">
        <h2>{words.result.nextTitle}</h2>
        {first !== undefined && outcome.verdict !== "clear" ? (
          <a class="govuk-button" href={carry(check, questionPath(first.id))}>
            {words.changeThis(say(place, wordsOfQuestion(first, answers).label))}
          </a>
        ) : (
          <a class="govuk-button" href={linkTo(place, "/")}>
            {words.result.toCall}
          </a>
        )}
        {/* Without a script the link leads to the line that says which keys print. */}
        <a class="govuk-button govuk-button--secondary" href="#print" data-print>
          <Icon place={place} name="print" />
          {words.result.print}
        </a>
        <p class="zn-sub zn-sc-print" id="print" tabIndex={-1}>
          {words.result.printHint}
        </p>
        {paper && (
          <p>
            <a class="govuk-link" href={carry(check, summaryPath)} rel="nofollow" download>
              {words.result.download}
            </a>
          </p>
        )}
        <p class="zn-sub">
          {words.result.keep}{" "}
          <a class="govuk-link" href={linkTo(place, "/self-check")}>
            {words.result.again}
          </a>
        </p>
      </section>
      <section>
        <h2>{words.result.facts}</h2>
        <AnswerList check={check} />
      </section>
      <Who check={check} />
    </aside>
  );
};
