import type { Finding } from "../../core/policy/judge.ts";
import { ClauseChip } from "../../ui/clause.tsx";

import { lookOf } from "../../ui/finding.tsx";
import { type Place, say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";
import { hourOf } from "../../ui/when.tsx";
import { sayFact } from "../../core/policy/words.ts";
import { Area } from "./area.tsx";
import { idOf, remarkName, type Typed } from "./decision.ts";
import type { Item } from "./item.ts";
import { acceptanceWords } from "./words.ts";

const order: Readonly<Record<Finding["severity"], number>> = { error: 0, confirm: 1, warning: 2, info: 3 };

/** Fact against rule, on one line. */
const Facts = ({ place, facts }: { place: Place; facts: Finding["facts"] }) =>
  facts.length === 0 ? null : (
    <p class="zn-sub">
      {facts.map(({ label, value }) => `${say(place, label)} ${sayFact(value, place.language)}`).join("　")}
    </p>
  );

/** Everything the rules say of the filed version; what a person decides has its place for the judgement beside it. */
export const Findings = ({
  place,
  item,
  typed,
  form,
  faults,
}: {
  place: Place;
  item: Item;
  typed: Typed;
  /** Id of the form that the judgements belong to, or null where nothing is decided. */
  form: string | null;
  faults: ReadonlyMap<string, string>;
}) => {
  const words = acceptanceWords(place).item;
  const findings = item.findings.toSorted((a, b) => order[a.severity] - order[b.severity]);
  const count = (...looks: readonly Finding["severity"][]) =>
    findings.filter((one) => looks.includes(one.severity)).length;
  return (
    <section class="zn-panel" id="findings" aria-labelledby="findings-h">
      <div class="zn-panel__head">
        <h2 id="findings-h">{words.results}</h2>
        <span class="zn-counts">
          <Sev place={place} look="must" count={count("error")} />
          <Sev place={place} look="ask" count={count("confirm", "warning")} />
          <Sev place={place} look="ok" count={item.met.length} />
        </span>
        <span class="zn-sub zn-end">{words.judged(hourOf(item.judgedAt))}</span>
      </div>
      {findings.length === 0 ? (
        <p class="zn-panel__body">{words.nothing}</p>
      ) : (
        <ul class="zn-flist">
          {findings.map((one) => (
            <li>
              <Sev place={place} look={lookOf[one.severity]} />
              <strong class="zn-strong">{say(place, one.title)}</strong>
              <ClauseChip place={place} id={one.clause} short />
              <div class="zn-flist__more">
                <p>{say(place, one.message)}</p>
                <Facts place={place} facts={one.facts} />
                {one.severity === "confirm" && form !== null && (
                  <Area
                    id={idOf(remarkName(one))}
                    name={remarkName(one)}
                    form={form}
                    label={words.remark}
                    hint={words.remarkHint}
                    rows={2}
                    value={typed.remarks.get(remarkName(one)) ?? ""}
                    error={faults.get(remarkName(one))}
                  />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      {item.excepted.length > 0 && (
        <ul class="zn-flist zn-flist--quiet">
          {item.excepted.map((one) => (
            <li>
              <Sev place={place} look="ok" />
              <span>
                {words.excepted}：{say(place, one.title)}
              </span>
              <ClauseChip place={place} id={one.clause} short />
            </li>
          ))}
        </ul>
      )}
      <details class="govuk-details zn-panel__details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">
            {words.met} {item.met.length}
          </span>
        </summary>
        <ul class="zn-metlist">
          {item.met.map((rule) => (
            <li>
              {say(place, rule.words.summary)} <ClauseChip place={place} id={rule.clauses[0] ?? ""} short />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
};
