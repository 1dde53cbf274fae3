import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { createApplication, submitApplication } from "../../src/stages/application/actions.ts";
import { saveDraft } from "../../src/stages/application/save.ts";
import { completeContent } from "./content.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("an application", () => {
  it("is begun, saved and submitted", async () => {
    const pi = await world.actorOf(await world.someone({ roles: ["PI"] }));
    const { application } = await perform(world.platform, createApplication, pi, { call: world.call });
    const saved = await saveDraft(world.platform, pi, {
      application,
      version: 1,
      changes: completeContent(),
    });
    expect(saved.version).toBe(2);
    const submitted = await perform(world.platform, submitApplication, pi, {
      application,
      version: 1,
      draftVersion: 2,
    });
    expect(submitted.state).toBe("ORG_REVIEW");
  });
});
