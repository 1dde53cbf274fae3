import { createHash, randomBytes } from "node:crypto";
import { emptyContent } from "../../src/core/application/content.ts";
import { wordedOf } from "../../src/core/application/worded.ts";
import { maskIdentity } from "../../src/core/mask.ts";
import type { Policy } from "../../src/core/policy/policy.ts";
import type { Database } from "../../src/platform/database/connect.ts";
import type { Keys } from "../../src/platform/keys.ts";
import { sequenceAll } from "../../src/platform/ledger/sequencer.ts";
import { blindIndexOf, sealField } from "../../src/platform/secrets.ts";
import { organizationCode, residentNumber } from "../numbers.ts";
import { type Chance, chanceOf } from "../random.ts";
import { contentHash } from "../../src/stages/application/freeze.ts";
import { templateOf } from "./content.ts";

/** A city an hour before the deadline, written by bulk SQL: nobody of it exists. */

export type Size = { readonly filed: number; readonly ready: number; readonly written: number };
export type Owned = { readonly application: string; readonly token: string; readonly cookie: string };
export type World = {
  readonly call: string;
  /** Complete drafts that nobody has submitted. */
  readonly ready: readonly Owned[];
  /** Drafts under way. */
  readonly written: readonly Owned[];
  /** Filed ones, with their investigators. */
  readonly filed: readonly Owned[];
  /** Research administrators and some filed applications of their unit. */
  readonly units: readonly { readonly token: string; readonly applications: readonly string[] }[];
  /** Sees everything that was filed. */
  readonly supervisor: string;
};

const units = 200;
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");
const hex = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString("hex")}`;

type Row = Readonly<Record<string, unknown>>;

/** Rows as JSON in one statement for every 2,000; columns that are not named take their defaults. */
const insert = async ({ pool }: Database, table: string, rows: readonly Row[]): Promise<void> => {
  const columns = Object.keys(rows[0] ?? {})
    .map((one) => `"${one}"`)
    .join(", ");
  for (let from = 0; from < rows.length; from += 2_000)
    await pool.query(
      `insert into "${table}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
      [JSON.stringify(rows.slice(from, from + 2_000))],
    );
};

const numbersOf = (chance: Chance, count: number): readonly string[] => {
  const numbers = new Set<string>();
  while (numbers.size < count) numbers.add(residentNumber(chance));
  return [...numbers];
};

/** Fills a migrated database that has its funder and its call. The ledger is numbered at the end. */
export const seedWorld = async (
  { database, funder, keys, policy }: { database: Database; funder: string; keys: Keys; policy: Policy },
  size: Size,
): Promise<World> => {
  const chance = chanceOf(34);
  const id = () => crypto.randomUUID();
  const { rows: calls } = await database.pool.query<{ id: string }>(`select id from call where funder = $1`, [
    funder,
  ]);
  const call = calls[0]?.id ?? "";
  const department = id();
  const codes = new Set<string>();
  while (codes.size < units) codes.add(organizationCode(chance));
  const institutions = [...codes].map((uscc, index) => ({
    funder,
    id: id(),
    kind: "INSTITUTION",
    uscc,
    name_zh: `示例单位${index + 1}`,
    standing: "ACTIVE",
    type: "UNIVERSITY",
    region: "210200",
    competent_department: department,
    department_basis: "TERRITORIAL",
  }));
  await insert(database, "organization", [
    { funder, id: department, kind: "DEPARTMENT", name_zh: "市教育局", standing: "ACTIVE" },
  ]);
  await insert(database, "organization", institutions);

  const count = size.filed + size.ready + size.written;
  // One of everything for each investigator, then the administrators of the units and one supervisor.
  const numbers = numbersOf(chance, count + units + 1);
  const people = numbers.map((identityNo, index) => {
    const person = id();
    return {
      person,
      account: id(),
      identityNo,
      hash: blindIndexOf(keys, "identity", identityNo),
      organization: institutions[index % units]!.id,
      token: randomBytes(32).toString("base64url"),
      cookie: randomBytes(32).toString("base64url"),
      role: index < count ? "PI" : index < count + units ? "ORG_ADMIN" : "SUPERVISOR",
    };
  });
  await insert(
    database,
    "person",
    people.map((one, index) => ({
      funder,
      id: one.person,
      name: `测试${index}`,
      identity_type: "RESIDENT_ID",
      identity_sealed: hex(sealField(keys, one.identityNo, `person.identity_sealed:${one.person}`)),
      identity_hash: hex(one.hash),
      identity_mask: maskIdentity(one.identityNo),
      title_level: "SENIOR",
      degree: "DOCTOR",
      organization: one.organization,
    })),
  );
  await insert(
    database,
    "account",
    people.map((one, index) => ({
      funder,
      id: one.account,
      person: one.person,
      login: `user${index}`,
      password_hash: "-",
      standing: "ACTIVE",
    })),
  );
  await insert(
    database,
    "role_grant",
    people.map(({ account, role, organization }) => ({
      funder,
      account,
      role,
      organization: role === "SUPERVISOR" ? null : organization,
      valid_from: "2024-01-01T00:00:00+08:00",
    })),
  );
  // Silent for ten minutes, so that the first request of each also writes that it was seen.
  const session = (account: string, kind: string, token: string, now: string) => ({
    funder,
    id: id(),
    account,
    kind,
    label: "",
    token_hash: `\\x${hashOf(token)}`,
    expires_at: new Date(Date.parse(now) + 8 * 3_600_000).toISOString(),
    last_seen_at: new Date(Date.parse(now) - 600_000).toISOString(),
  });
  const { rows: clock } = await database.pool.query<{ now: string }>(
    `select to_char(platform_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as now`,
  );
  const now = clock[0]?.now ?? "";
  await insert(
    database,
    "session",
    people.flatMap((one) => [
      session(one.account, "TOKEN", one.token, now),
      session(one.account, "WEB", one.cookie, now),
    ]),
  );

  const applications = people.slice(0, count).map((one, index) =>
    Object.assign(one, {
      application: id(),
      number: index + 1,
      filed: index < size.filed,
      uscc: institutions[index % units]!.uscc,
    }),
  );
  await insert(
    database,
    "application",
    applications.map((one) => ({
      funder,
      id: one.application,
      call,
      number: one.number,
      state: one.filed ? "ORG_REVIEW" : "DRAFT",
      investigator: one.person,
      investigator_hash: hex(one.hash),
      lead_organization: one.organization,
      frozen_version: one.filed ? 1 : null,
      submitted_at: one.filed ? now : null,
      created_by: one.account,
      updated_at: new Date(Date.parse(now) - chance.below(86_400_000)).toISOString(),
    })),
  );
  await database.pool.query(`insert into counter (funder, name, value) values ($1, $2, $3)`, [
    funder,
    `application ${call}`,
    count,
  ]);
  await seedContents(database, funder, policy, keys, chance, applications);
  await insert(
    database,
    "decision",
    applications
      .filter((one) => one.filed)
      .map((one) => ({
        funder,
        id: id(),
        application: one.application,
        version: 1,
        action: "application.submit",
        from_state: "DRAFT",
        to_state: "ORG_REVIEW",
        reason: "",
        codes: [],
        marks: [],
        checklist: [],
        findings: [],
        by: one.account,
        role: "PI",
        at: now,
      })),
  );
  await insert(
    database,
    "ledger_entry",
    applications.map((one) => ({
      funder,
      id: id(),
      action: one.filed ? "application.submit" : "application.create",
      actor: one.account,
      role: "PI",
      object_kind: "application",
      object_id: one.application,
      at: now,
      body: { to: one.filed ? "ORG_REVIEW" : "DRAFT" },
    })),
  );
  await sequenceAll(database, funder);
  // As a server that has run for a while would have: row counts for the planner, no dead rows.
  await database.pool.query("vacuum analyze");
  const owned = applications.map(({ application, token, cookie }) => ({ application, token, cookie }));
  const administrators = people.slice(count, count + units);
  return {
    call,
    filed: owned.slice(0, size.filed),
    ready: owned.slice(size.filed, size.filed + size.ready),
    written: owned.slice(size.filed + size.ready),
    units: administrators.map(({ token, organization }) => ({
      token,
      applications: applications
        .filter((one) => one.filed && one.organization === organization)
        .slice(0, 20)
        .map((one) => one.application),
    })),
    supervisor: people.at(-1)?.token ?? "",
  };
};

/** Drafts and what was frozen of them, put together by the database from one template: title and two members of their own. */
const seedContents = async (
  { pool }: Database,
  funder: string,
  policy: Policy,
  keys: Keys,
  chance: Chance,
  applications: readonly {
    readonly application: string;
    readonly account: string;
    readonly filed: boolean;
    readonly uscc: string;
  }[],
): Promise<void> => {
  const template = templateOf(policy, emptyContent);
  const worded = JSON.stringify(wordedOf(policy, template));
  const numbers = numbersOf(chance, 2_000);
  const contents = applications.map(({ application, account, filed, uscc }, index) => {
    const title = `${template.title}（${index + 1}）`;
    const members = [0, 1].map((place) => {
      const number = numbers[(index * 2 + place) % numbers.length]!;
      return {
        key: `m${place}`,
        name: `成员${place + 1}`,
        identityType: "RESIDENT_ID" as const,
        organization: uscc,
        side: "DOMESTIC" as const,
        role: "MEMBER" as const,
        titleLevel: "INTERMEDIATE" as const,
        degree: "MASTER" as const,
        monthsPerYear: 6,
        tasks: "实验与数据整理",
        consent: "WRITTEN" as const,
        identity: {
          sealed: sealField(keys, number, "draft.content:member").toString("base64"),
          hash: blindIndexOf(keys, "identity", number).toString("hex"),
          mask: maskIdentity(number),
        },
      };
    });
    const hash = filed ? contentHash({ ...template, title, members }) : "";
    return { application, account, filed, title, members, hash };
  });
  for (let from = 0; from < contents.length; from += 1_000) {
    const rows = JSON.stringify(contents.slice(from, from + 1_000));
    await pool.query(
      `insert into draft (funder, application, content, saved_by)
       select $1, application, $2::jsonb || jsonb_build_object('title', title, 'members', members), account
       from jsonb_to_recordset($3::jsonb) as one (application uuid, account uuid, title text, members jsonb)`,
      [funder, JSON.stringify(template), rows],
    );
    await pool.query(
      `insert into application_version (funder, application, number, content, worded, hash, code, frozen_at, frozen_by)
       select $1, application, 1, $2::jsonb || jsonb_build_object('title', title, 'members', members), $4::jsonb, hash,
         upper(substr(md5(application::text), 1, 12)), platform_now(), account
       from jsonb_to_recordset($3::jsonb) as one (application uuid, account uuid, filed boolean, title text, members jsonb, hash text)
       where filed`,
      [funder, JSON.stringify(template), rows, worded],
    );
  }
};
