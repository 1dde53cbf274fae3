import type { VNode } from "preact";
import { isSheet } from "../../../core/application/columns.ts";
import type { Fields } from "../../../core/application/entry.ts";
import { placeOf } from "../../../core/application/form-place.ts";
import { ErrorSummary } from "../../../ui/error-summary.tsx";
import { Form, TroubleSummary } from "../../../ui/form.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { say } from "../../../ui/place.ts";
import { Sev } from "../../../ui/severity.tsx";
import { WorkPage } from "../../../ui/work-page.tsx";
import type { Trouble } from "../../registration/desk.ts";
import { headOf } from "./answers.tsx";
import { timeOf } from "./clock.ts";
import { Control, isAsked } from "./control.tsx";
import type { FieldErrors } from "./errors.ts";
import { Files } from "./files.tsx";
import { Banner, Caption, MarkNote, Note, Progress, TaskList } from "./pieces.tsx";
import { UnitList } from "./sheet.tsx";
import { findingsIn, idOf, linkOf, marksIn, type Section, statusOf, type Writing } from "./writing.ts";

export type SectionView = {
  readonly writing: Writing;
  readonly section: Section;
  /** What the fields show: what is stored, or what was posted and could not be saved. */
  readonly values: Fields;
  /** Version of the draft that the writer has before them. */
  readonly version: number;
  readonly errors: FieldErrors;
  readonly trouble: Trouble | null;
  /** Just saved, or sent here by the check page: the summary stands at the top. */
  readonly isFresh: boolean;
  readonly toCheck: boolean;
  readonly from: Section | null;
  /** Blank rows to show, by sheet. */
  readonly blanks: Readonly<Record<string, number>>;
  readonly file?: { readonly question: string; readonly error: string; readonly given: URLSearchParams };
  readonly notice?: string;
};

const blankRows = ({ values, blanks }: SectionView, sheet: string): number => {
  const rows = values.getAll(`${sheet}.row`).length;
  return Math.max(blanks[sheet] ?? 0, rows === 0 ? 3 : 1);
};

const Saved = ({ view }: { view: SectionView }) => {
  const { words, facts, frame } = view.writing;
  return (
    <span class="zn-saved" role="status">
      <Icon place={frame.place} name="ok" />
      {words.saved(timeOf(facts.savedAt))}
    </span>
  );
};

/** What of this section needs a look, at the top, each leading to its place. */
const Summary = ({ view }: { view: SectionView }) => {
  const { writing, section, errors } = view;
  const { place } = writing.frame;
  const titleOf = (name: string): string => {
    const question = section.questions.find(({ path }) => name === path || name.startsWith(`${path}.`));
    if (question === undefined) return "";
    const column = name.split(".").at(-1) ?? "";
    return isSheet(question.path) ? headOf(writing, question.path, column) : say(place, question.title);
  };
  const own = [...errors].filter(([name]) => titleOf(name) !== "");
  const found = findingsIn(writing, section).filter((one) => one.finding.severity === "error");
  if (!view.isFresh || own.length + found.length === 0) return null;
  return (
    <ErrorSummary
      place={place}
      errors={[
        ...own.map(([name, text]) => ({ href: `#${idOf(name)}`, text: `${titleOf(name)}：${text}` })),
        ...found.map(({ finding, at }) => ({
          href: at?.field != null && at.row !== null ? `#${idOf(at.field)}` : `#q-${at?.question ?? ""}`,
          text: say(place, finding.message),
        })),
      ]}
    />
  );
};

const From = ({ view }: { view: SectionView }) => {
  const { writing, from } = view;
  if (from === null) return null;
  const errors = findingsIn(writing, from).filter((one) => one.finding.severity === "error");
  const { words, base } = writing;
  return (
    <p class="zn-from" role="status">
      {words.savedAs(say(writing.frame.place, from.title))}
      {errors.length > 0 && (
        <>
          {words.savedMust(errors.length)}
          <a class="govuk-link" href={`${base}/form/${from.id}?from=check`}>
            {words.look}
          </a>
        </>
      )}
    </p>
  );
};

const QuestionBlock = ({ view, at }: { view: SectionView; at: number }) => {
  const { writing, section, values, errors } = view;
  const question = section.questions[at];
  if (question === undefined) return null;
  const { status } = statusOf(writing, section);
  const shows = view.isFresh || status !== "notStarted";
  const findings = shows
    ? findingsIn(writing, section).filter((one) => one.at?.question === question.id)
    : [];
  const marks = marksIn(writing, section).filter((one) => one.at?.question === question.id);
  const wide = isSheet(question.path);
  return (
    <div class={wide ? "zn-question zn-question--wide" : "zn-question zn-withmargin"} id={`q-${question.id}`}>
      <div class="wide">
        {wide ||
        question.kind === "files" ||
        question.path === "direction" ||
        question.path === "principalInvestigator" ? (
          <h2>{say(writing.frame.place, question.title)}</h2>
        ) : null}
        {question.kind === "files" ? (
          <Files
            writing={writing}
            section={section}
            question={question}
            error={view.file?.question === question.id ? view.file.error : undefined}
            {...(view.file === undefined ? {} : { given: view.file.given })}
          />
        ) : (
          <Control
            writing={writing}
            question={question}
            values={values}
            errors={errors}
            findings={findings}
            blanks={wide ? blankRows(view, question.path) : 0}
          />
        )}
      </div>
      <div class="zn-notes">
        {marks.map((one) => (
          <MarkNote writing={writing} text={one.text} />
        ))}
        {findings.map((one) => (
          <Note writing={writing} placed={one} />
        ))}
      </div>
    </div>
  );
};

const Actions = ({ view, hasForm }: { view: SectionView; hasForm: boolean }) => {
  const { writing, section, toCheck } = view;
  const { words, form, base } = writing;
  const { place } = writing.frame;
  const at = form.sections.indexOf(section);
  const [before, after] = [form.sections[at - 1], form.sections[at + 1]];
  const found = findingsIn(writing, section);
  const must = found.filter((one) => one.finding.severity === "error").length;
  const ask = found.filter(
    (one) => one.finding.severity === "confirm" || one.finding.severity === "warning",
  ).length;
  const forward = toCheck
    ? words.saveBack
    : after === undefined
      ? words.saveEnd
      : words.saveNext(say(place, after.title));
  return (
    <div class="zn-bar zn-bar--form">
      <span class="zn-bar__state">
        <Saved view={view} />
        {must > 0 && <Sev place={place} look="must" count={must} />}
        {ask > 0 && <Sev place={place} look="ask" count={ask} />}
      </span>
      <span class="zn-bar__acts">
        <a
          class="govuk-button govuk-button--secondary"
          href={before === undefined ? `${base}/form` : `${base}/form/${before.id}`}
        >
          {before === undefined ? words.list : words.previous}
        </a>
        {hasForm ? (
          <>
            <button class="govuk-button govuk-button--secondary" form="section" name="act" value="save">
              {words.save}
            </button>
            <button class="govuk-button" form="section" name="act" value={toCheck ? "check" : "next"}>
              {forward}
            </button>
          </>
        ) : (
          <a
            class="govuk-button"
            href={
              toCheck ? `${base}/check` : after === undefined ? `${base}/form` : `${base}/form/${after.id}`
            }
          >
            {toCheck ? words.toCheck : after === undefined ? words.list : say(place, after.title)}
          </a>
        )}
      </span>
    </div>
  );
};

/** One section of the form: its questions, what the judge says beside them, and the way on. */
export const SectionPage = (view: SectionView): VNode => {
  const { writing, section, trouble } = view;
  const { words, frame, base, form } = writing;
  const { place } = frame;
  const title = `${form.sections.indexOf(section) + 1} ${say(place, section.title)}`;
  const indexes = [...section.questions.keys()].filter((at) => isAsked(writing, section.questions[at]!));
  const isFiles = (at: number) => section.questions[at]?.kind === "files";
  const hasForm = indexes.some((at) => {
    const path = section.questions[at]?.path ?? "";
    return !isFiles(at) && path !== "direction" && path !== "principalInvestigator" && writing.editable(path);
  });
  const wrong = trouble !== null || view.errors.size > 0;
  return (
    <WorkPage frame={frame} title={title} here="/applications" error={wrong && view.isFresh}>
      <Banner writing={writing} />
      <div class="zn-form">
        <nav class="zn-form__nav" aria-label={words.navLabel}>
          <p class="zn-sub">
            <a class="govuk-link" href={`${base}/form`}>
              {words.tasks}
            </a>{" "}
            <Progress writing={writing} />
          </p>
          <TaskList writing={writing} here={section.id} />
        </nav>
        <div class="zn-form__body">
          <TroubleSummary
            place={place}
            trouble={trouble}
            hrefOf={(path) =>
              linkOf(writing, placeOf(form, writing.facts.content, path.replace(/^changes\./, "")))
            }
          />
          {trouble === null && <Summary view={view} />}
          <From view={view} />
          {view.notice !== undefined && (
            <p class="zn-from" role="status">
              {view.notice}
            </p>
          )}
          <Caption writing={writing} />
          <h1 class="zn-form__h1">{title}</h1>
          {hasForm && (
            <Form
              action={`${base}/form/${section.id}`}
              csrf={frame.csrf}
              id="section"
              hidden={{ version: view.version, ...(view.toCheck ? { from: "check" } : {}) }}
            >
              {/* Enter in a field saves: the first button of a form is the one that it means. */}
              <button class="govuk-visually-hidden" tabIndex={-1} name="act" value="save">
                {words.save}
              </button>
              {indexes
                .filter((at) => !isFiles(at))
                .map((at) => (
                  <QuestionBlock view={view} at={at} />
                ))}
            </Form>
          )}
          {indexes
            .filter((at) => isFiles(at) || !hasForm)
            .map((at) => (
              <QuestionBlock view={view} at={at} />
            ))}
          {section.questions.some(({ path }) => path === "members" || path === "partners") && (
            <UnitList writing={writing} />
          )}
          <Actions view={view} hasForm={hasForm} />
        </div>
      </div>
    </WorkPage>
  );
};
