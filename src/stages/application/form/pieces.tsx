import type { ComponentChildren } from "preact";
import { ClauseChip } from "../../../ui/clause.tsx";
import { lookOf } from "../../../ui/finding.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { say } from "../../../ui/place.ts";
import { Sev } from "../../../ui/severity.tsx";
import { leftUntil, momentOf } from "./clock.ts";
import { findingsIn, marksIn, type Placed, type Section, statusOf, type Writing } from "./writing.ts";

/** 尚未提交: stands on every page of the form, with the next deadline by the server's clock. */
export const Banner = ({ writing, act = true }: { writing: Writing; act?: boolean }) => {
  const { words, facts, closesAt, internalClosesAt, base } = writing;
  const { place } = writing.frame;
  const internal = internalClosesAt !== null && internalClosesAt < closesAt;
  const until = internal ? internalClosesAt : closesAt;
  const [days, hours, minutes] = leftUntil(until, place.now);
  const correcting = facts.state === "CORRECTION";
  const platform = correcting ? words.correctionDue : words.platformDue;
  return (
    <div class="zn-banner zn-banner--form">
      <p>
        <strong>
          {correcting
            ? words.correctionBanner
            : facts.state === "RETURNED_TO_PI"
              ? words.returnedBanner
              : words.notSubmitted}
        </strong>
        {correcting ? words.correctionWhy : words.notSubmittedWhy}
      </p>
      <p>
        {words.due(internal ? words.internal : platform)}
        <span class="due" data-until={until} data-now={place.now}>
          {momentOf(place, until)}
          {until <= place.now ? (
            words.over
          ) : (
            <>
              {words.left}
              <b>{days}</b>
              {words.day}
              <b>{hours}</b>
              {words.hour}
              <b>{minutes}</b>
              {words.minute}
            </>
          )}
        </span>
      </p>
      <p class="zn-sub">
        {internal ? words.due(platform) + momentOf(place, closesAt) + " · " : ""}
        {words.clock}
      </p>
      {act && (
        <a class="govuk-button govuk-button--secondary zn-button--s zn-banner__act" href={`${base}/check`}>
          {correcting ? words.toCheckCorrection : words.toCheck}
        </a>
      )}
    </div>
  );
};

const StatusWord = ({ writing, section }: { writing: Writing; section: Section }) => {
  const { words } = writing;
  const { status } = statusOf(writing, section);
  const text = words.status[status];
  if (status === "completed")
    return (
      <span class="zn-sev zn-sev--ok zn-sev--quiet">
        <Icon place={writing.frame.place} name="ok" />
        {text}
      </span>
    );
  if (status === "cannotStart") return <span class="zn-sub">{text}</span>;
  return <span class={status === "inProgress" ? "govuk-tag" : "govuk-tag govuk-tag--grey"}>{text}</span>;
};

/** The sections with their four statuses; `hints` adds what is missing, for the page of its own. */
export const TaskList = ({
  writing,
  here,
  hints = false,
}: {
  writing: Writing;
  here?: string;
  hints?: boolean;
}) => {
  const { words, form, base, facts } = writing;
  const { place } = writing.frame;
  return (
    <ul class="govuk-task-list">
      {form.sections.map((section, index) => {
        const { status, optional } = statusOf(writing, section);
        const errors = findingsIn(writing, section).filter((one) => one.finding.severity === "error").length;
        const marks = marksIn(writing, section).length;
        const closed = status === "cannotStart" && facts.state !== "CORRECTION";
        const title = `${index + 1} ${say(place, section.title)}`;
        return (
          <li
            class={[
              "govuk-task-list__item",
              closed ? "" : "govuk-task-list__item--with-link",
              section.id === here ? "is-here" : "",
            ]
              .filter((one) => one !== "")
              .join(" ")}
          >
            <div class="govuk-task-list__name-and-hint">
              {closed ? (
                <span class="zn-sub zn-sub--same">{title}</span>
              ) : (
                <a
                  class="govuk-link govuk-task-list__link"
                  href={`${base}/form/${section.id}`}
                  aria-current={section.id === here ? "page" : undefined}
                >
                  {title}
                </a>
              )}
              {hints && (
                <div class="govuk-task-list__hint zn-formhints">
                  {marks > 0 && <span class="zn-sev zn-sev--ask">{words.marksCount(marks)}</span>}
                  {errors > 0 && status !== "notStarted" && status !== "cannotStart" && (
                    <span class="zn-sev zn-sev--must">
                      <Icon place={place} name="must" />
                      {words.must(errors)}
                    </span>
                  )}
                  {optional && status === "notStarted" && errors === 0 && <span>{words.optional}</span>}
                  {status === "cannotStart" && facts.state === "CORRECTION" && <span>{words.locked}</span>}
                </div>
              )}
            </div>
            <div class="govuk-task-list__status">
              <StatusWord writing={writing} section={section} />
            </div>
          </li>
        );
      })}
    </ul>
  );
};

export const Progress = ({ writing }: { writing: Writing }) => (
  <>
    {writing.words.progress(
      writing.form.sections.length,
      writing.form.sections.filter((one) => statusOf(writing, one).status === "completed").length,
    )}
  </>
);

/** 旁注: what the judge says of one place, beside it: what is wrong, the clause, what to do. */
export const Note = ({
  writing,
  placed: { finding, at },
  children,
}: {
  writing: Writing;
  placed: Placed;
  children?: ComponentChildren;
}) => {
  const { place } = writing.frame;
  const look = lookOf[finding.severity];
  return (
    <div class={`zn-note zn-note--${look}`}>
      <Sev place={place} look={look} />
      {at?.row == null ? "" : ` ${writing.words.row(at.row + 1)}`}
      <p>{say(place, finding.message)}</p>
      <p>{say(place, finding.advice)}</p>
      <div class="zn-note__act">
        <ClauseChip place={place} id={finding.clause} />
        {children}
      </div>
    </div>
  );
};

/** What an officer wrote at this place when the application came back. */
export const MarkNote = ({ writing, text }: { writing: Writing; text: string }) => (
  <div class="zn-note zn-note--ask">
    <span class="zn-sev zn-sev--ask">
      <Icon place={writing.frame.place} name="pen" />
      {writing.words.marks.title}
    </span>
    <p class="zn-pre">{text}</p>
  </div>
);

/** Title of the application, what it is and when it was saved. */
export const Caption = ({ writing }: { writing: Writing }) => {
  const { words, facts } = writing;
  const { place } = writing.frame;
  const { programme } = facts.call.policy;
  const category = programme.categories.find((one) => one.code === facts.content.category);
  const field = category?.fields.find((one) => one.code === facts.content.field);
  const direction = field?.directions.find((one) => one.code === facts.content.direction);
  const trail = [category?.title, field?.title, direction?.title].flatMap((one) =>
    one === undefined ? [] : [say(place, one)],
  );
  return (
    <p class="zn-form__caption">
      <b>{facts.content.title === "" ? words.untitled : facts.content.title}</b>
      {trail.length > 0 && <span class="zn-sub">{trail.join(" · ")}</span>}
    </p>
  );
};
