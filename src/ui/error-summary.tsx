import { type Place, wordsOf } from "./place.ts";

export type FieldError = { readonly href: string; readonly text: string };

/** Stands before everything else on a page with errors; each line leads to its field. */
export const ErrorSummary = ({ place, errors }: { place: Place; errors: readonly FieldError[] }) =>
  errors.length === 0 ? null : (
    <div class="govuk-error-summary" role="alert" tabIndex={-1} data-focus>
      <h2 class="govuk-error-summary__title">{wordsOf(place).errorSummary}</h2>
      <ul class="govuk-list govuk-error-summary__list">
        {errors.map((error) => (
          <li>
            <a href={error.href}>{error.text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
