import { Readable } from "node:stream";
import type { Changes } from "../../src/core/application/content.ts";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { createApplication, submitApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { approve } from "../../src/stages/endorsement/approve.ts";
import { seal } from "../../src/stages/endorsement/seal.ts";
import { completeContent } from "../world/content.ts";
import type { OrganizationName, World } from "../world/world.ts";

export const checklist = (world: World): readonly string[] =>
  world.platform.policies[0]?.procedure.institutionChecklist.map((one) => one.id) ?? [];

export type Filed = { readonly id: string; readonly pi: Actor; readonly account: string };

/** An application that its investigator has submitted to the institution. */
export const filed = async (
  world: World,
  {
    organization = "university",
    over = {},
    who,
  }: { organization?: OrganizationName; over?: Partial<Changes>; who?: { account: string } } = {},
): Promise<Filed> => {
  const someone = who ?? (await world.someone({ roles: ["PI"], organization }));
  const pi = await world.actorOf(someone as never);
  const { application } = await perform(world.platform, createApplication, pi, { call: world.call });
  await saveDraft(world.platform, pi, { application, version: 1, changes: completeContent(over) });
  await perform(world.platform, submitApplication, pi, { application, version: 1, draftVersion: 2 });
  return { id: application, pi, account: someone.account };
};

export const rowOf = (world: World, id: string) =>
  world.platform.database.kysely
    .selectFrom("application")
    .selectAll()
    .where("funder", "=", world.platform.funder)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

export const codeOf = async (world: World, id: string, version = 1): Promise<string> =>
  (
    await world.platform.database.kysely
      .selectFrom("application_version")
      .select("code")
      .where("application", "=", id)
      .where("number", "=", version)
      .executeTakeFirstOrThrow()
  ).code;

/** One empty page: whole, and without a code that could be read. */
export const emptyPage =
  "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
/** Read before the act, as the page does it: on a busy machine an act waits only so long. */
export const scan = async (world: World, text = emptyPage) => {
  const { files, scans } = world.platform;
  const { sha256: file } = await files.put(Readable.from([Buffer.from(text)]), 1_000_000);
  if (text === emptyPage) await scans.read(file, "application/pdf");
  return { file, filename: "盖章页.pdf" };
};

export const sealed = async (world: World, by: Actor, id: string, version = 1): Promise<void> => {
  const row = await rowOf(world, id);
  await perform(world.platform, seal, by, {
    application: id,
    version: row.version,
    code: await codeOf(world, id, version),
    commitment: true,
    ...(await scan(world)),
  });
};

export const approved = async (world: World, admin: Actor, id: string, over: object = {}) =>
  perform(world.platform, approve, admin, {
    application: id,
    version: (await rowOf(world, id)).version,
    checklist: checklist(world),
    ...over,
  });

export const mailTo = async (world: World, account: string) =>
  world.platform.database.kysely
    .selectFrom("mail")
    .select(["template", "facts", "link"])
    .where("account", "=", account)
    .execute() as Promise<readonly { template: string; facts: Record<string, unknown>; link: string }[]>;
