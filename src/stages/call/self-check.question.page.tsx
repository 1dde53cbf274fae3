import { formatDate } from "../../core/calendar.ts";
import {
  categoryOf,
  type Checked,
  validateAnswer,
  wordsOfQuestion,
} from "../../core/policy/self-check-answer.ts";
import { isExtensible } from "../../core/policy/self-check-walk.ts";
import type { SelfCheckQuestion } from "../../core/policy/self-check.ts";
import { money, sayFact } from "../../core/policy/words.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { ErrorSummary } from "../../ui/error-summary.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { linkTo, say } from "../../ui/place.ts";
import { AbsentPage } from "./self-check.absent.page.tsx";
import { Choose, Select } from "./self-check.choose.tsx";
import { DateInput, type InputProps, NumberInput, TextInput, UsualEnd } from "./self-check.inputs.tsx";
import { QuestionAside } from "./self-check.aside.tsx";
import { carry, type Check, checkOf, clauseBehind, questionPath, resultPath } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";
import type { Answer, Render } from "./site.ts";

type Fault = Extract<Checked, { ok: false }>;

/** What the pack says, or what the programme fixes for this category. */
const Hint = ({ check, question }: { check: Check; question: SelfCheckQuestion }) => {
  const { place, programme, answers } = check;
  const words = wordsOf(place);
  const { hint } = wordsOfQuestion(question, answers);
  const category = categoryOf(programme, answers);
  if (hint !== undefined) return <>{say(place, hint)}</>;
  if (category === undefined) return null;
  if (question.path === "application.requestedGrant")
    return (
      <>{words.money(say(place, category.title), sayFact(money(category.ceiling.amount), place.language))}</>
    );
  if (question.path !== "application.periodEnd") return null;
  const { start, end, extension } = category.period;
  const day = (date: string) => formatDate(date, place.language);
  return (
    <>
      {words.period(day(start.date), day(end.date), end.years)}
      {extension !== null &&
        isExtensible(programme, answers) &&
        words.extended(day(extension.date), extension.years)}
    </>
  );
};

const hasHint = (check: Check, question: SelfCheckQuestion) =>
  wordsOfQuestion(question, check.answers).hint !== undefined ||
  ["application.requestedGrant", "application.periodEnd"].includes(question.path ?? "");

const Input = ({ props, fault }: { props: InputProps; fault: Fault | undefined }) => {
  const { question } = props;
  if (question.kind === "money" || question.kind === "percent") return <NumberInput {...props} />;
  if (question.kind === "text") return <TextInput {...props} />;
  if (question.kind === "date")
    return (
      <DateInput {...props} faults={fault === undefined ? [] : (fault.parts ?? ["year", "month", "day"])} />
    );
  return question.display === "select" ? <Select {...props} /> : <Choose {...props} />;
};

/** Title, hint, error and input as the patterns want them: a legend for several inputs, a label for one. */
const Group = ({
  check,
  question,
  fault,
}: {
  check: Check;
  question: SelfCheckQuestion;
  fault: Fault | undefined;
}) => {
  const { place } = check;
  const words = wordsOf(place);
  const title = say(place, wordsOfQuestion(question, check.answers).title);
  const clause = clauseBehind(check, question);
  const hintId = hasHint(check, question) ? `${question.id}-hint` : undefined;
  const errorId = fault === undefined ? undefined : `${question.id}-error`;
  const describedBy = [hintId, errorId].filter((id) => id !== undefined).join(" ") || undefined;
  const several =
    question.kind !== "money" &&
    question.kind !== "percent" &&
    question.kind !== "text" &&
    question.display !== "select";
  const heading = <h1 class="zn-sc-title zn-phrase">{title}</h1>;
  const rest = (
    <>
      {clause !== undefined && (
        <p class="zn-sc-clause">
          <ClauseChip place={place} id={clause} />
        </p>
      )}
      {hintId !== undefined && (
        <div class="govuk-hint zn-sc-hint" id={hintId}>
          <Hint check={check} question={question} />
        </div>
      )}
      {fault !== undefined && (
        <p class="govuk-error-message" id={errorId}>
          <span class="govuk-visually-hidden">{words.error}: </span>
          {say(place, fault.message)}
        </p>
      )}
      <Input props={{ check, question, describedBy, invalid: fault !== undefined }} fault={fault} />
    </>
  );
  return (
    <div class={fault === undefined ? "govuk-form-group" : "govuk-form-group govuk-form-group--error"}>
      {several ? (
        <fieldset class="govuk-fieldset" aria-describedby={describedBy}>
          <legend class="govuk-fieldset__legend">{heading}</legend>
          {rest}
        </fieldset>
      ) : (
        <>
          <label class="govuk-label" for={question.id}>
            {heading}
          </label>
          {rest}
        </>
      )}
    </div>
  );
};

const Progress = ({ check, question }: { check: Check; question: SelfCheckQuestion }) => {
  const number = check.asked.indexOf(question) + 1;
  return (
    <p class="zn-sc-progress">
      <span class="zn-ticks zn-ticks--s" aria-hidden="true">
        {Array.from({ length: check.total }, (_, index) => (
          <i class={index < number ? "on" : undefined} />
        ))}
      </span>
      {wordsOf(check.place).progress(number, check.total)}
    </p>
  );
};

/** What the form carries along: whatever was said to other questions, judged again when it arrives. */
const Carried = ({ check, question }: { check: Check; question: SelfCheckQuestion }) => (
  <>
    {check.selfCheck.questions.flatMap(({ id }) =>
      id === question.id
        ? []
        : (
            check.answers.get(id) ??
            check
              .raw(id)
              .filter((value) => value.length <= 40)
              .slice(0, 10)
          ).map((value) => <input type="hidden" name={id} value={value} />),
    )}
    <input type="hidden" name="go" value="1" />
  </>
);

const QuestionPage = ({
  check,
  question,
  fault,
}: {
  check: Check;
  question: SelfCheckQuestion;
  fault: Fault | undefined;
}) => {
  const { place, asked, answers } = check;
  const words = wordsOf(place);
  const before = asked[asked.indexOf(question) - 1];
  const last = asked.every((one) => one === question || answers.has(one.id)) && check.total === asked.length;
  const title = say(place, wordsOfQuestion(question, answers).title);
  const field = question.kind === "date" ? `${question.id}-${fault?.parts?.[0] ?? "year"}` : question.id;
  return (
    <Page place={place} title={fault === undefined ? title : `${words.error}：${title}`} here="selfCheck">
      <Wrap>
        <Breadcrumbs
          place={place}
          items={[callCrumb(place), { text: words.title, href: carry(check, "/self-check") }]}
        />
        <div class="zn-sc">
          <div>
            {fault !== undefined && (
              <ErrorSummary place={place} errors={[{ href: `#${field}`, text: say(place, fault.message) }]} />
            )}
            <div class="zn-sc-top">
              <a
                class="zn-sc-back"
                href={carry(check, before === undefined ? "/self-check" : questionPath(before.id))}
              >
                {before === undefined ? words.backToStart : words.back}
              </a>
              <Progress check={check} question={question} />
            </div>
            <form action={linkTo(place, questionPath(question.id))} noValidate>
              <Carried check={check} question={question} />
              <Group check={check} question={question} fault={fault} />
              <div class="zn-sc-act">
                <button class="govuk-button">{last ? words.toResult : words.next}</button>
                <UsualEnd check={check} question={question} />
              </div>
            </form>
          </div>
          <QuestionAside check={check} question={question} />
        </div>
      </Wrap>
    </Page>
  );
};

/** Shows a question, or takes its answer and goes on. A question that is not asked (yet) gives way to the one that is. */
export const questionAnswer = (check: Check, id: string): Answer => {
  const question = check.asked.find((one) => one.id === id) ?? check.next ?? check.asked[0];
  if (question === undefined) return <AbsentPage place={check.place} />;
  const own = question.id === id;
  const checked = validateAnswer(question, check.programme, check.answers, check.raw);
  if (check.sent && own && checked.ok)
    return { to: carry(check, check.next === undefined ? resultPath : questionPath(check.next.id)) };
  // Somebody who has not answered yet has made no mistake.
  const fault = checked.ok || (checked.empty && !(check.sent && own)) ? undefined : checked;
  const page = <QuestionPage check={check} question={question} fault={fault} />;
  return fault === undefined ? page : { status: 422, page };
};

export const renderQuestion =
  (id: string): Render =>
  ({ place }) =>
    place.policy.selfCheck === null ? (
      <AbsentPage place={place} />
    ) : (
      questionAnswer(checkOf(place, place.policy.selfCheck), id)
    );
