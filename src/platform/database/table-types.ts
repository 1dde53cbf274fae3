import type { Catalogue, Column } from "./catalogue.ts";

/** The rows of all tables and views as TypeScript that the formatter leaves as it is. */
export const tableTypes = ({ tables, columns, constraints, views }: Catalogue): string => {
  const choices = new Map<string, string>();
  for (const { table, kind, columns: on, definition } of constraints) {
    const union = kind === "check" && on.length === 1 ? choiceOf(definition) : null;
    if (union !== null) choices.set(`${table}.${on[0]}`, union);
  }
  const used = new Set<string>();
  const lines = [...tables, ...views.map(({ name }) => name)].sort().map((table) => {
    const rows = columns
      .filter((one) => one.table === table)
      .map((one) => {
        const type = typeOf(one, choices.get(`${table}.${one.name}`), used);
        const line = `    ${one.name}: ${type};`;
        return line.length <= 110 ? line : broken(one.name, type);
      });
    return `  ${table}: {\n${rows.join("\n")}\n  };`;
  });
  const imports = [...used].sort().join(", ");
  return [
    "// Written by src/platform/database/schema.ts from the migrations: do not edit.",
    `import type { ${imports} } from "./values.ts";`,
    "",
    "/** The columns of every table as values.ts reads and writes them. */",
    "export type Tables = {",
    ...lines,
    "};",
    "",
  ].join("\n");
};

const typeOf = (column: Column, choice: string | undefined, used: Set<string>): string => {
  const base = choice ?? baseOf(column);
  const nullable = column.required ? base : `${base} | null`;
  const wrap =
    column.made === "generated"
      ? "Derived"
      : column.expression !== null || column.made === "identity"
        ? "Defaulted"
        : null;
  for (const name of [wrap, base]) if (name !== null && /^[A-Z]\w*$/.test(name)) used.add(name);
  return wrap === null ? nullable : `${wrap}<${nullable}>`;
};

const bases: Readonly<Record<string, string>> = {
  text: "string",
  uuid: "string",
  tsvector: "string",
  date: "string",
  interval: "string",
  "time without time zone": "string",
  "timestamp without time zone": "string",
  inet: "string",
  smallint: "number",
  integer: "number",
  bigint: "number",
  real: "number",
  "double precision": "number",
  boolean: "boolean",
  numeric: "Numeric",
  json: "Json",
  jsonb: "Json",
  bytea: "Bytes",
  "timestamp with time zone": "Instant",
};

const baseOf = ({ table, name, type }: Column): string => {
  const plain = type.replace(/\([\d,]+\)/, "").replace(/^character varying$|^character$/, "text");
  const element = plain.endsWith("[]") ? plain.slice(0, -2) : null;
  const base = bases[element ?? plain];
  if (base === undefined || (element !== null && /^[A-Z]/.test(base)))
    throw new RangeError(`${table}.${name}: values.ts does not say how ${type} is read`);
  return element === null ? base : `${base}[]`;
};

/** `CHECK ((kind = ANY (ARRAY['A'::text, 'B'::text])))` -> `"A" | "B"`; null for any other check. */
const choiceOf = (definition: string): string | null => {
  const list = /^CHECK \(\(\w+ = (?:ANY \(ARRAY\[([^\]]*)\]\)|('[^']*'::text))\)\)$/.exec(definition);
  const values = (list?.[1] ?? list?.[2])?.split(", ").map((one) => /^'([^'"\\]*)'::text$/.exec(one)?.[1]);
  return values?.every((one) => one !== undefined) === true
    ? values.map((one) => JSON.stringify(one)).join(" | ")
    : null;
};

/** As the formatter breaks a long union. */
const broken = (name: string, type: string): string => {
  const [, wrap, inner = type] = /^(Defaulted|Derived)<(.*)>$/.exec(type) ?? [];
  const parts = inner.split(" | ");
  return wrap === undefined
    ? [`    ${name}:`, ...parts.map((part) => `      | ${part}`)].join("\n") + ";"
    : [
        `    ${name}: ${wrap}<`,
        `      ${parts.map((part, index) => (index === 0 ? part : `| ${part}`)).join(" ")}`,
        "    >;",
      ].join("\n");
};
