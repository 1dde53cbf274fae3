import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permits } from "../../src/core/permission/matrix.ts";
import { actions } from "../../src/app/actions.ts";
import { queries } from "../../src/app/queries.ts";
import { checkInvariants } from "../../src/platform/database/invariants.ts";
import { completeContent } from "../world/content.ts";
import { type Client, clientOf, clientWith, type Json } from "./api-client.ts";
import { openTown, paper, type Part, type Town } from "./town.ts";

/** The main job over the JSON API alone, and what the contract promises of every answer. */

let town: Town;
let call: string;
const clients = new Map<Part, Promise<Client>>();
const as = (part: Part): Promise<Client> => {
  const known = clients.get(part) ?? clientOf(town, part);
  clients.set(part, known);
  return known;
};

beforeAll(async () => {
  town = await openTown();
  call = (await clientWith(town.base, "").get("call.read")).body.calls[0].id;
}, 120_000);
afterAll(() => town?.close());

const eventually = async (client: Client, application: string, state: string): Promise<Json> => {
  for (let left = 150; left > 0; left -= 1) {
    const { body } = await client.get("application.read", { application });
    if (body.state === state) return body;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`it never became ${state}`);
};

/** The points of a checklist, as the refusal of an empty one names them. */
const pointsOf = async (client: Client, name: string, input: object): Promise<readonly string[]> => {
  const { status, body } = await client.post(name, { ...input, checklist: [] });
  expect([status, body.code]).toEqual([422, "refused"]);
  return (body.findings as readonly Json[])
    .map(({ path, rule }) => (String(path).startsWith("checklist.") ? path : rule))
    .filter((one: string) => one.startsWith("checklist."))
    .map((one: string) => one.slice("checklist.".length));
};

describe("one application, over the API alone", () => {
  it("goes from draft to acceptance, each step by its own role", async () => {
    const pi = await as("pi");
    const member = await as("member");
    const { application } = await pi.act("application.create", { call });
    const saved = await pi.act("application.save", {
      application,
      version: 1,
      changes: completeContent({
        members: [
          {
            key: "m1",
            name: town.people.member.name,
            identityType: "RESIDENT_ID",
            identityNo: town.people.member.identityNo,
            organization: town.world.organizations.university.uscc,
            side: "DOMESTIC",
            role: "KEY_MEMBER",
            titleLevel: "SENIOR",
            degree: "DOCTOR",
            monthsPerYear: 6,
            tasks: "界面阻抗测试",
            consent: "ACCOUNT",
          },
        ],
      }),
    });
    await pi.act("application.attach", {
      application,
      type: "FEASIBILITY_REPORT",
      filename: "可行性研究报告.pdf",
      file: (await pi.upload(paper(1))).sha256,
    });
    const filing = { application, version: 1, draftVersion: saved.version };
    const early = await pi.post("application.submit", filing);
    expect([early.status, early.body.code]).toEqual([422, "refused"]);
    expect(early.body.detail).toContain(town.people.member.name);
    await member.act("application.consent", { application, agreed: true });
    const submitted = await pi.act("application.submit", filing);
    expect(submitted).toMatchObject({ state: "ORG_REVIEW", version: 2, detail: { version: 1 } });

    const [finance, seal, admin] = await Promise.all([as("finance"), as("seal"), as("admin")]);
    const on = { application, version: 2 };
    await finance.act("endorsement.confirmBudget", { ...on, agreed: true });
    const { body: versions } = await seal.get("application.versions", { application });
    await seal.act("endorsement.seal", {
      ...on,
      code: versions.versions[0].code,
      commitment: true,
      file: (await seal.upload(paper(2))).sha256,
      filename: "盖章页.pdf",
    });
    const points = await pointsOf(admin, "endorsement.approve", on);
    expect(points.length).toBeGreaterThan(0);
    const approved = await admin.act("endorsement.approve", { ...on, checklist: points });
    expect(approved).toMatchObject({ state: "DEPT_REVIEW", version: 3 });
    expect(approved.detail.receiptNumber).toMatch(/\d{5}$/);

    const [reviewer, approver] = await Promise.all([as("reviewer"), as("approver")]);
    await reviewer.act("recommendation.recordCreditCheck", {
      call,
      organization: town.world.organizations.university.id,
      result: "CLEAR",
      checkedOn: "2024-06-10",
      filename: "信用核查.pdf",
      file: (await reviewer.upload(paper(3))).sha256,
    });
    const initial = { application, version: 3 };
    const duties = await pointsOf(reviewer, "recommendation.pass", initial);
    await reviewer.act("recommendation.pass", {
      ...initial,
      checklist: duties.map((id) => ({ id, met: true })),
    });
    const { batch } = await reviewer.act("recommendation.prepareBatch", {
      call,
      applications: [application],
    });
    let version = 1;
    for (const [index, kind] of ["SEALED_LETTER", "SEALED_LIST"].entries())
      ({ version } = await reviewer.act("recommendation.attach", {
        batch,
        version,
        kind,
        filename: `${kind}.pdf`,
        file: (await reviewer.upload(paper(10 + index))).sha256,
      }));
    const letter = { batch, version, letterNumber: "示例函〔2024〕1号", issuedOn: "2024-06-10" };
    expect((await reviewer.post("recommendation.issue", letter)).status).toBe(403);
    await approver.act("recommendation.issue", letter);

    // The queue of the running worker takes it on.
    const officer = await as("officer");
    const { version: current } = await eventually(officer, application, "ACCEPTANCE");
    const accepted = await officer.act("acceptance.accept", { application, version: current });
    expect(accepted.state).toBe("ACCEPTED");
    expect(accepted.detail.number).not.toBe("");
    const { body: seen } = await pi.get("application.read", { application });
    expect(seen).toMatchObject({ state: "ACCEPTED", acceptanceNumber: accepted.detail.number });
    const { body: receipt } = await pi.get("application.receipt", { application });
    expect(receipt.entry.action).toBe("acceptance.accept");
    expect(receipt.receipt.entry.number).toBeGreaterThan(0);
    expect(await checkInvariants(town.world.platform.database, town.world.platform.policies)).toEqual([]);
  }, 90_000);
});

describe("every answer", () => {
  it("that refuses is a problem with its status, code, title and words", async () => {
    const pi = await as("pi");
    const refusals = [
      [401, "no-session", await clientWith(town.base, "").get("application.list")],
      [401, "no-session", await clientWith(town.base, "x".repeat(43)).post("application.create", { call })],
      [403, "denied", await (await as("member")).post("application.create", { call })],
      [404, "missing", await pi.get("application.read", { application: crypto.randomUUID() })],
      [404, "missing", await pi.post("application.nothing", {})],
      [422, "invalid", await pi.post("application.create", { call: "no" })],
    ] as const;
    for (const [status, code, answer] of refusals) {
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.type).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({ type: "about:blank", status });
      for (const field of ["title", "detail", "detailEn"]) expect(answer.body[field]).toMatch(/./);
    }
    expect(refusals[5][2].body.faults).toMatchObject([{ place: expect.stringContaining("call") }]);
  });

  it("refuses unknown keys, and keys that reach for what objects inherit, at any depth", async () => {
    const pi = await as("pi");
    const { application } = await pi.act("application.create", { call });
    const save = (changes: string) =>
      pi.post("application.save", `{"application":"${application}","version":1,"changes":${changes}}`);
    const bodies = [
      pi.post("application.create", { call, extra: 1 }),
      pi.post("application.create", `{"call":"${call}","__proto__":{"polluted":1}}`),
      pi.post("application.create", `{"call":"${call}","constructor":{"prototype":{"polluted":1}}}`),
      save(`{"title":"题目","unknown":1}`),
      save(`{"sections":{"__proto__":"污染"}}`),
      save(`{"declarations":{"__proto__":{"polluted":true}}}`),
      save(`{"unread":{"__proto__":"x"}}`),
    ];
    for (const answer of await Promise.all(bodies)) {
      expect([answer.status, answer.type]).toEqual([422, "application/problem+json; charset=utf-8"]);
    }
    expect(({} as Json).polluted).toBeUndefined();
    const { body } = await pi.get("application.read", { application });
    expect(body).toMatchObject({ draftVersion: 1 });
    await pi.act("application.withdraw", { application, version: 1 });
    expect((await pi.get("application.list", { nothing: "1" })).status).toBe(422);
  });

  it("asks who it is before it reads what is written", async () => {
    const broken = `{"call":`;
    expect((await clientWith(town.base, "").post("application.create", broken)).status).toBe(401);
    const answer = await (await as("pi")).post("application.create", broken);
    expect([answer.status, answer.body.code]).toEqual([422, "unreadable"]);
    const odd = await Promise.all(
      ["null", "[]", '"text"', "7", ""].map(async (body) =>
        (await as("pi")).post("application.create", body),
      ),
    );
    expect(odd.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422]);
  });
});

describe("a write", () => {
  it("under one key is done once and answered the same; another body under the key is refused", async () => {
    const pi = await as("otherPi");
    const totalOf = async () => (await pi.get("application.list")).body.total;
    const key = { "idempotency-key": "once-1" };
    const before = await totalOf();
    const all = await Promise.all([1, 2, 3].map(() => pi.post("application.create", { call }, key)));
    all.push(await pi.post("application.create", { call }, key));
    expect(all.map((one) => one.status)).toEqual([200, 200, 200, 200]);
    for (const one of all) expect(one.body).toEqual(all[0]?.body);
    expect(await totalOf()).toBe(before + 1);
    const other = await pi.post("application.create", { call, content: { title: "另一项" } }, key);
    expect([other.status, other.body.code]).toEqual([422, "refused"]);
    expect(other.body.detailEn).toContain("Idempotency-Key");
    expect(await totalOf()).toBe(before + 1);
    // Somebody else's key of the same name is another key.
    expect((await (await as("pi")).post("application.create", { call }, key)).status).toBe(200);
    expect(
      (await pi.post("application.create", { call }, { "idempotency-key": "k".repeat(201) })).status,
    ).toBe(422);
  });

  it("on an old version is refused as stale and changes nothing", async () => {
    const pi = await as("otherPi");
    const { application } = await pi.act("application.create", { call });
    const write = (version: number, title: string) =>
      pi.post("application.save", { application, version, changes: { title } });
    expect((await write(1, "第一次")).body.version).toBe(2);
    const stale = await write(1, "第二次");
    expect([stale.status, stale.body.code]).toEqual([409, "stale"]);
    const act = await pi.post("application.withdraw", { application, version: 9 });
    expect([act.status, act.body.code]).toEqual([409, "stale"]);
    const { body } = await pi.get("application.read", { application });
    expect([body.content.title, body.state]).toEqual(["第一次", "DRAFT"]);
  });
});

describe("who may do what", () => {
  it("is asked anew with every request: a role that was taken back is gone, and so is a session that ended", async () => {
    const member = await as("member");
    const security = await as("security");
    const { body } = await security.get("account.list");
    const { account } = town.people.otherPi;
    const found = (body as readonly Json[]).find((one) => one.id === account);
    const grant = found.roles.find((one: Json) => one.role === "PI");
    const pi = await as("otherPi");
    expect((await pi.post("application.create", { call })).status).toBe(200);
    await security.act("registration.revokeRole", { grant: grant.id });
    expect((await pi.post("application.create", { call })).status).toBe(403);
    await member.act("session.end", {});
    expect((await member.get("application.list")).status).toBe(401);
  });
});

describe("beside the procedure", () => {
  it("says that it lives, that it is ready, and how it fares", async () => {
    for (const path of ["/livez", "/readyz"]) {
      const response = await fetch(town.base + path);
      expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
    }
    const metrics = await (await fetch(`${town.base}/metrics`)).text();
    expect(metrics).toMatch(
      /^http_request_duration_seconds_count\{[^}]*route="\/api\/v1\/application.create"/m,
    );
    expect(metrics).toContain("database_connections ");
    expect(metrics).not.toContain(town.people.pi.login);
  });

  it("lists every operation; those without a session carry an empty security", async () => {
    const { paths, openapi, security } = await (await fetch(`${town.base}/api/openapi.json`)).json();
    expect(openapi).toMatch(/^3\.1/);
    expect(security).not.toEqual([]);
    const listed = Object.entries(paths as Record<string, Json>).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Json>).map(([method, operation]) => {
        expect(path).toBe(`/api/v1/${operation.operationId}`);
        return { name: operation.operationId as string, method, isPublic: operation.security?.length === 0 };
      }),
    );
    const expected = [
      ...actions.filter((one) => one.internal !== true).map((one) => [one.name, "post"]),
      ...["application.save", "session.create", "session.end", "file.upload"].map((name) => [name, "post"]),
      ...queries.map((one) => [one.name, "get"]),
    ];
    expect(new Set(listed.map(({ name, method }) => `${method} ${name}`))).toEqual(
      new Set(expected.map(([name, method]) => `${method} ${name}`)),
    );
    expect(listed.filter((one) => one.isPublic !== (permits[one.name]?.anyone === true))).toEqual([]);
    // What the document says is what happens to somebody without a session.
    const nobody = clientWith(town.base, "");
    const open: string[] = [];
    for (const { name, method } of listed) {
      const { status } = method === "get" ? await nobody.get(name) : await nobody.post(name, { unknown: 1 });
      if (status !== 401) open.push(name);
    }
    expect(new Set(open)).toEqual(new Set(listed.filter((one) => one.isPublic).map(({ name }) => name)));
  });
});
