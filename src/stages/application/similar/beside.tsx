import type { Place as Stretch, Uncounted } from "../../../core/similarity/uncounted.ts";
import { type Place, say } from "../../../ui/place.ts";
import type { AttachedTexts } from "./attached.ts";
import { sectionTitle, type Side } from "./pieces.tsx";
import { similarWords } from "./words.ts";

const longestExcerpt = 60;

/** What was left out of the comparison, and why: closed until somebody asks. */
export const NotCounted = ({
  place,
  mine,
  uncounted,
  pasted,
}: {
  place: Place;
  mine: Side;
  uncounted: readonly Uncounted[];
  pasted: readonly Stretch[];
}) => {
  const words = similarWords(place);
  const known = uncounted.filter(({ why }) => why === "known");
  const frequent = uncounted.filter(({ why }) => why === "frequent");
  if (uncounted.length + pasted.length === 0) return null;
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{words.notCounted(uncounted.length)}</span>
      </summary>
      <div class="govuk-details__text">
        <Stretches place={place} mine={mine} title={words.pasted} stretches={pasted} />
        <Stretches place={place} mine={mine} title={words.known} stretches={known} />
        <Stretches place={place} mine={mine} title={words.frequent} stretches={frequent} />
      </div>
    </details>
  );
};

const Stretches = ({
  place,
  mine,
  title,
  stretches,
}: {
  place: Place;
  mine: Side;
  title: string;
  stretches: readonly Stretch[];
}) =>
  stretches.length === 0 ? null : (
    <>
      <h3 class="zn-over__h">{title}</h3>
      <ul class="govuk-list govuk-list--bullet">
        {stretches.map(({ section, from, to }) => {
          const text = (mine.texts.get(section) ?? "").slice(from, to);
          return (
            <li>
              {sectionTitle(place, mine, section)}：
              {text.length <= longestExcerpt ? text : `${text.slice(0, longestExcerpt)}……`}{" "}
              <span class="zn-sub">{similarWords(place).characters(to - from)}</span>
            </li>
          );
        })}
      </ul>
    </>
  );

/** Attachments that hold no text to compare, by name and with the reason; and those still being read. */
export const Unread = ({
  place,
  attached: { unreadable, waiting },
}: {
  place: Place;
  attached: AttachedTexts;
}) => {
  const words = similarWords(place);
  return (
    <>
      {waiting > 0 && <p class="zn-sub">{words.reading(waiting)}</p>}
      {unreadable.length > 0 && (
        <>
          <p class="zn-sub">{words.unreadable}</p>
          <ul class="govuk-list govuk-list--bullet">
            {unreadable.map(({ title, reason }) => (
              <li class="zn-sub">
                {title}：{say(place, reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
