import { afterAll, beforeAll, expect, it } from "vitest";
import type { Content } from "../../src/core/application/content.ts";
import { perform } from "../../src/platform/action.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { proposePurge, purge } from "../../src/stages/acceptance/purge.ts";
import { applicationFacts } from "../../src/stages/application/facts.ts";
import { freeze } from "../../src/stages/application/freeze.ts";
import { compared } from "../../src/stages/application/similar/find.ts";
import { textsOf } from "../../src/stages/application/similar/document.ts";
import { recommended, submitted, versionOf } from "../acceptance/forward.ts";
import { openWorld, type World } from "../world/world.ts";
import { ownContent, shared } from "./texts.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const filedContent = async (id: string): Promise<Content> => {
  const row = await world.platform.database.kysely
    .selectFrom("application_version")
    .select("content")
    .where("application", "=", id)
    .orderBy("number", "desc")
    .executeTakeFirstOrThrow();
  return row.content as Content;
};
const documentsOf = (id: string) =>
  world.platform.database.kysely
    .selectFrom("similar_document")
    .select(["id", "title", "application"])
    .where("application", "=", id)
    .execute();
const hits = async (id: string) => (await compared(world.platform, id, await filedContent(id), 0.05)).hits;

it("filing makes it searchable, filing again replaces, and versions never report each other", async () => {
  const { platform } = world;
  const one = await submitted(world, { content: ownContent(1) });
  expect(await documentsOf(one.id)).toEqual([
    { id: one.id, application: one.id, title: ownContent(1).title },
  ]);
  expect(await hits(one.id)).toEqual([]);

  const facts = await applicationFacts(platform, platform.database.kysely, "system", one.id);
  const changed: Content = { ...facts.content, title: "改过的题目：海水淡化膜污染控制" };
  await inTransaction(platform.database, {}, async (tx) => {
    const { number } = await freeze(tx, platform.funder, one.pi, { ...facts, content: changed }, 1);
    expect(number).toBe(2);
  });
  expect((await documentsOf(one.id)).map(({ title }) => title)).toEqual([changed.title]);
  expect(await hits(one.id)).toEqual([]);
});

it("finds the paragraph that two applications share, at its exact place in both", async () => {
  const first = await submitted(world, { content: ownContent(2, { route: shared }) });
  const second = await submitted(world, {
    content: ownContent(3, { content: `${ownContent(3).sections!["content"]!.slice(0, 120)}\n${shared}` }),
  });
  const [found, ...rest] = await hits(second.id);
  expect(rest).toEqual([]);
  expect(found).toMatchObject({ id: first.id });
  const [mine, theirs] = [
    textsOf(await filedContent(second.id)),
    textsOf(await filedContent(first.id)),
  ] as const;
  const passage = found!.passages.find((one) => one.section === "content")!;
  const { from, to, inSection, inFrom, inTo } = passage;
  expect(inSection).toBe("route");
  const bare = shared.replace(/。$/, "");
  expect(mine.get("content")!.slice(from, to)).toContain(bare);
  expect(theirs.get("route")!.slice(inFrom, inTo)).toBe(mine.get("content")!.slice(from, to));
});

it("what is destroyed is compared with nothing any more", async () => {
  const one = await recommended(world, { content: ownContent(4, { risks: shared }) });
  const probe = await submitted(world, { content: ownContent(5, { risks: shared }) });
  expect((await hits(probe.id)).map(({ id }) => id)).toContain(one.id);
  const guard = async () =>
    world.actorOf(await world.someone({ roles: ["SEC_ADMIN"], organization: "bureau" }));
  const first = await guard();
  const second = await guard();
  const proposed = await perform(world.platform, proposePurge, first, {
    application: one.id,
    reason: "接到保密部门通知。",
  });
  await perform(world.platform, purge, second, {
    purge: proposed.purge,
    version: await versionOf(world, one.id),
  });
  expect(await documentsOf(one.id)).toEqual([]);
  expect((await hits(probe.id)).map(({ id }) => id)).not.toContain(one.id);
});
