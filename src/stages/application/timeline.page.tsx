import { applicationStates } from "../../core/lifecycle/application.ts";
import { roles } from "../../core/role.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { deadlineText, Moment } from "../../ui/moment.tsx";
import { type Place, say } from "../../ui/place.ts";
import { Timeline } from "../../ui/timeline.tsx";
import type { Frame } from "../../ui/work-page.tsx";
import type { Event } from "./timeline.ts";
import type { VersionView } from "./versions.ts";
import { ApplicationFrame } from "./view-frame.tsx";
import type { ApplicationView } from "./view.ts";
import { applicationWords } from "./words.ts";

const byline = (place: Place, event: Event): string => {
  const words = applicationWords[place.language].history;
  if (event.what.startsWith("system.")) return words.platform;
  return [
    event.role === null ? "" : say(place, roles[event.role].title),
    event.name ?? "",
    event.organization ?? "",
    event.delegated ? words.delegated : "",
  ]
    .filter((one) => one !== "")
    .join(" · ");
};

const Body = ({ place, event }: { place: Place; event: Event }) => {
  const words = applicationWords[place.language].history;
  const state = (one: Event["from"]) => (one === null ? "" : say(place, applicationStates[one]));
  return (
    <>
      <p class="zn-sub">
        {[
          event.to === null
            ? ""
            : event.from === null
              ? words.becomes(state(event.to))
              : words.fromTo(state(event.from), state(event.to)),
          event.version === null || event.version === 0 ? "" : words.version(event.version),
        ]
          .filter((one) => one !== "")
          .join(" · ")}{" "}
        {event.clause !== null && <ClauseChip place={place} id={event.clause} short />}
      </p>
      {event.reason !== "" && (
        <p>
          {words.reason}
          {place.language === "zh" ? "：" : ": "}
          {event.reason}
        </p>
      )}
      {event.codes.length > 0 && (
        <ul class="govuk-list">
          {event.codes.map(({ code, title, clause }) => (
            <li>
              <span class="zn-code">{code}</span> {say(place, title)}{" "}
              {clause !== "" && <ClauseChip place={place} id={clause} short />}
            </li>
          ))}
        </ul>
      )}
      {event.marks.length > 0 && (
        <ul class="govuk-list zn-marks" aria-label={words.marks}>
          {event.marks.map(({ text }) => (
            <li>{text}</li>
          ))}
        </ul>
      )}
    </>
  );
};

/** 历史: what happened, and what was filed. */
export const HistoryPage = ({
  frame,
  view,
  events,
  versions,
  draft,
  missedAt,
}: {
  frame: Frame;
  view: ApplicationView;
  events: readonly Event[];
  versions: readonly VersionView[];
  /** Whether the reader may compare with what is being written. */
  draft: boolean;
  missedAt: number | null;
}) => {
  const { place } = frame;
  const all = applicationWords[place.language];
  const words = all.history;
  const base = `${place.home}/applications/${view.id}/versions`;
  return (
    <ApplicationFrame frame={frame} view={view} tab="history">
      {view.missed !== null && missedAt !== null && (
        <div class="zn-banner zn-gap">
          <p>{all.view.missed[view.missed](deadlineText(place, missedAt))}</p>
        </div>
      )}
      <div class="zn-over">
        <section class="zn-over__main" aria-labelledby="history">
          <h2 class="zn-over__h" id="history">
            {words.title}
          </h2>
          <Timeline
            place={place}
            items={events.map((event, index) => ({
              id: `${event.at}-${index}`,
              title: say(place, event.title),
              by: byline(place, event),
              at: event.at,
              body: <Body place={place} event={event} />,
            }))}
          />
        </section>
        <section class="zn-over__side" aria-labelledby="versions">
          <h2 class="zn-over__h" id="versions">
            {words.versions}
          </h2>
          {versions.length === 0 ? (
            <p class="zn-sub">{words.noVersion}</p>
          ) : (
            <ul class="govuk-list zn-files">
              {versions.map(({ number, code, frozenAt }) => (
                <li>
                  {words.version(number)}　<span class="zn-code">{code}</span>
                  <span class="zn-sub">
                    <Moment place={place} at={frozenAt} />
                  </span>
                  {number > 1 && (
                    <a class="govuk-link" href={[base, number - 1, number].join("/")}>
                      {words.compare(words.version(number - 1), words.version(number))}
                    </a>
                  )}
                  {draft && number === versions[0]?.number && (
                    <a class="govuk-link" href={[base, number, "draft"].join("/")}>
                      {words.compare(words.version(number), words.draft)}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </ApplicationFrame>
  );
};
