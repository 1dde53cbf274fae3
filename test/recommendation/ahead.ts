import type { Changes } from "../../src/core/application/content.ts";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { recordCreditCheck } from "../../src/stages/recommendation/credit.ts";
import { passApplication } from "../../src/stages/recommendation/initial.ts";
import { issueLetter } from "../../src/stages/recommendation/issue.ts";
import { attachScan, prepareBatch } from "../../src/stages/recommendation/prepare.ts";
import { approved, filed, rowOf, scan, sealed } from "../endorsement/filed.ts";
import type { OrganizationName, Someone, World } from "../world/world.ts";

/** People of two departments and four units, and applications brought to a point by the real acts. */

type Department = "education" | "health";
export const departmentOf: Readonly<Record<string, Department>> = {
  university: "education",
  institute: "education",
  company: "education",
  hospital: "health",
};

export type Crew = {
  readonly admins: Readonly<Record<string, Actor>>;
  readonly reviewers: Readonly<Record<Department, Actor>>;
  readonly approvers: Readonly<Record<Department, Actor>>;
  readonly approverAccounts: Readonly<Record<Department, Someone>>;
  readonly reviewerAccounts: Readonly<Record<Department, Someone>>;
  readonly planner: Actor;
};

export const crewOf = async (world: World): Promise<Crew> => {
  const one = async (role: "ORG_ADMIN" | "DEPT_REVIEWER" | "DEPT_APPROVER", organization: OrganizationName) =>
    world.someone({ roles: [role], organization });
  const units = ["university", "hospital", "institute"] as const;
  const admins: Record<string, Actor> = {};
  for (const unit of units) admins[unit] = await world.actorOf(await one("ORG_ADMIN", unit));
  const reviewerAccounts = {
    education: await one("DEPT_REVIEWER", "education"),
    health: await one("DEPT_REVIEWER", "health"),
  };
  const approverAccounts = {
    education: await one("DEPT_APPROVER", "education"),
    health: await one("DEPT_APPROVER", "health"),
  };
  return {
    admins,
    reviewerAccounts,
    approverAccounts,
    reviewers: {
      education: await world.actorOf(reviewerAccounts.education),
      health: await world.actorOf(reviewerAccounts.health),
    },
    approvers: {
      education: await world.actorOf(approverAccounts.education),
      health: await world.actorOf(approverAccounts.health),
    },
    planner: await world.actorOf(
      await world.someone({ roles: ["PLANNING_OFFICER"], organization: "bureau" }),
    ),
  };
};

type Unit = "university" | "hospital" | "institute";
type Options = { readonly organization?: Unit; readonly over?: Partial<Changes> };

/** Endorsed by its institution: it waits for the department. */
export const endorsed = async (
  world: World,
  crew: Crew,
  { organization = "university", over = {} }: Options = {},
): Promise<{ readonly id: string; readonly account: string }> => {
  const one = await filed(world, { organization, over });
  const admin = crew.admins[organization] as Actor;
  await sealed(world, admin, one.id);
  await approved(world, admin, one.id, { overQuota: true });
  return one;
};

export const creditOf = async (
  world: World,
  crew: Crew,
  organization: Unit = "university",
  result: "CLEAR" | "RECORD" = "CLEAR",
) =>
  perform(world.platform, recordCreditCheck, crew.reviewers[departmentOf[organization] as Department], {
    call: world.call,
    organization: world.organizations[organization].id,
    result,
    checkedOn: "2024-06-09",
    note: result === "RECORD" ? "行政处罚一条" : "",
    ...(await scan(world)),
  });

export const departmentChecklist = (world: World) =>
  (world.platform.policies[0]?.procedure.departmentChecklist ?? []).map(({ id }) => ({
    id,
    met: true,
    remark: "",
  }));

export const pass = async (world: World, reviewer: Actor, id: string) =>
  perform(world.platform, passApplication, reviewer, {
    application: id,
    version: (await rowOf(world, id)).version,
    checklist: departmentChecklist(world),
  });

/** Past initial review; the credit of its unit has been looked up before. */
export const passed = async (world: World, crew: Crew, options: Options = {}): Promise<string> => {
  const { id } = await endorsed(world, crew, options);
  await pass(world, crew.reviewers[departmentOf[options.organization ?? "university"] as Department], id);
  return id;
};

/** A letter with both scans, ready to be issued. */
export const ready = async (
  world: World,
  by: Actor,
  applications: readonly string[],
): Promise<{ readonly batch: string; readonly version: number }> => {
  const { batch } = await perform(world.platform, prepareBatch, by, { call: world.call, applications });
  for (const [index, kind] of (["SEALED_LETTER", "SEALED_LIST"] as const).entries())
    await perform(world.platform, attachScan, by, {
      batch,
      version: index + 1,
      kind,
      ...(await scan(world)),
    });
  return { batch, version: 3 };
};

let letters = 0;
export const issue = async (
  platform: Platform,
  by: Actor,
  { batch, version }: { readonly batch: string; readonly version: number },
) => {
  letters += 1;
  return perform(platform, issueLetter, by, {
    batch,
    version,
    letterNumber: `示例函〔2024〕${letters}号`,
    issuedOn: "2024-06-10",
  });
};

export const refusal = <Kind extends Error>(promise: Promise<unknown>): Promise<Kind> =>
  promise.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: unknown) => error as Kind,
  );
