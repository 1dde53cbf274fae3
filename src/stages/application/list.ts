import { sql, type RawBuilder, type SqlBool } from "kysely";
import { z } from "zod";
import { type ApplicationState, applicationStates } from "../../core/lifecycle/application.ts";
import type { Actor } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { callsOf } from "../../platform/calls.ts";
import { invalid } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { divisionOf } from "./facts.ts";
import { labelOf } from "./view.ts";
import { type Standing, standingOf } from "./view-standing.ts";
import { visibleApplications, visibleDrafts } from "./visible.ts";

/** One line of a list. Money in fen, instants in milliseconds since 1970 UTC. */
export type ApplicationRow = {
  readonly id: string;
  readonly label: string;
  readonly call: string;
  readonly state: ApplicationState;
  readonly title: string;
  readonly investigator: string;
  readonly organization: { readonly id: string; readonly name: string };
  readonly category: { readonly code: string; readonly title: Bilingual } | null;
  readonly field: { readonly code: string; readonly title: Bilingual } | null;
  readonly division: string | null;
  readonly requestedGrant: number | null;
  readonly acceptanceNumber: string | null;
  readonly missed: string | null;
  readonly submittedAt: number | null;
  readonly updatedAt: number;
  readonly standing: Standing;
};

export type ApplicationList = {
  readonly rows: readonly ApplicationRow[];
  /** For the next page, or null at the end. */
  readonly next: string | null;
  readonly total: number;
  /** Of what the reader may see and the other filters leave. */
  readonly counts: Readonly<Partial<Record<ApplicationState, number>>>;
};

const states = Object.keys(applicationStates) as [ApplicationState, ...ApplicationState[]];
const one = z.string().trim().max(100);

export const listInput = z.strictObject({
  call: z.uuid().optional(),
  state: z.union([z.enum(states).transform((state) => [state]), z.array(z.enum(states)).max(30)]).optional(),
  category: one.optional(),
  field: one.optional(),
  organization: z.uuid().optional(),
  division: one.optional(),
  /** In the title, the investigator's name or the number. */
  text: z.string().trim().max(200).optional(),
  sort: z.enum(["updated", "number", "title"]).default("updated"),
  cursor: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListInput = z.infer<typeof listInput>;

/** What the list is asked for, as it is read and as it was typed. */
export const listAsked = (
  query: Readonly<Record<string, string>>,
): { readonly input: ListInput; readonly asked: Readonly<Record<string, string>> } => {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
  const parsed = listInput.safeParse({ limit: 200, ...given });
  // A filter that cannot be read, typed by hand or gone with a call, is left out.
  return parsed.success
    ? { input: parsed.data, asked: given }
    : { input: listInput.parse({ limit: 200 }), asked: {} };
};

/** The title that the reader may know: of the draft for those who share in it, of what was filed last for the others. */
const titleFor = (platform: Platform, actor: Actor): RawBuilder<string> => sql<string>`
  case when application.frozen_version is null or ${visibleDrafts(platform, actor)} then coalesce(draft.title, '')
  else coalesce((select v.content ->> 'title' from application_version v
    where v.funder = application.funder and v.application = application.id and v.number = application.frozen_version),
    '') end`;

/** Sort keys as exact values, so that a page begins where the last one ended. */
const orders = {
  updated: {
    key: () => sql<string>`(extract(epoch from application.updated_at) * 1000000)::bigint`,
    type: sql`bigint`,
    down: true,
  },
  number: { key: () => sql<string>`application.number`, type: sql`bigint`, down: false },
  title: { key: (title: RawBuilder<string>) => title, type: sql`text`, down: false },
} as const;

const cursorSchema = z.tuple([z.string(), z.uuid()]);
const cursorOf = (key: string, id: string) => Buffer.from(JSON.stringify([key, id])).toString("base64url");
const readCursor = (text: string, type: string): readonly [string, string] => {
  try {
    const read = cursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    if (type === "title" || /^-?\d{1,18}$/.test(read[0])) return read;
  } catch {
    // Said below.
  }
  throw invalid(
    "cursor",
    "翻页标记无法识别，请从第一页重新查看",
    "the cursor cannot be read; begin with the first page",
  );
};

/** Conditions of everything but the states: the counts by state are taken over them. */
const conditionsOf = async (
  platform: Platform,
  actor: Actor,
  input: ListInput,
  title: RawBuilder<string>,
) => {
  const { call, category, field, organization, division, text } = input;
  const conditions: RawBuilder<SqlBool>[] = [visibleApplications(platform, actor)];
  if (call !== undefined) conditions.push(sql<SqlBool>`application.call = ${call}`);
  if (category !== undefined && category !== "") conditions.push(sql<SqlBool>`draft.category = ${category}`);
  if (field !== undefined && field !== "") conditions.push(sql<SqlBool>`draft.field = ${field}`);
  if (organization !== undefined)
    conditions.push(sql<SqlBool>`application.lead_organization = ${organization}`);
  if (division !== undefined && division !== "") conditions.push(await answeredBy(platform, division));
  if (text !== undefined && text !== "")
    conditions.push(sql<SqlBool>`(strpos(lower(${title}), lower(${text})) > 0 or strpos(lower(person.name), lower(${text})) > 0
      or strpos(lower(call.code || '-' || lpad(application.number::text, 4, '0')), lower(${text})) > 0
      or strpos(lower(coalesce(application.acceptance_number, '')), lower(${text})) > 0)`);
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
};

const answeredBy = async (platform: Platform, division: string): Promise<RawBuilder<SqlBool>> => {
  const calls = await callsOf(platform, platform.database.kysely);
  const ways = calls.flatMap(({ id, policy: { programme } }) => {
    const pairs = programme.categories.flatMap((category) =>
      category.fields
        .filter((field) => divisionOf(programme, category.code, field.code) === division)
        .map((field) => sql`(${category.code}, ${field.code})`),
    );
    return pairs.length === 0
      ? []
      : [sql`(application.call = ${id} and (draft.category, draft.field) in (${sql.join(pairs)}))`];
  });
  const drafted = ways.length === 0 ? sql`false` : sql`(${sql.join(ways, sql` or `)})`;
  return sql<SqlBool>`(application.division = ${division} or (application.division is null and ${drafted}))`;
};

/** Names are joined to what is shown; where words are sought, to everything. */
const searchedFor = ({ text }: ListInput) =>
  text === undefined || text === "" ? sql`application ${withDraft}` : sql`application ${joined}`;

const withDraft = sql`left join draft on draft.funder = application.funder and draft.application = application.id`;
const joined = sql`
  join person on person.funder = application.funder and person.id = application.investigator
  join organization on organization.funder = application.funder and organization.id = application.lead_organization
  join call on call.funder = application.funder and call.id = application.call
  ${withDraft}
  left join internal_deadline on internal_deadline.funder = application.funder
    and internal_deadline.call = application.call and internal_deadline.organization = application.lead_organization`;

type Found = {
  readonly id: string;
  readonly number: number;
  readonly call: string;
  readonly state: ApplicationState;
  readonly title: string;
  readonly investigator: string;
  readonly organization: string;
  readonly organization_name: string;
  readonly category: string | null;
  readonly field: string | null;
  readonly division: string | null;
  readonly requested_grant: number | null;
  readonly acceptance_number: string | null;
  readonly missed: string | null;
  readonly submitted_at: number | null;
  readonly endorsed_at: number | null;
  readonly correction_due_at: number | null;
  readonly appeal_due_at: number | null;
  readonly updated_at: number;
  readonly internal: number | null;
  readonly key: string;
};

/** Conditions and sort of one question, as both of its statements need them. */
const askedBy = async (platform: Platform, actor: Actor, input: ListInput) => {
  const title = titleFor(platform, actor);
  return {
    title,
    conditions: await conditionsOf(platform, actor, input, title),
    searched: searchedFor(input),
  };
};

const isAll = ({ state }: ListInput): boolean => state === undefined || state.length === 0;

/** What the reader may see, filtered and sorted, a page at a time. */
export const listApplications = async (
  platform: Platform,
  actor: Actor,
  input: ListInput,
): Promise<ApplicationList> => {
  const [page, counts] = await Promise.all([
    applicationPage(platform, actor, input),
    countsByState(platform, actor, input),
  ]);
  const wanted = isAll(input) ? null : new Set<string>(input.state);
  return {
    ...page,
    total: Object.entries(counts).reduce(
      (sum, [state, count]) => sum + (wanted === null || wanted.has(state) ? count : 0),
      0,
    ),
    counts,
  };
};

const countsByState = async (
  platform: Platform,
  actor: Actor,
  input: ListInput,
): Promise<ApplicationList["counts"]> => {
  const { conditions, searched } = await askedBy(platform, actor, input);
  const { rows } = await sql<{ state: ApplicationState; count: number }>`
    select application.state, count(*) as count from ${searched} where ${conditions} group by application.state`.execute(
    platform.database.kysely,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

/** One page of it, with the cursor of the next; nothing is counted. */
export const applicationPage = async (
  platform: Platform,
  actor: Actor,
  input: ListInput,
): Promise<Pick<ApplicationList, "rows" | "next">> => {
  const database = platform.database.kysely;
  const { title, conditions, searched } = await askedBy(platform, actor, input);
  const order = orders[input.sort];
  const key = order.key(title);
  const direction = order.down ? sql`desc` : sql`asc`;
  const inStates = isAll(input) ? sql`true` : sql`application.state in (${sql.join(input.state ?? [])})`;
  const after =
    input.cursor === undefined || input.cursor === "" ? null : readCursor(input.cursor, input.sort);
  const beyond =
    after === null
      ? sql`true`
      : sql`(${key}, application.id) ${order.down ? sql`<` : sql`>`} (${after[0]}::${order.type}, ${after[1]}::uuid)`;
  const [{ rows: found }, calls] = await Promise.all([
    sql<Found>`
      select application.id, application.number, application.call, application.state, ${title} as title,
        person.name as investigator, application.lead_organization as organization,
        organization.name_zh as organization_name, draft.category, draft.field, application.division,
        draft.requested_grant, application.acceptance_number, application.missed, application.submitted_at,
        application.endorsed_at, application.correction_due_at, application.appeal_due_at, application.updated_at,
        internal_deadline.close_at as internal, (${key})::text as key
      from (select application.* from ${searched} where ${conditions} and ${inStates} and ${beyond}
        order by ${key} ${direction}, application.id ${direction} limit ${input.limit + 1}) as application ${joined}
      order by ${key} ${direction}, application.id ${direction}`.execute(database),
    callsOf(platform, database),
  ]);
  const shown = found.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    rows: shown.flatMap((row) => {
      const call = calls.find(({ id }) => id === row.call);
      if (call === undefined) return [];
      const { programme } = call.policy;
      const category = programme.categories.find(({ code }) => code === row.category);
      const field = category?.fields.find(({ code }) => code === row.field);
      return [
        {
          id: row.id,
          label: labelOf(call.code, row.number),
          call: row.call,
          state: row.state,
          title: row.title,
          investigator: row.investigator,
          organization: { id: row.organization, name: row.organization_name },
          category: category === undefined ? null : { code: category.code, title: category.title },
          field: field === undefined ? null : { code: field.code, title: field.title },
          division: row.division ?? divisionOf(programme, row.category, row.field),
          requestedGrant: row.requested_grant,
          acceptanceNumber: row.acceptance_number,
          missed: row.missed,
          submittedAt: row.submitted_at,
          updatedAt: row.updated_at,
          standing: standingOf(
            {
              state: row.state,
              call,
              endorsedAt: row.endorsed_at,
              correctionDueAt: row.correction_due_at,
              appealDueAt: row.appeal_due_at,
            },
            row.internal,
          ),
        },
      ];
    }),
    next: found.length > input.limit && last !== undefined ? cursorOf(last.key, last.id) : null,
  };
};

/** Institutions whose applications the reader sees: what the filter offers. */
export const organizationsSeen = async (
  platform: Platform,
  actor: Actor,
): Promise<readonly { readonly id: string; readonly name: string }[]> => {
  const { rows } = await sql<{ id: string; name: string }>`
    select organization.id, organization.name_zh as name from organization
    where organization.funder = ${platform.funder} and organization.id in (
      select application.lead_organization from application where ${visibleApplications(platform, actor)})
    order by organization.name_zh`.execute(platform.database.kysely);
  return rows;
};

export const applicationList = defineQuery({
  name: "application.list",
  title: { zh: "申报清单", en: "Applications" },
  input: listInput,
  run: listApplications,
});
