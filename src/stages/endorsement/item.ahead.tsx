import { ClauseChip } from "../../ui/clause.tsx";
import { Icon } from "../../ui/icon.tsx";
import { say } from "../../ui/place.ts";
import type { ItemProps } from "./item.props.ts";
import { Places } from "./meter.tsx";
import { usedOf } from "./quota.ts";
import { endorsementWords } from "./words.ts";

/** What stands before the approval, and how the quota will stand after it. */
export const Ahead = ({ frame: { place }, readiness }: ItemProps) => {
  const words = endorsementWords(place);
  if (readiness === null) return null;
  const { gaps, quota, overQuota } = readiness;
  return (
    <div class="zn-ahead">
      <p>
        <span class={gaps.length > 0 ? "zn-sev zn-sev--must" : "zn-sev zn-sev--ok"}>
          <Icon place={place} name={gaps.length > 0 ? "must" : "ok"} />
          {gaps.length > 0 ? words.item.gaps(gaps.length) : words.item.ready}
        </span>
      </p>
      {gaps.length > 0 && (
        <ul class="zn-why">
          {gaps.map((one) => (
            <li>
              {say(place, one.message)}{" "}
              {one.clause !== "" && <ClauseChip place={place} id={one.clause} short />}
            </li>
          ))}
        </ul>
      )}
      {quota !== null && (
        <p class="zn-ahead__quota">
          <Places place={place} use={quota} selected={1} />
          <span class={overQuota ? "zn-sev zn-sev--ask" : "zn-sev zn-sev--ok"}>
            <Icon place={place} name={overQuota ? "ask" : "ok"} />
            {words.batch.after(usedOf(quota) + 1, quota.limit)}
            {words.comma}
            {overQuota ? words.batch.beyond(usedOf(quota) + 1 - quota.limit) : words.batch.within}
          </span>{" "}
          <ClauseChip place={place} id={quota.clause} short />
        </p>
      )}
    </div>
  );
};
