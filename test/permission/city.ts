import { Readable } from "node:stream";
import { jsonText, instantText } from "../../src/platform/database/values.ts";
import type { Content } from "../../src/core/application/content.ts";
import { wordedOf } from "../../src/core/application/worded.ts";
import { roleCodes, roles, type Role } from "../../src/core/role.ts";
import { createApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { openSession } from "../../src/stages/registration/sessions.ts";
import { perform } from "../../src/platform/action.ts";
import { completeContent } from "../world/content.ts";
import { openWorld, type OrganizationName, type Someone, type World } from "../world/world.ts";

/** One of every role, each once where it reaches the objects and once where it does not, and one object of every kind. */

export type Player = {
  readonly role: Role;
  /** `own`: the investigator or a member; `related`: the unit, department, division or partner concerned; `other`: elsewhere. */
  readonly relation: "own" | "related" | "other";
  readonly who: Someone;
  readonly token: string;
};

/** Acts of importing, each with a kind that it does. */
export const imports = [
  ["People", "people"],
  ["Organizations", "organizations"],
  ["Places", "bases"],
  ["Projects", "projects"],
  ["IntegrityRecords", "records"],
] as const;

export type Objects = Readonly<
  Record<
    | "application"
    | "call"
    | "university"
    | "department"
    | "partner"
    | "batch"
    | "exception"
    | "purge"
    | "pending"
    | "pendingPerson"
    | "grant"
    | "session"
    | "attachment"
    | "offPlatform"
    | "project"
    | "record"
    | `import${(typeof imports)[number][0]}`,
    string
  >
>;

export type City = { readonly world: World; readonly players: readonly Player[]; readonly objects: Objects };

const seatOf: Readonly<Record<string, readonly [related: OrganizationName, other: OrganizationName]>> = {
  INSTITUTION: ["university", "institute"],
  DEPARTMENT: ["education", "health"],
  DIVISION: ["bureau", "bureau"],
  BUREAU: ["bureau", "bureau"],
  PLATFORM: ["bureau", "bureau"],
};

export const openCity = async (): Promise<City> => {
  const world = await openWorld();
  const { platform } = world;
  const { funder, database } = platform;
  const db = database.kysely;
  const players: Player[] = [];
  const play = async (
    role: Role,
    relation: Player["relation"],
    organization: OrganizationName,
    division?: string,
  ) => {
    const who = await world.someone({
      roles: [role],
      organization,
      ...(division === undefined ? {} : { division }),
    });
    const { token } = await openSession(db, funder, who.account, "TOKEN");
    players.push({ role, relation, who, token });
    return who;
  };
  const investigator = await play("PI", "own", "university");
  const member = await play("MEMBER", "own", "university");
  await play("PI", "other", "university");
  await play("MEMBER", "other", "university");
  const [first] = platform.policies;
  if (first === undefined) throw new Error("no pack");
  const content = completeContent({
    members: [
      {
        key: "m1",
        name: member.name,
        identityType: "RESIDENT_ID",
        identityNo: member.identityNo,
        organization: world.organizations.university.uscc,
        side: "DOMESTIC",
        role: "MEMBER",
        titleLevel: "SENIOR",
        degree: "DOCTOR",
        monthsPerYear: 6,
        tasks: "界面测试",
        consent: "ACCOUNT",
      },
    ],
    partners: [
      {
        key: "p1",
        name: "示例科技有限公司",
        uscc: world.organizations.company.uscc,
        type: "ENTERPRISE",
        region: "210200",
        countryOrRegion: "CN",
        tasks: "中试验证",
        share: null,
      },
    ],
  });
  const division = first.programme.categories
    .find((one) => one.code === content.category)
    ?.fields.find((one) => one.code === content.field)?.division;
  const elsewhere = first.programme.divisions.find((one) => one.code !== division)?.code;
  if (division === undefined || elsewhere === undefined) throw new Error("the pack has one division only");
  for (const role of roleCodes) {
    const { seat } = roles[role];
    if (seat === "SELF") {
      if (role !== "PI" && role !== "MEMBER" && role !== "PUBLIC") await play(role, "other", "university");
      continue;
    }
    const [related, other] =
      role === "PARTNER_ADMIN" ? (["company", "institute"] as const) : (seatOf[seat] ?? ["bureau", "bureau"]);
    await play(role, "related", related, seat === "DIVISION" ? division : undefined);
    if (seat === "INSTITUTION" || seat === "DEPARTMENT") await play(role, "other", other);
    if (seat === "DIVISION") await play(role, "other", other, elsewhere);
  }

  const pi = await world.actorOf(investigator);
  const { application } = await perform(platform, createApplication, pi, { call: world.call });
  await saveDraft(platform, pi, { application, version: 1, changes: content });
  const at = instantText(Date.parse("2024-06-10T10:00:00+08:00"));
  const by = investigator.account;
  // Far enough that every role that will ever see it sees it; permission is asked before the state is.
  const { content: written } = await db
    .selectFrom("draft")
    .select("content")
    .where("application", "=", application)
    .executeTakeFirstOrThrow();
  for (const number of [1, 2])
    await db
      .insertInto("application_version")
      .values({
        funder,
        application,
        number,
        content: jsonText(written),
        worded: jsonText(wordedOf(first, written as Content)),
        hash: String(number).repeat(64),
        code: `TEST-0000-000${number}`,
        frozen_at: at,
        frozen_by: by,
      })
      .execute();
  await db
    .updateTable("application")
    .set({
      state: "APPEAL",
      frozen_version: 2,
      submitted_at: at,
      endorsed_at: at,
      recommended_at: at,
      decided_at: at,
      division,
    })
    .where("funder", "=", funder)
    .where("id", "=", application)
    .execute();
  const one = async (id: Promise<{ id: string } | undefined>) => (await id)?.id ?? "";
  const department = world.organizations.education.id;
  const university = world.organizations.university.id;
  const pending = await world.someone({ roles: [], organization: "university" });
  await db.updateTable("account").set({ standing: "PENDING" }).where("id", "=", pending.account).execute();
  const lender = await world.someone({ roles: [], organization: "university" });
  const { id: sessionId } = await openSession(db, funder, by, "WEB");
  const stored = await platform.files.put(Readable.from([Buffer.from("%PDF-1.4 test %%EOF")]), 100);
  await db
    .insertInto("stored_file")
    .values({ funder, ...stored })
    .execute();
  const objects: Partial<Record<keyof Objects, string>> = {
    application,
    call: world.call,
    university,
    department,
    partner: world.organizations.company.id,
    pending: pending.account,
    pendingPerson: pending.person,
    session: sessionId,
    batch: await one(
      db
        .insertInto("batch")
        .values({
          funder,
          call: world.call,
          department,
          number: 1,
          code: "B-1",
          created_by: by,
          state: "ISSUED",
          letter_number: "试〔2024〕1号",
          issued_at: at,
          issued_on: "2024-06-10",
          issued_by: by,
        })
        .returning("id")
        .executeTakeFirst(),
    ),
    exception: await one(
      db
        .insertInto("exception")
        .values({
          funder,
          application,
          rule: "period-usual",
          clause: "G4.2.1b",
          reason: "试",
          requested_by: by,
          requested_at: at,
        })
        .returning("id")
        .executeTakeFirst(),
    ),
    purge: await one(
      db
        .insertInto("purge")
        .values({ funder, application, reason: "试", proposed_by: by, proposed_at: at })
        .returning("id")
        .executeTakeFirst(),
    ),
    grant: await one(
      db
        .insertInto("role_grant")
        .values({
          funder,
          account: pending.account,
          role: "ORG_SEAL",
          organization: university,
          delegated_by: lender.account,
          valid_until: instantText(Date.parse("2024-06-30T00:00:00+08:00")),
        })
        .returning("id")
        .executeTakeFirst(),
    ),
    attachment: await one(
      db
        .insertInto("attachment")
        .values({
          funder,
          application,
          type: "OTHER",
          filename: "a.pdf",
          file: stored.sha256,
          uploaded_by: by,
        })
        .returning("id")
        .executeTakeFirst(),
    ),
    offPlatform: await one(
      db
        .insertInto("off_platform")
        .values({
          funder,
          call: world.call,
          number: "X-1",
          organization: university,
          received_on: "2024-06-01",
          entered_by: by,
        })
        .returning("id")
        .executeTakeFirst(),
    ),
    project: await one(
      db
        .insertInto("known_project")
        .values({
          funder,
          number: "K-1",
          title: "试",
          programme: "OTHER",
          period_end: "2023-12-31",
          closeout: "PENDING",
        })
        .returning("id")
        .executeTakeFirst(),
    ),
    record: await one(
      db
        .insertInto("integrity_record")
        .values({
          funder,
          subject_kind: "ORGANIZATION",
          subject_uscc: world.organizations.institute.uscc,
          subject_name: "示例研究所",
          kind: "SOCIAL_CREDIT",
          decision_number: "试〔2024〕1号",
          source: "试",
          valid_from: "2024-01-01",
        })
        .returning("id")
        .executeTakeFirst(),
    ),
  };
  for (const [name, kind] of imports)
    objects[`import${name}`] = await one(
      db
        .insertInto("workbook_import")
        .values({
          funder,
          kind,
          organization: kind === "people" ? university : null,
          uploaded_by: by,
          filename: "a",
          file: "a",
        })
        .returning("id")
        .executeTakeFirst(),
    );
  return { world, players, objects: objects as Objects };
};
