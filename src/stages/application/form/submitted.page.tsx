import type { VNode } from "preact";
import { WorkPage } from "../../../ui/work-page.tsx";
import { momentOf } from "./clock.ts";
import { Caption } from "./pieces.tsx";
import type { Writing } from "./writing.ts";

export type Frozen = { readonly number: number; readonly code: string; readonly at: number };

/** What was submitted, by what it is known, and what happens next. */
export const SubmittedPage = ({ writing, frozen }: { writing: Writing; frozen: Frozen }): VNode => {
  const { words, frame, facts, base, internalClosesAt } = writing;
  const { place } = frame;
  const { submitted } = words;
  const unit = facts.organization.name;
  const rows: readonly (readonly [string, string, string?])[] = [
    [submitted.number, `${facts.call.code}-${String(facts.number).padStart(4, "0")}`],
    [submitted.version, submitted.versionOf(frozen.number)],
    [submitted.code, frozen.code, submitted.codeHint],
    [submitted.at, momentOf(place, frozen.at)],
  ];
  return (
    <WorkPage frame={frame} title={submitted.title} here="/applications">
      <div class="zn-checkpage">
        <h1 class="zn-form__h1">{submitted.title}</h1>
        <Caption writing={writing} />
        <p role="status">{submitted.lead(unit)}</p>
        <dl class="govuk-summary-list">
          {rows.map(([label, value, hint]) => (
            <div class="govuk-summary-list__row">
              <dt class="govuk-summary-list__key">{label}</dt>
              <dd class="govuk-summary-list__value">
                {value}
                {hint !== undefined && <div class="zn-sub">{hint}</div>}
              </dd>
            </div>
          ))}
        </dl>
        <h2>{submitted.next}</h2>
        <ol class="govuk-list govuk-list--number">
          {submitted
            .steps(
              unit,
              internalClosesAt === null ? null : momentOf(place, internalClosesAt),
              momentOf(place, facts.call.applyClosesAt),
            )
            .map((step) => (
              <li>{step}</li>
            ))}
        </ol>
        <div class="govuk-button-group">
          <a class="govuk-button" href={base}>
            {submitted.open}
          </a>
          <a class="govuk-link" href={`${base}/papers`}>
            {submitted.papers}
          </a>
          <a class="govuk-link" href={`${base}/receipt`}>
            {submitted.receipt}
          </a>
        </div>
      </div>
    </WorkPage>
  );
};
