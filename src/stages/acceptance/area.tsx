import { Group } from "../../ui/field.tsx";

/** A text area that belongs to a form elsewhere on the page. */
export const Area = ({
  id,
  name = id,
  form,
  label,
  hint,
  rows,
  value,
  error,
}: {
  id: string;
  name?: string;
  form: string;
  label: string;
  hint: string;
  rows: number;
  value: string;
  error?: string | undefined;
}) => (
  <Group id={id} label={label} hint={hint} error={error}>
    <textarea
      id={id}
      name={name}
      form={form}
      rows={rows}
      class={error === undefined ? "govuk-textarea" : "govuk-textarea govuk-textarea--error"}
      aria-describedby={error === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
      {...(error === undefined ? {} : { "aria-invalid": true })}
    >
      {value}
    </textarea>
  </Group>
);
