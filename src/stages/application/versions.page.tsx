import type { Place } from "../../ui/place.ts";
import type { Frame } from "../../ui/work-page.tsx";
import type { SectionDifference } from "./versions.ts";
import { ApplicationFrame } from "./view-frame.tsx";
import type { ApplicationView } from "./view.ts";
import { applicationWords } from "./words.ts";

/** Splits two texts into what both begin and end with, and the middle that differs. */
export const middleOf = (before: string, after: string): readonly [string, string, string, string] => {
  const a = Array.from(before);
  const b = Array.from(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end += 1;
  const middle = (all: readonly string[]) => all.slice(start, all.length - end).join("");
  return [
    a.slice(0, start).join(""),
    middle(a),
    middle(b),
    end === 0 ? "" : a.slice(a.length - end).join(""),
  ];
};

const Side = ({ place, text, other, old }: { place: Place; text: string; other: string; old: boolean }) => {
  if (text === "") return <p class="zn-sub">{applicationWords[place.language].diff.empty}</p>;
  const [start, mine, , end] = middleOf(text, other);
  return (
    <p class="zn-diff__text">
      {start}
      {mine !== "" && (old ? <del>{mine}</del> : <ins>{mine}</ins>)}
      {end}
    </p>
  );
};

/** Two versions side by side, only where they differ. */
export const DiffPage = ({
  frame,
  view,
  names,
  sections,
}: {
  frame: Frame;
  view: ApplicationView;
  names: readonly [string, string];
  sections: readonly SectionDifference[];
}) => {
  const { place } = frame;
  const words = applicationWords[place.language].diff;
  const title = words.title(...names);
  const count = sections.reduce((sum, { fields }) => sum + fields.length, 0);
  return (
    <ApplicationFrame frame={frame} view={view} tab={null} title={title}>
      <h2 class="zn-over__h">{title}</h2>
      <p class="zn-sub">{count === 0 ? words.same : words.count(count)}</p>
      {sections.map((section) => (
        <section class="zn-panel zn-diff" aria-labelledby={`diff-${section.id}`}>
          <div class="zn-panel__head">
            <h3 id={`diff-${section.id}`}>{section.title}</h3>
          </div>
          <table class="zn-diff__table">
            <thead>
              <tr>
                <th scope="col">{words.place}</th>
                <th scope="col">{names[0]}</th>
                <th scope="col">{names[1]}</th>
              </tr>
            </thead>
            <tbody>
              {section.fields.map((field) => (
                <tr>
                  <th scope="row">{field.title}</th>
                  <td data-k={names[0]}>
                    {field.before.map((text, index) => (
                      <Side place={place} text={text} other={field.after[index] ?? ""} old />
                    ))}
                  </td>
                  <td data-k={names[1]}>
                    {field.after.map((text, index) => (
                      <Side place={place} text={text} other={field.before[index] ?? ""} old={false} />
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </ApplicationFrame>
  );
};
