import type { Call } from "../../platform/calls.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Choices, TextArea } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import { ClauseChip } from "../../ui/clause.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import { ApplicationSheet } from "../application/view-sheet.tsx";
import type { ApplicationView } from "../application/view.ts";
import type { Trouble } from "../registration/desk.ts";
import { type Kind, kinds } from "./confirmations.ts";
import { errorAt } from "./error-at.ts";
import { shortText } from "./moment.ts";
import { amountText, fieldTitle, numberText } from "./queue.page.tsx";
import { paperWords } from "../application/papers/words.ts";
import { ScanPanel } from "./scan-panel.tsx";
import { SealForm, type SealScan } from "./seal-form.tsx";
import { endorsementWords } from "./words.ts";

export type WaitingRow = {
  readonly id: string;
  readonly kind: Kind;
  readonly number: number;
  readonly title: string;
  readonly investigator: string;
  readonly category: string | null;
  readonly requestedGrant: number | null;
  readonly submittedAt: number | null;
};

const pathOf: Readonly<Record<Kind, string>> = { SEAL: "seal", BUDGET: "budget", SECRECY: "secrecy" };

/** What waits for the seal, finance or secrecy of a unit. */
export const WaitingPage = ({
  frame,
  call,
  rows,
  given,
  done,
}: {
  frame: Frame;
  call: Call;
  rows: readonly WaitingRow[];
  given: number;
  done: string | null;
}) => {
  const { place } = frame;
  const words = endorsementWords(place);
  const { head } = words;
  return (
    <WorkPage frame={frame} title={words.confirm.title} here="/institution/confirmations" full>
      {done !== null && (
        <div class="zn-done" role="status">
          <Icon place={place} name="ok" /> {done}
        </div>
      )}
      <div class="zn-pagehead">
        <div>
          <h1>{words.confirm.title}</h1>
          <p class="zn-sub">{words.confirm.lead}</p>
        </div>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/institution/confirmations" />
        </div>
      </div>
      {rows.length === 0 ? (
        <div class="zn-empty">
          <p>{words.confirm.none(given)}</p>
        </div>
      ) : (
        <table class="zn-dense zn-q zn-q--plain zn-cards">
          <caption class="govuk-visually-hidden">{words.confirm.title}</caption>
          <thead>
            <tr>
              <th scope="col">{head.number}</th>
              <th scope="col">{head.title}</th>
              <th scope="col">{head.pi}</th>
              <th scope="col">{head.category}</th>
              <th scope="col" class="num">
                {head.amount}
              </th>
              <th scope="col">{words.confirm.matter}</th>
              <th scope="col">{head.submitted}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <td class="nw quiet id">{numberText(call.code, row.number)}</td>
                <td class="clip ti">
                  <a href={`${place.home}/institution/${row.id}/${pathOf[row.kind]}`}>{row.title}</a>
                </td>
                <td class="nw pi">{row.investigator}</td>
                <td class="nw ca">{fieldTitle(place, row.category, null).category}</td>
                <td class="num am">{amountText(row.requestedGrant)}</td>
                <td class="nw re">{say(place, kinds[row.kind].title)}</td>
                <td class="nw quiet hide">{row.submittedAt === null ? "" : shortText(row.submittedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};

export type ConfirmProps = {
  readonly frame: Frame;
  readonly facts: ApplicationFacts;
  readonly view: ApplicationView;
  readonly kind: Kind;
  /** Whether it can be done now; where not, why not. */
  readonly open: boolean;
  readonly given: boolean;
  readonly typed: {
    readonly code: string;
    readonly commitment: boolean;
    readonly agreed: string;
    readonly remark: string;
  };
  readonly trouble: Trouble | null;
  readonly key: string;
  readonly scan: SealScan;
  /** It was done just now: where its reader goes next. */
  readonly next: { readonly to: string; readonly text: string } | null;
};

/** One confirmation, with the application beside it. */
export const ConfirmPage = (props: ConfirmProps) => {
  const { frame, facts, view, kind, open, given, trouble, scan, next } = props;
  const { place } = frame;
  const words = endorsementWords(place);
  const { confirm } = words;
  const title =
    kind === "SEAL" ? confirm.sealTitle : kind === "BUDGET" ? confirm.budgetTitle : confirm.secrecyTitle;
  const clause = facts.call.policy.procedure.clauses[kinds[kind].action];
  return (
    <WorkPage frame={frame} title={title} here="/institution/confirmations" full error={trouble !== null}>
      <TroubleSummary
        place={place}
        trouble={trouble}
        hrefOf={(path) => `#${path.split("/").at(-1) ?? path}`}
      />
      <div class="zn-item">
        <div class="zn-item__top">
          <h1>{title}</h1>
          {clause !== undefined && <ClauseChip place={place} id={clause} />}
          <span class="end">
            <a class="govuk-link" href={`${place.home}/institution/confirmations`}>
              {words.item.back}
            </a>
          </span>
        </div>
        <p class="zn-sub">
          {view.content.title} · {view.label} · {view.lead.name}
          {kind === "SEAL" && (
            <>
              {" · "}
              <a class="govuk-link" href={`${place.home}/applications/${facts.id}/papers`}>
                {paperWords[place.language].print}
              </a>
            </>
          )}
        </p>
      </div>
      <div class="zn-panes">
        <div role="region" aria-label={words.item.sheet}>
          <ApplicationSheet place={place} view={view} />
        </div>
        <div class="zn-side-panes">
          <section class="zn-panel">
            <div class="zn-panel__body">
              {given && trouble === null && (
                <p class="zn-sev zn-sev--ok">
                  <Icon place={place} name="ok" /> {confirm.done}
                </p>
              )}
              {next !== null && (
                <p>
                  <a class="govuk-link" href={next.to}>
                    {next.text}
                  </a>
                </p>
              )}
              {given && trouble === null && scan.view !== null && (
                <section aria-labelledby="read-title">
                  <h2 id="read-title">{words.scan.title}</h2>
                  <ScanPanel place={place} view={scan.view} />
                </section>
              )}
              {!open ? (
                <p>{confirm.notWaiting}</p>
              ) : kind === "SEAL" ? (
                given && trouble === null ? (
                  <details class="zn-fold">
                    <summary>{words.scan.replace}</summary>
                    <SealForm {...props} />
                  </details>
                ) : (
                  <SealForm {...props} />
                )
              ) : (
                <OpinionForm {...props} />
              )}
            </div>
          </section>
        </div>
      </div>
    </WorkPage>
  );
};

const OpinionForm = ({ frame: { place, csrf }, facts, kind, typed, trouble, key }: ConfirmProps) => {
  const { confirm } = endorsementWords(place);
  const wrong = (name: string) => errorAt(place, trouble, name);
  return (
    <Form
      action={`${place.home}/institution/${facts.id}/${pathOf[kind]}`}
      csrf={csrf}
      hidden={{ version: facts.version, key }}
    >
      <Choices
        id="agreed"
        kind="radio"
        label={confirm.agree}
        values={[typed.agreed]}
        options={[
          { value: "yes", text: kind === "BUDGET" ? confirm.yesBudget : confirm.yesSecrecy },
          { value: "no", text: confirm.no },
        ]}
        error={wrong("agreed")}
      />
      <TextArea id="remark" label={confirm.remark} rows={3} value={typed.remark} error={wrong("remark")} />
      <button class="govuk-button">{confirm.act}</button>
    </Form>
  );
};
