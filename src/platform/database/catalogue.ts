import { sql, type RawBuilder } from "kysely";
import type { Queryable } from "./connect.ts";

/** What the database itself says of its schema `public`, sorted; the same on PostgreSQL 15 and 18. */
export type Column = {
  readonly table: string;
  readonly name: string;
  /** As in a `create table`: `text`, `timestamp with time zone`, `integer[]`. */
  readonly type: string;
  readonly required: boolean;
  /** The default, or the expression of a generated column. */
  readonly expression: string | null;
  readonly made: "as given" | "generated" | "identity";
};
export type Constraint = {
  readonly table: string;
  readonly name: string;
  readonly kind: "primary key" | "unique" | "foreign key" | "check" | "exclude";
  readonly definition: string;
  /** The columns it stands on, in the order of the table. */
  readonly columns: readonly string[];
};
export type Definition = { readonly name: string; readonly definition: string };
export type Catalogue = {
  readonly tables: readonly string[];
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly (Definition & { readonly table: string })[];
  readonly functions: readonly Definition[];
  readonly triggers: readonly (Definition & { readonly table: string })[];
  readonly views: readonly Definition[];
};

export const readCatalogue = async (database: Queryable): Promise<Catalogue> => {
  const rows = async <Row>(query: RawBuilder<Row>): Promise<readonly Row[]> =>
    (await query.execute(database)).rows;
  const tables = await rows(sql<{ name: string }>`
    select c.relname::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname collate "C"`);
  const columns = await rows(sql<Column>`
    select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as required, pg_get_expr(d.adbin, d.adrelid) as expression,
      case when a.attgenerated <> '' then 'generated' when a.attidentity <> '' then 'identity' else 'as given' end as made
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
    order by c.relname collate "C", a.attnum`);
  // Since 18 a NOT NULL is a constraint too: it stands at its column.
  const constraints = await rows(sql<Constraint>`
    select c.relname::text as "table", o.conname::text as name, pg_get_constraintdef(o.oid) as definition,
      case o.contype when 'p' then 'primary key' when 'u' then 'unique' when 'f' then 'foreign key'
        when 'x' then 'exclude' else 'check' end as kind,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = o.conrelid and a.attnum = any (o.conkey) order by a.attnum) as columns
    from pg_constraint o join pg_class c on c.oid = o.conrelid
    where c.relnamespace = 'public'::regnamespace and o.contype in ('p', 'u', 'f', 'x', 'c')
    order by c.relname collate "C", array_position(array['p', 'u', 'x', 'f', 'c'], o.contype::text), o.conname collate "C"`);
  const indexes = await rows(sql<Definition & { table: string }>`
    select c.relname::text as "table", i.relname::text as name, pg_get_indexdef(x.indexrelid) as definition
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
    where c.relnamespace = 'public'::regnamespace
      and not exists (select from pg_constraint o where o.conindid = x.indexrelid and o.contype in ('p', 'u', 'x'))
    order by c.relname collate "C", i.relname collate "C"`);
  const functions = await rows(sql<Definition>`
    select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.oid::regprocedure::text collate "C"`);
  const triggers = await rows(sql<Definition & { table: string }>`
    select c.relname::text as "table", t.tgname::text as name, pg_get_triggerdef(t.oid) as definition
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
    order by c.relname collate "C", t.tgname collate "C"`);
  const views = await rows(sql<Definition>`
    select c.relname::text as name, pg_get_viewdef(c.oid, true) as definition
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
    order by c.relname collate "C"`);
  return {
    tables: tables.map(({ name }) => name),
    columns,
    constraints,
    indexes,
    functions,
    triggers,
    views,
  };
};
