import { formatDate, civilDateOf } from "../../core/calendar.ts";
import { validateAnswer } from "../../core/policy/self-check-answer.ts";
import { type Outcome, outcomeOf } from "../../core/policy/self-check-outcome.ts";
import { judgeFor } from "../../platform/judge.ts";
import { Icon } from "../../ui/icon.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";
import { hourOf } from "../../ui/when.tsx";
import { AbsentPage } from "./self-check.absent.page.tsx";
import { AnswerList } from "./self-check.aside.tsx";
import { clausesCited, Findings, Passed } from "./self-check.findings.tsx";
import { questionAnswer } from "./self-check.question.page.tsx";
import { ResultAside } from "./self-check.result-aside.tsx";
import { countsOf, numberOf, verdictOf } from "./self-check.verdict.ts";
import { carry, type Check, checkOf, questionPath } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";
import type { Render } from "./site.ts";

const Verdict = ({ check, outcome }: { check: Check; outcome: Outcome }) => {
  const { place, answers } = check;
  const words = wordsOf(place).result;
  const counts = countsOf(outcome);
  const [look, phrases] = verdictOf(check, outcome, counts);
  return (
    <div class="zn-verdict">
      <span class={`zn-verdict__mark zn-verdict__mark--${look}`}>
        <Icon place={place} name={look} />
      </span>
      <div>
        <h1 class="zn-phrase">
          {phrases.map((phrase) => (
            <>
              {phrase}
              <wbr />
            </>
          ))}
        </h1>
        <p>{words.judged(answers.size, clausesCited(check, outcome))}</p>
        <p class="zn-verdict__sum">
          {(["must", "ask", "info", "ok"] as const).map(
            (one) => counts[one] > 0 && <Sev place={place} look={one} count={counts[one]} />,
          )}
        </p>
      </div>
    </div>
  );
};

const Printed = ({ check }: { check: Check }) => {
  const { place } = check;
  const words = wordsOf(place).result;
  const time = `${formatDate(civilDateOf(place.now), place.language)} ${hourOf(place.now)}`;
  const { hash } = place.policy;
  return (
    <div class="zn-sc-printed">
      <p>
        {words.printed(numberOf(check), time, `${hash.slice(0, 8)}…${hash.slice(-4)}`)}
        <br />
        {words.printedNote}
      </p>
    </div>
  );
};

const Open = ({ check }: { check: Check }) => {
  const { place, answers, total, next } = check;
  const words = wordsOf(place);
  return (
    <Page place={place} title={words.result.open} here="selfCheck">
      <Wrap>
        <Breadcrumbs
          place={place}
          items={[callCrumb(place), { text: words.title, href: carry(check, "/self-check") }]}
        />
        <div class="zn-sc">
          <div>
            <h1 class="govuk-heading-l zn-phrase">{words.result.open}</h1>
            <p>{words.result.openText(answers.size, total)}</p>
            <AnswerList check={check} />
            <p class="zn-sc-act">
              <a class="govuk-button" href={carry(check, questionPath(next?.id ?? "category"))}>
                {answers.size === 0 ? words.start : words.resume}
              </a>
            </p>
          </div>
        </div>
      </Wrap>
    </Page>
  );
};

/**
 * What was found, by which clause, what to do; what was met; whom to ask. Stands at its own address and prints on A4. `paper`: it can
 * also be had as a file.
 */
export const renderResult =
  (paper: boolean): Render =>
  async ({ place }) => {
    const { policy } = place;
    if (policy.selfCheck === null) return <AbsentPage place={place} />;
    const check = checkOf(place, policy.selfCheck);
    if (check.next !== undefined) {
      const checked = validateAnswer(check.next, policy.programme, check.answers, check.raw);
      // An answer stands in the address but cannot be judged: it is put right at its own question.
      return checked.ok || checked.empty ? <Open check={check} /> : questionAnswer(check, check.next.id);
    }
    const judge = await judgeFor(policy);
    const outcome = outcomeOf(
      policy.selfCheck,
      policy.programme,
      judge,
      check.answers,
      place.now,
      place.language,
    );
    const words = wordsOf(place);
    return (
      <Page place={place} title={words.result.title} here="selfCheck">
        <Wrap>
          <Breadcrumbs
            place={place}
            items={[callCrumb(place), { text: words.title, href: carry(check, "/self-check") }]}
          />
          <div class="zn-check-page">
            <div>
              <p class="zn-printonly">{say(place, policy.programme.title)}</p>
              <Verdict check={check} outcome={outcome} />
              <Findings check={check} outcome={outcome} />
              <Passed check={check} outcome={outcome} />
              <Printed check={check} />
            </div>
            <ResultAside check={check} outcome={outcome} paper={paper} />
          </div>
        </Wrap>
      </Page>
    );
  };
