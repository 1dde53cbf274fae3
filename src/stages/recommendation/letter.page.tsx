import { civilDateOf, formatDate } from "../../core/calendar.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { FileField, TextArea, TextField } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { deadlineText, momentText } from "../../ui/moment.tsx";
import { say } from "../../ui/place.ts";
import { StateWords } from "../../ui/state-tag.tsx";
import { TableHead } from "../../ui/table.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { Trouble } from "../registration/desk.ts";
import { type BatchFacts, batchStates, type Scan } from "./batch.ts";
import { ChooseTable } from "./letters.page.tsx";
import type { Row } from "./lists.ts";
import { isPaperLate } from "./paper.ts";
import { After, amountText, categoryTitle, Done, errorAt, numberText } from "./pieces.tsx";
import type { Places } from "./quota.ts";
import { PaperLinks } from "./papers/links.tsx";
import { type ScanView, ScanPanel } from "../endorsement/scan-panel.tsx";
import { recommendationWords } from "./words.ts";

export type LetterAct = "words" | "items" | "attach" | "issue" | "recall" | "paper";

export type LetterProps = {
  readonly frame: Frame;
  readonly batch: BatchFacts;
  readonly rows: readonly Row[];
  /** Passed applications that stand in no letter. */
  readonly others: readonly Row[];
  readonly effects: readonly { readonly places: Places; readonly items: number }[];
  readonly credit: { readonly units: number; readonly clear: number };
  readonly may: Readonly<Record<LetterAct, boolean>>;
  readonly refused: {
    readonly act: LetterAct;
    readonly trouble: Trouble;
    readonly form: URLSearchParams;
  } | null;
  readonly done: string | undefined;
  readonly once: string;
  readonly read: Readonly<Partial<Record<Scan["type"], ScanView>>>;
};

/** 推荐函: what it says, and beside it its papers and what is left to do. */
export const LetterPage = (props: LetterProps) => {
  const { frame, batch, refused, done } = props;
  const { place } = frame;
  const words = recommendationWords(place);
  const { letter } = words;
  const title = `${words.letters.title} ${batch.code}`;
  return (
    <WorkPage frame={frame} title={title} here="/batches" full error={refused !== null}>
      <TroubleSummary
        place={place}
        trouble={refused?.trouble ?? null}
        hrefOf={(path) =>
          refused === null
            ? undefined
            : [
                  "letterNumber",
                  "issuedOn",
                  "statement",
                  "reason",
                  "receivedOn",
                  "postedOn",
                  "channel",
                ].includes(path)
              ? `#${refused.act}-${path}`
              : path === "scans"
                ? "#scans"
                : `#${refused.act}`
        }
      />
      <Done place={place} text={done} />
      <div class="zn-pagehead">
        <div>
          <h1>
            {title} <span class="govuk-tag govuk-tag--grey">{say(place, batchStates[batch.state])}</span>
          </h1>
          <p class="zn-sub">
            {batch.department.name}
            {batch.state === "ISSUED" && batch.issuedAt !== null && (
              <>　{letter.issuedAt(momentText(place, batch.issuedAt))}</>
            )}
            {batch.recalledAt !== null && (
              <>　{letter.recalled(momentText(place, batch.recalledAt), batch.recallReason ?? "")}</>
            )}
          </p>
        </div>
        <div class="zn-pagehead__end">
          {batch.replacedBy !== null && (
            <a class="govuk-link" href={`${place.home}/batches/${batch.replacedBy}`}>
              {letter.replacedBy}
            </a>
          )}
          {batch.replaces !== null && (
            <a class="govuk-link" href={`${place.home}/batches/${batch.replaces}`}>
              {letter.replaces}
            </a>
          )}
          <a class="govuk-link" href={`${place.home}/batches`}>
            {letter.toList}
          </a>
        </div>
      </div>
      <div class="zn-panes zn-panes--letter">
        <Content {...props} />
        <div class="zn-aside">
          <Steps {...props} />
        </div>
      </div>
    </WorkPage>
  );
};

/** What the letter says, at a glance, and where each of its projects stands now; the letter itself is a paper. */
const Content = ({ frame: { place }, batch, rows, credit }: LetterProps) => {
  const words = recommendationWords(place);
  const { letter } = words;
  const { call } = batch;
  const total = rows.reduce((sum, one) => sum + (one.grant ?? 0), 0);
  const site = say(place, call.policy.procedure.credit.title);
  return (
    <article class="zn-letter" aria-label={letter.preview}>
      <h2>{letter.heading(say(place, call.title))}</h2>
      <p class="zn-letter__number">
        {letter.number} {batch.letterNumber ?? letter.blank}　{letter.date}{" "}
        {batch.issuedOn === null ? letter.blank : formatDate(batch.issuedOn, place.language)}
      </p>
      <p>{batch.statement === "" ? letter.generated(credit.units, site, credit.clear) : batch.statement}</p>
      <h3>{letter.summary}</h3>
      <table class="zn-dense">
        <caption class="govuk-visually-hidden">{letter.summary}</caption>
        <TableHead names={letter.summaryHead} />
        <tbody>
          {call.policy.programme.categories.flatMap((category) => {
            const own = rows.filter((one) => one.category === category.code);
            return own.length === 0
              ? []
              : [
                  <tr>
                    <td>{say(place, category.title)}</td>
                    <td>{own.length}</td>
                    <td>{amountText(own.reduce((sum, one) => sum + (one.grant ?? 0), 0))}</td>
                  </tr>,
                ];
          })}
          <tr class="is-total">
            <td>{letter.total}</td>
            <td>{rows.length}</td>
            <td>{amountText(total)}</td>
          </tr>
        </tbody>
      </table>
      <h3 class="zn-letter__list">{letter.list}</h3>
      <table class="zn-dense zn-cards">
        <caption class="govuk-visually-hidden">{letter.list}</caption>
        <TableHead names={letter.listHead} />
        <tbody>
          {rows.map((row, index) => (
            <tr>
              <td class="quiet">{index + 1}</td>
              <td class="nw quiet">{numberText(call.code, row.number)}</td>
              <td class="ti">{row.title}</td>
              <td>{row.unitName}</td>
              <td class="nw">{row.investigator}</td>
              <td>{categoryTitle(place, row.category)}</td>
              <td class="nw">
                {amountText(row.grant)}
                <span class="zn-phone-inline"> {words.unit}</span>
              </td>
              <td class="nw zn-noprint">
                <StateWords place={place} state={row.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
};

const kinds = ["SEALED_LETTER", "SEALED_LIST"] as const;

const Steps = (props: LetterProps) => {
  const { frame, batch, rows, others, effects, may, refused, once } = props;
  const { place, csrf } = frame;
  const { letter } = recommendationWords(place);
  const { call } = batch;
  const action = (act: string) => `${place.home}/batches/${batch.id}/${act}`;
  const hidden = (act: LetterAct) => ({
    version: refused?.act === act ? (refused.form.get("version") ?? batch.version) : batch.version,
    key: once,
  });
  const said = (act: LetterAct, name: string, otherwise: string) =>
    refused?.act === act ? (refused.form.get(name) ?? "") : otherwise;
  const wrong = (act: LetterAct, path: string) =>
    refused?.act === act ? errorAt(place, refused.trouble, path) : undefined;
  const prepared = batch.state === "PREPARED";
  const closes = deadlineText(place, call.recommendClosesAt);
  const paperClause = call.policy.procedure.clauses["recommendation.logPaper"] ?? "";
  const scanOf = (kind: Scan["type"]) => batch.scans.find((one) => one.type === kind);
  return (
    <>
      {prepared && may.words && (
        <section class="zn-panel" id="words" aria-labelledby="words-title">
          <div class="zn-panel__head">
            <h2 id="words-title">{letter.words}</h2>
          </div>
          <div class="zn-panel__body">
            <Form action={action("words")} csrf={csrf} hidden={hidden("words")}>
              <p class="zn-sub">{letter.wordsHint}</p>
              <TextField
                id="words-letterNumber"
                name="letterNumber"
                label={letter.number}
                hint={letter.numberHint}
                value={said("words", "letterNumber", batch.letterNumber ?? "")}
                error={wrong("words", "letterNumber")}
              />
              <TextField
                id="words-issuedOn"
                name="issuedOn"
                label={letter.date}
                hint={letter.dateHint}
                width={10}
                value={said("words", "issuedOn", batch.issuedOn ?? civilDateOf(place.now))}
                error={wrong("words", "issuedOn")}
              />
              <TextArea
                id="words-statement"
                name="statement"
                label={recommendationWords(place).letters.new.statement}
                hint={recommendationWords(place).letters.new.statementHint}
                rows={3}
                value={said("words", "statement", batch.statement)}
                error={wrong("words", "statement")}
              />
              <button class="govuk-button govuk-button--secondary zn-button--s">{letter.save}</button>
            </Form>
          </div>
        </section>
      )}
      {prepared && may.items && (
        <details class="zn-panel zn-fold" id="items" open={refused?.act === "items" || rows.length === 0}>
          <summary>{letter.items}</summary>
          <div class="zn-panel__body">
            <Form action={action("items")} csrf={csrf} hidden={hidden("items")}>
              <p class="zn-sub">{letter.itemsHint}</p>
              <ChooseTable
                frame={frame}
                call={call}
                rows={[...rows, ...others]}
                chosen={refused?.act === "items" ? refused.form.getAll("n") : rows.map((one) => one.id)}
                order={
                  new Map(
                    refused?.act === "items"
                      ? [...rows, ...others].map((one) => [one.id, refused.form.get(`order.${one.id}`) ?? ""])
                      : rows.map((one, index) => [one.id, String(index + 1)]),
                  )
                }
              />
              <button class="govuk-button govuk-button--secondary zn-button--s">{letter.saveItems}</button>
            </Form>
          </div>
        </details>
      )}
      <section class="zn-panel" aria-labelledby="papers-title">
        <div class="zn-panel__head">
          <h2 id="papers-title">{letter.papers}</h2>
        </div>
        <div class="zn-panel__body">
          <PaperLinks frame={frame} batch={batch} downloads={may.attach} />
        </div>
      </section>
      <section class="zn-panel" id="scans" aria-labelledby="scans-title">
        <div class="zn-panel__head">
          <h2 id="scans-title">{letter.scans}</h2>
          <ClauseChip place={place} id={paperClause} short />
        </div>
        <div class="zn-panel__body">
          {prepared && may.attach && <p class="zn-sub">{letter.scansHint}</p>}
          {kinds.map((kind) => {
            const scan = scanOf(kind);
            return (
              <div class="zn-scan">
                <p>
                  {letter.kinds[kind]}{" "}
                  {scan === undefined ? (
                    <span class="zn-sub">{letter.missing}</span>
                  ) : (
                    <>
                      <a
                        class="govuk-link"
                        href={`${place.home}/batches/${batch.id}/files/${scan.id}`}
                        download
                      >
                        {scan.filename}
                      </a>{" "}
                      <span class="zn-sub">{momentText(place, scan.at)}</span>
                    </>
                  )}
                </p>
                {scan !== undefined && props.read[kind] !== undefined && (
                  <ScanPanel place={place} view={props.read[kind]} named={false} />
                )}
                {prepared && may.attach && (
                  <Form
                    action={action("attach")}
                    csrf={csrf}
                    hidden={{ ...hidden("attach"), key: `${once}-${kind}`, kind }}
                    files
                  >
                    <FileField
                      id={`file-${kind}`}
                      name="file"
                      label={letter.kinds[kind]}
                      hidden
                      accept=".pdf,.jpg,.jpeg,.png"
                      error={
                        refused?.form.get("kind") === kind
                          ? (wrong("attach", "file") ?? wrong("attach", "filename"))
                          : undefined
                      }
                    />
                    <button class="govuk-button govuk-button--secondary zn-button--s">
                      {letter.attach[kind]}
                    </button>
                  </Form>
                )}
              </div>
            );
          })}
        </div>
      </section>
      {prepared &&
        (may.issue ? (
          <section class="zn-panel" id="issue" aria-labelledby="issue-title">
            <div class="zn-panel__head">
              <h2 id="issue-title">{letter.issue}</h2>
            </div>
            <div class="zn-panel__body">
              <Form action={action("issue")} csrf={csrf} hidden={hidden("issue")}>
                <After place={place} effects={effects} />
                <p class="zn-sub">{letter.issueAfter(rows.length, closes)}</p>
                <TextField
                  id="issue-letterNumber"
                  name="letterNumber"
                  label={letter.number}
                  hint={letter.numberHint}
                  value={said("issue", "letterNumber", batch.letterNumber ?? "")}
                  error={wrong("issue", "letterNumber")}
                />
                <TextField
                  id="issue-issuedOn"
                  name="issuedOn"
                  label={letter.date}
                  hint={letter.dateHint}
                  width={10}
                  value={said("issue", "issuedOn", batch.issuedOn ?? civilDateOf(place.now))}
                  error={wrong("issue", "issuedOn")}
                />
                <button class="govuk-button zn-button--s">{letter.issueButton(rows.length)}</button>
              </Form>
            </div>
          </section>
        ) : (
          <p class="zn-sub">{letter.issueOther}</p>
        ))}
      {batch.state === "ISSUED" && <PaperOriginal {...props} closes={closes} clause={paperClause} />}
      {batch.state === "ISSUED" && may.recall && place.now < call.recommendClosesAt && (
        <details class="zn-panel zn-fold" id="recall" open={refused?.act === "recall"}>
          <summary>{letter.recall}</summary>
          <div class="zn-panel__body">
            <Form action={action("recall")} csrf={csrf} hidden={hidden("recall")}>
              <p class="zn-sub">{letter.recallAfter(rows.length)}</p>
              <TextArea
                id="recall-reason"
                name="reason"
                label={letter.recallReason}
                rows={3}
                value={said("recall", "reason", "")}
                error={wrong("recall", "reason")}
              />
              <button class="govuk-button govuk-button--warning zn-button--s">{letter.recallButton}</button>
            </Form>
          </div>
        </details>
      )}
    </>
  );
};

const PaperOriginal = (props: LetterProps & { closes: string; clause: string }) => {
  const { frame, batch, may, refused, once, closes, clause } = props;
  const { place, csrf } = frame;
  const { letter } = recommendationWords(place);
  const { paper } = batch;
  const date = (one: string | null) => (one === null ? "" : formatDate(one, place.language));
  const said = (name: string, otherwise: string | null) =>
    refused?.act === "paper" ? (refused.form.get(name) ?? "") : (otherwise ?? "");
  const wrong = (path: string) =>
    refused?.act === "paper" ? errorAt(place, refused.trouble, path) : undefined;
  return (
    <section class="zn-panel" id="paper" aria-labelledby="paper-title">
      <div class="zn-panel__head">
        <h2 id="paper-title">{letter.paper}</h2>
        <ClauseChip place={place} id={clause} short />
      </div>
      <div class="zn-panel__body">
        <p class="zn-sub">{letter.paperLead(closes)}</p>
        <p>
          {paper === null
            ? letter.paperNone
            : letter.paperGot(date(paper.receivedOn), date(paper.postedOn), paper.channel ?? "")}{" "}
          {paper !== null && isPaperLate(batch.call, paper) && (
            <strong class="govuk-tag govuk-tag--yellow">{letter.late}</strong>
          )}
        </p>
        {may.paper && (
          <Form
            action={`${place.home}/batches/${batch.id}/paper`}
            csrf={csrf}
            hidden={{ version: batch.version, key: once }}
          >
            <TextField
              id="paper-receivedOn"
              name="receivedOn"
              label={letter.received}
              hint={letter.dateHint}
              width={10}
              value={said("receivedOn", paper?.receivedOn ?? null)}
              error={wrong("receivedOn")}
            />
            <TextField
              id="paper-postedOn"
              name="postedOn"
              label={letter.posted}
              hint={letter.dateHint}
              width={10}
              value={said("postedOn", paper?.postedOn ?? null)}
              error={wrong("postedOn")}
            />
            <TextField
              id="paper-channel"
              name="channel"
              label={letter.channel}
              hint={letter.channelHint}
              value={said("channel", paper?.channel ?? null)}
              error={wrong("channel")}
            />
            <button class="govuk-button zn-button--s">{letter.paperButton}</button>
          </Form>
        )}
      </div>
    </section>
  );
};
