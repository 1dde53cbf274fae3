import { sql, type RawBuilder, type SqlBool } from "kysely";
import { z } from "zod";
import { permits } from "../../core/permission/matrix.ts";
import { type Actor, may } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Role } from "../../core/role.ts";
import { Denied } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { outboxQuery } from "./outbox.ts";
import { accountStandings, organizationKinds, organizationStandings } from "./titles.ts";

/** Reads of registration. Each filters by its own row of the permission matrix; who has no role for it is denied. */

const typed = z.string().max(200);
const pattern = (search: string) =>
  `%${search
    .normalize("NFKC")
    .trim()
    .replace(/[\\%_]/g, "\\$&")}%`;

const denied: Bilingual = {
  zh: "你的角色不能查看这个列表。",
  en: "Your role does not give access to this list.",
};

/** The reach of a read as a condition: everything, or the organisations and departments of the actor's roles. */
const reach = (
  name: string,
  actor: Actor,
  columns: { readonly unit: RawBuilder<unknown>; readonly department?: RawBuilder<unknown> },
): RawBuilder<SqlBool> => {
  const ways = (permits[name]?.permits ?? []).flatMap(({ role, scope }) =>
    actor.grants
      .filter((grant) => grant.role === role)
      .flatMap(({ organization }): readonly RawBuilder<unknown>[] => {
        if (scope === "everything") return [sql`true`];
        if (organization === null) return [];
        if (scope === "unit") return [sql`${columns.unit} = ${organization}`];
        if (scope === "department" && columns.department !== undefined)
          return [sql`(${columns.department} = ${organization} or ${columns.unit} = ${organization})`];
        return [];
      }),
  );
  if (ways.length === 0) throw new Denied(denied);
  return sql<SqlBool>`(${sql.join(ways, sql` or `)})`;
};

/** Where a list goes on: after this row, so many. A page of a screen holds the first 500. */
export type Further<Row> = { readonly after: Row | null; readonly most: number };
const firstRows = { after: null, most: 500 } as const;

export const organizationListInput = z.strictObject({
  search: typed.default(""),
  kind: z.enum(organizationKinds).optional(),
  standing: z.enum(organizationStandings).optional(),
  department: z.uuid().optional(),
  id: z.uuid().optional(),
});

type Ordered = { readonly id: string; readonly name: string; readonly standing: string };

/** Organisations that the actor may see, those waiting first, then by name; at most 500, or as it is said. */
export const listOrganizations = async (
  platform: Platform,
  actor: Actor,
  raw: z.input<typeof organizationListInput>,
  { after, most }: Further<Ordered> = firstRows,
) => {
  const input = organizationListInput.parse(raw);
  let query = platform.database.kysely
    .selectFrom("organization")
    .leftJoin("organization as department", (on) =>
      on
        .onRef("department.funder", "=", "organization.funder")
        .onRef("department.id", "=", "organization.competent_department"),
    )
    .leftJoin("organization as above", (on) =>
      on.onRef("above.funder", "=", "organization.funder").onRef("above.id", "=", "organization.parent"),
    )
    .select([
      "organization.id",
      "organization.kind",
      "organization.uscc",
      "organization.name_zh as name",
      "organization.name_en as nameEn",
      "organization.type",
      "organization.region",
      "organization.address",
      "organization.legal_person as legalPerson",
      "organization.competent_department as department",
      "department.name_zh as departmentName",
      "organization.department_basis as basis",
      "organization.parent",
      "above.name_zh as parentName",
      "organization.quota_group as quotaGroup",
      "organization.medical_licence as medicalLicence",
      "organization.platforms",
      "organization.bases",
      "organization.standing",
      "organization.standing_reason as standingReason",
      "organization.version",
    ])
    .where("organization.funder", "=", platform.funder)
    .where(
      reach("organization.list", actor, {
        unit: sql`organization.id`,
        department: sql`organization.competent_department`,
      }),
    );
  if (input.search.trim() !== "")
    query = query.where((where) =>
      where.or([
        where("organization.name_zh", "ilike", pattern(input.search)),
        where("organization.name_en", "ilike", pattern(input.search)),
        where("organization.uscc", "ilike", pattern(input.search)),
      ]),
    );
  if (input.kind !== undefined) query = query.where("organization.kind", "=", input.kind);
  if (input.standing !== undefined) query = query.where("organization.standing", "=", input.standing);
  if (input.department !== undefined)
    query = query.where("organization.competent_department", "=", input.department);
  if (input.id !== undefined) query = query.where("organization.id", "=", input.id);
  if (after !== null)
    query = query.where(
      sql<SqlBool>`(organization.standing <> 'PENDING', organization.name_zh, organization.id)
        > (${after.standing !== "PENDING"}, ${after.name}, ${after.id}::uuid)`,
    );
  const rows = await query
    .orderBy(sql`organization.standing <> 'PENDING'`)
    .orderBy("organization.name_zh")
    .orderBy("organization.id")
    .limit(most)
    .execute();
  return rows.map((row) =>
    Object.assign(row, {
      platforms: row.platforms as readonly string[],
      bases: row.bases as readonly { readonly id: string; readonly level: string }[],
    }),
  );
};
export type OrganizationRow = Awaited<ReturnType<typeof listOrganizations>>[number];

export const accountListInput = z.strictObject({
  search: typed.default(""),
  standing: z.enum(accountStandings).optional(),
  role: typed.optional(),
  organization: z.uuid().optional(),
  id: z.uuid().optional(),
});

export type AccountRow = {
  readonly id: string;
  readonly login: string;
  readonly standing: (typeof accountStandings)[number];
  readonly standingReason: string;
  readonly version: number;
  readonly secondFactor: boolean;
  readonly createdAt: number;
  readonly person: string;
  readonly name: string;
  readonly identityType: string;
  readonly identityMask: string;
  readonly titleLevel: string;
  readonly degree: string;
  readonly email: string;
  readonly phoneMask: string;
  readonly organization: string | null;
  readonly organizationName: string | null;
  readonly organizationKind: string | null;
  readonly roles: readonly {
    readonly id: string;
    readonly role: Role;
    readonly division: string | null;
    readonly lentBy: string | null;
    readonly until: number | null;
  }[];
};

/** Accounts that the actor may see, those waiting first, then by name; at most 500, or as it is said. Numbers are masked. */
export const listAccounts = async (
  platform: Platform,
  actor: Actor,
  raw: z.input<typeof accountListInput>,
  { after, most }: Further<Ordered> = firstRows,
): Promise<readonly AccountRow[]> => {
  const input = accountListInput.parse(raw);
  const { funder } = platform;
  const database = platform.database.kysely;
  let query = database
    .selectFrom("account")
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "person.funder")
        .onRef("organization.id", "=", "person.organization"),
    )
    .select([
      "account.id",
      "account.login",
      "account.standing",
      "account.standing_reason as standingReason",
      "account.version",
      "account.totp_confirmed as secondFactor",
      "account.created_at as createdAt",
      "person.id as person",
      "person.name",
      "person.identity_type as identityType",
      "person.identity_mask as identityMask",
      "person.title_level as titleLevel",
      "person.degree",
      "person.email",
      "person.phone_mask as phoneMask",
      "person.organization",
      "organization.name_zh as organizationName",
      "organization.kind as organizationKind",
    ])
    .where("account.funder", "=", funder)
    .where(reach("account.list", actor, { unit: sql`person.organization` }));
  if (input.search.trim() !== "")
    query = query.where((where) =>
      where.or([
        where("person.name", "ilike", pattern(input.search)),
        where("account.login", "ilike", pattern(input.search)),
        where("organization.name_zh", "ilike", pattern(input.search)),
      ]),
    );
  if (input.standing !== undefined) query = query.where("account.standing", "=", input.standing);
  if (input.organization !== undefined) query = query.where("person.organization", "=", input.organization);
  if (input.id !== undefined) query = query.where("account.id", "=", input.id);
  if (input.role !== undefined && input.role !== "")
    query = query.where(
      sql<boolean>`exists (select from role_grant g where g.funder = account.funder and g.account = account.id
        and g.role = ${input.role} and g.revoked_at is null and (g.valid_until is null or g.valid_until > platform_now()))`,
    );
  if (after !== null)
    query = query.where(
      sql<SqlBool>`(account.standing <> 'PENDING', person.name, account.id)
        > (${after.standing !== "PENDING"}, ${after.name}, ${after.id}::uuid)`,
    );
  const rows = await query
    .orderBy(sql`account.standing <> 'PENDING'`)
    .orderBy("person.name")
    .orderBy("account.id")
    .limit(most)
    .execute();
  const grants =
    rows.length === 0
      ? []
      : await database
          .selectFrom("role_grant")
          .leftJoin("account as lender", (on) =>
            on
              .onRef("lender.funder", "=", "role_grant.funder")
              .onRef("lender.id", "=", "role_grant.delegated_by"),
          )
          .leftJoin("person as lending", (on) =>
            on.onRef("lending.funder", "=", "lender.funder").onRef("lending.id", "=", "lender.person"),
          )
          .select([
            "role_grant.id",
            "role_grant.account",
            "role_grant.role",
            "role_grant.division",
            "role_grant.valid_until as until",
            "lending.name as lentBy",
          ])
          .where("role_grant.funder", "=", funder)
          .where(
            "role_grant.account",
            "in",
            rows.map(({ id }) => id),
          )
          .where("role_grant.revoked_at", "is", null)
          .where((where) =>
            where.or([
              where("role_grant.valid_until", "is", null),
              where("role_grant.valid_until", ">", sql<number>`platform_now()`),
            ]),
          )
          .orderBy("role_grant.created_at")
          .orderBy("role_grant.id")
          .execute();
  const byAccount = Map.groupBy(grants, ({ account }) => account);
  return rows.map((row) =>
    Object.assign(row, {
      roles: (byAccount.get(row.id) ?? []).map(({ id, role, division, lentBy, until }) => ({
        id,
        role: role as Role,
        division,
        lentBy,
        until,
      })),
    }),
  );
};

export const registerInput = z.strictObject({ search: typed.default("") });

const mustReadRegisters = (actor: Actor): void => {
  const permission = may("register.read", actor, {});
  if (!permission.allowed) throw new Denied(permission.reason);
};

/** Running projects, the latest end first. No number of a person. */
export const listProjects = async (
  platform: Platform,
  actor: Actor,
  raw: z.input<typeof registerInput>,
  {
    after,
    most,
  }: Further<{ readonly id: string; readonly periodEnd: string; readonly number: string }> = firstRows,
) => {
  mustReadRegisters(actor);
  const like = pattern(registerInput.parse(raw).search);
  let query = platform.database.kysely
    .selectFrom("known_project")
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "known_project.funder")
        .onRef("organization.id", "=", "known_project.lead_organization"),
    )
    .leftJoin("person", (on) =>
      on
        .onRef("person.funder", "=", "known_project.funder")
        .onRef("person.identity_hash", "=", "known_project.investigator_hash"),
    )
    .select([
      "known_project.id",
      "known_project.number",
      "known_project.title",
      "known_project.programme",
      "known_project.category",
      "known_project.investigator_name as investigator",
      "known_project.period_end as periodEnd",
      "known_project.closeout",
      "known_project.version",
      "organization.name_zh as organization",
      "person.id as person",
    ])
    .where("known_project.funder", "=", platform.funder)
    .where((where) =>
      where.or([
        where("known_project.number", "ilike", like),
        where("known_project.title", "ilike", like),
        where("known_project.investigator_name", "ilike", like),
      ]),
    );
  if (after !== null)
    query = query.where(
      sql<SqlBool>`(known_project.period_end < ${after.periodEnd}::date or (known_project.period_end = ${after.periodEnd}::date
        and (known_project.number, known_project.id) > (${after.number}, ${after.id}::uuid)))`,
    );
  return query
    .orderBy("known_project.period_end", "desc")
    .orderBy("known_project.number")
    .orderBy("known_project.id")
    .limit(most)
    .execute();
};

/** Integrity records, those in force first, then the latest. No number of a person. */
export const listRecords = async (
  platform: Platform,
  actor: Actor,
  raw: z.input<typeof registerInput>,
  {
    after,
    most,
  }: Further<{ readonly id: string; readonly from: string; readonly withdrawnAt: number | null }> = firstRows,
) => {
  mustReadRegisters(actor);
  const like = pattern(registerInput.parse(raw).search);
  let query = platform.database.kysely
    .selectFrom("integrity_record")
    .leftJoin("person", (on) =>
      on
        .onRef("person.funder", "=", "integrity_record.funder")
        .onRef("person.identity_hash", "=", "integrity_record.subject_hash"),
    )
    .select([
      "integrity_record.id",
      "integrity_record.subject_kind as subjectKind",
      "integrity_record.subject_name as subjectName",
      "integrity_record.subject_uscc as uscc",
      "integrity_record.kind",
      "integrity_record.decision_number as decisionNumber",
      "integrity_record.source",
      "integrity_record.valid_from as from",
      "integrity_record.valid_to as to",
      "integrity_record.withdrawn_at as withdrawnAt",
      "integrity_record.withdrawn_reason as withdrawnReason",
      "person.id as person",
    ])
    .where("integrity_record.funder", "=", platform.funder)
    .where((where) =>
      where.or([
        where("integrity_record.subject_name", "ilike", like),
        where("integrity_record.decision_number", "ilike", like),
      ]),
    );
  if (after !== null)
    query = query.where(
      sql<SqlBool>`(integrity_record.withdrawn_at is not null, ${after.from}::date, integrity_record.id)
        > (${after.withdrawnAt !== null}, integrity_record.valid_from, ${after.id}::uuid)`,
    );
  return query
    .orderBy(sql`integrity_record.withdrawn_at is not null`)
    .orderBy("integrity_record.valid_from", "desc")
    .orderBy("integrity_record.id")
    .limit(most)
    .execute();
};

/** Running projects and integrity records, the latest end first; at most 500 of each. No number of a person. */
export const readRegisters = async (platform: Platform, actor: Actor, raw: z.input<typeof registerInput>) => {
  const [projects, records] = await Promise.all([
    listProjects(platform, actor, raw),
    listRecords(platform, actor, raw),
  ]);
  return { projects, records };
};

/** Who am I: the account with the roles it holds now. */
export const readSession = async (platform: Platform, actor: Actor) => {
  const permission = may("session.read", actor, { account: actor.account });
  if (!permission.allowed || actor.account === null) throw new Denied(denied);
  const row = await platform.database.kysely
    .selectFrom("account")
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "person.funder")
        .onRef("organization.id", "=", "person.organization"),
    )
    .select([
      "account.id as account",
      "account.login",
      "account.language",
      "person.id as person",
      "person.name",
      "organization.id as organization",
      "organization.name_zh as organizationName",
    ])
    .where("account.funder", "=", platform.funder)
    .where("account.id", "=", actor.account)
    .executeTakeFirstOrThrow();
  return { ...row, roles: actor.grants };
};

/** The reads of this stage for the API, by the name of their row in the permission matrix. */
export const registrationQueries = [
  {
    name: "organization.list",
    title: { zh: "单位列表", en: "Organisations" },
    input: organizationListInput,
    run: listOrganizations,
  },
  {
    name: "account.list",
    title: { zh: "账户列表", en: "Accounts" },
    input: accountListInput,
    run: listAccounts,
  },
  {
    name: "register.read",
    title: { zh: "登记册", en: "Registers" },
    input: registerInput,
    run: readRegisters,
  },
  {
    name: "session.read",
    title: { zh: "当前登录", en: "The present session" },
    input: z.strictObject({}),
    run: readSession,
  },
  outboxQuery,
] as const;
