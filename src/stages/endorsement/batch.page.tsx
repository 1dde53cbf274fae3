import { ClauseChip } from "../../ui/clause.tsx";
import type { Call } from "../../platform/calls.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type Place, say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import { amountText, fieldTitle, numberText } from "./queue.page.tsx";
import { Checklist, OverQuota } from "./checklist.tsx";
import { Places } from "./meter.tsx";
import type { QueueRow } from "./queue.ts";
import { type QuotaUse, usedOf } from "./quota.ts";
import { endorsementWords } from "./words.ts";

/** Why one of them cannot be approved; nothing where it can. */
export type BatchRow = QueueRow & {
  readonly hindrances: readonly { readonly clause: string; readonly message: Bilingual }[];
};

export type BatchProps = {
  readonly frame: Frame;
  readonly call: Call;
  readonly rows: readonly BatchRow[];
  readonly quotas: readonly QuotaUse[];
  readonly ticked: readonly string[];
  readonly overTicked: boolean;
  readonly trouble: Trouble | null;
  readonly key: string;
};

/** What will be true of each limited category once these are approved. */
export const afterwards = (quotas: readonly QuotaUse[], rows: readonly BatchRow[]) =>
  quotas.flatMap((use) => {
    const taking = rows.filter((one) => one.hindrances.length === 0 && one.category === use.category).length;
    const after = usedOf(use) + taking;
    return taking === 0 ? [] : [{ use, taking, after, over: Math.max(0, after - use.limit) }];
  });

/** What will be true afterwards, in one line: the bar shows it before anything is done. */
const Afterwards = ({ place, quotas, rows }: { place: Place } & Pick<BatchProps, "quotas" | "rows">) => {
  const words = endorsementWords(place).batch;
  const ready = rows.filter((one) => one.hindrances.length === 0);
  const effects = afterwards(quotas, rows);
  return (
    <span id="after" class="zn-afterwards">
      <strong class="zn-strong">
        {words.selected(
          ready.length,
          effects.reduce((sum, one) => sum + one.taking, 0),
        )}
      </strong>
      {effects.map(({ use, after, over }) => (
        <span class={over > 0 ? "zn-sev zn-sev--ask" : "zn-sev zn-sev--ok"}>
          <Icon place={place} name={over > 0 ? "ask" : "ok"} />
          {words.after(after, use.limit)}
          {endorsementWords(place).comma}
          {over > 0 ? words.beyond(over) : words.within}
        </span>
      ))}
      {effects.length === 0 && <span class="zn-sub">{words.noQuota}</span>}
    </span>
  );
};

export const BatchPage = ({ frame, call, rows, quotas, ticked, overTicked, trouble, key }: BatchProps) => {
  const { place, csrf } = frame;
  const words = endorsementWords(place);
  const { batch } = words;
  const ready = rows.filter((one) => one.hindrances.length === 0);
  const over = afterwards(quotas, rows).some((one) => one.over > 0);
  return (
    <WorkPage
      frame={frame}
      title={batch.title(ready.length)}
      here="/institution"
      full
      error={trouble !== null}
    >
      <TroubleSummary
        place={place}
        trouble={trouble}
        hrefOf={(path) =>
          path.startsWith("checklist") ? "#checklist" : path === "overQuota" ? "#overQuota" : undefined
        }
      />
      <div class="zn-pagehead">
        <div>
          <h1>{batch.title(ready.length)}</h1>
          <p class="zn-sub">{rows.length === 0 ? batch.nothing : batch.lead}</p>
        </div>
      </div>
      {rows.length === 0 ? (
        <p>
          <a class="govuk-link" href={`${place.home}/institution?call=${call.id}`}>
            {batch.back}
          </a>
        </p>
      ) : (
        <Form action={`${place.home}/institution/batch`} csrf={csrf} hidden={{ call: call.id, key }}>
          <table class="zn-dense zn-q zn-q--plain zn-q--why zn-cards">
            <caption class="govuk-visually-hidden">{batch.title(rows.length)}</caption>
            <thead>
              <tr>
                <th scope="col">{words.head.number}</th>
                <th scope="col">{words.head.title}</th>
                <th scope="col">{words.head.pi}</th>
                <th scope="col">{words.head.category}</th>
                <th scope="col" class="num">
                  {words.head.amount}
                </th>
                <th scope="col">{batch.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr>
                  <td class="nw quiet id">
                    {numberText(call.code, row.number)}
                    {row.hindrances.length === 0 && (
                      <>
                        <input type="hidden" name="n" value={row.number} />
                        <input type="hidden" name="version" value={`${row.number}:${row.version}`} />
                      </>
                    )}
                  </td>
                  <td class="clip ti">
                    <a href={`${place.home}/institution/${row.id}`}>{row.title}</a>
                  </td>
                  <td class="nw pi">{row.investigator}</td>
                  <td class="nw ca">{fieldTitle(place, row.category, row.field).category}</td>
                  <td class="num am">{amountText(row.requestedGrant)}</td>
                  <td class="re">
                    <Outcome place={place} row={row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {ready.length > 0 && (
            <>
              <Checklist place={place} call={call} ticked={ticked} />
              {over && (
                <>
                  {afterwards(quotas, rows)
                    .filter((one) => one.over > 0)
                    .map((one) => (
                      <p>
                        <Places place={place} use={one.use} selected={one.taking} />
                      </p>
                    ))}
                  <OverQuota place={place} text={batch.over} hint={null} checked={overTicked} />
                </>
              )}
            </>
          )}
          <div class="zn-bar zn-bar--in" role="region" aria-label={words.bar}>
            <div class="zn-wrap zn-wrap--full">
              <Afterwards place={place} quotas={quotas} rows={rows} />
              <a class="govuk-link" href={`${place.home}/institution?call=${call.id}`}>
                {batch.back}
              </a>
              <div class="zn-bar__end">
                {ready.length > 0 && (
                  <button class="govuk-button zn-button--s">{batch.act(ready.length)}</button>
                )}
              </div>
            </div>
          </div>
        </Form>
      )}
    </WorkPage>
  );
};

const Outcome = ({ place, row }: { place: Place; row: BatchRow }) =>
  row.hindrances.length === 0 ? (
    <span class="f zn-sev zn-sev--ok zn-sev--quiet">
      <Icon place={place} name="ok" />
      {endorsementWords(place).batch.ready}
    </span>
  ) : (
    <ul class="zn-why">
      {row.hindrances.map((one) => (
        <li>
          {say(place, one.message)} {one.clause !== "" && <ClauseChip place={place} id={one.clause} short />}
        </li>
      ))}
    </ul>
  );

export type Settled = BatchRow & { readonly receipt: string | null };

/** What came of a batch: read from the applications themselves, so that it can be opened again. */
export const BatchResultPage = ({
  frame,
  call,
  rows,
}: {
  frame: Frame;
  call: Call;
  rows: readonly Settled[];
}) => {
  const { place } = frame;
  const words = endorsementWords(place);
  const { batch } = words;
  const done = rows.filter((one) => one.receipt !== null).length;
  return (
    <WorkPage frame={frame} title={batch.result(done, rows.length)} here="/institution" full>
      <div class="zn-pagehead">
        <div>
          <h1>{batch.result(done, rows.length)}</h1>
        </div>
      </div>
      <table class="zn-dense zn-q zn-q--plain zn-q--why zn-cards">
        <caption class="govuk-visually-hidden">{batch.result(done, rows.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{words.head.number}</th>
            <th scope="col">{words.head.title}</th>
            <th scope="col">{words.head.pi}</th>
            <th scope="col">{batch.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td class="nw quiet id">{numberText(call.code, row.number)}</td>
              <td class="clip ti">
                <a href={`${place.home}/institution/${row.id}`}>{row.title}</a>
              </td>
              <td class="nw pi">{row.investigator}</td>
              <td class="re">
                {row.receipt !== null ? (
                  <span class="f zn-sev zn-sev--ok">
                    <Icon place={place} name="ok" />
                    {batch.done(row.receipt)}
                  </span>
                ) : (
                  <>
                    <span class="f zn-sev zn-sev--must">
                      <Icon place={place} name="must" />
                      {batch.notDone}
                    </span>
                    <Outcome place={place} row={row} />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="zn-after">
        <a class="govuk-link" href={`${place.home}/institution?call=${call.id}`}>
          {batch.back}
        </a>
      </p>
    </WorkPage>
  );
};
