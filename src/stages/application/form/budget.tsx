import { amountText } from "../../../core/application/typed.ts";
import { ClauseChip } from "../../../ui/clause.tsx";
import { say } from "../../../ui/place.ts";
import { Bar } from "../../../ui/ticks.tsx";
import { sourceTerms, subjectTerms } from "./terms.ts";
import type { Writing } from "./writing.ts";

const tenThousand = 1_000_000;
const mostTicks = 100;

/** 万元 of one tick: the smallest power of ten that leaves ticks one can count; null where the ceiling is no whole number of them. */
const tickFor = (ceiling: number): number | null => {
  let tick = tenThousand;
  while (ceiling / tick > mostTicks) tick *= 10;
  return ceiling % tick === 0 ? tick : null;
};

const Gauge = ({ writing, city, ceiling }: { writing: Writing; city: number; ceiling: number }) => {
  const { words } = writing;
  const tick = tickFor(ceiling);
  const label = words.tickLabel(amountText(ceiling), amountText(city));
  if (tick === null || city > 2 * ceiling)
    return (
      <span class="zn-gauge zn-gauge--budget" role="img" aria-label={label}>
        <Bar share={city / ceiling} />
      </span>
    );
  const whole = ceiling / tick;
  const filled = Math.ceil(Math.max(0, city) / tick);
  return (
    <span class="zn-ticks" role="img" aria-label={label}>
      {Array.from({ length: Math.max(whole, filled) }, (_, at) => (
        <i class={at >= whole ? "over" : at < filled ? "on" : undefined} />
      ))}
    </span>
  );
};

/** Totals by subject and source, the city's share under the ceiling with its clause, the difference to what is asked for. */
export const BudgetTotals = ({ writing }: { writing: Writing }) => {
  const { words, facts } = writing;
  const { place } = writing.frame;
  const { lines } = facts.content.budget;
  const sum = (subject: string | null, source: string | null) =>
    lines
      .filter(
        (one) => (subject === null || one.subject === subject) && (source === null || one.source === source),
      )
      .reduce((total, one) => total + (one.amount ?? 0), 0);
  const said = (fen: number) => (fen === 0 ? "0.00" : amountText(fen, 2));
  const category = place.policy.programme.categories.find((one) => one.code === facts.content.category);
  const city = sum(null, "CITY");
  const requested = facts.content.requestedGrant;
  if (lines.length === 0) return null;
  return (
    <>
      <table class="zn-sheet zn-totals">
        <caption class="zn-sub">{words.totals}</caption>
        <thead>
          <tr>
            <th scope="col">{words.columns.subject}</th>
            {Object.values(sourceTerms).map((term) => (
              <th scope="col" class="num">
                {say(place, term)}
              </th>
            ))}
            <th scope="col" class="num">
              {words.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(subjectTerms).map(([subject, term]) => (
            <tr>
              <th scope="row">{say(place, term)}</th>
              {Object.keys(sourceTerms).map((source) => (
                <td class="total">{said(sum(subject, source))}</td>
              ))}
              <td class="total">{said(sum(subject, null))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            {Object.keys(sourceTerms).map((source) => (
              <td
                class={source === "CITY" && category && city > category.ceiling.amount ? "num is-bad" : "num"}
              >
                {said(sum(null, source))}
              </td>
            ))}
            <td class="num">{said(sum(null, null))}</td>
          </tr>
        </tfoot>
      </table>
      <div class="zn-limit">
        {category !== undefined && (
          <>
            <Gauge writing={writing} city={city} ceiling={category.ceiling.amount} />
            <span>
              {words.cityTotal} <b>{said(city)}</b> {words.ofCeiling(amountText(category.ceiling.amount))}
            </span>
            <ClauseChip place={place} id={category.ceiling.clause} />
            {tickFor(category.ceiling.amount) !== null && (
              <span class="zn-sub">{words.perTick(amountText(tickFor(category.ceiling.amount) ?? 0))}</span>
            )}
          </>
        )}
        <span class="zn-sub">
          {requested === null
            ? words.noRequest
            : requested === city
              ? words.agrees(said(requested))
              : words.differs(said(requested), said(Math.abs(city - requested)))}
        </span>
      </div>
    </>
  );
};
