import { ClauseChip } from "../../ui/clause.tsx";
import { ExportLink } from "../../ui/export-link.tsx";
import { TextArea } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import { shortText } from "../endorsement/moment.ts";
import type { Trouble } from "../registration/desk.ts";
import type { ExceptionRow } from "./exception-queries.ts";
import { acceptanceWords } from "./words.ts";

export type ExceptionsPageProps = {
  readonly frame: Frame;
  readonly rows: readonly ExceptionRow[];
  readonly trouble: Trouble | null;
  readonly done: string | null;
  /** What was written for which one, where it was refused. */
  readonly typed: { readonly id: string; readonly reason: string };
};

/** 一般 / 原则上: each with its clause, who asked why, and the step that is the reader's. */
export const ExceptionsPage = ({ frame, rows, trouble, done, typed }: ExceptionsPageProps) => {
  const { place, csrf } = frame;
  const words = acceptanceWords(place).exceptions;
  return (
    <WorkPage frame={frame} title={words.title} here="/exceptions" error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} />
      {done !== null && (
        <div class="zn-done" role="status">
          <Icon place={place} name="ok" /> {done}
        </div>
      )}
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/exceptions" />
        </div>
      </div>
      <p class="zn-lead">{words.lead}</p>
      {rows.length === 0 && <p class="zn-empty">{words.none}</p>}
      {rows.map((row) => (
        <article class="zn-panel zn-case">
          <div class="zn-panel__head">
            <h2 id={`x-${row.id}`}>{say(place, row.ruleTitle)}</h2>
            <ClauseChip place={place} id={row.clause} />
            <span class="zn-sub zn-end">
              {words.standing[row.standing]}
              {row.at === null ? "" : `　${shortText(row.at)}`}
            </span>
          </div>
          <div class="zn-panel__body">
            <p>
              {row.label}　{row.title}　<span class="zn-sub">{row.unit}</span>{" "}
              {row.readable && (
                <a class="govuk-link" href={`${place.home}/applications/${row.application}`}>
                  {words.open}
                </a>
              )}
            </p>
            <dl class="zn-item__meta">
              <div>
                <dt>{words.requester}</dt>
                <dd class="zn-words">{row.reason}</dd>
              </div>
              {row.opinion !== "" && (
                <div>
                  <dt>{words.opinion}</dt>
                  <dd class="zn-words">{row.opinion}</dd>
                </div>
              )}
              {row.refusedReason !== null && (
                <div>
                  <dt>{words.refusedWhy}</dt>
                  <dd class="zn-words">{row.refusedReason}</dd>
                </div>
              )}
            </dl>
            {(row.mayPropose || row.mayConfirm || row.mayRefuse) && (
              <Form
                action={`${place.home}/exceptions/${row.id}`}
                csrf={csrf}
                hidden={{ key: crypto.randomUUID(), application: row.application, rule: row.rule }}
              >
                {(row.mayPropose || row.mayRefuse) && (
                  <TextArea
                    id={`reason-${row.id}`}
                    name="reason"
                    label={words.reason}
                    rows={2}
                    value={typed.id === row.id ? typed.reason : ""}
                  />
                )}
                {row.mayConfirm && <p class="zn-sub">{words.will}</p>}
                <div class="govuk-button-group">
                  {row.mayPropose && (
                    <button class="govuk-button zn-button--s" name="act" value="propose">
                      {words.propose}
                    </button>
                  )}
                  {row.mayConfirm && (
                    <button class="govuk-button zn-button--s" name="act" value="confirm">
                      {words.confirm}
                    </button>
                  )}
                  {row.mayRefuse && (
                    <button
                      class="govuk-button govuk-button--secondary zn-button--s"
                      name="act"
                      value="refuse"
                    >
                      {words.refuse}
                    </button>
                  )}
                </div>
              </Form>
            )}
            {row.standing === "proposed" && !row.mayConfirm && <p class="zn-sub">{words.waitOther}</p>}
          </div>
        </article>
      ))}
    </WorkPage>
  );
};
