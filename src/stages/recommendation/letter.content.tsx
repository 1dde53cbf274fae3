import { formatDate } from "../../core/calendar.ts";
import { say } from "../../ui/place.ts";
import { StateWords } from "../../ui/state-tag.tsx";
import { TableHead } from "../../ui/table.tsx";
import type { LetterProps } from "./letter.form.tsx";
import { amountText, categoryTitle, numberText } from "./pieces.tsx";
import { recommendationWords } from "./words.ts";

/** What the letter says, at a glance, and where each of its projects stands now; the letter itself is a paper. */
export const LetterContent = ({ frame: { place }, batch, rows, credit }: LetterProps) => {
  const words = recommendationWords(place);
  const { letter } = words;
  const { call } = batch;
  const total = rows.reduce((sum, one) => sum + (one.grant ?? 0), 0);
  const site = say(place, call.policy.procedure.credit.title);
  return (
    <article class="zn-letter" aria-label={letter.preview}>
      <h2>{letter.heading(say(place, call.title))}</h2>
      <p class="zn-letter__number">
        {letter.number} {batch.letterNumber ?? letter.blank}　{letter.date}{" "}
        {batch.issuedOn === null ? letter.blank : formatDate(batch.issuedOn, place.language)}
      </p>
      <p>{batch.statement === "" ? letter.generated(credit.units, site, credit.clear) : batch.statement}</p>
      <h3>{letter.summary}</h3>
      <table class="zn-dense">
        <caption class="govuk-visually-hidden">{letter.summary}</caption>
        <TableHead names={letter.summaryHead} />
        <tbody>
          {call.policy.programme.categories.flatMap((category) => {
            const own = rows.filter((one) => one.category === category.code);
            return own.length === 0
              ? []
              : [
                  <tr>
                    <td>{say(place, category.title)}</td>
                    <td>{own.length}</td>
                    <td>{amountText(own.reduce((sum, one) => sum + (one.grant ?? 0), 0))}</td>
                  </tr>,
                ];
          })}
          <tr class="is-total">
            <td>{letter.total}</td>
            <td>{rows.length}</td>
            <td>{amountText(total)}</td>
          </tr>
        </tbody>
      </table>
      <h3 class="zn-letter__list">{letter.list}</h3>
      <table class="zn-dense zn-cards">
        <caption class="govuk-visually-hidden">{letter.list}</caption>
        <TableHead names={letter.listHead} />
        <tbody>
          {rows.map((row, index) => (
            <tr>
              <td class="quiet">{index + 1}</td>
              <td class="nw quiet">{numberText(call.code, row.number)}</td>
              <td class="ti">{row.title}</td>
              <td>{row.unitName}</td>
              <td class="nw">{row.investigator}</td>
              <td>{categoryTitle(place, row.category)}</td>
              <td class="nw">
                {amountText(row.grant)}
                <span class="zn-phone-inline"> {words.unit}</span>
              </td>
              <td class="nw zn-noprint">
                <StateWords place={place} state={row.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
};
