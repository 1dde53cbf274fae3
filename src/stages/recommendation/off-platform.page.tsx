import { formatDate } from "../../core/calendar.ts";
import type { Call } from "../../platform/calls.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { ExportLink } from "../../ui/export-link.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import { Done, errorAt } from "./pieces.tsx";
import { recommendationWords } from "./words.ts";

export type OffPlatform = {
  readonly id: string;
  readonly number: string;
  readonly unit: string;
  readonly quotaGroup: string | null;
  readonly receivedOn: string;
  readonly withdrawnAt: number | null;
  readonly reason: string;
};

export const OffPlatformPage = ({
  frame,
  call,
  entries,
  units,
  form,
  trouble,
  done,
  once,
}: {
  frame: Frame;
  call: Call;
  entries: readonly OffPlatform[];
  units: readonly { readonly id: string; readonly name: string }[];
  form: URLSearchParams;
  trouble: Trouble | null;
  done: string | undefined;
  once: string;
}) => {
  const { place, csrf } = frame;
  const words = recommendationWords(place).off;
  const { quota } = call.policy.programme;
  const groupTitle = (id: string | null) => {
    const group = quota.groups.find((one) => one.id === id);
    return group === undefined ? words.alone : say(place, group.title);
  };
  const said = (name: string) => form.get(name) ?? "";
  return (
    <WorkPage frame={frame} title={words.title} here="/registers" error={trouble !== null}>
      <TroubleSummary
        place={place}
        trouble={trouble}
        hrefOf={(path) => (["number", "organization", "receivedOn"].includes(path) ? `#${path}` : undefined)}
      />
      <Done place={place} text={done} />
      <div class="zn-pagehead">
        <div>
          <h1>{words.title}</h1>
          <p class="zn-sub">
            {words.lead}{" "}
            <ClauseChip
              place={place}
              id={call.policy.procedure.clauses["recommendation.registerOffPlatform"] ?? ""}
              short
            />
          </p>
        </div>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/off-platform" />
        </div>
      </div>
      <div class="zn-side">
        {entries.length === 0 ? (
          <div class="zn-empty">
            <p>{words.empty}</p>
          </div>
        ) : (
          <table class="zn-dense zn-cards">
            <caption class="govuk-visually-hidden">{words.title}</caption>
            <thead>
              <tr>
                {words.head.map((name) =>
                  name === "" ? (
                    <th scope="col">
                      <span class="govuk-visually-hidden">{words.withdraw}</span>
                    </th>
                  ) : (
                    <th scope="col">{name}</th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {entries.map((one) => (
                <tr>
                  <td class="nw">{one.number}</td>
                  <td>{one.unit}</td>
                  <td class="nw" data-k={words.head[2]}>
                    {formatDate(one.receivedOn, place.language)}
                  </td>
                  <td data-k={words.head[3]}>{groupTitle(one.quotaGroup)}</td>
                  <td class={one.withdrawnAt === null ? "nw" : "quiet"}>
                    {one.withdrawnAt === null ? words.living : `${words.gone} ${one.reason}`}
                  </td>
                  <td>
                    {one.withdrawnAt === null && (
                      <details class="zn-inline">
                        <summary aria-label={`${words.withdraw} ${one.number}`}>{words.withdraw}…</summary>
                        <Form
                          action={`${place.home}/off-platform/withdraw`}
                          csrf={csrf}
                          hidden={{ call: call.id, offPlatform: one.id, key: `${once}-${one.id}` }}
                        >
                          <TextField
                            id={`reason-${one.id}`}
                            name="reason"
                            label={words.withdrawReason}
                            value={said("offPlatform") === one.id ? said("reason") : ""}
                          />
                          <button class="govuk-button govuk-button--secondary zn-button--s">
                            {words.withdraw}
                          </button>
                        </Form>
                      </details>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <section class="zn-panel" aria-labelledby="register">
          <div class="zn-panel__head">
            <h2 id="register">{words.form}</h2>
          </div>
          <div class="zn-panel__body">
            <Form action={`${place.home}/off-platform`} csrf={csrf} hidden={{ call: call.id, key: once }}>
              <TextField
                id="number"
                label={words.number}
                hint={words.numberHint}
                value={said("number")}
                width={20}
                error={errorAt(place, trouble, "number")}
              />
              <SelectField
                id="organization"
                label={words.organization}
                value={said("organization")}
                error={errorAt(place, trouble, "organization")}
                options={[
                  { value: "", text: words.choose },
                  ...units.map((one) => ({ value: one.id, text: one.name })),
                ]}
              />
              <TextField
                id="receivedOn"
                label={words.received}
                hint={recommendationWords(place).letter.dateHint}
                value={said("receivedOn")}
                width={10}
                error={errorAt(place, trouble, "receivedOn")}
              />
              <button class="govuk-button zn-button--s">{words.button}</button>
            </Form>
          </div>
        </section>
      </div>
    </WorkPage>
  );
};
