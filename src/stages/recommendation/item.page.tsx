import type { ComponentChildren } from "preact";
import { roles } from "../../core/role.ts";
import type { Finding } from "../../core/policy/judge.ts";
import { type Reason, reasonsFor } from "../../core/policy/procedure.ts";
import { civilDateOf, formatDate } from "../../core/calendar.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { deadlineText, Moment } from "../../ui/moment.tsx";
import { say } from "../../ui/place.ts";
import { StateTag } from "../../ui/state-tag.tsx";
import { Timeline } from "../../ui/timeline.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import type { Event } from "../application/timeline.ts";
import { answersOf } from "../application/view-answers.ts";
import { FindingsList } from "../application/view-findings.tsx";
import { ApplicationSheet } from "../application/view-sheet.tsx";
import type { ApplicationView } from "../application/view.ts";
import { confirmationTitles } from "../application/words.ts";
import type { Trouble } from "../registration/desk.ts";
import type { CreditCheck } from "./credit.ts";
import { amountText, categoryTitle, CreditWords, errorAt, fieldTitle } from "./pieces.tsx";
import { recommendationWords } from "./words.ts";

export type Act = "pass" | "return" | "decline" | "withdraw";

export type ItemProps = {
  readonly frame: Frame;
  readonly facts: ApplicationFacts;
  readonly view: ApplicationView;
  readonly findings: readonly Finding[];
  readonly events: readonly Event[];
  readonly check: CreditCheck | undefined;
  readonly batch: { readonly id: string; readonly code: string } | null;
  /** What was refused, with everything that had been entered. */
  readonly refused: { readonly act: Act; readonly trouble: Trouble; readonly form: URLSearchParams } | null;
  readonly once: string;
};

const lines = [0, 1, 2];

/** One application before the department: what was filed on the left; what is known of it and what can be decided on the right. */
export const ItemPage = (props: ItemProps) => {
  const { frame, view, findings, events, check, batch, refused } = props;
  const { place } = frame;
  const words = recommendationWords(place);
  const { item } = words;
  const { content } = view;
  const can = (action: string) => view.mayDo.includes(action);
  return (
    <WorkPage frame={frame} title={content.title} here="/department" full error={refused !== null}>
      <TroubleSummary
        place={place}
        trouble={refused?.trouble ?? null}
        hrefOf={(path) =>
          path.startsWith("checklist.")
            ? `#${path}`
            : path === "leadOrganization"
              ? "#credit"
              : refused !== null && path !== ""
                ? `#${refused.act}`
                : undefined
        }
      />
      <div class="zn-item zn-item--flat">
        <div class="zn-item__top">
          <h1>{content.title}</h1>
          <StateTag place={place} state={view.state} />
          <span class="end">
            <a class="govuk-link" href={`${place.home}/department?call=${view.call.id}`}>
              {item.queue}
            </a>
          </span>
        </div>
        <dl class="zn-item__meta">
          {(
            [
              [item.meta.number, `${view.label}${words.comma}${item.version(view.frozenVersion ?? 0)}`],
              [
                item.meta.category,
                [categoryTitle(place, content.category), fieldTitle(place, content.category, content.field)]
                  .filter((one) => one !== "")
                  .join(" · "),
              ],
              [item.meta.unit, view.organization.name],
              [item.meta.pi, view.lead.name],
              [item.meta.amount, `${amountText(content.requestedGrant)} ${words.unit}`],
            ] as const
          ).map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {batch !== null && (
            <div>
              <dt>{item.meta.letter}</dt>
              <dd>
                <a class="govuk-link" href={`${place.home}/batches/${batch.id}`}>
                  {batch.code}
                </a>
              </dd>
            </div>
          )}
        </dl>
        <p class="zn-jump">
          <a class="govuk-link" href="#decide">
            {item.checklist}
          </a>
        </p>
      </div>
      <div class="zn-panes">
        <ApplicationSheet place={place} view={view} />
        <div class="zn-aside">
          <Panel title={item.findings} id="findings">
            {findings.length === 0 ? (
              <p class="zn-panel__body">{item.noFindings}</p>
            ) : (
              <FindingsList
                place={place}
                findings={findings}
                hrefOf={(path) => `#answer-${path}`}
                linkText={item.toAnswer}
              />
            )}
          </Panel>
          <Panel title={item.credit} id="credit">
            <div class="zn-panel__body">
              <p>
                <CreditWords place={place} check={check} />{" "}
                {check !== undefined && (
                  <>
                    {check.site} {formatDate(check.checkedOn, place.language)}
                  </>
                )}{" "}
                <ClauseChip place={place} id={place.policy.procedure.credit.clause} short />
              </p>
              {check !== undefined && check.note !== "" && <p>{check.note}</p>}
              <p>
                {check?.evidence != null && (
                  <a class="govuk-link" href={`${place.home}/department/credit/files/${check.id}`} download>
                    {item.evidence}
                  </a>
                )}{" "}
                {can("recommendation.pass") && check?.result !== "CLEAR" && (
                  <a
                    class="govuk-link"
                    href={`${place.home}/department/credit?call=${view.call.id}&unit=${view.organization.id}`}
                  >
                    {item.toCredit}
                  </a>
                )}
              </p>
            </div>
          </Panel>
          <Panel title={item.confirmations} id="confirmations">
            <div class="zn-panel__body">
              {view.confirmations.length === 0 ? (
                <p class="zn-sub">{item.noConfirmations}</p>
              ) : (
                <ul class="govuk-list zn-files">
                  {view.confirmations.map((one) => {
                    const title = confirmationTitles[one.kind]?.[one.agreed ? "given" : "declined"];
                    return (
                      <li>
                        {title === undefined ? one.kind : say(place, title)}
                        <span class="zn-sub">
                          {one.party} <Moment place={place} at={one.at} />
                          {one.remark === "" ? "" : ` · ${one.remark}`}
                        </span>
                      </li>
                    );
                  })}
                </ul>
              )}
            </div>
          </Panel>
          <div id="decide">
            <Decide {...props} can={can} />
          </div>
          <Panel title={item.history} id="history">
            <div class="zn-panel__body">
              <Timeline
                place={place}
                items={events.map((one, index) => ({
                  id: String(index),
                  title: say(place, one.title),
                  by: [
                    one.role === null ? "" : say(place, roles[one.role].title),
                    one.name ?? "",
                    one.organization ?? "",
                  ]
                    .filter((text) => text !== "")
                    .join(" · "),
                  at: one.at,
                  body: one.reason === "" ? null : <p>{one.reason}</p>,
                }))}
              />
            </div>
          </Panel>
        </div>
      </div>
    </WorkPage>
  );
};

const Panel = ({ title, id, children }: { title: string; id: string; children: ComponentChildren }) => (
  <section class="zn-panel" aria-labelledby={`${id}-title`} id={id}>
    <div class="zn-panel__head">
      <h2 id={`${id}-title`}>{title}</h2>
    </div>
    {children}
  </section>
);

const Decide = (props: ItemProps & { can: (action: string) => boolean }) => {
  const { frame, view, facts, findings, refused, once, can } = props;
  const { place, csrf } = frame;
  const { item } = recommendationWords(place);
  const { procedure } = place.policy;
  const typed = (act: Act, name: string, index = 0) =>
    refused?.act === act ? (refused.form.getAll(name)[index] ?? "") : "";
  const wrong = (act: Act, path: string) =>
    refused?.act === act ? errorAt(place, refused.trouble, path) : undefined;
  const hidden = { version: refused?.form.get("version") ?? view.version, key: once };
  const action = (act: Act) => `${place.home}/department/${view.id}/${act}`;
  const none = { value: "", text: item.none };
  const questions = answersOf(place.policy, view.content, view.worded, view.lead, place.language).flatMap(
    (section) =>
      section.questions.map((one) => ({ value: one.path, text: `${section.title} / ${one.title}` })),
  );
  const suggested = reasonsFor(procedure, findings);
  const ordered: readonly Reason[] = [
    ...suggested,
    ...procedure.reasons.filter((one) => !suggested.includes(one)),
  ];
  const closes = deadlineText(place, facts.call.recommendClosesAt);
  const nothing = ["pass", "return", "decline", "withdraw"].every((one) => !can(`recommendation.${one}`));
  return (
    <>
      {nothing && <p class="zn-sub">{view.state === "DEPT_PASSED" ? item.passedNote : item.readOnly}</p>}
      {view.state === "DEPT_PASSED" && (
        <p>
          <a class="govuk-link" href={`${place.home}/batches/new?call=${view.call.id}`}>
            {item.toLetter}
          </a>
        </p>
      )}
      {can("recommendation.pass") && (
        <Panel title={item.pass} id="pass">
          <div class="zn-panel__body">
            <Form action={action("pass")} csrf={csrf} hidden={hidden}>
              <fieldset class="govuk-fieldset zn-list-check">
                <legend class="govuk-visually-hidden">{item.checklist}</legend>
                <p class="zn-sub">{item.checklistHint}</p>
                {procedure.departmentChecklist.map((one) => {
                  const met = refused?.act === "pass" && refused.form.getAll("met").includes(one.id);
                  return (
                    <div class="zn-list-check__item">
                      <label class="zn-list-check__label">
                        <input
                          class="zn-check"
                          type="checkbox"
                          name="met"
                          value={one.id}
                          id={`checklist.${one.id}`}
                          checked={met}
                        />
                        <span>{say(place, one.title)}</span>
                      </label>
                      <ClauseChip place={place} id={one.clause} short />
                      <input
                        class="govuk-input zn-field--s"
                        name={`remark.${one.id}`}
                        value={typed("pass", `remark.${one.id}`)}
                        placeholder={item.remark}
                        aria-label={`${say(place, one.title)} ${item.remark}`}
                      />
                    </div>
                  );
                })}
              </fieldset>
              <p class="zn-sub">{item.passAfter}</p>
              <button class="govuk-button zn-button--s">{item.passButton}</button>
            </Form>
          </div>
        </Panel>
      )}
      {can("recommendation.return") && (
        <details class="zn-panel zn-fold" id="return" open={refused?.act === "return"}>
          <summary>{item.return}</summary>
          <div class="zn-panel__body">
            <Form action={action("return")} csrf={csrf} hidden={hidden}>
              <p class="zn-sub">{item.returnAfter(closes)}</p>
              <TextArea
                id="return-reason"
                name="reason"
                label={item.reason}
                hint={item.reasonHint}
                rows={4}
                value={typed("return", "reason")}
                error={wrong("return", "reason")}
              />
              <fieldset class="govuk-fieldset zn-pairs">
                <legend class="govuk-label">{item.marks}</legend>
                {lines.map((index) => (
                  <div class="zn-pairs__row">
                    <SelectField
                      id={`mark-field-${index}`}
                      name="markField"
                      label={`${item.markField} ${index + 1}`}
                      hidden
                      value={typed("return", "markField", index)}
                      options={[none, ...questions]}
                    />
                    <TextField
                      id={`mark-text-${index}`}
                      name="markText"
                      label={`${item.markText} ${index + 1}`}
                      hidden
                      value={typed("return", "markText", index)}
                      error={wrong("return", `marks.${index}.text`)}
                    />
                  </div>
                ))}
              </fieldset>
              <button class="govuk-button govuk-button--secondary zn-button--s">{item.returnButton}</button>
            </Form>
          </div>
        </details>
      )}
      {can("recommendation.decline") ? (
        <details class="zn-panel zn-fold" id="decline" open={refused?.act === "decline"}>
          <summary>{item.decline}</summary>
          <div class="zn-panel__body">
            <Form action={action("decline")} csrf={csrf} hidden={hidden}>
              <p class="zn-sub">{item.declineAfter}</p>
              {lines.map((index) => (
                <fieldset class="govuk-fieldset zn-pairs">
                  <legend class="govuk-visually-hidden">
                    {item.code} {index + 1}
                  </legend>
                  <SelectField
                    id={`code-${index}`}
                    name="code"
                    label={`${item.code} ${index + 1}`}
                    value={
                      refused?.act === "decline"
                        ? typed("decline", "code", index)
                        : (suggested[index]?.code ?? "")
                    }
                    options={[
                      none,
                      ...ordered.map((one) => ({
                        value: one.code,
                        text: `${one.code} ${say(place, one.title)}`,
                      })),
                    ]}
                  />
                  <TextArea
                    id={`fact-${index}`}
                    name="fact"
                    label={`${item.fact} ${index + 1}`}
                    {...(index === 0 ? { hint: item.factHint } : {})}
                    rows={2}
                    value={typed("decline", "fact", index)}
                    error={wrong("decline", `reasons.${index}.fact`)}
                  />
                </fieldset>
              ))}
              <TextArea
                id="notice"
                label={item.notice}
                rows={2}
                value={typed("decline", "notice")}
                error={wrong("decline", "notice")}
              />
              <button class="govuk-button govuk-button--warning zn-button--s">{item.declineButton}</button>
            </Form>
          </div>
        </details>
      ) : (
        view.state === "DEPT_REVIEW" && <p class="zn-sub">{item.declineNot}</p>
      )}
      {can("recommendation.withdraw") && (
        <details
          class="zn-panel zn-fold"
          id="withdraw"
          open={refused?.act === "withdraw" || facts.withdrawalRequestedAt !== null}
        >
          <summary>{item.withdraw}</summary>
          <div class="zn-panel__body">
            <Form action={action("withdraw")} csrf={csrf} hidden={hidden}>
              {facts.withdrawalRequestedAt !== null && (
                <p>
                  {item.withdrawAsked(formatDate(civilDateOf(facts.withdrawalRequestedAt), place.language))}{" "}
                  {facts.withdrawalReason}
                </p>
              )}
              <p class="zn-sub">{item.withdrawAfter}</p>
              <TextArea
                id="withdraw-reason"
                name="reason"
                label={item.withdrawReason}
                rows={3}
                value={typed("withdraw", "reason")}
                error={wrong("withdraw", "reason")}
              />
              <TextField
                id="unitRequest"
                label={item.unitRequest}
                hint={item.unitRequestHint}
                value={typed("withdraw", "unitRequest")}
                error={wrong("withdraw", "unitRequest")}
              />
              <button class="govuk-button govuk-button--warning zn-button--s">{item.withdrawButton}</button>
            </Form>
          </div>
        </details>
      )}
    </>
  );
};
