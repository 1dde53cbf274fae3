import type { VNode } from "preact";
import { isSheet, type SheetName } from "../../../core/application/columns.ts";
import { charactersOf } from "../../../core/application/clean.ts";
import type { Content } from "../../../core/application/content.ts";
import { Tick } from "../../../ui/field.tsx";
import { Form, TroubleSummary } from "../../../ui/form.tsx";
import { say } from "../../../ui/place.ts";
import { Sev } from "../../../ui/severity.tsx";
import { WorkPage } from "../../../ui/work-page.tsx";
import type { Trouble } from "../../registration/desk.ts";
import { Answer } from "../form/answers.tsx";
import { Banner, Caption } from "../form/pieces.tsx";
import { idOf, type Question, type Writing } from "../form/writing.ts";
import { isReworded, middleOf, sheetDifference, textDifference } from "./difference.ts";
import { Faults } from "./faults.tsx";
import type { Proposal, Proposed } from "./propose.ts";
import type { Reading } from "./reading.ts";
import { storedText } from "./stored-text.ts";
import { offlineWords } from "./words.ts";

const longestSame = 2;

/** Old and new paragraphs that are each other's versions, one by one. */
const pairs = (before: readonly string[], after: readonly string[]): boolean =>
  before.length === after.length && before.every((line, at) => isReworded(line, after[at] ?? ""));

const Reworded = ({ before, after }: { before: string; after: string }) => {
  const { head, old, new: fresh, tail } = middleOf(before, after);
  return (
    <p>
      {head}
      {old !== "" && <del>{old}</del>}
      {fresh !== "" && <ins>{fresh}</ins>}
      {tail}
    </p>
  );
};

const TextChange = ({ writing, question, mine }: { writing: Writing; question: Question; mine: Content }) => {
  const words = offlineWords(writing.frame.place).preview;
  const [before, after] = [writing.facts.content, mine].map((content) =>
    storedText({ ...writing, facts: { ...writing.facts, content } }, question.path),
  ) as [string, string];
  const count = (text: string) => writing.words.characters(charactersOf(text), question.maximum);
  return (
    <>
      <p class="zn-sub">
        {words.now} {count(before)} → {words.file} {count(after)}
      </p>
      <div class="zn-offline__text">
        {textDifference(before, after).map((piece, at, all) => {
          const { kind, lines } = piece;
          if (kind === "same")
            return lines.length > longestSame ? (
              <p class="zn-sub">{words.same(lines.length)}</p>
            ) : (
              lines.map((line) => <p>{line}</p>)
            );
          const [earlier, later] = [all[at - 1], all[at + 1]];
          if (kind === "new" && earlier?.kind === "old" && pairs(earlier.lines, lines)) return null;
          if (kind === "old" && later?.kind === "new" && pairs(lines, later.lines))
            return lines.map((line, index) => <Reworded before={line} after={later.lines[index] ?? ""} />);
          return lines.map((line) => <p>{kind === "old" ? <del>{line}</del> : <ins>{line}</ins>}</p>);
        })}
        {after === "" && <p class="zn-sub">{words.blank}</p>}
      </div>
    </>
  );
};

const SheetChange = ({ writing, sheet, mine }: { writing: Writing; sheet: SheetName; mine: Content }) => {
  const words = offlineWords(writing.frame.place).preview;
  const changes = sheetDifference(writing, sheet, writing.facts.content, mine);
  if (changes.length === 0) return <p>{words.reordered}</p>;
  return (
    <ul class="govuk-list zn-offline__rows">
      {changes.map(({ kind, row, cells, newNumber }) => (
        <li>
          <b>
            {kind === "added"
              ? words.added(row)
              : kind === "removed"
                ? words.removed(row)
                : words.changedRow(row)}
          </b>
          {cells.map(({ head, before, after }) => (
            <span class="zn-offline__cell">
              {head}： {before !== "" && <del>{before}</del>} {after !== "" && <ins>{after}</ins>}
              {kind === "changed" && after === "" && <span class="zn-sub">{words.blank}</span>}
            </span>
          ))}
          {newNumber && <span class="zn-offline__cell">{words.newNumber}</span>}
        </li>
      ))}
    </ul>
  );
};

const Change = ({
  writing,
  one: { question, state },
  mine,
  kind,
  taken,
}: {
  writing: Writing;
  one: Proposed;
  mine: Content;
  kind: Reading["kind"];
  taken: boolean;
}) => {
  const { place } = writing.frame;
  const words = offlineWords(place).preview;
  const title = say(place, question.title);
  return (
    <section class="zn-offline__change" aria-labelledby={idOf(`h.${question.path}`)}>
      <h2 id={idOf(`h.${question.path}`)}>{title}</h2>
      {state === "both" && (
        <p>
          <Sev place={place} look="ask" /> {words.both}
        </p>
      )}
      {question.kind === "narrative" ? (
        <TextChange writing={writing} question={question} mine={mine} />
      ) : isSheet(question.path) ? (
        <SheetChange writing={writing} sheet={question.path} mine={mine} />
      ) : (
        <div class="zn-pair zn-pair--conflict">
          <div>
            <h3>{words.now}</h3>
            <Answer writing={writing} question={question} />
          </div>
          <div>
            <h3>{words.file}</h3>
            <Answer writing={writing} question={question} content={mine} />
          </div>
        </div>
      )}
      <div class="govuk-checkboxes govuk-checkboxes--small">
        <div class="govuk-checkboxes__item">
          <input
            class="govuk-checkboxes__input"
            type="checkbox"
            id={idOf(`take.${question.path}`)}
            name="take"
            value={question.path}
            checked={taken}
          />
          <label class="govuk-label govuk-checkboxes__label" for={idOf(`take.${question.path}`)}>
            {kind === "paste" ? words.takePaste : words.take(title)}
          </label>
        </div>
      </div>
    </section>
  );
};

const Revisions = ({ writing, reading }: { writing: Writing; reading: Reading }) => {
  const { place } = writing.frame;
  const words = offlineWords(place).preview;
  return (
    <section class="zn-offline__change" aria-labelledby="revisions">
      <h2 id="revisions">
        <Sev place={place} look="ask" /> {words.revisionsTitle}
      </h2>
      <p>{words.revisionsLead(reading.revisions.length)}</p>
      <ul class="govuk-list govuk-list--bullet">
        {reading.revisions.slice(0, 30).map((one) => (
          <li>{say(place, one)}</li>
        ))}
        {reading.revisions.length > 30 && <li>…</li>}
      </ul>
      <Tick id="accept" name="accept" label={words.accept} checked={false} />
    </section>
  );
};

/** What a file or pasted rows would change, to be looked at before anything is saved. */
export const PreviewPage = ({
  writing,
  reading,
  proposal,
  sealed,
  taken,
  trouble,
  stale,
}: {
  writing: Writing;
  reading: Reading;
  proposal: Proposal;
  /** The reading, as it travels to the next step. */
  sealed: string;
  /** Paths that are ticked; null where nobody has chosen yet. */
  taken: readonly string[] | null;
  trouble: Trouble | null;
  /** The draft was saved again since the comparison before this one. */
  stale: boolean;
}): VNode => {
  const { frame, base } = writing;
  const { place } = frame;
  const { preview: words, ...rest } = offlineWords(place);
  const { proposed, kept, mine } = proposal;
  const faulty = reading.faults.length > 0;
  const back = reading.kind === "paste" ? `${base}/offline/paste` : `${base}/offline`;
  const comma = place.language === "zh" ? "、" : ", ";
  const notices = [
    ...reading.notices.map((one) => say(place, one)),
    ...(kept.length === 0 ? [] : [words.kept(kept.map((one) => say(place, one.title)).join(comma))]),
  ];
  return (
    <WorkPage
      frame={frame}
      title={words.title}
      here="/applications"
      error={faulty || trouble !== null || stale}
    >
      <Banner writing={writing} />
      <div class="zn-offline">
        <TroubleSummary place={place} trouble={trouble} />
        <p class="zn-sub">
          <a class="govuk-link" href={back}>
            {reading.kind === "paste" ? rest.paste.title : rest.title}
          </a>
        </p>
        <h1 class="zn-form__h1">{words.title}</h1>
        <Caption writing={writing} />
        <p class="intro">
          {reading.kind === "paste" ? words.pasted : words.from(reading.name)}
          {words.notYet}
        </p>
        {stale && (
          <p class="zn-from" role="alert">
            {words.staleNow}
          </p>
        )}
        {faulty && <Faults writing={writing} reading={reading} sealed={sealed} />}
        {notices.length > 0 && (
          <section aria-labelledby="notices">
            <h2 id="notices">{words.notices}</h2>
            <ul class="govuk-list govuk-list--bullet">
              {notices.map((one) => (
                <li>{one}</li>
              ))}
            </ul>
          </section>
        )}
        {!faulty && proposed.length === 0 && <p role="status">{words.nothing}</p>}
        {!faulty && proposed.length > 0 ? (
          <Form action={`${base}/offline/save`} csrf={frame.csrf} hidden={{ sealed }}>
            {reading.revisions.length > 0 && <Revisions writing={writing} reading={reading} />}
            {proposed.map((one) => (
              <Change
                writing={writing}
                one={one}
                mine={mine}
                kind={reading.kind}
                taken={taken === null || taken.includes(one.question.path)}
              />
            ))}
            <div class="govuk-button-group">
              <button class="govuk-button">{words.saveSome}</button>
              <a class="govuk-link" href={back}>
                {words.cancel}
              </a>
            </div>
          </Form>
        ) : (
          <p>
            <a class="govuk-button" href={back}>
              {reading.kind === "paste" ? words.againPaste : words.again}
            </a>
          </p>
        )}
      </div>
    </WorkPage>
  );
};
