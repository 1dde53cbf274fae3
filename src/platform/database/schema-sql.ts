import type { Catalogue, Column } from "./catalogue.ts";

/** The whole schema as SQL to be read; `header` lines become its first comment. */
export const schemaSql = (catalogue: Catalogue, header: readonly string[]): string => {
  const { tables, columns, constraints, indexes, functions, triggers, views } = catalogue;
  const table = (name: string): string => {
    const inside = [
      ...columns.filter((one) => one.table === name).map(column),
      ...constraints
        .filter((one) => one.table === name)
        .map((one) => `constraint ${one.name} ${one.definition}`),
    ];
    const beside = [...indexes, ...triggers]
      .filter((one) => one.table === name)
      .map((one) => `${plain(one.definition)};`);
    return [`create table ${name} (\n${inside.map((line) => `  ${line}`).join(",\n")}\n);`, ...beside].join(
      "\n",
    );
  };
  return (
    [
      header.map((line) => `-- ${line}`).join("\n"),
      ...functions.map(({ definition }) => `${plain(definition).trimEnd()};`),
      ...tables.map(table),
      ...views.map(({ name, definition }) => `create view ${name} as\n${definition}`),
      "",
    ]
      .join("\n\n")
      .trimEnd() + "\n"
  );
};

const plain = (definition: string): string => definition.replaceAll("public.", "");

const column = ({ name, type, required, expression, made }: Column): string => {
  const value = {
    "as given": expression === null ? "" : ` default ${expression}`,
    generated: ` generated always as (${expression}) stored`,
    identity: " generated as identity",
  }[made];
  return `${name} ${type}${required ? " not null" : ""}${value}`;
};
