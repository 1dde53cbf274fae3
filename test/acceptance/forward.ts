import type { Changes } from "../../src/core/application/content.ts";
import type { ApplicationState } from "../../src/core/lifecycle/application.ts";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform, platformNow } from "../../src/platform/action.ts";
import { instantText } from "../../src/platform/database/values.ts";
import { record } from "../../src/platform/ledger.ts";
import { createApplication, submitApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { beginAcceptance } from "../../src/stages/acceptance/clock.ts";
import { completeContent } from "../world/content.ts";
import type { OrganizationName, Someone, World } from "../world/world.ts";

/** Applications at the desk's door: written and submitted by the real actions; what the unit and the department do stands in SQL here. */

export type Filed = { readonly id: string; readonly pi: Actor; readonly who: Someone };

type Options = { readonly content?: Partial<Changes>; readonly organization?: OrganizationName };

export const drafted = async (
  world: World,
  { content, organization = "university" }: Options = {},
): Promise<Filed> => {
  const who = await world.someone({ roles: ["PI"], organization });
  const pi = await world.actorOf(who);
  const { application } = await perform(world.platform, createApplication, pi, { call: world.call });
  await saveDraft(world.platform, pi, { application, version: 1, changes: completeContent(content) });
  return { id: application, pi, who };
};

export const submitted = async (world: World, options: Options = {}): Promise<Filed> => {
  const filed = await drafted(world, options);
  await perform(world.platform, submitApplication, filed.pi, {
    application: filed.id,
    version: 1,
    draftVersion: 2,
  });
  return filed;
};

/** One step of somebody else's stage, with the traces that the invariants ask for. */
export const step = async (
  { platform: { database, funder } }: World,
  id: string,
  action: string,
  to: ApplicationState,
  set: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  const { kysely } = database;
  const now = await platformNow(kysely);
  const before = await kysely
    .selectFrom("application")
    .select(["state", "version", "frozen_version"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  await kysely
    .updateTable("application")
    .set({ ...set, state: to, version: before.version + 1 })
    .where("id", "=", id)
    .execute();
  await kysely
    .insertInto("decision")
    .values({
      funder,
      application: id,
      version: before.frozen_version,
      action,
      from_state: before.state,
      to_state: to,
      at: instantText(now),
    })
    .execute();
  await record(kysely, {
    funder,
    action,
    actor: null,
    actingFor: null,
    role: null,
    objectKind: "application",
    objectId: id,
    at: now,
    body: { to },
  });
};

export const endorsed = async (world: World, options: Options = {}): Promise<Filed> => {
  const filed = await submitted(world, options);
  const { kysely } = world.platform.database;
  const { hash } = await kysely
    .selectFrom("application_version")
    .select("hash")
    .where("application", "=", filed.id)
    .executeTakeFirstOrThrow();
  const now = instantText(await platformNow(kysely));
  await kysely
    .insertInto("confirmation")
    .values({
      funder: world.platform.funder,
      application: filed.id,
      version: 1,
      kind: "ORGANIZATION_COMMITMENT",
      party: world.organizations[options.organization ?? "university"].id,
      agreed: true,
      hash,
      by: filed.who.account,
      at: now,
    })
    .execute();
  await step(world, filed.id, "endorsement.approve", "DEPT_REVIEW", { endorsed_at: now });
  return filed;
};

export const recommended = async (world: World, options: Options = {}): Promise<Filed> => {
  const filed = await endorsed(world, options);
  const { kysely } = world.platform.database;
  const { funder } = world.platform;
  const now = instantText(await platformNow(kysely));
  await step(world, filed.id, "recommendation.pass", "DEPT_PASSED");
  const count = await kysely.selectFrom("batch").select("id").execute();
  const { id: batch } = await kysely
    .insertInto("batch")
    .values({
      funder,
      call: world.call,
      department: world.organizations.education.id,
      number: count.length + 1,
      code: `T-${count.length + 1}`,
      state: "ISSUED",
      letter_number: `示例函〔2024〕${count.length + 1}号`,
      issued_on: "2024-06-10",
      issued_at: now,
      issued_by: filed.who.account,
      created_by: filed.who.account,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await kysely
    .insertInto("batch_item")
    .values({ funder, batch, application: filed.id, sequence: 1 })
    .execute();
  await step(world, filed.id, "recommendation.issue", "RECOMMENDED", { recommended_at: now });
  return filed;
};

export const atTheDesk = async (world: World, options: Options = {}): Promise<Filed> => {
  const filed = await recommended(world, options);
  await beginAcceptance(world.platform, filed.id);
  return filed;
};

export const rowOf = async (world: World, id: string) =>
  world.platform.database.kysely
    .selectFrom("application")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

export const versionOf = async (world: World, id: string) => (await rowOf(world, id)).version;
