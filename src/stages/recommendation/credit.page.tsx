import { formatDate } from "../../core/calendar.ts";
import type { Call } from "../../platform/calls.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { ExportLink } from "../../ui/export-link.tsx";
import { Choices, FileField, SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import type { CreditCheck } from "./credit.ts";
import type { Row } from "./lists.ts";
import { CreditWords, Done, errorAt } from "./pieces.tsx";
import type { Unit } from "./quota.ts";
import { recommendationWords } from "./words.ts";

export const CreditPage = ({
  frame,
  call,
  units,
  all,
  credit,
  records,
  form,
  trouble,
  done,
  once,
}: {
  frame: Frame;
  call: Call;
  units: readonly Unit[];
  all: readonly Row[];
  credit: ReadonlyMap<string, CreditCheck>;
  /** May record: the others read. */
  records: boolean;
  form: URLSearchParams;
  trouble: Trouble | null;
  done: string | undefined;
  once: string;
}) => {
  const { place, csrf } = frame;
  const words = recommendationWords(place).credit;
  const { title, clause } = place.policy.procedure.credit;
  const said = (name: string) => form.get(name) ?? "";
  return (
    <WorkPage frame={frame} title={words.title} here="/department" error={trouble !== null}>
      <TroubleSummary
        place={place}
        trouble={trouble}
        hrefOf={(path) =>
          ["organization", "result", "checkedOn", "note", "file"].includes(path) ? `#${path}` : undefined
        }
      />
      <Done place={place} text={done} />
      <div class="zn-pagehead">
        <div>
          <h1>{words.title}</h1>
          <p class="zn-sub">
            {words.lead(say(place, title))} <ClauseChip place={place} id={clause} short />
          </p>
        </div>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/department/credit" />
        </div>
      </div>
      {units.length === 0 ? (
        <div class="zn-empty">
          <p>{words.empty}</p>
          <a class="govuk-link" href={`${place.home}/department?call=${call.id}`}>
            {recommendationWords(place).back}
          </a>
        </div>
      ) : (
        <div class="zn-side">
          <table class="zn-dense zn-cards">
            <caption class="govuk-visually-hidden">{words.title}</caption>
            <TableHead names={words.head} />
            <tbody>
              {units.map((unit) => {
                const check = credit.get(unit.id);
                return (
                  <tr>
                    <td class="ti">{unit.name}</td>
                    <td data-k={words.head[1]}>{all.filter((one) => one.unit === unit.id).length}</td>
                    <td class="nw">
                      <CreditWords place={place} check={check} />
                    </td>
                    <td class="nw" data-k={check === undefined ? undefined : words.head[3]}>
                      {check === undefined ? "" : formatDate(check.checkedOn, place.language)}
                    </td>
                    <td>{check?.note}</td>
                    <td>
                      {check?.evidence != null && (
                        <a
                          class="govuk-link"
                          href={`${place.home}/department/credit/files/${check.id}`}
                          aria-label={`${words.download} ${unit.name}`}
                          download
                        >
                          {words.download}
                        </a>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {records && (
            <section class="zn-panel" aria-labelledby="record">
              <div class="zn-panel__head">
                <h2 id="record">{words.form}</h2>
              </div>
              <div class="zn-panel__body">
                <Form
                  action={`${place.home}/department/credit`}
                  csrf={csrf}
                  hidden={{ call: call.id, key: once }}
                  files
                >
                  <SelectField
                    id="organization"
                    label={words.unit}
                    value={said("organization")}
                    error={errorAt(place, trouble, "organization")}
                    options={[
                      { value: "", text: words.choose },
                      ...units.map((one) => ({ value: one.id, text: one.name })),
                    ]}
                  />
                  <Choices
                    id="result"
                    kind="radio"
                    label={words.result}
                    values={[said("result")]}
                    error={errorAt(place, trouble, "result")}
                    options={[
                      { value: "CLEAR", text: words.clear },
                      { value: "RECORD", text: words.record },
                    ]}
                  />
                  <TextField
                    id="checkedOn"
                    label={words.checkedOn}
                    hint={words.dateHint}
                    value={said("checkedOn")}
                    width={10}
                    error={errorAt(place, trouble, "checkedOn")}
                  />
                  <TextArea
                    id="note"
                    label={words.note}
                    hint={words.noteHint}
                    rows={3}
                    value={said("note")}
                    error={errorAt(place, trouble, "note")}
                  />
                  <FileField
                    id="file"
                    label={words.file}
                    hint={words.fileHint}
                    accept=".pdf,.jpg,.jpeg,.png"
                    error={errorAt(place, trouble, "file") ?? errorAt(place, trouble, "filename")}
                  />
                  <button class="govuk-button zn-button--s">{words.button}</button>
                </Form>
              </div>
            </section>
          )}
        </div>
      )}
    </WorkPage>
  );
};
