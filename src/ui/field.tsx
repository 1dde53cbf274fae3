import type { ComponentChildren } from "preact";

/** Form controls on govuk-frontend's classes: label, hint, error and control belong together by their ids. */

type Common = {
  readonly id: string;
  readonly name?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong here and what to do; the control points to it. */
  readonly error?: string | undefined;
  /** Shown to the eye only as a table's head; still read aloud. */
  readonly hidden?: boolean;
};

const describedBy = ({ id, hint, error }: Common): string | undefined =>
  [hint === undefined ? "" : `${id}-hint`, error === undefined ? "" : `${id}-error`]
    .filter((one) => one !== "")
    .join(" ") || undefined;

/** Label, hint, error, then the control. */
export const Group = ({
  id,
  label,
  hint,
  error,
  hidden,
  children,
}: Common & { children: ComponentChildren }) => (
  <div class={error === undefined ? "govuk-form-group" : "govuk-form-group govuk-form-group--error"}>
    <label class={hidden ? "govuk-label govuk-visually-hidden" : "govuk-label"} for={id}>
      {label}
    </label>
    {hint !== undefined && (
      <div id={`${id}-hint`} class="govuk-hint">
        {hint}
      </div>
    )}
    {error !== undefined && (
      <p id={`${id}-error`} class="govuk-error-message">
        {error}
      </p>
    )}
    {children}
  </div>
);

type TextProps = Common & {
  readonly value: string;
  readonly type?: "text" | "password" | "email" | "tel" | "date" | "datetime-local" | "search";
  readonly inputMode?: "numeric" | "decimal";
  readonly autoComplete?: string;
  readonly suffix?: string;
  /** Width in characters: one of govuk's. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20;
  readonly spellcheck?: boolean;
};

export const TextField = (props: TextProps) => {
  const { id, name = id, value, type = "text", inputMode, autoComplete, suffix, width, error } = props;
  const input = (
    <input
      id={id}
      name={name}
      // The types of preact tie a role to each kind of input; the roles are the browser's own here.
      // oxlint-disable-next-line typescript/no-unnecessary-type-assertion -- the compiler needs it
      type={type as "text"}
      value={value}
      class={["govuk-input", width && `govuk-input--width-${width}`, error && "govuk-input--error"]
        .filter(Boolean)
        .join(" ")}
      {...(inputMode === undefined ? {} : { inputMode })}
      {...(autoComplete === undefined ? {} : { autoComplete })}
      spellcheck={props.spellcheck ?? false}
      aria-describedby={describedBy(props)}
      {...(error === undefined ? {} : { "aria-invalid": true })}
    />
  );
  return (
    <Group {...props}>
      {suffix === undefined ? (
        input
      ) : (
        <div class="govuk-input__wrapper">
          {input}
          <div class="govuk-input__suffix" aria-hidden="true">
            {suffix}
          </div>
        </div>
      )}
    </Group>
  );
};

export const TextArea = (
  props: Common & { readonly value: string; readonly rows?: number; readonly maximum?: number },
) => {
  const { id, name = id, value, rows = 5, error } = props;
  return (
    <Group {...props}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        class={error === undefined ? "govuk-textarea" : "govuk-textarea govuk-textarea--error"}
        aria-describedby={describedBy(props)}
        {...(error === undefined ? {} : { "aria-invalid": true })}
        data-maximum={props.maximum}
      >
        {value}
      </textarea>
    </Group>
  );
};

export type Option = { readonly value: string; readonly text: string; readonly hint?: string };

export const SelectField = (
  props: Common & { readonly value: string; readonly options: readonly Option[] },
) => {
  const { id, name = id, value, options, error } = props;
  return (
    <Group {...props}>
      <select
        id={id}
        name={name}
        class={error === undefined ? "govuk-select" : "govuk-select govuk-select--error"}
        aria-describedby={describedBy(props)}
      >
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </Group>
  );
};

type ChoiceProps = Common & {
  readonly kind: "radio" | "checkbox";
  readonly values: readonly string[];
  readonly options: readonly Option[];
  readonly inline?: boolean;
};

/** Radios or checkboxes in one fieldset; the first has the id of the group, so that an error leads to it. */
export const Choices = (props: ChoiceProps) => {
  const { id, name = id, label, hint, error, kind, values, options, inline = false } = props;
  const block = kind === "radio" ? "govuk-radios" : "govuk-checkboxes";
  return (
    <div class={error === undefined ? "govuk-form-group" : "govuk-form-group govuk-form-group--error"}>
      <fieldset class="govuk-fieldset" aria-describedby={describedBy(props)}>
        <legend class="govuk-fieldset__legend">{label}</legend>
        {hint !== undefined && (
          <div id={`${id}-hint`} class="govuk-hint">
            {hint}
          </div>
        )}
        {error !== undefined && (
          <p id={`${id}-error`} class="govuk-error-message">
            {error}
          </p>
        )}
        <div class={inline ? `${block} ${block}--inline` : block}>
          {options.map((option, index) => {
            const own = index === 0 ? id : `${id}-${index}`;
            return (
              <div class={`${block}__item`}>
                <input
                  class={`${block}__input`}
                  id={own}
                  name={name}
                  type={kind}
                  value={option.value}
                  checked={values.includes(option.value)}
                  aria-describedby={option.hint === undefined ? undefined : `${own}-item-hint`}
                />
                <label class={`govuk-label ${block}__label`} for={own}>
                  {option.text}
                </label>
                {option.hint !== undefined && (
                  <div id={`${own}-item-hint`} class={`govuk-hint ${block}__hint`}>
                    {option.hint}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
};

/** One statement that is agreed to. */
export const Tick = ({
  id,
  name = id,
  label,
  hint,
  error,
  checked,
}: Common & { readonly checked: boolean }) => (
  <div class={error === undefined ? "govuk-form-group" : "govuk-form-group govuk-form-group--error"}>
    {error !== undefined && (
      <p id={`${id}-error`} class="govuk-error-message">
        {error}
      </p>
    )}
    <div class="govuk-checkboxes">
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          id={id}
          name={name}
          type="checkbox"
          value="1"
          checked={checked}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        />
        <label class="govuk-label govuk-checkboxes__label" for={id}>
          {label}
        </label>
        {hint !== undefined && (
          <div id={`${id}-hint`} class="govuk-hint govuk-checkboxes__hint">
            {hint}
          </div>
        )}
      </div>
    </div>
  </div>
);

export const FileField = (props: Common & { readonly accept?: string }) => {
  const { id, name = id, accept, error } = props;
  return (
    <Group {...props}>
      <input
        id={id}
        name={name}
        type="file"
        accept={accept}
        class={error === undefined ? "govuk-file-upload" : "govuk-file-upload govuk-file-upload--error"}
        aria-describedby={describedBy(props)}
      />
    </Group>
  );
};
