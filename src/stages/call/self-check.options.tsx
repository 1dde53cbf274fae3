import type { ComponentChildren } from "preact";
import type { GuideNode } from "../../core/guide/guide.ts";
import type { Category, Field } from "../../core/policy/programme.ts";
import { categoryOf, fieldOf } from "../../core/policy/self-check-answer.ts";
import { money, sayFact } from "../../core/policy/words.ts";
import { officialLang } from "../../ui/official.tsx";
import { type Place, say } from "../../ui/place.ts";
import { carry, type Check, questionPath } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";

/** One line to choose: what it is called, what helps to choose it, and the heading it begins. */
export type Line = {
  readonly value: string;
  readonly title: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** Opened on demand below the line. */
  readonly more?: ComponentChildren;
  readonly group?: string | undefined;
};

const GuideText = ({ place, node }: { place: Place; node: GuideNode }) => (
  <>
    {node.text
      .split("\n")
      .filter((paragraph) => paragraph !== "")
      .map((paragraph) => (
        <p lang={officialLang(place)}>{paragraph}</p>
      ))}
    {node.children.map((child) => (
      <>
        <p lang={officialLang(place)}>
          {child.marker} {child.heading}
        </p>
        <GuideText place={place} node={child} />
      </>
    ))}
  </>
);

const More = ({ summary, children }: { summary: string; children: ComponentChildren }) => (
  <details class="govuk-details zn-sc-more">
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{summary}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
);

const textOf = (place: Place, id: string) => {
  const node = place.policy.nodes.get(id);
  return node === undefined || (node.text === "" && node.children.length === 0) ? undefined : (
    <More summary={wordsOf(place).guideText}>
      <GuideText place={place} node={node} />
    </More>
  );
};

/** The categories with what decides between them: money, time, quota. */
export const categoryLines = ({ place, programme }: Check): readonly Line[] => {
  const words = wordsOf(place);
  return programme.categories.map((category: Category) => ({
    value: category.code,
    title: say(place, category.title),
    hint: (
      <>
        {say(place, category.summary)}
        <span class="zn-sc-facts">
          <b>{words.ceiling(sayFact(money(category.ceiling.amount), place.language))}</b>
          <span>{words.years(category.period.end.years, category.period.end.exact)}</span>
        </span>
      </>
    ),
  }));
};

/** Directions of a field as links: who knows the direction need not answer twice. */
const Directions = ({ check, field }: { check: Check; field: Field }) => {
  const { place } = check;
  return (
    <More summary={wordsOf(place).directions(field.directions.length)}>
      <ul class="zn-sc-directions">
        {field.directions.map((direction) => (
          <li>
            <a
              class="govuk-link"
              href={carry(
                check,
                questionPath("field"),
                [
                  ["field", field.code],
                  ["direction", direction.code],
                  ["go", "1"],
                ],
                "field",
              )}
            >
              {direction.node.split("/").at(-1)} {say(place, direction.title)}
            </a>
          </li>
        ))}
      </ul>
    </More>
  );
};

export const fieldLines = (check: Check): readonly Line[] =>
  (categoryOf(check.programme, check.answers)?.fields ?? []).map((field) => ({
    value: field.code,
    title: say(check.place, field.title),
    more:
      field.directions.length > 0 ? (
        <Directions check={check} field={field} />
      ) : (
        textOf(check.place, field.node)
      ),
  }));

/** Directions under the headings that the guide sets over them. */
export const directionLines = ({ place, programme, answers }: Check): readonly Line[] => {
  const field = fieldOf(programme, answers);
  let last = field?.node;
  return (field?.directions ?? []).map((direction) => {
    const parent = direction.node.split("/").slice(0, -1).join("/");
    const heading = parent === last ? undefined : place.policy.nodes.get(parent)?.heading;
    last = parent;
    return {
      value: direction.code,
      title: (
        <>
          <span class="zn-sc-no">{direction.node.split("/").at(-1)}</span> {say(place, direction.title)}
        </>
      ),
      more: textOf(place, direction.node),
      group: heading,
    };
  });
};
