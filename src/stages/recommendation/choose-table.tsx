import type { Call } from "../../platform/calls.ts";
import { TableHead } from "../../ui/table.tsx";
import type { Frame } from "../../ui/work-page.tsx";
import type { Row } from "./lists.ts";
import { amountText, categoryTitle, numberText } from "./pieces.tsx";
import { recommendationWords } from "./words.ts";

/** What stands on the list and what may join it, with the order that was typed. */
export const ChooseTable = ({
  frame: { place },
  call,
  rows,
  chosen,
  order,
}: {
  frame: Frame;
  call: Call;
  rows: readonly Row[];
  chosen: readonly string[];
  order: ReadonlyMap<string, string>;
}) => {
  const words = recommendationWords(place).letters.new;
  const { head } = words;
  return (
    <table class="zn-dense zn-cards zn-choose">
      <caption class="govuk-visually-hidden">{words.title}</caption>
      <TableHead names={[words.choose, words.order, ...head]} />
      <tbody>
        {rows.map((row) => {
          const number = numberText(call.code, row.number);
          return (
            <tr class={chosen.includes(row.id) ? "is-selected" : undefined}>
              <td class="sel">
                <label class="zn-check-hit">
                  <input
                    class="zn-check"
                    type="checkbox"
                    name="n"
                    value={row.id}
                    checked={chosen.includes(row.id)}
                    aria-label={`${words.choose} ${number}`}
                  />
                </label>
              </td>
              <td class="or">
                <input
                  class="govuk-input zn-field--s govuk-input--width-2"
                  name={`order.${row.id}`}
                  inputMode="numeric"
                  value={order.get(row.id) ?? ""}
                  aria-label={`${words.order} ${number}`}
                />
              </td>
              <td class="nw quiet id">{number}</td>
              <td class="clip ti">
                <a href={`${place.home}/department/${row.id}`} title={row.title}>
                  {row.title}
                </a>
              </td>
              <td class="nw">{row.investigator}</td>
              <td class="nw quiet">{row.unitName}</td>
              <td class="quiet" data-k={row.rank === null ? undefined : head[4]}>
                {row.rank ?? ""}
              </td>
              <td class="nw">{categoryTitle(place, row.category)}</td>
              <td class="nw">
                {amountText(row.grant)}
                <span class="zn-phone-inline"> {recommendationWords(place).unit}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
