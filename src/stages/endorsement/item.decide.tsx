import { TextArea, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { Checklist, OverQuota } from "./checklist.tsx";
import { Ahead } from "./item.ahead.tsx";
import { Marks, placeTitle } from "./item.marks.tsx";
import { Panel } from "./item.panel.tsx";
import type { ItemProps } from "./item.props.ts";
import { deadlineText } from "./moment.ts";
import { usedOf } from "./quota.ts";
import { endorsementWords } from "./words.ts";

/** The decision: each way with what it will cause, before it is taken. */
export const Decide = (props: ItemProps) => {
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
