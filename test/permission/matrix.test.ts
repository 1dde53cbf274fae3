import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actions } from "../../src/app/actions.ts";
import { buildServer } from "../../src/app/web.ts";
import { permits } from "../../src/core/permission/matrix.ts";
import { may } from "../../src/core/permission/permission.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { type City, openCity, type Player } from "./city.ts";
import { questions, samples } from "./samples.ts";

/** Every action and read for every role, near and far, and for nobody: no deviation from the matrix. */

let city: City;
let app: FastifyInstance;
let inputs: Readonly<Record<string, object>>;
beforeAll(async () => {
  city = await openCity();
  inputs = samples(city.objects);
  app = await buildServer({
    platform: city.world.platform,
    clock: () => Date.parse("2024-06-10T10:00:00+08:00"),
  });
});
afterAll(async () => {
  await app.close();
  await city.world.close();
});

/** Acts upon oneself or upon what anybody may begin: whoever is signed in. */
const uponOneself = new Set([
  "registration.updateProfile",
  "registration.changePassword",
  "registration.beginSecondFactor",
  "registration.confirmSecondFactor",
  "registration.createToken",
  "registration.setMail",
  "registration.openCalendar",
  "registration.closeCalendar",
]);
/** The investigator of a new application is whoever acts. */
const bornOwn = new Set(["application.create"]);

/** What the row says, read without the code that enforces it. */
const expected = (name: string, { role, relation }: Player): boolean => {
  const row = permits[name];
  if (row === undefined) return false;
  if (row.anyone === true || uponOneself.has(name)) return true;
  // The session of the city is the investigator's own.
  if (name === "registration.endSession") return role === "PI" && relation === "own";
  return row.permits.some(({ role: allowed, scope }) => {
    if (allowed !== role) return false;
    if (scope === "everything") return true;
    if (scope === "own") return bornOwn.has(name) || (relation === "own" && role === "PI");
    if (scope === "team") return relation === "own" && role === "MEMBER";
    // The unit of an act upon the partner's side is the partner.
    if (scope === "partner") return relation === "related" && role === "PARTNER_ADMIN";
    return relation === "related";
  });
};

const post = (name: string, input: object, token?: string) =>
  app.inject({
    method: "POST",
    url: `/api/v1/${name}`,
    payload: input,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

const undone = new Error("undone");

/** Permission as the action finds it in the database, without its effect. */
const allowedInside = async (name: string, player: Player): Promise<boolean> => {
  const action = actions.find((one) => one.name === name);
  if (action === undefined) throw new Error(name);
  const { platform } = city.world;
  const actor = await city.world.actorOf(player.who);
  let allowed: boolean | undefined;
  await inTransaction(platform.database, {}, async (tx) => {
    const context = {
      platform,
      tx,
      funder: platform.funder,
      actor,
      input: action.input.parse(inputs[name]) as never,
      now: Date.parse("2024-06-10T10:00:00+08:00"),
    };
    const facts = (await action.load(context)) as never;
    allowed = may(name, actor, action.subject(facts, context)).allowed;
    throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) allowed ??= false;
  });
  return allowed ?? false;
};

describe("every action", () => {
  it("has a request here", () => {
    expect(actions.map((one) => one.name).filter((name) => inputs[name] === undefined)).toEqual([]);
  });

  it("asks nobody in without a session", async () => {
    const answers = await Promise.all(
      actions
        .filter((one) => permits[one.name]?.anyone !== true)
        .map(async ({ name }) => [name, (await post(name, inputs[name] ?? {})).statusCode]),
    );
    expect(answers.filter(([, status]) => status !== 401)).toEqual([]);
  });

  it("is denied over HTTP to every role that the matrix does not name, near and far", async () => {
    const deviations: string[] = [];
    for (const { name } of actions)
      for (const player of city.players) {
        if (expected(name, player)) continue;
        const { statusCode, body } = await post(name, inputs[name] ?? {}, player.token);
        if (statusCode !== 403 && statusCode !== 404)
          deviations.push(`${name} ${player.role} ${player.relation}: ${statusCode} ${body.slice(0, 120)}`);
      }
    expect(deviations).toEqual([]);
  }, 120_000);

  it("is allowed to every role that the matrix names", async () => {
    const deviations: string[] = [];
    for (const { name } of actions)
      for (const player of city.players)
        if (expected(name, player) && permits[name]?.anyone !== true && !(await allowedInside(name, player)))
          deviations.push(`${name} ${player.role} ${player.relation}`);
    expect(deviations).toEqual([]);
  }, 120_000);
});

const get = (path: string, token?: string) =>
  app.inject({ url: path, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

describe("every read", () => {
  it("of one object answers whoever may see it, and 404 to all others", async () => {
    const deviations: string[] = [];
    for (const [name, query] of Object.entries(questions(city.objects))) {
      const row = name.startsWith("application.") ? "application.read" : name;
      const url = `/api/v1/${name}?${new URLSearchParams(query).toString()}`;
      if ((await get(url)).statusCode !== 401) deviations.push(`${name} nobody`);
      for (const player of city.players) {
        const { statusCode } = await get(url, player.token);
        const sees = expected(row, player);
        if (sees ? statusCode !== 200 : statusCode !== 404)
          deviations.push(`${name} ${player.role} ${player.relation}: ${statusCode}`);
      }
    }
    expect(deviations).toEqual([]);
  }, 60_000);

  it("of a list shows and counts what one may see, and nothing else", async () => {
    const deviations: string[] = [];
    for (const player of city.players) {
      const { statusCode, body } = await get("/api/v1/application.list", player.token);
      const sees = expected("application.read", player);
      const holds = statusCode === 200 && body.includes(city.objects.application);
      if (holds !== sees) deviations.push(`list ${player.role} ${player.relation}: ${statusCode}`);
      if (!sees && statusCode === 200 && /"APPEAL":\s*[1-9]/.test(body))
        deviations.push(`count ${player.role}`);
    }
    expect(deviations).toEqual([]);
  }, 60_000);

  it("keeps identity numbers masked for everybody", async () => {
    const numbers = city.players.map((one) => one.who.identityNo);
    for (const player of city.players) {
      const { body } = await get(
        `/api/v1/application.read?application=${city.objects.application}`,
        player.token,
      );
      expect(numbers.filter((number) => body.includes(number))).toEqual([]);
    }
  });

  it("of a file follows the application", async () => {
    const { world, players, objects } = city;
    const { platform } = world;
    const deviations: string[] = [];
    await sql`update session set kind = 'WEB' where funder = ${platform.funder}`.execute(
      platform.database.kysely,
    );
    for (const player of players) {
      const { statusCode } = await app.inject({
        url: `/applications/${objects.application}/files/${objects.attachment}`,
        headers: { cookie: `zn-session=${player.token}` },
      });
      const sees = expected("application.read", player);
      if (statusCode !== (sees ? 200 : 404))
        deviations.push(`${player.role} ${player.relation}: ${statusCode}`);
    }
    expect(deviations).toEqual([]);
  }, 60_000);
});
