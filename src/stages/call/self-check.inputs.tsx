import { formatDate } from "../../core/calendar.ts";
import { categoryOf, type DatePart } from "../../core/policy/self-check-answer.ts";
import type { SelfCheckQuestion } from "../../core/policy/self-check.ts";
import { wordsOf as uiWords } from "../../ui/place.ts";
import { carry, type Check, questionPath } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";

export type InputProps = {
  readonly check: Check;
  readonly question: SelfCheckQuestion;
  /** Ids of what describes the input: hint and error. */
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
};

/** What was written, as it was written: a mistake is corrected, not typed again. */
const writtenIn = ({ check, question }: InputProps, name = question.id) =>
  (check.raw(name)[0] ?? "").slice(0, 200);

const inputClass = (width: string, wrong: boolean) =>
  `govuk-input ${width}${wrong ? " govuk-input--error" : ""}`;

/** A number with its unit behind it. */
export const NumberInput = (props: InputProps) => {
  const { check, question, describedBy, invalid } = props;
  const unit = question.kind === "percent" ? "%" : uiWords(check.place).tenThousand;
  return (
    <div class="govuk-input__wrapper">
      <input
        class={inputClass("govuk-input--width-5", invalid)}
        id={question.id}
        name={question.id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        maxLength={40}
        value={writtenIn(props)}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
      />
      <div class="govuk-input__suffix" aria-hidden="true">
        {unit}
      </div>
    </div>
  );
};

export const TextInput = (props: InputProps) => (
  <input
    class={inputClass("", props.invalid)}
    id={props.question.id}
    name={props.question.id}
    type="text"
    maxLength={200}
    value={writtenIn(props)}
    aria-describedby={props.describedBy}
    aria-invalid={props.invalid || undefined}
  />
);

const parts: readonly DatePart[] = ["year", "month", "day"];

/** Year, month and day; what stands in one text is taken apart. */
export const DateInput = (props: InputProps & { readonly faults: readonly DatePart[] }) => {
  const { check, question, faults } = props;
  const words = wordsOf(check.place).parts;
  const whole = writtenIn(props).split("-");
  return (
    <div class="govuk-date-input" id={question.id}>
      {parts.map((part, index) => (
        <div class="govuk-date-input__item">
          <label class="govuk-label" for={`${question.id}-${part}`}>
            {words[part]}
          </label>
          <input
            class={inputClass(
              part === "year" ? "govuk-input--width-4" : "govuk-input--width-2",
              faults.includes(part),
            )}
            id={`${question.id}-${part}`}
            name={`${question.id}-${part}`}
            type="text"
            inputMode="numeric"
            autocomplete="off"
            maxLength={12}
            value={
              whole.length === 3 ? String(Number(whole[index])) : writtenIn(props, `${question.id}-${part}`)
            }
            aria-invalid={faults.includes(part) || undefined}
          />
        </div>
      ))}
    </div>
  );
};

/** The usual last day of the category, one click away. */
export const UsualEnd = ({ check, question }: Pick<InputProps, "check" | "question">) => {
  const end = categoryOf(check.programme, check.answers)?.period.end.date;
  if (question.path !== "application.periodEnd" || end === undefined) return null;
  const href = carry(
    check,
    questionPath(question.id),
    [
      [question.id, end],
      ["go", "1"],
    ],
    question.id,
  );
  return (
    <a class="govuk-button govuk-button--secondary" href={href}>
      {wordsOf(check.place).usual(formatDate(end, check.place.language))}
    </a>
  );
};
