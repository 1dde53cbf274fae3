import type { Policy } from "../../core/policy/policy.ts";
import type { Place } from "../../ui/place.ts";
import { answersOf } from "../application/view-answers.ts";
import type { ApplicationView } from "../application/view.ts";

/** What was filed, question by question, as an officer reads it; files stand in their own list. */
export const FiledSheet = ({
  place,
  policy,
  view,
}: {
  place: Place;
  policy: Policy;
  view: ApplicationView;
}) => (
  <>
    {answersOf(policy, view.content, view.worded, view.lead, place.language).map((section) => (
      <section id={`s-${section.id}`}>
        <h2>{section.title}</h2>
        {section.questions.map(({ id, title, answer }) =>
          answer.kind === "files" || (answer.kind === "text" && answer.lines.length === 0) ? null : (
            <div id={`q-${id}`}>
              <h3>{title}</h3>
              {answer.kind === "text" ? (
                answer.lines.map((line) => <p>{line}</p>)
              ) : (
                <div class="zn-scroll" role="region" aria-label={title} tabIndex={0}>
                  <table class="zn-dense">
                    <caption class="govuk-visually-hidden">{title}</caption>
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
                      {answer.rows.map((row) => (
                        <tr>
                          {row.cells.map((cell, index) => (
                            <td class={answer.numbers.includes(index) ? "num" : undefined}>{cell}</td>
                          ))}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </div>
          ),
        )}
      </section>
    ))}
  </>
);
