import { ClauseChip } from "../../ui/clause.tsx";
import { type Place, say } from "../../ui/place.ts";
import { type QuotaUse, usedOf } from "./quota.ts";
import { endorsementWords } from "./words.ts";

/** More ticks than this cannot be counted by the eye. */
const most = 60;

/** The places of a group as ticks: used, those that a selection would take (hatched), those beyond the limit. */
export const Places = ({ use, selected = 0, place }: { use: QuotaUse; selected?: number; place: Place }) => {
  const words = endorsementWords(place);
  const used = usedOf(use);
  const count = Math.max(use.limit, used + selected);
  if (count > most) return null;
  const look = (index: number) =>
    index >= use.limit ? "over" : index < used ? "on" : index < used + selected ? "sel" : undefined;
  return (
    <span class="zn-ticks zn-ticks--l" role="img" aria-label={words.quotaLabel(use.limit, used)}>
      {Array.from({ length: count }, (_one, index) => (
        <i class={index < used + selected ? look(index) : undefined} />
      ))}
    </span>
  );
};

/** The live use of one limited category by the whole quota group. */
export const QuotaMeter = ({
  use,
  selected = 0,
  place,
  rankHref,
}: {
  use: QuotaUse;
  selected?: number;
  place: Place;
  rankHref?: string;
}) => {
  const words = endorsementWords(place);
  const used = usedOf(use);
  const left = use.limit - used;
  return (
    <div class="zn-meter">
      <span class="cap">
        {words.quota(say(place, use.title), use.group === null ? null : say(place, use.group))}{" "}
        <ClauseChip place={place} id={use.clause} short />
      </span>
      <Places use={use} selected={selected} place={place} />
      <span class="zn-meter__sum">
        <span>
          <b>{used}</b> / {use.limit}
          {words.comma}
          {words.quotaLeft(left)}
        </span>{" "}
        <span class="zn-sub">
          {use.waiting > left && left >= 0 && use.waiting > 0
            ? words.contest(use.waiting, left)
            : words.quotaParts(use.recommended, use.endorsed)}
          {rankHref !== undefined && (
            <>
              {words.comma}
              <a class="govuk-link" href={rankHref}>
                {words.toRank}
              </a>
            </>
          )}
        </span>
      </span>
    </div>
  );
};
