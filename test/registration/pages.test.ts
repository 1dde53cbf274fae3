import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { sessionCookie } from "../../src/app/desk.ts";
import { csrfOf, sessionOf } from "../../src/stages/registration/sessions.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { newcomer, newInstitution, withPassword } from "./people.ts";

let world: World;
let app: FastifyInstance;
beforeAll(async () => {
  world = await openWorld();
  app = await buildServer({
    platform: world.platform,
    clock: () => Date.parse("2024-06-10T09:00:00+08:00"),
    policies: ["dalian-2024"],
    demo: true,
  });
  // The style sheets may have to be built first.
}, 120_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const get = (url: string, token = "") =>
  app.inject({ url, cookies: token === "" ? {} : { [sessionCookie]: token } });
const post = (
  url: string,
  fields: Record<string, string>,
  { token = "", headers = {} }: { token?: string; headers?: Record<string, string> } = {},
) =>
  app.inject({
    method: "POST",
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    cookies: token === "" ? {} : { [sessionCookie]: token },
  });

const enter = async (who: Someone): Promise<{ token: string; csrf: string }> => {
  const { token, session } = await signIn(world.platform, {
    ...(await withPassword(world, who)),
    address: `192.0.2.${(enters += 1)}`,
  });
  return { token, csrf: csrfOf(world.platform, session) };
};
let enters = 0;
const tokenOf = (answer: { readonly cookies: readonly unknown[] }): string =>
  (answer.cookies as { name: string; value: string }[]).find(({ name }) => name === sessionCookie)?.value ??
  "";

const personFields = (serial: number, over: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries({ ...newcomer(serial), ...over }).map(([name, value]) => [`person.${name}`, value]),
  );

describe("signing in on the page", () => {
  it("opens a session of its own, ends the one brought along, and goes on to our own addresses only", async () => {
    const own = await withPassword(world, await world.someone({ roles: ["PI"] }));
    const stranger = await enter(await world.someone({ roles: ["PI"] }));
    const answer = await post("/sign-in", { ...own, next: "/people?x=1" }, { token: stranger.token });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe("/people?x=1");
    expect(answer.headers["set-cookie"]).toMatch(/HttpOnly; SameSite=Lax/);
    const token = tokenOf(answer);
    expect(token).not.toBe(stranger.token);
    expect(await sessionOf(world.platform, stranger.token)).toBeNull();
    expect((await sessionOf(world.platform, token))?.viewer.login).toBe(own.account);
    for (const next of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example/",
      "javascript:1",
      "/sign-out",
      "",
    ])
      expect((await post("/en/sign-in", { ...own, next })).headers.location).toBe("/en/work");
    // A session identifier of the visitor's own making is nobody's.
    expect((await get("/me", "x".repeat(43))).headers.location).toMatch(/^\/sign-in\?next=%2Fme/);
  });

  it("answers the same for an account that is there and one that is not, and keeps what was entered", async () => {
    const own = await withPassword(world, await world.someone({ roles: ["PI"] }));
    const wrong = await post("/sign-in", { account: own.account, password: "no" });
    const unknown = await post("/sign-in", { account: "someone<b>", password: "no" });
    expect([wrong.statusCode, unknown.statusCode]).toEqual([422, 422]);
    expect(unknown.body).toContain('value="someone&lt;b>"');
    expect(wrong.body.replaceAll(own.account, "")).toBe(unknown.body.replaceAll("someone&lt;b>", ""));
    expect(wrong.body).not.toContain('value="no"');
  });

  it("is refused from another site", async () => {
    const own = await withPassword(world, await world.someone({ roles: ["PI"] }));
    for (const headers of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ])
      expect((await post("/sign-in", own, { headers })).statusCode).toBe(403);
  });

  it("ends with signing out", async () => {
    const { token, csrf } = await enter(await world.someone({ roles: ["PI"] }));
    expect((await post("/sign-out", { csrf }, { token })).headers.location).toBe("/sign-in?ended=1");
    expect(await sessionOf(world.platform, token)).toBeNull();
  });
});

describe("registering on the page", () => {
  it("goes from the institution to its people", async () => {
    const fields = {
      ...Object.fromEntries(
        Object.entries(newInstitution(620)).map(([name, value]) => [`institution.${name}`, value]),
      ),
      ...personFields(620),
    };
    const wrong = await post("/register/institution", {
      ...fields,
      "institution.uscc": "123",
      "person.name": "甲\u0007",
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('href="#institution-institution-uscc"');
    expect(wrong.body).toContain('id="institution-institution-uscc-error"');
    expect(wrong.body).toContain('value="虚构研究院620"');
    expect(wrong.body).not.toContain("correct horse battery");
    expect((await post("/register/institution", fields)).headers.location).toBe(
      "/register/done?kind=institution",
    );
    const planning = await enter(
      await world.someone({ organization: "bureau", roles: ["PLANNING_OFFICER"] }),
    );
    const list = await get("/organizations?standing=PENDING", planning.token);
    const id = /\/organizations\/([0-9a-f-]{36})/.exec(list.body)?.[1] ?? "";
    const done = await post(`/organizations/${id}/activate`, { csrf: planning.csrf, version: "1" }, planning);
    expect(done.headers.location).toBe(`/organizations/${id}?done=activated`);
    expect((await post("/register/person", { organization: id, ...personFields(621) })).statusCode).toBe(303);
    const administrator = await post("/sign-in", {
      account: "newcomer620",
      password: "correct horse battery",
    });
    const people = await get("/people", tokenOf(administrator));
    expect(people.body).toContain("newcomer621");
    expect(people.body).toContain("1 人等待核对");
    expect(people.body).not.toMatch(/(?<!\d)999999\d{11}/);
  });

  it("survives whatever is typed", async () => {
    for (const bad of [
      "",
      " ",
      "＝1+1",
      "=cmd|' /C calc'!A0",
      "<script>alert(1)</script>",
      "\u0000\u001b[31m",
      "😀".repeat(400),
      "x".repeat(5_000),
      "‮abc",
    ]) {
      const answer = await post("/register/person", {
        organization: bad,
        ...Object.fromEntries(Object.keys(newcomer(1)).map((name) => [`person.${name}`, bad])),
      });
      expect([bad.slice(0, 20), answer.statusCode]).toEqual([bad.slice(0, 20), 422]);
      expect(answer.body).not.toContain("<script>alert");
      expect(answer.body).toContain("govuk-error-summary");
    }
    expect((await post("/register/person", {})).statusCode).toBe(422);
    expect((await post("/register/person", { constructor: "1", "person.__proto__": "1" })).statusCode).toBe(
      422,
    );
  });
});

describe("pages by role", () => {
  it("are there for the role and for nobody else", async () => {
    const paths = {
      "/people": ["ORG_ADMIN", "SYS_ADMIN", "SEC_ADMIN", "AUDIT_ADMIN"],
      "/accounts": ["ORG_ADMIN", "SYS_ADMIN", "SEC_ADMIN", "AUDIT_ADMIN"],
      "/organizations": ["ORG_ADMIN", "SYS_ADMIN", "PLANNING_OFFICER", "INTEGRITY_OFFICER"],
      "/registers": ["PLANNING_OFFICER", "INTEGRITY_OFFICER"],
      "/calls": ["PLANNING_OFFICER"],
      "/me": [
        "ORG_ADMIN",
        "SYS_ADMIN",
        "SEC_ADMIN",
        "AUDIT_ADMIN",
        "PLANNING_OFFICER",
        "INTEGRITY_OFFICER",
        "PI",
      ],
    };
    for (const role of [
      "ORG_ADMIN",
      "SYS_ADMIN",
      "SEC_ADMIN",
      "AUDIT_ADMIN",
      "PLANNING_OFFICER",
      "INTEGRITY_OFFICER",
      "PI",
    ] as const) {
      const unit = role === "ORG_ADMIN" || role === "PI" ? "university" : "bureau";
      const { token } = await enter(await world.someone({ organization: unit, roles: [role] }));
      for (const [path, allowed] of Object.entries(paths))
        for (const home of ["", "/en"])
          expect([role, path, (await get(home + path, token)).statusCode]).toEqual([
            role,
            path,
            allowed.includes(role) ? 200 : 404,
          ]);
    }
    for (const path of Object.keys(paths)) expect((await get(path)).statusCode).toBe(303);
  });

  it("show each administrator only their own part", async () => {
    const who = await world.someone({ organization: "bureau", roles: ["ACCEPTANCE_OFFICER"] });
    const seen = async (role: "SYS_ADMIN" | "SEC_ADMIN" | "AUDIT_ADMIN") => {
      const { token } = await enter(await world.someone({ organization: "bureau", roles: [role] }));
      return [
        ...(await get(`/accounts/${who.account}`, token)).body.matchAll(
          /action="\/accounts\/[^"]*\/([a-z]+)"/g,
        ),
      ]
        .flatMap(([, verb]) => verb ?? [])
        .toSorted((one, other) => one.localeCompare(other));
    };
    expect(await seen("SYS_ADMIN")).toEqual(["reset", "suspend"]);
    expect(await seen("SEC_ADMIN")).toEqual(["grant", "revoke"]);
    expect(await seen("AUDIT_ADMIN")).toEqual([]);
  });

  it("refuse a form without its token, and keep what was entered where the form is refused", async () => {
    const { token, csrf } = await enter(
      await world.someone({ organization: "bureau", roles: ["INTEGRITY_OFFICER"] }),
    );
    const fields = {
      subjectKind: "PERSON",
      subjectName: "某甲<i>",
      identityType: "RESIDENT_ID",
      subject: "1",
      kind: "MISCONDUCT",
      decisionNumber: "示1号",
      source: "通报",
      validFrom: "2024-01-01",
    };
    expect((await post("/registers/records", fields, { token })).statusCode).toBe(403);
    expect((await post("/registers/records", { ...fields, csrf: `${csrf}x` }, { token })).statusCode).toBe(
      403,
    );
    const answer = await post("/registers/records", { ...fields, csrf }, { token });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('value="某甲&lt;i>"');
    expect(answer.body).toContain('href="#record-subject"');
  });

  it("show a number once, with its purpose", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const { token, csrf } = await enter(
      await world.someone({ organization: "bureau", roles: ["ACCEPTANCE_OFFICER"] }),
    );
    expect((await get(`/numbers/${who.person}`, token)).body).not.toContain(who.identityNo);
    expect((await post(`/numbers/${who.person}`, { csrf, purpose: "" }, { token })).statusCode).toBe(422);
    const shown = await post(`/numbers/${who.person}`, { csrf, purpose: "核对证件号码" }, { token });
    expect(shown.body).toContain(who.identityNo);
    expect(shown.headers["cache-control"]).toContain("private");
    const other = await enter(await world.someone({ organization: "hospital", roles: ["ORG_ADMIN"] }));
    expect((await get(`/numbers/${who.person}`, other.token)).statusCode).toBe(404);
  });

  it("set up a second factor by scanning", async () => {
    const { token, csrf } = await enter(await world.someone({ roles: ["PI"] }));
    const begun = await post("/me/factor/begin", { csrf, password: "correct horse battery" }, { token });
    expect(begun.body).toContain("data:image/svg+xml;base64,");
    expect(begun.body).toContain('action="/me/factor/confirm"');
    expect((await post("/me/factor/confirm", { csrf, code: "１" }, { token })).statusCode).toBe(422);
  });

  it("extend a call, and say so", async () => {
    const { token, csrf } = await enter(
      await world.someone({ organization: "bureau", roles: ["PLANNING_OFFICER"] }),
    );
    const fields = {
      csrf,
      version: "1",
      applyCloseOn: "2024-07-01",
      recommendCloseOn: "2024-07-08",
      acceptCloseOn: "2024-07-08",
      begunBefore: "明天",
      reason: "平台中断",
    };
    const wrong = await post(`/calls/${world.call}`, fields, { token });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="明天"');
    const done = await post(
      `/calls/${world.call}`,
      { ...fields, begunBefore: "２０２４-06-10 08:30" },
      { token },
    );
    expect(done.headers.location).toBe("/calls?done=extended");
    expect((await get("/calls", token)).body).toContain("2024-06-10 08:30");
    expect((await post(`/calls/${world.call}`, fields, { token })).statusCode).toBe(409);
  });
});
