import { choicesOf } from "../../core/policy/self-check-answer.ts";
import { say } from "../../ui/place.ts";
import type { InputProps } from "./self-check.inputs.tsx";
import { categoryLines, directionLines, fieldLines, type Line } from "./self-check.options.tsx";
import { wordsOf } from "./self-check.words.ts";

const linesOf = ({ check, question }: InputProps): readonly Line[] => {
  if (question.kind === "category") return categoryLines(check);
  if (question.kind === "field") return fieldLines(check);
  if (question.kind === "direction") return directionLines(check);
  return question.options.map((option) => ({
    value: option.value,
    title: say(check.place, option.title),
    ...(option.hint && { hint: say(check.place, option.hint) }),
    ...(option.group && { group: say(check.place, option.group) }),
  }));
};

const OneLine = ({ props, line, id }: { props: InputProps; line: Line; id: string }) => {
  const { check, question } = props;
  const kind = question.kind === "choices" ? "checkboxes" : "radios";
  return (
    <div class="zn-sc-line">
      <div class={`govuk-${kind}__item`}>
        <input
          class={`govuk-${kind}__input`}
          id={id}
          name={question.id}
          type={kind === "radios" ? "radio" : "checkbox"}
          value={line.value}
          checked={
            check.raw(question.id).includes(line.value) ||
            check.answers.get(question.id)?.includes(line.value)
          }
          aria-describedby={line.hint === undefined ? undefined : `${id}-hint`}
        />
        <label class={`govuk-label govuk-${kind}__label`} for={id}>
          {line.title}
        </label>
        {line.hint !== undefined && (
          <div class={`govuk-hint govuk-${kind}__hint`} id={`${id}-hint`}>
            {line.hint}
          </div>
        )}
      </div>
      {line.more}
    </div>
  );
};

/** Lines that stand under the same heading. */
const grouped = (lines: readonly Line[]) => {
  const groups: { heading: string | undefined; lines: Line[] }[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last === undefined || line.group !== undefined) groups.push({ heading: line.group, lines: [line] });
    else last.lines.push(line);
  }
  return groups;
};

/** Radios or checkboxes; the first carries the question's own id, so that the error summary leads to it. */
export const Choose = (props: InputProps) => {
  const { question } = props;
  const lines = linesOf(props);
  const kind = question.kind === "choices" ? "checkboxes" : "radios";
  const groups = grouped(lines);
  return (
    <div class={`govuk-${kind} zn-sc-lines zn-sc-lines--${question.kind}`}>
      {groups.map(({ heading, lines: some }, index) => {
        const body = some.map((line) => (
          <OneLine
            props={props}
            line={line}
            id={line === lines[0] ? question.id : `${question.id}-${line.value}`}
          />
        ));
        return heading === undefined ? (
          body
        ) : (
          <div
            class={
              some.length > 4 && some.every((line) => line.more === undefined)
                ? "zn-sc-group zn-sc-group--many"
                : "zn-sc-group"
            }
            role="group"
            aria-labelledby={`${question.id}-group-${index}`}
          >
            <h2 class="zn-sc-group__title" id={`${question.id}-group-${index}`}>
              {heading}
            </h2>
            {body}
          </div>
        );
      })}
    </div>
  );
};

const sorted = (language: "zh" | "en", titles: readonly { value: string; text: string }[]) => {
  const order = new Intl.Collator(language === "zh" ? "zh-CN" : "en");
  return titles.toSorted((one, other) => order.compare(one.text, other.text));
};

/** A long list of names: sorted in the reader's language, the pack's first and last entries stay where they are. */
export const Select = ({ check, question, describedBy, invalid }: InputProps) => {
  const { place, programme, answers } = check;
  const all = choicesOf(question, programme, answers).map((one) => ({
    value: one.value,
    text: say(place, one.title),
  }));
  const ends = [all.slice(0, 1), all.slice(-1)] as const;
  const lines = [...ends[0], ...sorted(place.language, all.slice(1, -1)), ...ends[1]];
  const chosen = check.raw(question.id)[0] ?? "";
  return (
    <select
      class={`govuk-select${invalid ? " govuk-select--error" : ""}`}
      id={question.id}
      name={question.id}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
    >
      <option value="">{wordsOf(place).pick}</option>
      {lines.map((line) => (
        <option value={line.value} selected={line.value === chosen}>
          {line.text}
        </option>
      ))}
    </select>
  );
};
