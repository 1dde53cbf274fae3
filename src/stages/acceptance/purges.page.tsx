import { ExportLink } from "../../ui/export-link.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import { shortText } from "../endorsement/moment.ts";
import type { Trouble } from "../registration/desk.ts";
import type { PurgeRow } from "./purge-queries.ts";
import { acceptanceWords } from "./words.ts";

export type PurgesPageProps = {
  readonly frame: Frame;
  readonly rows: readonly PurgeRow[];
  readonly trouble: Trouble | null;
  readonly done: string | null;
  readonly typed: { readonly label: string; readonly reason: string };
};

/** Destructions: proposed by one security administrator, carried out by another. Shows numbers, never titles. */
export const PurgesPage = ({ frame, rows, trouble, done, typed }: PurgesPageProps) => {
  const { place, csrf } = frame;
  const words = acceptanceWords(place).purges;
  return (
    <WorkPage frame={frame} title={words.title} here="/purges" error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} hrefOf={(path) => `#${path}`} />
      {done !== null && (
        <div class="zn-done" role="status">
          <Icon place={place} name="ok" /> {done}
        </div>
      )}
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/purges" />
        </div>
      </div>
      <p class="zn-lead">{words.lead}</p>
      {rows.length === 0 ? (
        <p class="zn-empty">{words.none}</p>
      ) : (
        <table class="zn-dense zn-cards">
          <caption class="govuk-visually-hidden">{words.title}</caption>
          <thead>
            <tr>
              {words.columns.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <td class="nw">{row.label}</td>
                <td class="zn-words" data-k={words.columns[1]}>
                  {row.reason}
                </td>
                <td class="nw quiet" data-k={words.columns[2]}>
                  {shortText(row.proposedAt)}
                </td>
                <td class="nw">
                  {row.confirmedAt !== null ? (
                    words.gone(shortText(row.confirmedAt))
                  ) : row.mayConfirm ? (
                    <Form
                      action={`${place.home}/purges/${row.id}`}
                      csrf={csrf}
                      hidden={{ key: crypto.randomUUID(), version: row.version }}
                    >
                      <button class="govuk-button govuk-button--warning zn-button--s">
                        {words.confirm(row.label)}
                      </button>
                    </Form>
                  ) : (
                    words.waiting
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2 class="zn-apart">{words.propose}</h2>
      <Form action={`${place.home}/purges`} csrf={csrf} hidden={{ key: crypto.randomUUID() }}>
        <TextField id="label" label={words.label} hint={words.labelHint} value={typed.label} width={20} />
        <TextArea id="reason" label={words.reason} hint={words.reasonHint} rows={3} value={typed.reason} />
        <button class="govuk-button govuk-button--secondary">{words.propose}</button>
      </Form>
    </WorkPage>
  );
};
