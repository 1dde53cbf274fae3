import type { ComponentChildren } from "preact";
import type { ApplicationState } from "../../core/lifecycle/application.ts";
import { roles } from "../../core/role.ts";
import { deadlineText, leftUntil, momentText, shortDeadline } from "../../ui/moment.tsx";
import { type Place, say } from "../../ui/place.ts";
import { StateTag } from "../../ui/state-tag.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { Track, type TrackStep } from "../../ui/track.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { ApplicationView } from "./view.ts";
import { applicationWords, type ApplicationWords } from "./words.ts";

export type Tab = "overview" | "read" | "findings" | "history" | "papers" | "receipt";

/** The same page with the guide of the application's own call. */
export const titleOf = (place: Place, title: string): string =>
  title === "" ? applicationWords[place.language].list.untitled : title;

const stepNames = ["draft", "submit", "endorse", "review", "recommend", "accept", "expert"] as const;
const nowAt: Readonly<Partial<Record<ApplicationState, number>>> = {
  DRAFT: 0,
  RETURNED_TO_PI: 1,
  ORG_REVIEW: 2,
  DEPT_REVIEW: 3,
  DEPT_PASSED: 4,
  RECOMMENDED: 5,
  ACCEPTANCE: 5,
  CORRECTION: 5,
  APPEAL: 5,
  ACCEPTED: 6,
  IN_REVIEW: 6,
};

/** Where it is between draft and review; what ended shows the step at which it ended. */
export const stepsOf = (
  place: Place,
  view: ApplicationView,
  words: ApplicationWords["view"],
): readonly TrackStep[] => {
  const times = [
    view.createdAt,
    view.submittedAt,
    view.endorsedAt,
    null,
    view.recommendedAt,
    view.decidedAt,
    null,
  ];
  const ended = view.standing.holders.length === 0;
  const reached =
    view.recommendedAt !== null ? 5 : view.endorsedAt !== null ? 3 : view.submittedAt !== null ? 2 : 0;
  const now = nowAt[view.state] ?? reached;
  return stepNames.map((name, index) => {
    const at = times[index] ?? null;
    if (index < now)
      return {
        title: words.steps[name],
        look: "done",
        note: at === null ? "" : momentText(place, at),
        due: null,
      };
    if (index > now) return { title: words.steps[name], look: "todo", note: words.todo, due: null };
    const { due } = view.standing;
    return {
      title: words.steps[name],
      look: ended && view.missed !== null ? "missed" : "now",
      note: ended ? (view.missed === null ? "" : words.missedHere) : "",
      due: due === null || ended ? null : `${words.until} ${shortDeadline(due)}`,
    };
  });
};

export const holderText = (place: Place, { standing }: Pick<ApplicationView, "standing">): string => {
  const words = applicationWords[place.language].view;
  if (standing.step === null) return words.nobody;
  const who = standing.holders
    .map((role) => say(place, roles[role].title))
    .join(place.language === "zh" ? "、" : ", ");
  return words.waits(who, say(place, standing.step));
};

/** `6月30日 24:00，还有 5 天…`, or that it is over. */
export const dueText = (place: Place, due: number): string => {
  const words = applicationWords[place.language].view;
  const left = leftUntil(due, place.now);
  return [deadlineText(place, due), left === null ? words.over : words.left(...left)].join(
    place.language === "zh" ? "，" : ", ",
  );
};

/** Head, progress and tabs of one application; its page goes below. */
export const ApplicationFrame = ({
  frame,
  view,
  tab,
  title,
  children,
}: {
  frame: Frame;
  view: ApplicationView;
  tab: Tab | null;
  title?: string;
  children: ComponentChildren;
}) => {
  const { place } = frame;
  const { view: words } = applicationWords[place.language];
  const base = `${place.home}/applications/${view.id}`;
  const name = titleOf(place, view.content.title);
  const link = (one: Tab, path: string) => ({ href: base + path, text: words.tabs[one], here: one === tab });
  return (
    <WorkPage
      frame={frame}
      title={[title ?? (tab === null ? "" : words.tabs[tab]), name].filter((one) => one !== "").join(" · ")}
      here="/applications"
    >
      <div class="zn-item zn-item--flat">
        <div class="zn-item__top">
          <h1>{name}</h1>
          <StateTag place={place} state={view.state} />
        </div>
        <dl class="zn-item__meta">
          <div>
            <dt>{words.number}</dt>
            <dd>{view.label}</dd>
          </div>
          {view.acceptanceNumber !== null && (
            <div>
              <dt>{words.acceptance}</dt>
              <dd>{view.acceptanceNumber}</dd>
            </div>
          )}
          <div>
            <dt>{words.investigator}</dt>
            <dd>{view.lead.name}</dd>
          </div>
          <div>
            <dt>{words.organization}</dt>
            <dd>{view.organization.name}</dd>
          </div>
        </dl>
        <Track label={words.track} steps={stepsOf(place, view, words)} />
      </div>
      <Tabs
        label={words.tabsLabel}
        tabs={[
          link("overview", ""),
          link("read", "/read"),
          link("findings", "/findings"),
          link("history", "/history"),
          link("papers", "/papers"),
          ...(view.frozenVersion === null ? [] : [link("receipt", "/receipt")]),
        ]}
      />
      {children}
    </WorkPage>
  );
};
