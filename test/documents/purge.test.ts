import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { documentCache } from "../../src/platform/documents/cache.ts";
import { Missing } from "../../src/platform/errors.ts";
import { handlers } from "../../src/stages/acceptance/jobs.ts";
import { proposePurge, purge } from "../../src/stages/acceptance/purge.ts";
import { atTheDesk, type Filed, versionOf } from "../acceptance/forward.ts";
import { openWorld, type World } from "../world/world.ts";

let world: World;
let cache: ReturnType<typeof documentCache>;
let guards: readonly [Actor, Actor];
beforeAll(async () => {
  world = await openWorld();
  const { database, funder, files } = world.platform;
  cache = documentCache(database, funder, files);
  const guard = async () =>
    world.actorOf(await world.someone({ roles: ["SEC_ADMIN"], organization: "bureau" }));
  guards = [await guard(), await guard()];
}, 60_000);
afterAll(() => world?.close());

const kept = (key: string, one: Filed, text: string) =>
  cache.keep({ key, kind: "application-form", application: one.id, bytes: Buffer.from(text), pages: 1 });
const destroy = async (one: Filed) => {
  const { purge: id } = await perform(world.platform, proposePurge, guards[0], {
    application: one.id,
    reason: "接到保密部门通知。",
  });
  return perform(world.platform, purge, guards[1], { purge: id, version: await versionOf(world, one.id) });
};
const rowsOf = (one: Filed) =>
  world.platform.database.kysely
    .selectFrom("document")
    .select("key")
    .where("application", "=", one.id)
    .execute();

describe("papers drawn from classified content", () => {
  it("are destroyed with it, row and file", async () => {
    const one = await atTheDesk(world);
    const { sha256 } = await kept("a", one, "申报书正文");
    expect(await cache.find("a")).toMatchObject({ sha256 });
    expect(await destroy(one)).toMatchObject({ files: 1, shared: 0 });
    expect(await cache.find("a")).toBeNull();
    expect(await rowsOf(one)).toEqual([]);
    await handlers["files.destroy"]?.(world.platform, { files: [sha256] });
    expect(await world.platform.files.has(sha256)).toBe(false);
  });

  it("stay where another application's paper is the same file", async () => {
    const [one, other] = [await atTheDesk(world), await atTheDesk(world)];
    const { sha256 } = await kept("b1", one, "空白页");
    await kept("b2", other, "空白页");
    expect(await destroy(one)).toMatchObject({ files: 0, shared: 1 });
    await handlers["files.destroy"]?.(world.platform, { files: [sha256] });
    expect(await cache.find("b1")).toBeNull();
    expect(await cache.find("b2")).toMatchObject({ sha256 });
  });

  it("are not kept where it is destroyed while they are being drawn", async () => {
    const one = await atTheDesk(world);
    await destroy(one);
    await expect(kept("c", one, "刚刚画好的申报书")).rejects.toThrow(Missing);
    expect(await rowsOf(one)).toEqual([]);
    const name = createHash("sha256").update("刚刚画好的申报书").digest("hex");
    expect(await world.platform.files.has(name)).toBe(false);
  });
});
