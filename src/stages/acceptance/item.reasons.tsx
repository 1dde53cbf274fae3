import type { Reason } from "../../core/policy/procedure.ts";
import { ClauseChip } from "../../ui/clause.tsx";

import { type Place, say } from "../../ui/place.ts";
import { Area } from "./area.tsx";
import { idOf, type Typed } from "./decision.ts";
import type { Item } from "./item.ts";
import { fieldTitles } from "./openable.ts";
import { acceptanceWords } from "./words.ts";

type Props = {
  readonly place: Place;
  readonly item: Item;
  readonly typed: Typed;
  readonly form: string;
  readonly faults: ReadonlyMap<string, string>;
};

/** The pack's codes as native checkboxes; each opens the place for its fact, and for what a correction may change. */
export const Reasons = ({ place, item, typed, form, faults }: Props) => {
  const words = acceptanceWords(place).item;
  const { policy } = item.facts.call;
  const fields = fieldTitles(policy, item.frozen.content.category, place);
  const one = (reason: Reason) => (
    <OneReason
      place={place}
      reason={reason}
      fields={reason.correctable ? fields : new Map()}
      typed={typed}
      form={form}
      faults={faults}
    />
  );
  const { reasons } = policy.procedure;
  const correctable = reasons.filter((reason) => reason.correctable);
  const final = reasons.filter((reason) => !reason.correctable);
  return (
    <section class="zn-panel" id="reasons" aria-labelledby="reasons-h">
      <div class="zn-panel__head">
        <h2 id="reasons-h">{words.reasons}</h2>
        <span class="zn-sub">{words.reasonsHint}</span>
      </div>
      <div class="zn-panel__body" id="code">
        <fieldset class="zn-codes">
          <legend>{words.correctable(correctable.length)}</legend>
          {correctable.map(one)}
        </fieldset>
        <fieldset class="zn-codes zn-codes--final">
          <legend>{words.final(final.length)}</legend>
          {final.map(one)}
        </fieldset>
        <Area
          id="notice"
          form={form}
          label={words.notice}
          hint={words.noticeHint}
          rows={3}
          value={typed.notice}
        />
      </div>
    </section>
  );
};

const OneReason = ({
  place,
  reason,
  fields,
  typed,
  form,
  faults,
}: Omit<Props, "item"> & { readonly reason: Reason; readonly fields: ReadonlyMap<string, string> }) => {
  const words = acceptanceWords(place).item;
  const { code } = reason;
  const chosen = typed.fields.get(code) ?? new Set<string>();
  const fieldsFault = faults.get(`fields.${code}`);
  return (
    <div class="zn-codes__one">
      <label>
        <input type="checkbox" name="code" value={code} form={form} checked={typed.codes.has(code)} />
        <span class="zn-code">{code}</span>
        <span>{say(place, reason.title)}</span>
      </label>
      <ClauseChip place={place} id={reason.clauses[0] ?? ""} short />
      <div class="zn-codes__more">
        <Area
          id={idOf(`fact.${code}`)}
          name={`fact.${code}`}
          form={form}
          label={words.fact(code)}
          hint={words.factHint}
          rows={2}
          value={typed.facts.get(code) ?? ""}
          error={faults.get(`fact.${code}`)}
        />
        {fields.size > 0 && (
          <fieldset class="zn-opens" id={idOf(`fields.${code}`)}>
            <legend>{words.opens(code)}</legend>
            {fieldsFault !== undefined && <p class="govuk-error-message">{fieldsFault}</p>}
            {[...fields].map(([field, title]) => (
              <label>
                <input
                  type="checkbox"
                  name={`fields.${code}`}
                  value={field}
                  form={form}
                  checked={chosen.has(field)}
                />
                {title}
              </label>
            ))}
          </fieldset>
        )}
      </div>
    </div>
  );
};
