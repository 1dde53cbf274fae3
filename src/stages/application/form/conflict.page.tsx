import type { VNode } from "preact";
import type { Content } from "../../../core/application/content.ts";
import { Choices } from "../../../ui/field.tsx";
import { Form } from "../../../ui/form.tsx";
import { say } from "../../../ui/place.ts";
import { WorkPage } from "../../../ui/work-page.tsx";
import { Answer } from "./answers.tsx";
import { Caption } from "./pieces.tsx";
import { idOf, type Question, type Section, type Writing } from "./writing.ts";

/** Fields of the form itself, which the next save writes anew. */
const own = /^(?:csrf|version|act|choose\.)/;

/** A save that came after another one: both texts side by side, and the writer chooses. What was typed travels along. */
export const ConflictPage = ({
  writing,
  section,
  questions,
  mine,
  posted,
}: {
  writing: Writing;
  section: Section;
  /** Those that differ. */
  questions: readonly Question[];
  /** The content as it would be after this save. */
  mine: Content;
  posted: URLSearchParams;
}): VNode => {
  const { words, frame, facts, base } = writing;
  const { place } = frame;
  const address = `${base}/form/${section.id}`;
  return (
    <WorkPage frame={frame} title={words.conflict.title} here="/applications" error>
      <div class="zn-conflict">
        <h1 class="zn-form__h1">{words.conflict.title}</h1>
        <Caption writing={writing} />
        <p class="intro" role="alert">
          {words.conflict.lead}
        </p>
        <Form action={address} csrf={frame.csrf} hidden={{ version: facts.draftVersion, act: "save" }}>
          {[...posted]
            .filter(([name]) => !own.test(name))
            .map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
          {questions.map((question) => (
            <section class="zn-conflict__one">
              <h2>{say(place, question.title)}</h2>
              <div class="zn-pair zn-pair--conflict">
                <div>
                  <h3>{words.conflict.mine}</h3>
                  <Answer writing={writing} question={question} content={mine} />
                </div>
                <div>
                  <h3>{words.conflict.stored}</h3>
                  <Answer writing={writing} question={question} />
                </div>
              </div>
              <Choices
                id={idOf(`choose.${question.path}`)}
                name={`choose.${question.path}`}
                label={words.conflict.use(say(place, question.title))}
                kind="radio"
                inline
                values={["mine"]}
                options={[
                  { value: "mine", text: words.conflict.mine },
                  { value: "stored", text: words.conflict.stored },
                ]}
              />
            </section>
          ))}
          <div class="govuk-button-group">
            <button class="govuk-button">{words.conflict.keep}</button>
            <a class="govuk-link" href={address}>
              {words.conflict.cancel}
            </a>
          </div>
        </Form>
      </div>
    </WorkPage>
  );
};
