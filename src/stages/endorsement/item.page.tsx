import type { ComponentChildren } from "preact";
import { applicationStates } from "../../core/lifecycle/application.ts";
import { TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { inTenThousands } from "../../ui/money.ts";
import { say } from "../../ui/place.ts";
import { WorkPage } from "../../ui/work-page.tsx";
import { ApplicationSheet } from "../application/view-sheet.tsx";
import { Confirmations, Findings, Attachments, History } from "./item.beside.tsx";
import { Decide } from "./item.decide.tsx";
import type { ItemProps } from "./item.props.ts";
import { deadlineText, leftText, shortText } from "./moment.ts";
import { endorsementWords } from "./words.ts";

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
