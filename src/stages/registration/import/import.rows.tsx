import { say } from "../../../ui/place.ts";
import { TableHead } from "../../../ui/table.tsx";
import type { Work } from "../desk.ts";
import type { PlannedRow, Said } from "./kind.ts";
import { pageOf, Pages } from "./paging.tsx";
import { importWords } from "./words.ts";

/** What the rows of a workbook would change and add. */

export const Changes = ({ work, rows }: { work: Work; rows: readonly PlannedRow[] }) => {
  const { place, query } = work;
  const words = importWords[place.language];
  const columns = words.changesColumns;
  const said = (one: Said) =>
    typeof one !== "string" ? say(place, one) : one === "" ? words.emptyCell : one;
  const lines = rows.flatMap((row) => row.changes.map((change) => ({ ...row, ...change })));
  if (lines.length === 0) return null;
  return (
    <section class="zn-regpart" id="change">
      <h2>{words.changesTitle}</h2>
      <table class="zn-dense zn-cards zn-regtable">
        <TableHead names={columns} />
        <tbody>
          {pageOf(lines, query["change"]).map(({ number, name, title, before, after }) => (
            <tr>
              <th scope="row" class="nw">
                {number}
              </th>
              <td data-k={columns[1]}>{name}</td>
              <td data-k={columns[2]}>{say(place, title)}</td>
              <td data-k={columns[3]}>{said(before)}</td>
              <td data-k={columns[4]}>{said(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages work={work} name="change" count={lines.length} />
    </section>
  );
};

export const Additions = ({ work, rows }: { work: Work; rows: readonly PlannedRow[] }) => {
  const words = importWords[work.place.language];
  const added = rows.filter(({ act }) => act === "ADD");
  if (added.length === 0) return null;
  return (
    <section class="zn-regpart" id="add">
      <h2>{words.addsTitle}</h2>
      <table class="zn-dense zn-regtable zn-importadds">
        <TableHead names={words.addsColumns} />
        <tbody>
          {pageOf(added, work.query["add"]).map(({ number, name }) => (
            <tr>
              <th scope="row" class="nw">
                {number}
              </th>
              <td>{name}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages work={work} name="add" count={added.length} />
    </section>
  );
};
