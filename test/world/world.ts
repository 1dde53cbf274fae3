import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import type { Actor } from "../../src/core/permission/permission.ts";
import type { Role } from "../../src/core/role.ts";
import { maskIdentity } from "../../src/core/mask.ts";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { openDocuments } from "../../src/platform/documents.ts";
import { fontFiles } from "../../src/platform/documents/fonts.ts";
import { openFiles } from "../../src/platform/files.ts";
import { openJobs } from "../../src/platform/jobs.ts";
import { loadKeys } from "../../src/platform/keys.ts";
import { loadPolicy } from "../../src/platform/policies.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { openScans } from "../../src/platform/scans.ts";
import { softwareSeals } from "../../src/platform/seals.ts";
import { openTexts } from "../../src/platform/texts.ts";
import { blindIndexOf, sealField } from "../../src/platform/secrets.ts";
import { openWordTexts } from "../../src/platform/word-text.ts";
import { openWorkbooks } from "../../src/platform/workbooks.ts";
import { viewerOf } from "../../src/stages/registration/actor.ts";
import { queues } from "../../src/app/queues.ts";
import { freshDatabase } from "../database.ts";
import { identityNumber, uscc } from "./numbers.ts";

/** A small city on a database of its own: the bureau, two departments, four institutions, people in every role. */

const policy = await loadPolicy("dalian-2024");
const funder = "test";

export type Someone = {
  readonly account: string;
  readonly person: string;
  readonly name: string;
  readonly identityNo: string;
};
export type World = {
  readonly platform: Platform;
  readonly call: string;
  readonly organizations: Readonly<Record<OrganizationName, { readonly id: string; readonly uscc: string }>>;
  /** Adds a person with an account and roles; what is not said is filled in. */
  readonly someone: (options: {
    name?: string;
    organization?: OrganizationName;
    roles: readonly Role[];
    division?: string;
    titleLevel?: string;
    degree?: string;
  }) => Promise<Someone>;
  readonly actorOf: (who: Someone) => Promise<Actor>;
  /** Moves the platform's clock to an instant given with its offset. */
  readonly at: (instant: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

const organizations = {
  bureau: { kind: "BUREAU", name: "市科学技术局" },
  education: { kind: "DEPARTMENT", name: "市教育局" },
  health: { kind: "DEPARTMENT", name: "市卫生健康委员会" },
  university: {
    kind: "INSTITUTION",
    name: "示例理工大学",
    type: "UNIVERSITY",
    department: "education",
    quota: "DLU",
  },
  hospital: {
    kind: "INSTITUTION",
    name: "示例大学附属医院",
    type: "MEDICAL_INSTITUTION",
    department: "health",
    quota: "DLU",
  },
  institute: { kind: "INSTITUTION", name: "示例研究所", type: "RESEARCH_INSTITUTE", department: "education" },
  company: { kind: "INSTITUTION", name: "示例科技有限公司", type: "ENTERPRISE", department: "education" },
} as const;
export type OrganizationName = keyof typeof organizations;

/** Inside the window of the guide, unless told. */
export const openWorld = async ({ at = "2024-06-10T09:00:00+08:00" } = {}): Promise<World> => {
  const database = await freshDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), "zhinan-world-"));
  const keys = loadKeys(path.join(folder, "keys"), { demo: true });
  const [files, jobs] = await Promise.all([
    openFiles(path.join(folder, "files")),
    openJobs(database, queues),
  ]);
  const documents = openDocuments({ database, funder, files }, { fonts: fontFiles(process.env) });
  const workbooks = openWorkbooks(files);
  const wordTexts = openWordTexts();
  const scans = openScans({ database, funder, files });
  const texts = openTexts(files);
  const seals = keys.seal === null ? null : softwareSeals(keys.seal);
  const platform: Platform = {
    database,
    funder,
    keys,
    files,
    documents,
    workbooks,
    wordTexts,
    scans,
    seals,
    texts,
    jobs,
    policies: [policy],
    demo: true,
  };
  const { kysely } = database;
  const setClock = async (instant: string) => {
    await sql`update platform_clock set clock_offset = ${instant}::timestamptz - clock_timestamp(), demonstration = true`.execute(
      kysely,
    );
  };
  await setClock(at);
  await kysely
    .insertInto("funder")
    .values({ id: funder, name: jsonText({ zh: "测试", en: "Test" }) })
    .execute();
  const ids = Object.fromEntries(
    (Object.keys(organizations) as OrganizationName[]).map((name, index) => [
      name,
      { id: crypto.randomUUID(), uscc: uscc(index + 1) },
    ]),
  ) as Record<OrganizationName, { id: string; uscc: string }>;
  for (const [name, one] of Object.entries(organizations) as [
    OrganizationName,
    (typeof organizations)[OrganizationName],
  ][])
    await kysely
      .insertInto("organization")
      .values({
        funder,
        id: ids[name].id,
        kind: one.kind,
        uscc: one.kind === "INSTITUTION" ? ids[name].uscc : null,
        name_zh: one.name,
        standing: "ACTIVE",
        ...("type" in one
          ? {
              type: one.type,
              region: "210200",
              competent_department: ids[one.department].id,
              department_basis: "TERRITORIAL",
              quota_group: "quota" in one ? one.quota : null,
              medical_licence: one.type === "MEDICAL_INSTITUTION" ? "PDY00001" : null,
            }
          : {}),
      })
      .execute();
  const { windows, call: title } = policy.programme;
  const { id: call } = await kysely
    .insertInto("call")
    .values({
      funder,
      code: "2024",
      policy: policy.id,
      policy_hash: policy.hash,
      title: jsonText(title),
      apply_open_on: windows.application.opens,
      apply_close_on: windows.application.closes,
      recommend_close_on: windows.recommendation.closes,
      accept_close_on: windows.acceptance.closes,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  let count = 0;
  return {
    platform,
    call,
    organizations: ids,
    at: setClock,
    someone: async ({
      name,
      organization = "university",
      roles,
      division,
      titleLevel = "SENIOR",
      degree = "DOCTOR",
    }) => {
      count += 1;
      const identityNo = identityNumber(count);
      const person = crypto.randomUUID();
      const said = name ?? `测试${"甲乙丙丁戊己庚辛壬癸"[count % 10]}${count}`;
      await kysely
        .insertInto("person")
        .values({
          funder,
          id: person,
          name: said,
          identity_type: "RESIDENT_ID",
          identity_sealed: Buffer.from(sealField(keys, identityNo, `person.identity_sealed:${person}`)),
          identity_hash: Buffer.from(blindIndexOf(keys, "identity", identityNo)),
          identity_mask: maskIdentity(identityNo),
          title_level: titleLevel,
          degree,
          organization: ids[organization].id,
        })
        .execute();
      const { id: account } = await kysely
        .insertInto("account")
        .values({ funder, person, login: `user${count}`, password_hash: "-", standing: "ACTIVE" })
        .returning("id")
        .executeTakeFirstOrThrow();
      for (const role of roles)
        await kysely
          .insertInto("role_grant")
          .values({
            funder,
            account,
            role,
            organization: ids[organization].id,
            division: division ?? null,
            valid_from: instantText(0),
          })
          .execute();
      return { account, person, name: said, identityNo };
    },
    actorOf: async ({ account }) => {
      const viewer = await viewerOf(kysely, funder, account);
      if (viewer === null) throw new Error("the account is not active");
      return viewer.actor;
    },
    close: async () => {
      await jobs.stop();
      await documents.close();
      await texts.close();
      await workbooks.close();
      await wordTexts.close();
      await scans.close();
      await database.close();
    },
  };
};
