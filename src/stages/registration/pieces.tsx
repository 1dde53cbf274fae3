import type { ComponentChildren } from "preact";
import { civilDateOf } from "../../core/calendar.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { Choices, type Option, SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { TroubleSummary } from "../../ui/form.tsx";
import { type Place, say } from "../../ui/place.ts";
import type { Frame } from "../../ui/work-page.tsx";
import { hourOf } from "../../ui/when.tsx";
import type { Trouble, Work } from "./desk.ts";
import { csrfOf } from "./sessions.ts";
import { wordsFor } from "./words.ts";

/** Pieces of the pages of accounts and registers. */

/** A form that was not accepted: which one, what was entered, why. */
export type Tried = { readonly act: string; readonly form: URLSearchParams; readonly trouble: Trouble };

export const frameOf = ({ platform, place, viewer, session }: Work): Frame => ({
  place,
  viewer,
  csrf: csrfOf(platform, session),
});

export const fieldId = (act: string, name: string): string => `${act}-${name.replaceAll(".", "-")}`;

/** Why the form was not accepted; each point leads to its field. */
export const WhyNot = ({ place, tried }: { place: Place; tried: Tried | null }) =>
  tried === null ? null : (
    <TroubleSummary
      place={place}
      trouble={tried.trouble}
      hrefOf={(path) => (path === "" ? undefined : `#${fieldId(tried.act, path)}`)}
    />
  );

/** What was done, after the way back to the page. */
export const Done = ({ place, done }: { place: Place; done: string | undefined }) => {
  const text = done === undefined ? undefined : wordsFor(place).done[done];
  return text === undefined ? null : (
    <p class="zn-regdone" role="status">
      {text}
    </p>
  );
};

/** Values and errors of the fields of one form: what was entered before, or what is kept. */
export const fieldsOf = (place: Place, act: string, tried: Tried | null) => {
  const own = tried?.act === act ? tried : null;
  const common = (name: string, fallback: string) => {
    const error = own?.trouble.faults.find((one) => one.place === name);
    return {
      id: fieldId(act, name),
      name,
      value: own?.form.get(name) ?? fallback,
      error: error === undefined ? undefined : say(place, error.reason),
    };
  };
  type More = {
    readonly hint?: string;
    readonly fallback?: string;
    readonly type?: "text" | "password" | "email" | "tel" | "date" | "datetime-local";
    readonly numeric?: boolean;
    readonly auto?: string;
    readonly rows?: number;
  };
  return {
    line: (name: string, label: string, { hint, fallback = "", type = "text", numeric, auto }: More = {}) => {
      const field = common(name, fallback);
      return (
        <TextField
          {...field}
          value={type === "password" ? "" : field.value}
          label={label}
          hint={hint}
          type={type}
          {...(numeric ? { inputMode: "numeric" as const } : {})}
          {...(auto === undefined ? {} : { autoComplete: auto })}
        />
      );
    },
    area: (name: string, label: string, { hint, fallback = "", rows = 3 }: More = {}) => (
      <TextArea {...common(name, fallback)} label={label} hint={hint} rows={rows} />
    ),
    select: (name: string, label: string, options: readonly Option[], { hint, fallback = "" }: More = {}) => (
      <SelectField {...common(name, fallback)} label={label} hint={hint} options={options} />
    ),
    radios: (name: string, label: string, options: readonly Option[], { hint, fallback = "" }: More = {}) => {
      const { value, ...field } = common(name, fallback);
      return (
        <Choices
          {...field}
          kind="radio"
          label={label}
          hint={hint}
          values={[value]}
          options={options}
          inline
        />
      );
    },
  };
};

/** Codes with their words, as a list to choose from. */
export const optionsOf = (
  place: Place,
  titles: Readonly<Record<string, Bilingual>>,
  first?: string,
): readonly Option[] => [
  ...(first === undefined ? [] : [{ value: "", text: first }]),
  ...Object.entries(titles).map(([value, title]) => ({ value, text: say(place, title) })),
];

/** `2024-06-20 14:31`, in the civil time of the guide. */
export const momentOf = (instant: number): string => `${civilDateOf(instant)} ${hourOf(instant)}`;

export const Button = ({
  children,
  kind = "primary",
  small = false,
}: {
  children: ComponentChildren;
  kind?: "primary" | "secondary" | "warning";
  small?: boolean;
}) => (
  <button
    class={["govuk-button", kind !== "primary" && `govuk-button--${kind}`, small && "zn-button--s"]
      .filter(Boolean)
      .join(" ")}
  >
    {children}
  </button>
);

/** A row of filters above a table; a plain GET form. */
export const Filters = ({ action, children }: { action: string; children: ComponentChildren }) => (
  <form class="zn-regfilters" method="get" action={action}>
    {children}
  </form>
);

/** A part of a page with its heading; `open`: folded away until wanted, or open when something in it went wrong. */
export const Fold = ({
  title,
  open,
  children,
}: {
  title: string;
  open: boolean;
  children: ComponentChildren;
}) => (
  <details class="govuk-details zn-regfold" open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{title}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
);
