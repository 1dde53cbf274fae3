import { sql } from "kysely";
import type { Content } from "../../core/application/content.ts";
import type { Registry } from "../../core/policy/application.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import type { ApplicationFacts } from "./facts.ts";

/** What the platform's registers say about one application, in the shape of the judge. `opened`: numbers in clear by the hex of their hash. */

type Opened = ReadonlyMap<string, string>;
const numberOf = (opened: Opened, hash: Buffer | null): string | null =>
  hash === null ? null : (opened.get(hash.toString("hex")) ?? hash.toString("hex"));

/** The lead, its quota group, and the organisations of partners and members. */
export const organizationsOf = async (
  database: Queryable,
  funder: string,
  facts: ApplicationFacts,
  content: Content,
): Promise<Registry["organizations"]> => {
  const codes = [
    facts.organization.uscc,
    ...content.partners.map((one) => one.uscc),
    ...content.members.map((one) => one.organization),
  ].filter((code): code is string => code !== null && code !== "");
  const group = facts.organization.quotaGroup;
  const rows = await database
    .selectFrom("organization")
    .select([
      "uscc",
      "name_zh",
      "type",
      "region",
      "quota_group",
      "medical_licence",
      "platforms",
      "bases",
      "standing",
    ])
    .where("funder", "=", funder)
    .where((where) =>
      where.or([where("uscc", "in", codes), ...(group === null ? [] : [where("quota_group", "=", group)])]),
    )
    .where("standing", "=", "ACTIVE")
    .execute();
  return rows.flatMap((one) =>
    one.uscc === null
      ? []
      : [
          {
            uscc: one.uscc,
            name: one.name_zh,
            type: (one.type ?? "OTHER") as "OTHER",
            region: one.region,
            quotaGroup: one.quota_group,
            medicalLicence: one.medical_licence !== null,
            platforms: one.platforms as string[],
            bases: one.bases as Registry["organizations"][number]["bases"],
          },
        ],
  );
};

export const projectsOf = async (
  database: Queryable,
  funder: string,
  facts: ApplicationFacts,
  opened: Opened,
): Promise<Registry["projects"]> => {
  const rows = await database
    .selectFrom("known_project")
    .select(["programme", "category", "investigator_hash", "lead_organization", "period_end", "closeout"])
    .where("funder", "=", funder)
    .where((where) =>
      where.or([
        where("investigator_hash", "=", facts.investigator.hash),
        where("lead_organization", "=", facts.organization.id),
      ]),
    )
    .execute();
  return rows.map((one) => ({
    programme: one.programme as "OTHER",
    category: one.category ?? "OTHER",
    principalInvestigator: numberOf(opened, one.investigator_hash),
    leadOrganization: one.lead_organization === facts.organization.id ? facts.organization.uscc : null,
    periodEnd: one.period_end,
    closeout: one.closeout as "PENDING",
  }));
};

/** Other applications of the call that count: of the same investigator, and those that hold a place of the quota group. */
export const othersOf = async (
  database: Queryable,
  facts: ApplicationFacts,
  funder: string,
  opened: Opened,
): Promise<Registry["applications"]> => {
  const { programme } = facts.call.policy;
  const group = facts.organization.quotaGroup === "" ? null : facts.organization.quotaGroup;
  // What was recommended keeps the group it was recommended under, whatever has become of the unit's group since.
  const pool = sql<
    string | null
  >`coalesce(nullif(application.quota_group, ''), nullif(organization.quota_group, ''))`;
  const shares =
    group === null
      ? sql<boolean>`(application.lead_organization = ${facts.organization.id} and ${pool} is null)`
      : sql<boolean>`(${pool} is not distinct from ${group})`;
  const rows = await database
    .selectFrom("application")
    .innerJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
    )
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "application.funder")
        .onRef("organization.id", "=", "application.lead_organization"),
    )
    .select([
      "application.number",
      "application.state",
      "application.investigator_hash",
      "draft.category",
      "draft.field",
      "organization.uscc",
      shares.as("shares"),
    ])
    .where("application.funder", "=", funder)
    .where("application.call", "=", facts.call.id)
    .where("application.id", "<>", facts.id)
    .where((where) =>
      where.or([
        where("application.investigator_hash", "=", facts.investigator.hash),
        where.and([where("application.state", "in", [...programme.quota.countedStates]), shares]),
      ]),
    )
    .execute();
  const limited = programme.categories.find((one) => one.quota);
  const outside = await database
    .selectFrom("off_platform")
    .select("number")
    .where("funder", "=", funder)
    .where("call", "=", facts.call.id)
    .where("counts_in_quota", "=", true)
    .where("withdrawn_at", "is", null)
    .where((where) =>
      group === null
        ? where.and([
            where("organization", "=", facts.organization.id),
            where(sql`nullif(quota_group, '')`, "is", null),
          ])
        : where("quota_group", "=", group),
    )
    .execute();
  return [
    ...rows.map((one) => ({
      // As people know it: a finding that names the other one is read by them.
      id: `${facts.call.code}-${String(one.number).padStart(4, "0")}`,
      category: one.category ?? "",
      field: one.field ?? "",
      principalInvestigator: numberOf(opened, one.investigator_hash),
      // The judge knows units by their present groups alone: who shares the places stands there as the unit itself, who does not as nobody.
      leadOrganization: one.shares ? facts.organization.uscc : null,
      state: one.state as "DRAFT",
    })),
    ...(limited === undefined
      ? []
      : outside.map(({ number }) => ({
          id: `off-platform ${number}`,
          category: limited.code,
          principalInvestigator: null,
          leadOrganization: facts.organization.uscc,
          state: "RECOMMENDED" as const,
        }))),
  ];
};

export const integrityOf = async (
  database: Queryable,
  funder: string,
  facts: ApplicationFacts,
  content: Content,
  opened: Opened,
): Promise<Registry["integrityRecords"]> => {
  const hashes = [...opened.keys()].map((hex) => Buffer.from(hex, "hex"));
  const codes = [facts.organization.uscc, ...content.partners.map((one) => one.uscc ?? "")];
  const rows = await database
    .selectFrom("integrity_record")
    .select(["subject_hash", "subject_uscc", "kind", "valid_from", "valid_to"])
    .where("funder", "=", funder)
    .where("withdrawn_at", "is", null)
    .where((where) => where.or([where("subject_hash", "in", hashes), where("subject_uscc", "in", codes)]))
    .execute();
  return rows.map((one) => ({
    subject: one.subject_uscc ?? numberOf(opened, one.subject_hash) ?? "",
    kind: one.kind as "MISCONDUCT",
    from: one.valid_from,
    to: one.valid_to,
  }));
};
