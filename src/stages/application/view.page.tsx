import type { Finding } from "../../core/policy/judge.ts";
import type { Stage } from "../../core/policy/stage.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { money, sayFact } from "../../core/policy/words.ts";
import { deadlineText, Moment, momentText } from "../../ui/moment.tsx";
import { say, wordsOf } from "../../ui/place.ts";
import type { Frame } from "../../ui/work-page.tsx";
import { answersOf } from "./view-answers.ts";
import { ApplicationFrame, dueText, holderText } from "./view-frame.tsx";
import { FindingCounts, FindingsList } from "./view-findings.tsx";
import { ApplicationSheet, AttachmentList } from "./view-sheet.tsx";
import type { ApplicationView } from "./view.ts";
import { applicationWords, confirmationTitles } from "./words.ts";

export type OverviewProps = {
  readonly frame: Frame;
  readonly view: ApplicationView;
  readonly code: string | null;
  readonly next: { readonly title: Bilingual; readonly path: string } | null;
  /** The deadline that was missed, for what lapsed. */
  readonly missedAt: number | null;
};

export const OverviewPage = ({ frame, view, code, next, missedAt }: OverviewProps) => {
  const { place } = frame;
  const { view: words } = applicationWords[place.language];
  const basics =
    answersOf(place.policy, view.content, view.worded, view.lead, place.language)[0]?.questions ?? [];
  const answered = (path: string) => {
    const answer = basics.find((one) => one.path === path)?.answer;
    return answer?.kind === "text" ? answer.lines.join(" ") : "";
  };
  const { standing } = view;
  const facts: readonly (readonly [string, string])[] = [
    [words.field, answered("direction")],
    [
      words.requested,
      view.content.requestedGrant === null ? "" : sayFact(money(view.content.requestedGrant), place.language),
    ],
    [words.period, answered("periodEnd")],
    [words.department, view.department ?? ""],
    [words.division, view.division === null ? "" : say(place, view.division.title)],
    [
      words.version,
      view.shown === null && view.standing.holders.includes("PI")
        ? words.draftOf(momentText(place, view.savedAt))
        : view.frozenVersion === null
          ? words.draftOf(momentText(place, view.savedAt))
          : code === null
            ? words.frozenOnly(view.frozenVersion)
            : words.frozen(view.frozenVersion, code),
    ],
  ];
  return (
    <ApplicationFrame frame={frame} view={view} tab="overview">
      <div class="zn-over">
        <div class="zn-over__main">
          {view.state === "DRAFT" && (
            <div class="zn-banner">
              <p>
                <strong>{words.unsubmitted}</strong>
              </p>
              <p>{words.unsubmittedText}</p>
            </div>
          )}
          {view.missed !== null && missedAt !== null && (
            <div class="zn-banner">
              <p>{words.missed[view.missed](deadlineText(place, missedAt))}</p>
            </div>
          )}
          {view.withdrawalRequestedAt !== null && (
            <div class="zn-banner">
              <p>{words.withdrawalAsked}</p>
            </div>
          )}
          <section class="zn-panel" aria-labelledby="holder">
            <div class="zn-panel__head">
              <h2 id="holder">{words.holder}</h2>
            </div>
            <div class="zn-panel__body">
              <p>{holderText(place, view)}</p>
              {standing.internalDue !== null && (
                <p>
                  {words.internal} <strong class="zn-duetext">{dueText(place, standing.internalDue)}</strong>
                </p>
              )}
              {standing.due !== null && (
                <p>
                  {words.until} <strong class="zn-duetext">{dueText(place, standing.due)}</strong>{" "}
                  <span class="zn-sub">{words.clock}</span>
                </p>
              )}
              <h3 class="zn-over__next">{words.next}</h3>
              {next === null ? (
                <p>{words.nothingNext}</p>
              ) : (
                <a class="govuk-button" role="button" draggable={false} href={place.home + next.path}>
                  {say(place, next.title)}
                </a>
              )}
              {/* What is being amended is not printed. */}
              {view.shown !== null && (
                <p class="zn-over__papers">
                  <a class="govuk-link" href={`${place.home}/applications/${view.id}/papers`}>
                    {words.papers}
                  </a>
                </p>
              )}
            </div>
          </section>
          <section aria-labelledby="facts">
            <h2 class="zn-over__h" id="facts">
              {words.facts}
            </h2>
            <dl class="govuk-summary-list">
              {facts.map(([name, value]) => (
                <div class="govuk-summary-list__row">
                  <dt class="govuk-summary-list__key">{name}</dt>
                  <dd class="govuk-summary-list__value">
                    {value === "" ? <span class="zn-sub">{words.empty}</span> : value}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
        <div class="zn-over__side">
          <section aria-labelledby="files">
            <h2 class="zn-over__h" id="files">
              {words.attachments}
            </h2>
            <AttachmentList place={place} application={view.id} attachments={view.attachments} />
          </section>
          <section aria-labelledby="confirmations">
            <h2 class="zn-over__h" id="confirmations">
              {words.confirmations}
            </h2>
            {view.confirmations.length === 0 ? (
              <span class="zn-sub">{wordsOf(place).work.none}</span>
            ) : (
              <ul class="govuk-list zn-files">
                {view.confirmations.map((one) => {
                  const title = confirmationTitles[one.kind]?.[one.agreed ? "given" : "declined"];
                  return (
                    <li>
                      {title === undefined ? words.declared(one.agreed) : say(place, title)}
                      {one.party === "" ? "" : `　${one.party}`}
                      <span class="zn-sub">
                        <Moment place={place} at={one.at} />
                        {one.remark === "" ? "" : ` · ${one.remark}`}
                      </span>
                    </li>
                  );
                })}
              </ul>
            )}
          </section>
        </div>
      </div>
    </ApplicationFrame>
  );
};

/** 申报书: the worded document, for reading and printing. */
export const ReadPage = ({
  frame,
  view,
  code,
}: {
  frame: Frame;
  view: ApplicationView;
  code: string | null;
}) => {
  const { place } = frame;
  const { view: words } = applicationWords[place.language];
  return (
    <ApplicationFrame frame={frame} view={view} tab="read">
      <p class="zn-sub zn-docline">
        {view.shown === null
          ? words.draftOf(momentText(place, view.savedAt))
          : code === null
            ? words.frozenOnly(view.shown)
            : words.frozen(view.shown, code)}
      </p>
      <ApplicationSheet place={place} view={view} />
    </ApplicationFrame>
  );
};

type Judged = {
  readonly stage: Stage;
  readonly findings: readonly Finding[];
  readonly excepted: readonly Finding[];
  readonly met: readonly unknown[];
};

/** 审查: all findings with their clauses, what was met, what was excepted. */
export const FindingsPage = ({
  frame,
  view,
  judged,
}: {
  frame: Frame;
  view: ApplicationView;
  judged: Judged;
}) => {
  const { place } = frame;
  const words = applicationWords[place.language].findings;
  // A row of a list is shown with its list.
  const read = `${place.home}/applications/${view.id}/read`;
  const hrefOf = (path: string) => `${read}#answer-${path.split("[", 1)[0] ?? ""}`;
  return (
    <ApplicationFrame frame={frame} view={view} tab="findings">
      <section class="zn-panel zn-findings" aria-labelledby="findings">
        <div class="zn-panel__head">
          <h2 id="findings">{words.title}</h2>
          <FindingCounts place={place} findings={judged.findings} met={judged.met.length} />
          <span class="zn-sub">{words.lead(words.stages[judged.stage])}</span>
        </div>
        {judged.findings.length === 0 ? (
          <div class="zn-panel__body">
            <p>{words.none}</p>
          </div>
        ) : (
          <FindingsList
            place={place}
            findings={judged.findings}
            hrefOf={hrefOf}
            linkText={applicationWords[place.language].consents.read}
          />
        )}
      </section>
      {judged.excepted.length > 0 && (
        <section class="zn-panel zn-findings" aria-labelledby="excepted">
          <div class="zn-panel__head">
            <h2 id="excepted">{words.excepted}</h2>
            <span class="zn-sub">{words.exceptedText}</span>
          </div>
          <FindingsList place={place} findings={judged.excepted} />
        </section>
      )}
    </ApplicationFrame>
  );
};
