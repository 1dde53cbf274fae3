import type { VNode } from "preact";
import type { Severity } from "../../../core/policy/stage.ts";
import { ClauseChip } from "../../../ui/clause.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { Form, TroubleSummary } from "../../../ui/form.tsx";
import { say } from "../../../ui/place.ts";
import { Sev } from "../../../ui/severity.tsx";
import { WorkPage } from "../../../ui/work-page.tsx";
import type { Trouble } from "../../registration/desk.ts";
import { Answer } from "./answers.tsx";
import { isAsked } from "./control.tsx";
import { unreadText } from "./errors.ts";
import { placeOf } from "../../../core/application/form-place.ts";
import { Banner, Caption } from "./pieces.tsx";
import { percent, similarWords } from "../similar/words.ts";
import { linkOf, type Placed, waitingFor, type Writing } from "./writing.ts";

const Exception = ({ writing, placed: { finding } }: { writing: Writing; placed: Placed }) => {
  const { words, frame, base, asked } = writing;
  if (!finding.overridable || finding.severity !== "error") return null;
  if (asked.some((one) => one.rule === finding.rule))
    return <p class="zn-sub">{words.check.exceptionAsked}</p>;
  const id = `exception-${finding.rule}`;
  return (
    <details class="govuk-details zn-exception">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{words.check.exception}</span>
      </summary>
      <div class="govuk-details__text">
        <p>{words.check.exceptionLead}</p>
        <Form
          action={`${base}/exceptions`}
          csrf={frame.csrf}
          hidden={{ rule: finding.rule, key: crypto.randomUUID() }}
        >
          <TextArea id={id} name="reason" label={words.check.exceptionReason} value="" rows={3} />
          <button class="govuk-button govuk-button--secondary zn-button--s">
            {words.check.exceptionAsk}
          </button>
        </Form>
      </div>
    </details>
  );
};

const Found = ({ writing, placed }: { writing: Writing; placed: Placed }) => {
  const { words } = writing;
  const { place } = writing.frame;
  const { finding, at } = placed;
  const href = linkOf(writing, at, "check");
  return (
    <li>
      <p>
        {say(place, finding.message)} <ClauseChip place={place} id={finding.clause} />
      </p>
      <p class="zn-sub">
        {say(place, finding.advice)}{" "}
        {href !== undefined && (
          <a class="govuk-link" href={href}>
            {words.check.go}
            <span class="govuk-visually-hidden">：{say(place, finding.title)}</span>
          </a>
        )}
      </p>
      <Exception writing={writing} placed={placed} />
    </li>
  );
};

const groups: readonly {
  readonly id: string;
  readonly look: "must" | "ask" | "info";
  readonly of: readonly Severity[];
}[] = [
  { id: "must", look: "must", of: ["error"] },
  { id: "ask", look: "ask", of: ["confirm", "warning"] },
  { id: "info", look: "info", of: ["info"] },
];

const Findings = ({ writing }: { writing: Writing }) => {
  const { words, findings, facts } = writing;
  const { place } = writing.frame;
  const unread = Object.entries(facts.content.unread);
  const leads = { must: words.check.mustLead, ask: words.check.askLead, info: words.check.infoLead };
  return (
    <>
      {groups.map(({ id, look, of }) => {
        const own = findings.filter((one) => of.includes(one.finding.severity));
        const extra = look === "must" ? unread : [];
        if (own.length + extra.length === 0) return null;
        return (
          <section class={`zn-group zn-group--${look}`} aria-labelledby={`group-${id}`}>
            <h2 id={`group-${id}`}>
              <Sev place={place} look={look} count={own.length + extra.length} />
            </h2>
            <p class="zn-sub">{leads[look]}</p>
            <ul class="zn-group__list">
              {extra.map(([path, typed]) => {
                const href = linkOf(writing, placeOf(writing.form, facts.content, path), "check");
                return (
                  <li>
                    <p>{unreadText(writing, path, typed)}</p>
                    {href !== undefined && (
                      <a class="govuk-link" href={href}>
                        {words.check.go}
                        <span class="govuk-visually-hidden">：{typed}</span>
                      </a>
                    )}
                  </li>
                );
              })}
              {own.map((one) => (
                <Found writing={writing} placed={one} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
};

const Answers = ({ writing }: { writing: Writing }) => {
  const { words, form, base } = writing;
  const { place } = writing.frame;
  return (
    <>
      <h2 class="zn-reread__title">{words.check.answers}</h2>
      {form.sections.map((section) => (
        <section class="zn-reread" aria-labelledby={`answers-${section.id}`}>
          <h3 id={`answers-${section.id}`}>{say(place, section.title)}</h3>
          <dl class="govuk-summary-list">
            {section.questions
              .filter((question) => isAsked(writing, question))
              .map((question) => (
                <div class="govuk-summary-list__row">
                  <dt class="govuk-summary-list__key">{say(place, question.title)}</dt>
                  <dd class="govuk-summary-list__value">
                    <Answer writing={writing} question={question} />
                  </dd>
                  <dd class="govuk-summary-list__actions">
                    {writing.editable(question.path) && question.path !== "principalInvestigator" && (
                      <a class="govuk-link" href={`${base}/form/${section.id}?from=check#q-${question.id}`}>
                        {words.check.change}
                        <span class="govuk-visually-hidden">{say(place, question.title)}</span>
                      </a>
                    )}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </>
  );
};

const Submit = ({ writing }: { writing: Writing }) => {
  const { words, frame, facts, base, verdict } = writing;
  if (facts.state === "CORRECTION") return <p>{words.check.correction}</p>;
  const blocked =
    verdict === "blocked" || waitingFor(writing).length > 0 || Object.keys(facts.content.unread).length > 0;
  return (
    <div class="zn-submit">
      <h2>{words.check.commitment}</h2>
      <p>{facts.content.declarations.commitment ? words.check.committed : words.check.notCommitted}</p>
      <p>{blocked ? words.check.blocked : words.check.submitLead}</p>
      <Form
        action={`${base}/submit`}
        csrf={frame.csrf}
        hidden={{ version: facts.version, draftVersion: facts.draftVersion, key: crypto.randomUUID() }}
      >
        <button class="govuk-button">{words.check.submit(facts.organization.name)}</button>
      </Form>
    </div>
  );
};

type Similar = { readonly count: number; readonly most: number };

const SharedText = ({ writing, similar: { count, most } }: { writing: Writing; similar: Similar }) => {
  const words = similarWords(writing.frame.place);
  return (
    <section class="zn-group zn-group--info" aria-labelledby="group-similar">
      <h2 id="group-similar">{words.title}</h2>
      <p>{count === 0 ? words.none : words.some(count, percent(most))}</p>
      <p>
        <a class="govuk-link" href={`${writing.base}/similar`}>
          {words.open}
        </a>
      </p>
    </section>
  );
};

/** Everything that was filled in and everything that was found, before it goes to the institution. */
export const CheckPage = ({
  writing,
  similar,
  trouble,
}: {
  writing: Writing;
  similar: Similar;
  trouble: Trouble | null;
}): VNode => {
  const { words, frame, findings, excepted, base, form } = writing;
  const { place } = frame;
  const waiting = waitingFor(writing);
  const team = form.sections.find((one) => one.questions.some(({ path }) => path === "members"));
  const must = findings.some((one) => one.finding.severity === "error");
  const title = words.check.title;
  return (
    <WorkPage frame={frame} title={title} here="/applications" error={trouble !== null}>
      <Banner writing={writing} act={false} />
      <div class="zn-checkpage">
        <TroubleSummary
          place={place}
          trouble={trouble}
          hrefOf={(path) => linkOf(writing, placeOf(form, writing.facts.content, path), "check")}
        />
        <h1 class="zn-form__h1">{title}</h1>
        <Caption writing={writing} />
        {!must && waiting.length === 0 && <p role="status">{words.check.allClear}</p>}
        <Findings writing={writing} />
        {excepted.length > 0 && (
          <section class="zn-group zn-group--info" aria-labelledby="group-excepted">
            <h2 id="group-excepted">{words.check.exceptionGranted}</h2>
            <ul class="zn-group__list">
              {excepted.map((one) => (
                <li>
                  {say(place, one.title)} <ClauseChip place={place} id={one.clause} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {waiting.length > 0 && (
          <section class="zn-group zn-group--must" aria-labelledby="group-consents">
            <h2 id="group-consents">{words.check.consents}</h2>
            <p>{words.check.consentsLead(waiting.length)}</p>
            <p>{waiting.join("、")}</p>
            {team !== undefined && (
              <a class="govuk-link" href={`${base}/form/${team.id}?from=check`}>
                {words.check.toTeam}
              </a>
            )}
          </section>
        )}
        <SharedText writing={writing} similar={similar} />
        <Answers writing={writing} />
        <Submit writing={writing} />
      </div>
    </WorkPage>
  );
};
