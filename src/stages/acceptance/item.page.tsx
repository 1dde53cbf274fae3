import { applicationStates } from "../../core/lifecycle/application.ts";
import { Choices, TextArea } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { inTenThousands } from "../../ui/money.ts";
import { PaperSheet } from "../../ui/paper.tsx";
import { type Place, say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import { deadlineText, shortText } from "../endorsement/moment.ts";
import { ApplicationSheet } from "../application/view-sheet.tsx";
import { attachmentTitles } from "../application/view-titles.ts";
import { labelOf } from "../application/view.ts";
import type { Trouble } from "../registration/desk.ts";
import { idOf, type Typed } from "./decision.ts";
import { DecideBar, decideForm } from "./item.decide.tsx";
import { Findings } from "./item.findings.tsx";
import { History } from "./item.history.tsx";
import { Reasons } from "./item.reasons.tsx";
import type { Item } from "./item.ts";
import { SimilarSection } from "./similar.section.tsx";
import type { Similar } from "./similar.ts";
import { acceptanceWords } from "./words.ts";

export type ItemPageProps = {
  readonly frame: Frame;
  readonly item: Item;
  /** Null for whoever does not compare. */
  readonly similar: Similar | null;
  /** Where it stands in the queue, and its neighbours. */
  readonly queue: {
    readonly at: number;
    readonly of: number;
    readonly before: string | null;
    readonly after: string | null;
  };
  readonly mayDecide: boolean;
  readonly mayAdvise: boolean;
  readonly typed: Typed;
  /** Asked for; `paper` null where the decision as typed makes no letter yet. */
  readonly preview: { readonly paper: string | null } | null;
  readonly advising: { readonly fits: string; readonly text: string };
  readonly trouble: Trouble | null;
  readonly done: string | null;
  readonly once: string;
};

/** One application, one screen: what was filed, what the rules say of it, the reasons, the decision with its effect. */
export const ItemPage = (props: ItemPageProps) => {
  const { frame, item, typed, trouble, done, mayDecide, mayAdvise } = props;
  const { place } = frame;
  const words = acceptanceWords(place).item;
  const { facts } = item;
  const faults = new Map((trouble?.faults ?? []).map((one) => [one.place, say(place, one.reason)]));
  const title = item.frozen.content.title;
  const isOpen = facts.state === "ACCEPTANCE";
  return (
    <WorkPage frame={frame} title={title} here="/acceptance" full error={trouble !== null}>
      <Head place={place} item={item} queue={props.queue} />
      <TroubleSummary
        place={place}
        trouble={trouble}
        hrefOf={(path) => (faults.has(path) ? `#${idOf(path)}` : undefined)}
      />
      {done !== null && (
        <div class="zn-done" role="status">
          <Icon place={place} name="ok" /> {done}{" "}
          {!isOpen && (
            <a class="govuk-link" href={`${place.home}/acceptance/${facts.id}/notice`}>
              {words.toNotice}
            </a>
          )}
        </div>
      )}
      {!isOpen && done === null && (
        <p class="zn-panel zn-panel__body">
          {words.closed(say(place, applicationStates[facts.state]))}{" "}
          {item.told.length > 0 && (
            <a class="govuk-link" href={`${place.home}/acceptance/${facts.id}/notice`}>
              {words.toNotice}
            </a>
          )}
        </p>
      )}
      <ul class="zn-jump">
        {(["findings", ...(mayDecide ? (["reasons"] as const) : []), "form"] as const).map((one) => (
          <li>
            <a class="govuk-link" href={`#${one}`}>
              {words.jump[one]}
            </a>
          </li>
        ))}
      </ul>
      <div class="zn-panes zn-panes--desk">
        {/* First in the markup: on a phone the findings come before the form. */}
        <div class="zn-panes__side">
          <Findings
            place={place}
            item={item}
            typed={typed}
            form={mayDecide ? decideForm : null}
            faults={faults}
          />
          {props.similar !== null && <SimilarSection place={place} item={item} similar={props.similar} />}
          <AdvicePanel {...props} may={mayAdvise} />
          {mayDecide && <Reasons place={place} item={item} typed={typed} form={decideForm} faults={faults} />}
          {props.preview !== null && <Preview place={place} paper={props.preview.paper} />}
        </div>
        <div class="zn-panes__doc" id="form" role="region" aria-label={words.form}>
          <ApplicationSheet place={place} view={item.view} />
          <div class="zn-doc">
            <Papers place={place} item={item} />
            <History place={place} item={item} />
          </div>
        </div>
      </div>
      {mayDecide && (
        <DecideBar
          place={place}
          csrf={frame.csrf}
          item={item}
          typed={typed}
          once={props.once}
          error={faults.get("decision")}
        />
      )}
    </WorkPage>
  );
};

const Head = ({ place, item, queue }: { place: Place; item: Item; queue: ItemPageProps["queue"] }) => {
  const words = acceptanceWords(place).item;
  const { facts, frozen, letter } = item;
  const { policy } = facts.call;
  const worded = frozen.worded;
  const kind = [worded.category, worded.field, worded.direction]
    .flatMap((one) => (one === null ? [] : [say(place, one)]))
    .filter((one, index, all) => all.indexOf(one) === index)
    .join(" · ");
  const division = policy.programme.divisions.find((one) => one.code === facts.division);
  const grant = frozen.content.requestedGrant;
  const desk = acceptanceWords(place).desk;
  const meta: readonly (readonly [string, string])[] = [
    [words.meta.number, words.numbered(labelOf(facts.call.code, facts.number), frozen.number)],
    [words.meta.kind, kind],
    [words.meta.unit, facts.organization.name],
    [words.meta.investigator, facts.investigator.name],
    [words.meta.grant, grant === null ? "" : `${inTenThousands(grant)} ${desk.tenThousand}`],
    [
      words.meta.letter,
      letter === null ? "" : `${letter.number ?? letter.code}　${words.paper(letter.paperReceivedOn)}`,
    ],
    [words.meta.division, division === undefined ? "" : say(place, division.title)],
  ];
  const dates = [facts.createdAt, facts.submittedAt, facts.endorsedAt, facts.recommendedAt];
  return (
    <div class="zn-item zn-item--flat">
      <div class="zn-item__top">
        <h1>{frozen.content.title}</h1>
        <span class="govuk-tag">{say(place, applicationStates[facts.state])}</span>
        <span class="end">
          {queue.at > 0 && <span class="zn-sub">{words.position(queue.at, queue.of)}</span>}
          {queue.before !== null && (
            <a class="govuk-link" href={`${place.home}/acceptance/${queue.before}`}>
              {words.previous}
            </a>
          )}
          {queue.after !== null && (
            <a class="govuk-link" href={`${place.home}/acceptance/${queue.after}`}>
              {words.following}
            </a>
          )}
          <a class="govuk-link" href={`${place.home}/acceptance`}>
            {words.back}
          </a>
        </span>
      </div>
      <dl class="zn-item__meta">
        {meta.map(([name, value]) =>
          value === "" ? null : (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <ol class="zn-track" aria-label={words.track}>
        {dates.map((at, index) => (
          <li class={at === null ? "is-todo" : "is-done"}>
            <b>{words.steps[index]}</b>
            <span>{at === null ? "" : shortText(at)}</span>
          </li>
        ))}
        <li
          class={facts.decidedAt === null ? "is-now" : "is-done"}
          aria-current={facts.decidedAt === null ? "step" : undefined}
        >
          <b>{words.steps[4]}</b>
          <span>
            {facts.decidedAt !== null ? (
              shortText(facts.decidedAt)
            ) : (
              <em class="zn-duetext">
                {words.limit(
                  deadlineText(
                    place,
                    facts.state === "CORRECTION" && facts.correctionDueAt !== null
                      ? facts.correctionDueAt
                      : facts.call.acceptClosesAt,
                  ),
                )}
              </em>
            )}
          </span>
        </li>
      </ol>
    </div>
  );
};

const AdvicePanel = ({ frame, item, advising, once, may }: ItemPageProps & { may: boolean }) => {
  const { place, csrf } = frame;
  const words = acceptanceWords(place).item;
  return (
    <section class="zn-panel" aria-labelledby="advice-h">
      <div class="zn-panel__head">
        <h2 id="advice-h">{words.advice}</h2>
      </div>
      <div class="zn-panel__body">
        {item.advice.length === 0 && <p class="zn-sub">{words.noAdvice}</p>}
        {item.advice.map((one) => (
          <p class="zn-words">
            <strong class="zn-strong">{one.fits ? words.fits : words.doubts}</strong>　{one.said}
            <span class="zn-sub">
              　{one.name}　{shortText(one.at)}
            </span>
          </p>
        ))}
        {may && (
          <Form
            action={`${place.home}/acceptance/${item.facts.id}/advice`}
            csrf={csrf}
            hidden={{ key: once }}
          >
            <Choices
              id="fits"
              kind="radio"
              inline
              label={words.adviceAsk}
              values={advising.fits === "" ? [] : [advising.fits]}
              options={[
                { value: "yes", text: words.fits },
                { value: "no", text: words.doubts },
              ]}
            />
            <TextArea id="advice" label={words.adviceText} rows={3} value={advising.text} />
            <button class="govuk-button govuk-button--secondary zn-button--s">{words.adviceDo}</button>
          </Form>
        )}
      </div>
    </section>
  );
};

const Papers = ({ place, item }: { place: Place; item: Item }) => {
  const words = acceptanceWords(place).item;
  const { attachments, confirmations } = item.view;
  const seals = confirmations.filter((one) => one.kind === "SEAL");
  const scans = attachments.filter((one) => one.type === "STAMPED_SCAN");
  const rest = attachments.filter((one) => one.type !== "STAMPED_SCAN");
  const list = (files: typeof attachments) => (
    <ul class="govuk-list">
      {files.map((one) => (
        <li>
          <a class="govuk-link" href={`${place.home}/applications/${item.facts.id}/files/${one.id}`}>
            {one.filename}
          </a>{" "}
          <span class="zn-sub">
            {say(place, attachmentTitles[one.type] ?? { zh: one.type, en: one.type })}　
            {(one.size / 1_048_576).toFixed(1)} MB
          </span>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <section id="attachments">
        <h2>{words.attachments}</h2>
        {rest.length === 0 ? <p class="zn-sub">{words.noAttachments}</p> : list(rest)}
      </section>
      <section id="scan">
        <h2>{words.scan}</h2>
        <p class="zn-sub">{words.code(item.frozen.code)}</p>
        {item.frozen.number > 1 && (
          <p>
            <a
              class="govuk-link"
              href={`${place.home}/applications/${item.facts.id}/versions/${item.frozen.number - 1}/${item.frozen.number}`}
            >
              {words.compare(item.frozen.number - 1)}
            </a>
          </p>
        )}
        {scans.length === 0 && seals.length === 0 && <p class="zn-sub">{words.scanNone}</p>}
        {list(scans)}
        {seals.map((one) => (
          <p>
            {words.sealed(one.version, one.version === item.frozen.number)}
            <span class="zn-sub">　{shortText(one.at)}</span>
          </p>
        ))}
      </section>
    </>
  );
};

/** The notice as it would be sent now. */
const Preview = ({ place, paper }: { place: Place; paper: string | null }) => {
  const words = acceptanceWords(place).item;
  return (
    <section class="zn-panel" id="preview" aria-labelledby="preview-h">
      <div class="zn-panel__head">
        <h2 id="preview-h">{words.previewTitle}</h2>
      </div>
      <div class="zn-panel__body">
        {paper === null ? <p>{words.previewNone}</p> : <PaperSheet html={paper} label={words.previewTitle} />}
      </div>
    </section>
  );
};
