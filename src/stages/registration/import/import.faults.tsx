import { columnName } from "../../../core/workbook/sheet.ts";
import type { CellFault } from "../../../core/workbook/table.ts";
import { say } from "../../../ui/place.ts";
import { TableHead } from "../../../ui/table.tsx";
import type { Work } from "../desk.ts";
import { pageOf, Pages } from "./paging.tsx";
import type { Plan } from "./store.ts";
import { importWords } from "./words.ts";

/** What has to be corrected in a workbook: how much in each column, and every cell. */
export const Faults = ({ work, plan }: { work: Work; plan: Plan }) => {
  const { place, query } = work;
  const words = importWords[place.language];
  const byColumn = [...Map.groupBy(plan.faults, ({ column }) => column)].toSorted(([a], [b]) => a - b);
  const wanted = Number(query["column"] ?? 0);
  const shown = wanted === 0 ? plan.faults : plan.faults.filter(({ column }) => column === wanted);
  const [columns, cells] = [words.byColumnColumns, words.faultColumns];
  const title = (column: number) => `${columnName(column)} ${headOf(plan, column)}`.trim();
  const to = (column: number) => (column === 0 ? "?" : `?column=${column}#fault`);
  const first = (some: readonly CellFault[]) =>
    some[0] === undefined ? "" : `${columnName(some[0].column)}${some[0].row}：${say(place, some[0].reason)}`;
  return (
    <section class="zn-regpart" id="fault">
      <h2>{words.faults}</h2>
      {byColumn.length > 1 && (
        <table class="zn-dense zn-cards zn-regtable">
          <caption class="govuk-visually-hidden">{words.byColumn}</caption>
          <TableHead names={columns} />
          <tbody>
            {byColumn.map(([column, some]) => (
              <tr>
                <th scope="row" class="nw">
                  <a class="govuk-link" href={to(column)}>
                    {title(column)}
                  </a>
                </th>
                <td data-k={columns[1]} class="nw">
                  {words.places(some.length)}
                </td>
                <td data-k={columns[2]}>{first(some)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>
        {words.faultList}
        {wanted !== 0 && (
          <>
            ：{title(wanted)}{" "}
            <a class="govuk-link" href={to(0)}>
              {words.allColumns}
            </a>
          </>
        )}
      </h3>
      <table class="zn-dense zn-cards zn-regtable">
        <TableHead names={cells} />
        <tbody>
          {pageOf(shown, query["fault"]).map(({ row, column, found, reason }) => (
            <tr>
              <th scope="row" class="nw">
                {columnName(column)}
                {row}
              </th>
              <td data-k={cells[1]}>{headOf(plan, column)}</td>
              <td data-k={cells[2]} class="zn-importfound">
                {found === "" ? words.emptyCell : found.slice(0, 80)}
              </td>
              <td data-k={cells[3]}>{say(place, reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages work={work} name="fault" count={shown.length} />
    </section>
  );
};

const headOf = ({ table }: Plan, column: number): string =>
  table.sheet.rows.find(({ number }) => number === table.head)?.cells.find((one) => one.column === column)
    ?.text ?? "";
