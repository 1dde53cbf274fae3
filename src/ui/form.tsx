import type { ComponentChildren } from "preact";
import { ClauseChip } from "./clause.tsx";
import { type Place, say, wordsOf } from "./place.ts";
import type { Bilingual } from "../core/policy/words.ts";

/** A form of a signed-in person: carries the session's token and one key, so that a double click is one act. */
export const Form = ({
  action,
  csrf,
  hidden = {},
  files = false,
  id,
  children,
}: {
  action: string;
  csrf: string;
  hidden?: Readonly<Record<string, string | number>>;
  files?: boolean;
  id?: string;
  children: ComponentChildren;
}) => (
  <form method="post" action={action} id={id} enctype={files ? "multipart/form-data" : undefined} novalidate>
    <input type="hidden" name="csrf" value={csrf} />
    {Object.entries(hidden).map(([name, value]) => (
      <input type="hidden" name={name} value={String(value)} />
    ))}
    {children}
  </form>
);

type Finding = {
  readonly clause: string;
  readonly path: string;
  readonly message: Bilingual;
  readonly severity: string;
};
type Trouble = {
  readonly reason: Bilingual;
  readonly findings: readonly Finding[];
  readonly faults: readonly { readonly place: string; readonly reason: Bilingual }[];
};

/** Why it was not done, at the top of the page: the reason, then each point with its clause, leading to its field. */
export const TroubleSummary = ({
  place,
  trouble,
  hrefOf = () => undefined,
}: {
  place: Place;
  trouble: Trouble | null;
  hrefOf?: (path: string) => string | undefined;
}) => {
  if (trouble === null) return null;
  const line = (path: string, text: string) => {
    const href = hrefOf(path);
    return href === undefined ? text : <a href={href}>{text}</a>;
  };
  const errors = trouble.findings.filter((one) => one.severity === "error");
  return (
    <div class="govuk-error-summary" role="alert" tabIndex={-1} data-focus>
      <h2 class="govuk-error-summary__title">{wordsOf(place).work.notDone}</h2>
      <div class="govuk-error-summary__body">
        <p>{say(place, trouble.reason)}</p>
        <ul class="govuk-list govuk-error-summary__list">
          {errors.map((one) => (
            <li>
              {line(one.path, say(place, one.message))}{" "}
              {one.clause !== "" && <ClauseChip place={place} id={one.clause} />}
            </li>
          ))}
          {trouble.faults.map((one) => (
            <li>{line(one.place, say(place, one.reason))}</li>
          ))}
        </ul>
      </div>
    </div>
  );
};
