import { wordsOfQuestion } from "../../core/policy/self-check-answer.ts";
import type { SelfCheckQuestion } from "../../core/policy/self-check.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { officialLang } from "../../ui/official.tsx";
import { linkTo, say } from "../../ui/place.ts";
import { quoteOf } from "./self-check.quote.ts";
import { carry, type Check, clauseBehind, questionPath, sayAnswer } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";

/** What was answered, each with the way back to it. */
export const AnswerList = ({ check, except }: { check: Check; except?: SelfCheckQuestion }) => {
  const { place, asked, answers } = check;
  const words = wordsOf(place);
  return (
    <dl class="zn-answers">
      {asked
        .filter((question) => question !== except && answers.has(question.id))
        .map((question) => {
          const label = say(place, wordsOfQuestion(question, answers).label);
          return (
            <div>
              <dt>{label}</dt>
              <dd>{sayAnswer(check, question)}</dd>
              <dd class="zn-noprint">
                <a class="govuk-link" href={carry(check, questionPath(question.id))}>
                  {words.change}
                  <span class="govuk-visually-hidden"> {label}</span>
                </a>
              </dd>
            </div>
          );
        })}
    </dl>
  );
};

/** 旁注: what the guide itself says about this question, help for it, and what was answered. */
export const QuestionAside = ({ check, question }: { check: Check; question: SelfCheckQuestion }) => {
  const { place, answers } = check;
  const words = wordsOf(place);
  const clause = clauseBehind(check, question);
  const quote = clause === undefined ? null : quoteOf(place.policy, clause);
  const searching =
    question.kind === "category" || question.kind === "field" || question.kind === "direction";
  const others = [...answers.keys()].some((id) => id !== question.id);
  return (
    <aside class="zn-side zn-sc-aside">
      {clause !== undefined && quote !== null && (
        <section>
          <h2>{words.guideSays}</h2>
          <p class="zn-quote" lang={officialLang(place)}>
            {quote}
          </p>
          <p>
            <ClauseChip place={place} id={clause} />
          </p>
        </section>
      )}
      {searching && (
        <section>
          <h2>{words.unsure}</h2>
          <p>
            <a class="govuk-link" href={linkTo(place, "/directions/find")}>
              {words.findDirection}
            </a>
          </p>
        </section>
      )}
      {others && (
        <section>
          <h2>{words.answered}</h2>
          <AnswerList check={check} except={question} />
        </section>
      )}
    </aside>
  );
};
