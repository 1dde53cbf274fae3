import { type Place, say, wordsOf } from "../../ui/place.ts";
import { sizeText } from "./file-size.ts";
import type { Answer, Answered } from "./view-answers.ts";
import { answersOf } from "./view-answers.ts";
import { attachmentTitles } from "./view-titles.ts";
import type { ApplicationView, AttachmentView } from "./view.ts";
import { applicationWords } from "./words.ts";

/** Attachments as links that save them; they are never shown in the platform's own origin. */
export const AttachmentList = ({
  place,
  application,
  attachments,
}: {
  place: Place;
  application: string;
  attachments: readonly AttachmentView[];
}) => {
  const words = applicationWords[place.language].view;
  if (attachments.length === 0) return <span class="zn-sub">{words.noFiles}</span>;
  return (
    <ul class="govuk-list zn-files">
      {attachments.map((one) => {
        const type = attachmentTitles[one.type];
        return (
          <li>
            <a class="govuk-link" href={`${place.home}/applications/${application}/files/${one.id}`} download>
              {one.filename}
            </a>
            <span class="zn-sub">
              {[type === undefined ? one.type : say(place, type), sizeText(one.size), one.note]
                .filter((text) => text !== "")
                .join(" · ")}
            </span>
          </li>
        );
      })}
    </ul>
  );
};

const Said = ({ place, answer, view }: { place: Place; answer: Answer; view: ApplicationView }) => {
  const empty = <span class="zn-sub">{applicationWords[place.language].view.empty}</span>;
  if (answer.kind === "files")
    return (
      <AttachmentList
        place={place}
        application={view.id}
        attachments={view.attachments.filter(({ type }) => answer.only === null || type === answer.only)}
      />
    );
  if (answer.kind === "text")
    return answer.lines.length === 0 ? (
      empty
    ) : (
      <>
        {answer.lines.map((line) => (
          <p>{line}</p>
        ))}
      </>
    );
  if (answer.rows.length === 0) return <span class="zn-sub">{wordsOf(place).work.none}</span>;
  return (
    <table class="zn-dense zn-cards zn-said">
      <thead>
        <tr>
          {answer.head.map((name, index) => (
            <th scope="col" class={answer.numbers.includes(index) ? "num" : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.rows.map(({ key, cells }) => (
          <tr class={key === "total" ? "is-total" : undefined}>
            {cells.map((cell, index) => (
              <td
                class={answer.numbers.includes(index) ? "num" : undefined}
                data-k={cell === "" ? undefined : answer.head[index]}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const isWide = ({ answer }: Answered["questions"][number]): boolean =>
  answer.kind === "table" || (answer.kind === "text" && answer.lines.join("").length > 120);

/**
 * 申报书: the worded document of what the reader may see, section by section. `level` is that of the section titles; `after` puts
 * something of the page behind a question (a mark, a finding), by its path.
 */
export const ApplicationSheet = ({
  place,
  view,
  after,
}: {
  place: Place;
  view: ApplicationView;
  after?: (path: string) => preact.ComponentChildren;
}) => (
  <div class="zn-doc">
    {answersOf(place.policy, view.content, view.worded, view.lead, place.language).map(
      ({ id, title, questions }, index) => (
        <section id={`section-${id}`}>
          <h2>
            {index + 1}　{title}
          </h2>
          <dl class="govuk-summary-list">
            {questions.map((question) => (
              <div
                class={isWide(question) ? "govuk-summary-list__row zn-doc__wide" : "govuk-summary-list__row"}
                id={`answer-${question.path}`}
              >
                <dt class="govuk-summary-list__key">{question.title}</dt>
                <dd class="govuk-summary-list__value">
                  <Said place={place} answer={question.answer} view={view} />
                  {after?.(question.path)}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ),
    )}
  </div>
);
