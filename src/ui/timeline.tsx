import type { ComponentChildren } from "preact";
import { Moment } from "./moment.tsx";
import type { Place } from "./place.ts";

/** One event as it is shown: what, who, when, and what belongs to it. */
export type TimelineItem = {
  readonly id: string;
  readonly title: string;
  /** Role, name, organisation; empty for the platform's own acts. */
  readonly by: string;
  readonly at: number;
  readonly body: ComponentChildren;
};

/** 经过: the latest first. */
export const Timeline = ({ place, items }: { place: Place; items: readonly TimelineItem[] }) => (
  <ol class="moj-timeline zn-timeline">
    {items.map((item) => (
      <li class="moj-timeline__item">
        <div class="moj-timeline__header">
          <h3 class="moj-timeline__title">{item.title}</h3>
        </div>
        <p class="moj-timeline__date">
          {item.by !== "" && <span class="zn-timeline__by">{item.by}</span>}
          <Moment place={place} at={item.at} />
        </p>
        {item.body !== null && <div class="moj-timeline__description">{item.body}</div>}
      </li>
    ))}
  </ol>
);
