import type { Call } from "../../platform/calls.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type Place, say } from "../../ui/place.ts";
import { endorsementWords } from "./words.ts";

/** What an institution ticks before it approves, one application or many. */

/** The institution's own points, each with its clause. */
export const Checklist = ({
  place,
  call,
  ticked,
  hint = endorsementWords(place).batch.checklistHint,
}: {
  place: Place;
  call: Call;
  ticked: readonly string[];
  hint?: string | null;
}) => (
  <fieldset class="zn-checklist" id="checklist" tabIndex={-1}>
    <legend>{endorsementWords(place).batch.checklist}</legend>
    {hint !== null && <p class="zn-sub">{hint}</p>}
    {call.policy.procedure.institutionChecklist.map((one) => (
      <label>
        <input
          class="zn-check"
          type="checkbox"
          name="checklist"
          value={one.id}
          checked={ticked.includes(one.id)}
        />
        <span>
          {say(place, one.title)} <ClauseChip place={place} id={one.clause} short />
        </span>
      </label>
    ))}
  </fieldset>
);

export const OverQuota = ({
  place,
  text,
  hint,
  checked,
}: {
  place: Place;
  text: string;
  hint: string | null;
  checked: boolean;
}) => (
  <div class="zn-note zn-note--ask zn-over">
    {hint !== null && (
      <p>
        <Icon place={place} name="ask" /> {hint}
      </p>
    )}
    <label>
      <input class="zn-check" type="checkbox" id="overQuota" name="overQuota" value="1" checked={checked} />
      <span>{text}</span>
    </label>
  </div>
);
