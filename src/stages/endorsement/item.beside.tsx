import { roles } from "../../core/role.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { lookOf } from "../../ui/finding.tsx";
import { type Place, say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";
import type { Event } from "../application/timeline.ts";
import { AttachmentList } from "../application/view-sheet.tsx";
import type { ApplicationView } from "../application/view.ts";
import type { Readiness } from "./gaps.ts";
import { Panel } from "./item.panel.tsx";
import type { ItemProps } from "./item.props.ts";
import { shortText } from "./moment.ts";
import { endorsementWords } from "./words.ts";

/** What stands beside the sheet: the confirmations, what the rules say, the files and the history. */

export const Confirmations = ({
  place,
  readiness,
  id,
}: {
  place: Place;
  readiness: Readiness;
  id: string;
}) => {
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

export const Findings = ({ frame: { place }, findings, met }: ItemProps) => {
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

export const Attachments = ({ place, view }: { place: Place; view: ApplicationView }) => (
  <Panel id="attachments" title={endorsementWords(place).item.attachments}>
    <div class="zn-panel__body">
      <AttachmentList place={place} application={view.id} attachments={view.attachments} />
    </div>
  </Panel>
);

export const History = ({ place, events }: { place: Place; events: readonly Event[] }) => {
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
