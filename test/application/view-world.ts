import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Actor } from "../../src/core/permission/permission.ts";
import { buildServer } from "../../src/app/web.ts";
import { perform } from "../../src/platform/action.ts";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { createApplication, submitApplication } from "../../src/stages/application/actions.ts";
import { applicationAction, onApplication } from "../../src/stages/application/life.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import { completeContent } from "../world/content.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";

/** One application with a member and a partner, filed once; readers in several roles; a browser for each. */

/** The institution's and the bureau's acts as the lifecycle table has them, without what their own stages add. */
const step = (name: string) =>
  applicationAction({
    name,
    title: { zh: name, en: name },
    input: z.strictObject({ ...onApplication, reason: z.string().default("") }),
    act: async ({ input, now }) => ({
      ...(name === "endorsement.approve" ? { set: { endorsed_at: instantText(now) } } : {}),
      decision: {
        reason: input.reason,
        codes: name === "endorsement.return" ? ["R16"] : [],
        marks: name === "endorsement.return" ? [{ field: "title", text: "题目与研究内容不一致" }] : [],
      },
    }),
  });
export const returned = step("endorsement.return");
export const approved = step("endorsement.approve");

export type ViewWorld = World & {
  readonly people: Readonly<
    Record<"pi" | "member" | "admin" | "other" | "partner" | "department" | "supervisor", Someone>
  >;
  readonly actors: Readonly<Record<keyof ViewWorld["people"], Actor>>;
  readonly application: string;
  readonly app: FastifyInstance;
  /** Cookie and form token of somebody's browser. */
  readonly browser: (who: Someone) => Promise<{ readonly cookie: string; readonly csrf: string }>;
  readonly bulk: (count: number) => Promise<void>;
};

export const partnerName = "示例科技有限公司";

export const openViewWorld = async (): Promise<ViewWorld> => {
  const world = await openWorld();
  const { platform, someone } = world;
  const people = {
    pi: await someone({ name: "负责人甲", roles: ["PI"] }),
    member: await someone({ name: "成员乙", organization: "company", roles: ["MEMBER"] }),
    admin: await someone({ name: "科研管理丙", roles: ["ORG_ADMIN"] }),
    other: await someone({ name: "外单位丁", organization: "institute", roles: ["PI", "ORG_ADMIN"] }),
    partner: await someone({ name: "合作方戊", organization: "company", roles: ["PARTNER_ADMIN"] }),
    department: await someone({ name: "归口己", organization: "education", roles: ["DEPT_REVIEWER"] }),
    supervisor: await someone({ name: "监督庚", organization: "bureau", roles: ["SUPERVISOR"] }),
  };
  const actors = Object.fromEntries(
    await Promise.all(
      Object.entries(people).map(async ([name, who]) => [name, await world.actorOf(who)] as const),
    ),
  ) as ViewWorld["actors"];
  const { application } = await perform(platform, createApplication, actors.pi, { call: world.call });
  await saveDraft(platform, actors.pi, {
    application,
    version: 1,
    changes: completeContent({
      members: [
        {
          key: "m1",
          name: "成员乙",
          identityType: "RESIDENT_ID",
          identityNo: people.member.identityNo,
          organization: null,
          side: "DOMESTIC",
          role: "MEMBER",
          titleLevel: "SENIOR",
          degree: "DOCTOR",
          monthsPerYear: 6,
          tasks: "负责界面阻抗测试",
          consent: "ACCOUNT",
        },
      ],
      partners: [
        {
          key: "p1",
          name: partnerName,
          uscc: world.organizations.company.uscc,
          type: "ENTERPRISE",
          region: "210200",
          countryOrRegion: "CN",
          tasks: "中试验证",
          share: 5_000_000,
        },
      ],
    }),
  });
  const app = await buildServer({
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
    demo: true,
    platform,
  });
  return {
    ...world,
    people,
    actors,
    application,
    app,
    browser: async (who) => {
      const { id, token } = await openSession(platform.database.kysely, platform.funder, who.account, "WEB");
      return { cookie: `zn-session=${token}`, csrf: csrfOf(platform, id) };
    },
    bulk: async (count) => {
      const { kysely } = platform.database;
      const person = await kysely
        .selectFrom("person")
        .select("identity_hash")
        .where("id", "=", people.pi.person)
        .executeTakeFirstOrThrow();
      const states = ["DRAFT", "RETURNED_TO_PI", "WITHDRAWN", "LAPSED", "ORG_REJECTED", "DEPT_REJECTED"];
      for (let index = 0; index < count; index += 1) {
        const { id } = await kysely
          .insertInto("application")
          .values({
            funder: platform.funder,
            call: world.call,
            number: 1_000 + index,
            state: states[index % states.length]!,
            investigator: people.pi.person,
            investigator_hash: person.identity_hash,
            lead_organization: world.organizations.university.id,
            frozen_version: null,
            created_by: people.pi.account,
            missed: index % states.length === 3 ? "ENDORSE" : null,
          })
          .returning("id")
          .executeTakeFirstOrThrow();
        const title = `第${index}项：${"面向复杂工况的高可靠电驱动系统多物理场耦合机理与智能诊断方法研究".repeat(1 + (index % 3))}`;
        await kysely
          .insertInto("draft")
          .values({
            funder: platform.funder,
            application: id,
            content: jsonText({ ...completeContent(), members: [], partners: [], title }),
          })
          .execute();
      }
    },
    close: async () => {
      await app.close();
      await world.close();
    },
  };
};

/** Files it: the member says yes first. */
export const submit = async (world: ViewWorld, consentBefore: () => Promise<unknown>): Promise<void> => {
  await consentBefore();
  const row = await world.platform.database.kysely
    .selectFrom("application")
    .innerJoin("draft", "draft.application", "application.id")
    .select(["application.version", "draft.version as draftVersion"])
    .where("application.id", "=", world.application)
    .executeTakeFirstOrThrow();
  await perform(world.platform, submitApplication, world.actors.pi, {
    application: world.application,
    ...row,
  });
};
