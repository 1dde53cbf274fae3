import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerDesks } from "../../src/app/desks.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import { type Role, roleCodes, roles } from "../../src/core/role.ts";
import type { Desk } from "../../src/stages/registration/desk.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { entriesFor, workEntries } from "../../src/ui/work-page.tsx";
import { type OrganizationName, openWorld, type World } from "../world/world.ts";
import { withPassword } from "./people.ts";

/** The navigation and the pages: every list has an entry, every entry leads somewhere. */

let world: World;
let app: FastifyInstance;
const paths = new Set<string>();
beforeAll(async () => {
  world = await openWorld();
  app = await buildServer({
    platform: world.platform,
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
  });
  const none = () => {};
  const desk: Desk = {
    platform: world.platform,
    get: (path) => void paths.add(path),
    post: none,
    open: { get: none, post: none },
  };
  registerDesks(desk);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

/** Steps within a page that has an entry, and one's own account, which stands at the name. */
const within = new Set([
  "/me",
  "/applications/new",
  "/institution/batch",
  "/institution/batch/result",
  "/institution/rank",
  "/institution/deadline",
  "/department/credit",
  "/batches/new",
  "/ledger/check",
  "/ledger/export",
]);

it("every page without a parameter has an entry, or stands within one that has", () => {
  const plain = [...paths].filter((path) => !path.includes(":"));
  expect(plain.length).toBeGreaterThan(20);
  const entries = workEntries.map(({ path }) => path);
  // A list that can be taken away stands within its page.
  const placeOf = (path: string) => path.replace(/\/export\.xlsx$/, "");
  expect(plain.filter((path) => !entries.includes(placeOf(path)) && !within.has(placeOf(path)))).toEqual([]);
  expect(entries.filter((path) => !plain.includes(path))).toEqual([]);
});

it("every entry of every role opens for somebody who holds it", async () => {
  const seats: Partial<Record<string, OrganizationName>> = {
    DEPARTMENT: "education",
    BUREAU: "bureau",
    DIVISION: "bureau",
    PLATFORM: "bureau",
  };
  const working = new Set(workEntries.flatMap((one) => (one.roles === "all" ? [] : one.roles)));
  const wrong: string[] = [];
  let serial = 0;
  for (const role of roleCodes.filter((one: Role) => working.has(one))) {
    const division = world.platform.policies[0]?.programme.divisions[0]?.code ?? "";
    const who = await world.someone({
      roles: [role],
      organization: seats[roles[role].seat] ?? "university",
      ...(role === "DIVISION_OFFICER" ? { division } : {}),
    });
    const { token } = await signIn(world.platform, {
      ...(await withPassword(world, who)),
      address: `192.0.2.${(serial += 1)}`,
    });
    for (const { path } of entriesFor([role])) {
      const { statusCode, body } = await app.inject({ url: path, cookies: { [sessionCookie]: token } });
      if (statusCode !== 200) wrong.push(`${role} ${path} ${statusCode}`);
      else if (!body.includes(`href="${path}" aria-current="true"`)) wrong.push(`${role} ${path} is not lit`);
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);

it("a part of an address that is no id names nothing, whoever asks", async () => {
  const wrong: string[] = [];
  const asked = [...paths].filter((path) => path.includes(":"));
  expect(asked.length).toBeGreaterThan(20);
  let serial = 100;
  for (const [organization, held] of [
    ["university", ["PI", "ORG_ADMIN", "ORG_SEAL"]],
    ["education", ["DEPT_REVIEWER", "DEPT_APPROVER"]],
    ["bureau", ["ACCEPTANCE_OFFICER", "PLANNING_OFFICER", "BUREAU_LEADER", "SYS_ADMIN", "SUPERVISOR"]],
  ] as const) {
    const who = await world.someone({ roles: held, organization });
    const { token } = await signIn(world.platform, {
      ...(await withPassword(world, who)),
      address: `192.0.2.${(serial += 1)}`,
    });
    for (const path of asked) {
      const url = path.replaceAll(/:[a-zA-Z]+/g, "letters");
      const { statusCode } = await app.inject({ url, cookies: { [sessionCookie]: token } });
      if (statusCode >= 500) wrong.push(`${organization} ${url} ${statusCode}`);
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);
