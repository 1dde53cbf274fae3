import type { VNode } from "preact";
import { ClauseChip } from "../../../ui/clause.tsx";
import { say } from "../../../ui/place.ts";
import { WorkPage } from "../../../ui/work-page.tsx";
import { offlineWords } from "../offline/words.ts";
import { momentOf } from "./clock.ts";
import { Banner, Caption, Progress, TaskList } from "./pieces.tsx";
import { linkOf, waitingFor, type Writing } from "./writing.ts";

/** The sections of the form with how far each is, what came back, and what is missing before it can be submitted. */
export const TasksPage = ({ writing, notice }: { writing: Writing; notice: string | null }): VNode => {
  const { words, frame, base, returned, findings, facts } = writing;
  const { place } = frame;
  const errors = findings.filter((one) => one.finding.severity === "error");
  const waiting = waitingFor(writing);
  return (
    <WorkPage frame={frame} title={words.tasks} here="/applications">
      <Banner writing={writing} />
      {notice !== null && (
        <p class="zn-from" role="status">
          {notice}
        </p>
      )}
      <div class="zn-taskpage">
        <div>
          <h1 class="zn-form__h1">{words.tasks}</h1>
          <Caption writing={writing} />
          <p class="intro">{facts.content.category === null ? words.chooseFirst : words.tasksLead}</p>
          {returned !== null && (
            <section class="zn-returned" aria-labelledby="returned">
              <h2 id="returned">{words.marks.title}</h2>
              <p class="zn-sub">{words.marks.by(momentOf(place, returned.at))}</p>
              {returned.reason !== "" && <p class="zn-pre">{returned.reason}</p>}
              <ul class="govuk-list govuk-list--bullet">
                {returned.marks.map((one) => {
                  const href = linkOf(writing, one.at);
                  return (
                    <li>
                      {href === undefined ? (
                        one.text
                      ) : (
                        <a class="govuk-link" href={href}>
                          {one.text}
                        </a>
                      )}
                    </li>
                  );
                })}
              </ul>
            </section>
          )}
          <p class="zn-sub">
            <Progress writing={writing} />
          </p>
          <TaskList writing={writing} hints />
          <p class="zn-offline__link">
            <a class="govuk-link" href={`${base}/offline`}>
              {offlineWords(place).toOffline}
            </a>
          </p>
        </div>
        <section class="zn-missing" aria-labelledby="missing">
          <h2 id="missing">{words.missingTitle}</h2>
          {errors.length + waiting.length === 0 ? (
            <p>{words.nothingMissing}</p>
          ) : (
            <ul class="zn-missing__list">
              {errors.map(({ finding, at }) => {
                const href = linkOf(writing, at);
                return (
                  <li>
                    {href === undefined ? (
                      say(place, finding.title)
                    ) : (
                      <a class="govuk-link" href={href}>
                        {say(place, finding.title)}
                      </a>
                    )}{" "}
                    <ClauseChip place={place} id={finding.clause} short />
                  </li>
                );
              })}
              {waiting.length > 0 && <li>{words.check.consentsLead(waiting.length)}</li>}
            </ul>
          )}
          <a class="govuk-button" href={`${base}/check`}>
            {facts.state === "CORRECTION" ? words.toCheckCorrection : words.toCheck}
          </a>
          {facts.state !== "CORRECTION" && (
            <p>
              <a class="govuk-link" href={`${base}/withdraw`}>
                {words.leave.abandon}
              </a>
            </p>
          )}
        </section>
      </div>
    </WorkPage>
  );
};
