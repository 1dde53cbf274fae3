import { sql } from "kysely";
import type { Role } from "../../core/role.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Queryable } from "../../platform/database/connect.ts";

/** What a unit confirms for a frozen version before its administrator may approve, and who does it. */
export const kinds = {
  SEAL: {
    action: "endorsement.seal",
    role: "ORG_SEAL",
    title: { zh: "单位承诺与盖章扫描件", en: "The unit's commitment and stamped scan" },
  },
  BUDGET: {
    action: "endorsement.confirmBudget",
    role: "ORG_FINANCE",
    title: { zh: "财务确认预算", en: "Budget confirmed by finance" },
  },
  SECRECY: {
    action: "endorsement.confirmSecrecy",
    role: "ORG_SECRECY",
    title: { zh: "保密与伦理审核", en: "Secrecy and ethics review" },
  },
} as const satisfies Record<string, { action: string; role: Role; title: Bilingual }>;
export type Kind = keyof typeof kinds;

export type Confirmation = {
  readonly kind: Kind;
  readonly title: Bilingual;
  readonly clause: string;
  /** Who holds the role at the unit; for the seal the administrators stand in where nobody does. */
  readonly officers: readonly string[];
  readonly given: {
    readonly agreed: boolean;
    readonly remark: string;
    readonly by: string;
    readonly at: number;
  } | null;
};

type Names = ReadonlyMap<Role, readonly string[]>;

/** Names of those who hold these roles at a unit at this moment. */
export const officersOf = async (
  database: Queryable,
  funder: string,
  organization: string,
): Promise<Names> => {
  const rows = await database
    .selectFrom("role_grant")
    .innerJoin("account", (on) =>
      on.onRef("account.funder", "=", "role_grant.funder").onRef("account.id", "=", "role_grant.account"),
    )
    .innerJoin("person", (on) =>
      on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
    )
    .select(["role_grant.role", "person.name"])
    .distinct()
    .where("role_grant.funder", "=", funder)
    .where("role_grant.organization", "=", organization)
    .where("role_grant.role", "in", ["ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY", "ORG_ADMIN"])
    .where("role_grant.revoked_at", "is", null)
    .where("account.standing", "=", "ACTIVE")
    .where("role_grant.valid_from", "<=", sql<number>`platform_now()`)
    .where((where) =>
      where.or([
        where("role_grant.valid_until", "is", null),
        where("role_grant.valid_until", ">", sql<number>`platform_now()`),
      ]),
    )
    .orderBy("person.name")
    .execute();
  const names = new Map<Role, string[]>();
  for (const { role, name } of rows) names.set(role as Role, [...(names.get(role as Role) ?? []), name]);
  return names;
};

/** The confirmations that a unit needs for the version now frozen: the seal always, the others where it has such officers. */
export const confirmationsOf = async (
  database: Queryable,
  funder: string,
  facts: {
    readonly id: string;
    readonly frozenVersion: number | null;
    readonly organization: { readonly id: string };
    readonly call: {
      readonly policy: { readonly procedure: { readonly clauses: Readonly<Record<string, string>> } };
    };
  },
): Promise<readonly Confirmation[]> => {
  const [officers, rows] = await Promise.all([
    officersOf(database, funder, facts.organization.id),
    database
      .selectFrom("confirmation")
      .innerJoin("account", (on) =>
        on.onRef("account.funder", "=", "confirmation.funder").onRef("account.id", "=", "confirmation.by"),
      )
      .innerJoin("person", (on) =>
        on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
      )
      .innerJoin("application_version", (on) =>
        on
          .onRef("application_version.funder", "=", "confirmation.funder")
          .onRef("application_version.application", "=", "confirmation.application")
          .onRef("application_version.number", "=", "confirmation.version"),
      )
      .select([
        "confirmation.kind",
        "confirmation.agreed",
        "confirmation.remark",
        "confirmation.at",
        "person.name",
      ])
      .where("confirmation.funder", "=", funder)
      .where("confirmation.application", "=", facts.id)
      .where("confirmation.version", "=", facts.frozenVersion ?? 0)
      .where("confirmation.kind", "in", Object.keys(kinds) as Kind[])
      // A commitment holds for the content that it was signed for, and for no other.
      .where((where) =>
        where.or([
          where("confirmation.kind", "!=", "SEAL"),
          where("confirmation.hash", "=", where.ref("application_version.hash")),
        ]),
      )
      .execute(),
  ]);
  return (Object.keys(kinds) as Kind[]).flatMap((kind) => {
    const { role, title, action } = kinds[kind];
    const holders = officers.get(role) ?? [];
    const row = rows.find((one) => one.kind === kind);
    if (kind !== "SEAL" && holders.length === 0 && row === undefined) return [];
    return [
      {
        kind,
        title,
        clause: facts.call.policy.procedure.clauses[action] ?? "",
        officers: kind === "SEAL" && holders.length === 0 ? (officers.get("ORG_ADMIN") ?? []) : holders,
        given:
          row === undefined ? null : { agreed: row.agreed, remark: row.remark, by: row.name, at: row.at },
      },
    ];
  });
};
