import { say } from "../../ui/place.ts";
import type { ItemProps } from "./item.props.ts";
import { endorsementWords } from "./words.ts";

/** Marks at places of the form, for an application that is given back. */

const marksShown = 3;

export const Marks = (props: ItemProps) => {
  const { place } = props.frame;
  const { item } = endorsementWords(place);
  const typed = props.typed?.act === "return" ? props.typed.marks : [];
  const fields = fieldsOf(props);
  return (
    <>
      {Array.from({ length: Math.max(marksShown, typed.length) }, (_one, index) => {
        const mark = typed[index];
        return (
          <div class="zn-mark-row">
            <select class="govuk-select zn-field--s" name="mark-field" aria-label={item.markField(index + 1)}>
              <option value="">{index === 0 ? item.markField(1) : item.noField}</option>
              {fields.map((one) => (
                <option value={one.path} selected={one.path === mark?.field}>
                  {one.title}
                </option>
              ))}
            </select>
            <input
              class="govuk-input zn-field--s"
              name="mark-text"
              value={mark?.text ?? ""}
              aria-label={item.markText(index + 1)}
              placeholder={index === 0 ? item.markText(1) : undefined}
            />
          </div>
        );
      })}
    </>
  );
};

export const placeTitle = (props: ItemProps, path: string): string => {
  const fields = fieldsOf(props);
  return fields.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.title ?? path;
};

type Fields = readonly { readonly path: string; readonly title: string }[];

/** The places of the form that can be marked, as the form names them. */
const fieldsOf = ({ frame: { place }, view }: ItemProps): Fields => {
  const seen = new Set<string>();
  return (view.worded?.sections ?? []).flatMap((section) =>
    section.questions.flatMap(({ path, title }) => {
      if (seen.has(path)) return [];
      seen.add(path);
      return [{ path, title: `${say(place, section.title)} · ${say(place, title)}` }];
    }),
  );
};
