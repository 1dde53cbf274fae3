/** The head of a table: one row of column names. */
export const TableHead = ({ names }: { names: readonly string[] }) => (
  <thead>
    <tr>
      {names.map((name) => (
        <th scope="col" class="govuk-table__header">
          {name}
        </th>
      ))}
    </tr>
  </thead>
);
