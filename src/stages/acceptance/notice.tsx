import { ClauseChip } from "../../ui/clause.tsx";
import { type Place, say } from "../../ui/place.ts";
import { deadlineText } from "../endorsement/moment.ts";
import { labelOf } from "../application/view.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { citedClause } from "./cited-clause.ts";
import { fieldTitles } from "./openable.ts";
import type { Told } from "./item.ts";
import { acceptanceWords } from "./words.ts";

export type NoticeProps = {
  readonly place: Place;
  readonly facts: ApplicationFacts;
  readonly title: string;
  readonly category: string | null;
  readonly told: Told;
  /** Last instants of a correction and of an appeal, as the decision sets them. */
  readonly correctionDue: number | null;
  readonly appealDue: number | null;
};

/** What the applicants are told: the decision, each reason with its clause and fact, what to do and until when. */
export const Notice = ({ place, facts, title, category, told, correctionDue, appealDue }: NoticeProps) => {
  const words = acceptanceWords(place).notice;
  const { policy } = facts.call;
  const reasons = told.given.flatMap(({ code, fact }) => {
    const reason = policy.procedure.reasons.find((one) => one.code === code);
    return reason === undefined
      ? []
      : [{ reason, fact, clause: citedClause(policy, reason, category, told.found) }];
  });
  const fields = fieldTitles(policy, category, place);
  const number = facts.acceptanceNumber ?? "";
  const decision = {
    "acceptance.requestCorrection":
      correctionDue === null ? "" : words.correct(deadlineText(place, correctionDue)),
    "acceptance.accept": words.accepted(number),
    "acceptance.refuse": words.refused,
    "system.expireCorrection": words.expired,
    "appeal.decide": facts.state === "NOT_ACCEPTED" ? words.dismissed : words.upheld(number),
  }[told.action];
  const isRefusal = told.action === "acceptance.refuse" || told.action === "system.expireCorrection";
  return (
    <>
      <p>{words.to(facts.organization.name, facts.investigator.name)}</p>
      <p>{words.opening(title, labelOf(facts.call.code, facts.number), told.version ?? 1)}</p>
      <p class="zn-strong">{decision}</p>
      {reasons.length > 0 && told.action !== "acceptance.accept" && (
        <table class="zn-dense zn-cards zn-notice__reasons">
          <caption class="govuk-visually-hidden">{words.columns[0]}</caption>
          <thead>
            <tr>
              {words.columns.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {reasons.map(({ reason, fact, clause }) => (
              <tr>
                <td>
                  <span class="zn-code">{reason.code}</span> {say(place, reason.title)}
                </td>
                <td>
                  <ClauseChip place={place} id={clause} />
                </td>
                <td class="zn-words">{fact}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {told.fields.length > 0 && (
        <p>
          {words.fields}：{told.fields.map((one) => fields.get(one) ?? one).join("、")}
        </p>
      )}
      {told.notice !== "" && <p class="zn-words">{told.notice}</p>}
      {isRefusal && appealDue !== null && <p>{words.appeal(deadlineText(place, appealDue))}</p>}
    </>
  );
};
