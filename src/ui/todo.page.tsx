import type { Bilingual } from "../core/policy/words.ts";
import { civilDateOf, formatDate } from "../core/calendar.ts";
import { say, wordsOf } from "./place.ts";
import { dayOf, hourOf } from "./when.tsx";
import { type Frame, WorkPage } from "./work-page.tsx";

type Item = {
  readonly title: Bilingual;
  readonly detail: Bilingual;
  readonly href: string;
  readonly due: number | null;
};

export type TodoPageProps = {
  readonly frame: Frame;
  readonly items: readonly Item[];
  /** What to do next where nothing waits. */
  readonly next: readonly { readonly title: Bilingual; readonly href: string }[];
  readonly unread: number;
};

const day = 86_400_000;

/** What waits for the person, the nearest date first; nothing that is somebody else's and nothing that is done. */
export const TodoPage = ({ frame, items, next, unread }: TodoPageProps) => {
  const { place } = frame;
  const words = wordsOf(place).work;
  const overdueSoon = (due: number) => due - place.now < 3 * day;
  return (
    <WorkPage frame={frame} title={words.todo.title} here="/work">
      <div class="zn-pagehead">
        <h1>{words.todo.title}</h1>
        <p class="zn-muted">{items.length === 0 ? words.todo.nothing : words.todo.waiting(items.length)}</p>
        {unread > 0 && (
          <p>
            <a class="govuk-link" href={`${place.home}/me#notices`}>
              {words.todo.notices(unread)}
            </a>
          </p>
        )}
      </div>
      {items.length === 0 ? (
        <div class="zn-empty">
          <p>{words.todo.empty}</p>
          <ul class="govuk-list">
            {next.map((one) => (
              <li>
                <a class="govuk-link" href={place.home + one.href}>
                  {say(place, one.title)}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <ol class="zn-todo">
          {items.map((one) => (
            <li>
              <a class="govuk-link zn-todo__title" href={place.home + one.href}>
                {say(place, one.title)}
              </a>
              <span class="zn-todo__detail">{say(place, one.detail)}</span>
              {one.due !== null && (
                <span class={overdueSoon(one.due) ? "zn-todo__due zn-duetext" : "zn-todo__due"}>
                  <time
                    dateTime={new Date(one.due).toISOString()}
                    title={formatDate(civilDateOf(one.due - 1), place.language)}
                  >
                    {words.todo.until(whenOf(one.due, place.language))}
                  </time>{" "}
                  {words.todo.left(
                    Math.floor((one.due - place.now) / day),
                    Math.floor(((one.due - place.now) % day) / 3_600_000),
                  )}
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
    </WorkPage>
  );
};

/** A deadline at midnight is the end of the day before: `6月30日 24:00`. */
const whenOf = (due: number, language: "zh" | "en"): string =>
  hourOf(due) === "00:00"
    ? `${dayOf(civilDateOf(due - 1), language)} 24:00`
    : `${dayOf(civilDateOf(due), language)} ${hourOf(due)}`;
