import type { ComponentChildren } from "preact";
import { applicationStates } from "../../core/lifecycle/application.ts";
import type { Finding } from "../../core/policy/judge.ts";
import { roles } from "../../core/role.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { lookOf } from "../../ui/finding.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { TextArea, Tick } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { inTenThousands } from "../../ui/money.ts";
import { type Place, say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import type { Event } from "../application/timeline.ts";
import { ApplicationSheet, AttachmentList } from "../application/view-sheet.tsx";
import type { ApplicationView } from "../application/view.ts";
import type { Trouble } from "../registration/desk.ts";
import { Checklist, OverQuota } from "./batch.page.tsx";
import type { Readiness } from "./gaps.ts";
import { deadlineText, leftText, shortText } from "./moment.ts";
import { Places } from "./meter.tsx";
import { usedOf } from "./quota.ts";
import { endorsementWords } from "./words.ts";

/** What a person may do here, and what was entered where it was refused. */
export type Typed = {
  readonly act: string;
  readonly reason: string;
  readonly remark: string;
  readonly checklist: readonly string[];
  readonly overQuota: boolean;
  readonly marks: readonly { readonly field: string; readonly text: string }[];
};

export type ItemProps = {
  readonly frame: Frame;
  readonly facts: ApplicationFacts;
  readonly view: ApplicationView;
  readonly readiness: Readiness | null;
  readonly met: number;
  readonly findings: readonly Finding[];
  readonly events: readonly Event[];
  /** Places that differ from what was filed, while a correction is being made. */
  readonly changed: readonly string[] | null;
  readonly next: string | null;
  /** The viewer is the investigator: somebody else decides. */
  readonly own: boolean;
  readonly mayDo: ReadonlySet<string>;
  readonly typed: Typed | null;
  readonly trouble: Trouble | null;
  readonly done: string | null;
  readonly code: string | null;
  readonly key: string;
};

const marksShown = 3;

/** One application on one screen: what was filed beside what the rules say, who has to act, and the decision with its effect. */
export const ItemPage = (props: ItemProps) => {
  const { frame, facts, view, events, trouble, done, next, readiness, code } = props;
  const { place } = frame;
  const words = endorsementWords(place);
  const { item } = words;
  const { programme } = facts.call.policy;
  const category = programme.categories.find((one) => one.code === view.content.category);
  const field = category?.fields.find((one) => one.code === view.content.field);
  const direction = field?.directions.find((one) => one.code === view.content.direction);
  const kind = [category, field, direction].flatMap((one) =>
    one === undefined ? [] : [say(place, one.title)],
  );
  const title = view.content.title === "" ? words.untitled : view.content.title;
  const { due } = view.standing;
  return (
    <WorkPage frame={frame} title={title} here="/institution" full error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} hrefOf={anchorOf} />
      {done !== null && (
        <div class="zn-done" role="status">
          <Icon place={place} name="ok" /> {done}
        </div>
      )}
      <div class="zn-item">
        <div class="zn-item__top">
          <h1>{title}</h1>
          <span class="govuk-tag govuk-tag--grey">{say(place, applicationStates[facts.state])}</span>
          <span class="end">
            <a class="govuk-link zn-jump" href="#decide">
              {item.decide}
            </a>
            <a class="govuk-link" href={`${place.home}/institution?call=${facts.call.id}`}>
              {item.back}
            </a>
            {next !== null && (
              <a class="govuk-link" href={`${place.home}/institution/${next}`}>
                {item.next}
              </a>
            )}
          </span>
        </div>
        <dl class="zn-item__meta">
          <Fact name={item.number}>
            {view.label}
            {facts.frozenVersion !== null && (
              <>
                {words.comma}
                {item.version(facts.frozenVersion)}
                <span class="zn-code">{code ?? ""}</span>
              </>
            )}
          </Fact>
          <Fact name={item.pi}>{view.lead.name}</Fact>
          <Fact name={item.kind}>{kind.join(" · ")}</Fact>
          {view.content.requestedGrant !== null && (
            <Fact name={item.amount}>
              {inTenThousands(view.content.requestedGrant)} {words.unit}
            </Fact>
          )}
          {facts.receiptNumber !== null && <Fact name={item.receipt}>{facts.receiptNumber}</Fact>}
          {facts.rank !== null && <Fact name={item.rank}>{facts.rank}</Fact>}
          {facts.submittedAt !== null && <Fact name={item.submitted}>{shortText(facts.submittedAt)}</Fact>}
          {due !== null && (
            <Fact name={words.callDue}>
              <span class="zn-duetext">
                {deadlineText(place, due)}
                {words.comma}
                {leftText(words, place, due)}
              </span>
            </Fact>
          )}
        </dl>
      </div>
      {facts.withdrawalRequestedAt !== null && facts.state !== "WITHDRAWN" && (
        <div class="zn-banner">
          <p>{item.requested(facts.withdrawalReason ?? "")}</p>
        </div>
      )}
      <div class="zn-panes">
        <div role="region" aria-label={item.sheet}>
          <ApplicationSheet place={place} view={view} />
        </div>
        <div class="zn-side-panes">
          <Decide {...props} />
          {readiness !== null && <Confirmations place={place} readiness={readiness} id={facts.id} />}
          <Findings {...props} />
          <Attachments place={place} view={view} />
          <History place={place} events={events} />
        </div>
      </div>
    </WorkPage>
  );
};

/** Where on the page a refusal's point is put right. */
const anchorOf = (path: string): string | undefined =>
  path.startsWith("checklist")
    ? "#checklist"
    : path === "overQuota"
      ? "#overQuota"
      : path.endsWith("reason")
        ? "#reason"
        : ["SEAL", "BUDGET", "SECRECY"].includes(path)
          ? "#confirmations"
          : undefined;

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Panel = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section class="zn-panel" aria-labelledby={`${id}-title`} id={id}>
    <div class="zn-panel__head">
      <h2 id={`${id}-title`}>{title}</h2>
    </div>
    {children}
  </section>
);

const Confirmations = ({ place, readiness, id }: { place: Place; readiness: Readiness; id: string }) => {
  const words = endorsementWords(place);
  return (
    <Panel id="confirmations" title={words.item.confirmations}>
      <ul class="zn-flist">
        {readiness.confirmations.map((one) => (
          <li>
            <Sev place={place} look={one.given?.agreed === true ? "ok" : "must"} />
            <strong>{say(place, one.title)}</strong>
            {one.clause === "" ? <span /> : <ClauseChip place={place} id={one.clause} short />}
            <p>
              {one.given === null
                ? words.item.wait(one.officers.join("、"))
                : one.given.agreed
                  ? words.item.given(one.given.by, shortText(one.given.at))
                  : words.item.refusedBy(one.given.by, one.given.remark)}{" "}
              {one.kind === "SEAL" && one.given === null && (
                <a class="govuk-link" href={`${place.home}/institution/${id}/seal`}>
                  {words.item.toSeal}
                </a>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

const Findings = ({ frame: { place }, findings, met }: ItemProps) => {
  const words = endorsementWords(place);
  return (
    <Panel id="findings" title={words.item.findings}>
      {findings.length === 0 ? (
        <p class="zn-panel__body">
          {words.item.noFindings} {words.item.met(met)}
        </p>
      ) : (
        <ul class="zn-flist">
          {findings.map((one) => (
            <li>
              <Sev place={place} look={lookOf[one.severity]} />
              <strong>{say(place, one.title)}</strong>
              <ClauseChip place={place} id={one.clause} short />
              <p>
                {say(place, one.message)} {say(place, one.advice)}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

const Attachments = ({ place, view }: { place: Place; view: ApplicationView }) => (
  <Panel id="attachments" title={endorsementWords(place).item.attachments}>
    <div class="zn-panel__body">
      <AttachmentList place={place} application={view.id} attachments={view.attachments} />
    </div>
  </Panel>
);

const History = ({ place, events }: { place: Place; events: readonly Event[] }) => {
  const { item } = endorsementWords(place);
  return (
    <Panel id="history" title={item.history}>
      <ol class="zn-flist">
        {events.map((one) => (
          <li>
            <span class="zn-sub">{shortText(one.at)}</span>
            <span>
              <strong>{say(place, one.title)}</strong>{" "}
              {one.name ?? (one.role === null ? "" : say(place, roles[one.role].title))}
            </span>
            {one.clause === null ? <span /> : <ClauseChip place={place} id={one.clause} short />}
            {one.reason !== "" && <p>{one.reason}</p>}
            {one.marks.map((mark) => (
              <p>
                <span class="zn-sub">{mark.field}</span> {mark.text}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </Panel>
  );
};

/** The decision: each way with what it will cause, before it is taken. */
const Decide = (props: ItemProps) => {
  const { frame, facts, own, mayDo, view, changed } = props;
  const { place, csrf } = frame;
  const words = endorsementWords(place);
  const { item } = words;
  const action = (name: string) => `${place.home}/institution/${facts.id}/${name}`;
  const hidden = { version: facts.version, key: props.key };
  const typed = props.typed;
  const may = (name: string) => mayDo.has(`endorsement.${name}`);
  const withdrawing = may("withdraw") ? "withdraw" : may("withdrawLate") ? "withdrawLate" : null;
  if (own && facts.state === "ORG_REVIEW" && withdrawing === null)
    return (
      <Panel id="decide" title={item.decide}>
        <p class="zn-panel__body">{item.self}</p>
      </Panel>
    );
  if (!may("approve") && !may("return") && !may("resubmitCorrection") && withdrawing === null) return null;
  const error = (name: string) => {
    const one = props.trouble?.faults.find((fault) => fault.place.endsWith(name));
    return one === undefined ? undefined : say(place, one.reason);
  };
  return (
    <Panel id="decide" title={item.decide}>
      <div class="zn-panel__body">
        {own && facts.state === "ORG_REVIEW" && <p>{item.self}</p>}
        {may("approve") && (
          <Form action={action("approve")} csrf={csrf} hidden={hidden}>
            <Ahead {...props} />
            <Checklist
              place={place}
              call={facts.call}
              ticked={typed?.act === "approve" ? typed.checklist : []}
              hint={null}
            />
            {props.readiness?.overQuota === true && props.readiness.quota !== null && (
              <OverQuota
                place={place}
                text={item.over}
                hint={item.overHint(usedOf(props.readiness.quota) + 1, props.readiness.quota.limit)}
                checked={typed?.overQuota ?? false}
              />
            )}
            <TextArea
              id="remark"
              label={item.remark}
              rows={2}
              value={typed?.act === "approve" ? typed.remark : ""}
            />
            <p class="zn-sub">{item.approveMeans}</p>
            <button class="govuk-button">{item.approveAct}</button>
          </Form>
        )}
        {may("resubmitCorrection") && (
          <Form
            action={action("correction")}
            csrf={csrf}
            hidden={{ ...hidden, draftVersion: view.draftVersion }}
          >
            {facts.correctionDueAt !== null && (
              <p>
                <strong class="zn-duetext">
                  {item.correctionDue(deadlineText(place, facts.correctionDueAt))}
                </strong>
              </p>
            )}
            <p>{item.changed((changed ?? []).map((path) => placeTitle(props, path)).join("、"))}</p>
            <p class="zn-sub">{item.correctionMeans}</p>
            <Tick id="commitment" label={item.commitment} checked={false} error={error("commitment")} />
            <button class="govuk-button">{item.correctionAct}</button>
          </Form>
        )}
        {may("return") && (
          <details class="govuk-details" open={typed?.act === "return"}>
            <summary class="govuk-details__summary">
              <span class="govuk-details__summary-text">{item.return}…</span>
            </summary>
            <div class="govuk-details__text">
              <Form action={action("return")} csrf={csrf} hidden={hidden}>
                <p class="zn-sub">{item.returnMeans}</p>
                <TextArea
                  id="reason"
                  label={item.reason}
                  hint={item.reasonHint}
                  rows={3}
                  value={typed?.act === "return" ? typed.reason : ""}
                  error={typed?.act === "return" ? error("reason") : undefined}
                />
                <Marks {...props} />
                <button class="govuk-button govuk-button--secondary">{item.returnAct}</button>
              </Form>
            </div>
          </details>
        )}
        {may("reject") && (
          <Reasoned
            act="reject"
            title={item.reject}
            means={item.rejectMeans}
            button={item.rejectAct}
            {...{ props, action, hidden, error }}
          />
        )}
        {withdrawing !== null && (
          <Reasoned
            act={withdrawing}
            title={item.withdraw}
            means={withdrawing === "withdraw" ? item.withdrawMeans : item.withdrawLateMeans}
            button={item.withdrawAct}
            preset={facts.withdrawalReason ?? ""}
            {...{ props, action, hidden, error }}
          />
        )}
      </div>
    </Panel>
  );
};

/** What stands before the approval, and how the quota will stand after it. */
const Ahead = ({ frame: { place }, readiness }: ItemProps) => {
  const words = endorsementWords(place);
  if (readiness === null) return null;
  const { gaps, quota, overQuota } = readiness;
  return (
    <div class="zn-ahead">
      <p>
        <span class={gaps.length > 0 ? "zn-sev zn-sev--must" : "zn-sev zn-sev--ok"}>
          <Icon place={place} name={gaps.length > 0 ? "must" : "ok"} />
          {gaps.length > 0 ? words.item.gaps(gaps.length) : words.item.ready}
        </span>
      </p>
      {gaps.length > 0 && (
        <ul class="zn-why">
          {gaps.map((one) => (
            <li>
              {say(place, one.message)}{" "}
              {one.clause !== "" && <ClauseChip place={place} id={one.clause} short />}
            </li>
          ))}
        </ul>
      )}
      {quota !== null && (
        <p class="zn-ahead__quota">
          <Places place={place} use={quota} selected={1} />
          <span class={overQuota ? "zn-sev zn-sev--ask" : "zn-sev zn-sev--ok"}>
            <Icon place={place} name={overQuota ? "ask" : "ok"} />
            {words.batch.after(usedOf(quota) + 1, quota.limit)}
            {words.comma}
            {overQuota ? words.batch.beyond(usedOf(quota) + 1 - quota.limit) : words.batch.within}
          </span>{" "}
          <ClauseChip place={place} id={quota.clause} short />
        </p>
      )}
    </div>
  );
};

type Fields = readonly { readonly path: string; readonly title: string }[];

/** The places of the form that can be marked, as the form names them. */
const fieldsOf = ({ frame: { place }, view }: ItemProps): Fields => {
  const seen = new Set<string>();
  return (view.worded?.sections ?? []).flatMap((section) =>
    section.questions.flatMap(({ path, title }) => {
      if (seen.has(path)) return [];
      seen.add(path);
      return [{ path, title: `${say(place, section.title)} · ${say(place, title)}` }];
    }),
  );
};

const placeTitle = (props: ItemProps, path: string): string => {
  const fields = fieldsOf(props);
  return fields.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.title ?? path;
};

const Marks = (props: ItemProps) => {
  const { place } = props.frame;
  const { item } = endorsementWords(place);
  const typed = props.typed?.act === "return" ? props.typed.marks : [];
  const fields = fieldsOf(props);
  return (
    <>
      {Array.from({ length: Math.max(marksShown, typed.length) }, (_one, index) => {
        const mark = typed[index];
        return (
          <div class="zn-mark-row">
            <select class="govuk-select zn-field--s" name="mark-field" aria-label={item.markField(index + 1)}>
              <option value="">{index === 0 ? item.markField(1) : item.noField}</option>
              {fields.map((one) => (
                <option value={one.path} selected={one.path === mark?.field}>
                  {one.title}
                </option>
              ))}
            </select>
            <input
              class="govuk-input zn-field--s"
              name="mark-text"
              value={mark?.text ?? ""}
              aria-label={item.markText(index + 1)}
              placeholder={index === 0 ? item.markText(1) : undefined}
            />
          </div>
        );
      })}
    </>
  );
};

const Reasoned = ({
  act,
  title,
  means,
  button,
  preset = "",
  props,
  action,
  hidden,
  error,
}: {
  act: string;
  title: string;
  means: string;
  button: string;
  preset?: string;
  props: ItemProps;
  action: (name: string) => string;
  hidden: Readonly<Record<string, string | number>>;
  error: (name: string) => string | undefined;
}) => {
  const { place, csrf } = props.frame;
  const mine = props.typed?.act === act;
  return (
    <details class="govuk-details" open={mine || preset !== ""}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{title}…</span>
      </summary>
      <div class="govuk-details__text">
        <Form action={action(act)} csrf={csrf} hidden={hidden}>
          <p class="zn-sub">{means}</p>
          <TextArea
            id={mine ? "reason" : `reason-${act}`}
            name="reason"
            label={endorsementWords(place).item.reason}
            rows={3}
            value={mine ? (props.typed?.reason ?? "") : preset}
            error={mine ? error("reason") : undefined}
          />
          <button class="govuk-button govuk-button--warning zn-button--s">{button}</button>
        </Form>
      </div>
    </details>
  );
};
