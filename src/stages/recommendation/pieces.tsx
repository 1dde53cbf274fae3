import { amountText as exactAmount } from "../../core/application/typed.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { Icon } from "../../ui/icon.tsx";
import { deadlineText, leftUntil } from "../../ui/moment.tsx";
import { type Place, say } from "../../ui/place.ts";
import type { Trouble } from "../registration/desk.ts";
import type { CreditCheck } from "./credit.ts";
import type { Places } from "./quota.ts";
import { recommendationWords } from "./words.ts";

export const amountText = (fen: number | null): string => (fen === null ? "" : exactAmount(fen, 2));

export const numberText = (call: string, number: number): string =>
  `${call}-${String(number).padStart(4, "0")}`;

export const categoryTitle = (place: Place, category: string | null): string => {
  const found = place.policy.programme.categories.find((one) => one.code === category);
  return found === undefined ? "" : say(place, found.title);
};

export const fieldTitle = (place: Place, category: string | null, field: string | null): string => {
  const found = place.policy.programme.categories
    .find((one) => one.code === category)
    ?.fields.find((one) => one.code === field);
  return found === undefined ? "" : say(place, found.title);
};

/** More ticks than this cannot be counted by the eye. */
const most = 60;

/** Places as ticks: taken, to be taken (hatched), beyond the limit. The numbers stand beside them. */
export const PlaceTicks = ({
  place,
  places: { limit, used },
  more = 0,
  large = false,
}: {
  place: Place;
  places: Pick<Places, "limit" | "used">;
  more?: number;
  large?: boolean;
}) => {
  const count = Math.max(limit, used + more);
  if (count > most) return null;
  const look = (index: number) => {
    if (index >= used + more) return undefined;
    if (index >= limit) return "over";
    return index < used ? "on" : "sel";
  };
  return (
    <span
      class={large ? "zn-ticks zn-ticks--l" : "zn-ticks"}
      role="img"
      aria-label={recommendationWords(place).placesLabel(limit, used)}
    >
      {Array.from({ length: count }, (_one, index) => (
        <i class={look(index)} />
      ))}
    </span>
  );
};

/** `用后 30 / 30，不超限` for each pool that a list would draw on. */
export const After = ({
  place,
  effects,
}: {
  place: Place;
  effects: readonly { readonly places: Places; readonly items: number }[];
}) => {
  const words = recommendationWords(place);
  if (effects.length === 0) return <span class="zn-sub">{words.letters.new.noQuota}</span>;
  return (
    <ul class="zn-after-list">
      {effects.map(({ places, items }) => {
        const used = places.used + items;
        const over = used - places.limit;
        return (
          <li>
            <span class={over > 0 ? "zn-sev zn-sev--must" : "zn-sev zn-sev--ok"}>
              <Icon place={place} name={over > 0 ? "must" : "ok"} />
              {words.letters.new.after(say(place, places.title), used, places.limit)}
              {words.comma}
              {over > 0 ? words.letters.new.beyond(over) : words.letters.new.within}
            </span>{" "}
            <PlaceTicks place={place} places={places} more={items} />{" "}
            <ClauseChip place={place} id={places.clause} short />
          </li>
        );
      })}
    </ul>
  );
};

/** `推荐截止 7月5日 24:00，还有 5 天 2 小时`. */
export const Closes = ({ place, at }: { place: Place; at: number }) => {
  const words = recommendationWords(place);
  const left = leftUntil(at, place.now);
  return (
    <strong class="zn-duetext">
      {words.until(deadlineText(place, at))}
      {words.comma}
      {left === null ? words.over : words.left(...left)}
    </strong>
  );
};

export const CreditWords = ({ place, check }: { place: Place; check: CreditCheck | undefined }) => {
  const words = recommendationWords(place).department;
  if (check === undefined)
    return (
      <span class="zn-sev zn-sev--ask zn-sev--quiet">
        <Icon place={place} name="ask" />
        {words.unchecked}
      </span>
    );
  return check.result === "CLEAR" ? (
    <span class="zn-sev zn-sev--ok zn-sev--quiet">
      <Icon place={place} name="ok" />
      <span class="quiet">{words.clear}</span>
    </span>
  ) : (
    <span class="zn-sev zn-sev--must zn-sev--quiet">
      <Icon place={place} name="must" />
      {words.record}
    </span>
  );
};

export const Done = ({ place, text }: { place: Place; text: string | undefined }) =>
  text === undefined ? null : (
    <div class="zn-done" role="status">
      <Icon place={place} name="ok" /> {text}
    </div>
  );

/** What is wrong at a field of the form, by the end of its path. */
export const errorAt = (place: Place, trouble: Trouble | null, path: string): string | undefined => {
  const found: Bilingual | undefined = trouble?.faults.find((one) => one.place.endsWith(path))?.reason;
  return found === undefined ? undefined : say(place, found);
};
