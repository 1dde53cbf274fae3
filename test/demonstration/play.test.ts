import { mkdtemp, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDemonstration } from "../../src/app/demonstration/data.ts";
import { type ListedAccount, playDemonstration } from "../../src/app/demonstration/play.ts";
import { clearUnfinished } from "../../src/app/demonstration/unfinished.ts";
import { prepareFunder } from "../../src/app/prepare.ts";
import { queues } from "../../src/app/queues.ts";
import type { ApplicationState } from "../../src/core/lifecycle/application.ts";
import { roleCodes } from "../../src/core/role.ts";
import { platformNow } from "../../src/platform/action.ts";
import { checkInvariants } from "../../src/platform/database/invariants.ts";
import { openDocuments } from "../../src/platform/documents.ts";
import { fontFiles } from "../../src/platform/documents/fonts.ts";
import { openFiles } from "../../src/platform/files.ts";
import { openJobs } from "../../src/platform/jobs.ts";
import { loadKeys } from "../../src/platform/keys.ts";
import { verifyLedger } from "../../src/platform/ledger/exporting.ts";
import { loadPolicy } from "../../src/platform/policies.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { openScans } from "../../src/platform/scans.ts";
import { softwareSeals } from "../../src/platform/seals.ts";
import { openTexts } from "../../src/platform/texts.ts";
import { openWordTexts } from "../../src/platform/word-text.ts";
import { openWorkbooks } from "../../src/platform/workbooks.ts";
import { applicationFacts } from "../../src/stages/application/facts.ts";
import { judgeApplication } from "../../src/stages/application/casefile.ts";
import { signIn } from "../../src/stages/registration/sign-in.ts";
import { freshDatabase } from "../database.ts";

const policy = await loadPolicy("dalian-2024");
const data = await readDemonstration(policy.id);
const instant = "2024-06-10T09:00:00+08:00";

const place = async (now: string | null, { demo = true } = {}) => {
  const database = await freshDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), "zhinan-demonstration-"));
  const keys = loadKeys(path.join(folder, "keys"), { demo: true });
  const [files, jobs] = await Promise.all([
    openFiles(path.join(folder, "files")),
    openJobs(database, queues),
  ]);
  const { funder } = await prepareFunder(database, [policy], {
    demo,
    now: now === null ? null : Date.parse(now),
  });
  const documents = openDocuments({ database, funder, files }, { fonts: fontFiles(process.env) });
  const workbooks = openWorkbooks(files);
  const wordTexts = openWordTexts();
  const scans = openScans({ database, funder, files });
  const texts = openTexts(files);
  const seals = keys.seal === null ? null : softwareSeals(keys.seal);
  const platform: Platform = {
    database,
    funder,
    keys,
    files,
    documents,
    workbooks,
    wordTexts,
    scans,
    seals,
    texts,
    jobs,
    policies: [policy],
    demo,
  };
  return {
    platform,
    folder,
    close: async () => {
      await jobs.stop();
      await documents.close();
      await texts.close();
      await workbooks.close();
      await wordTexts.close();
      await scans.close();
      await database.close();
    },
  };
};
const quiet = () => {};

let world: Awaited<ReturnType<typeof place>>;
beforeAll(async () => {
  world = await place(instant);
  await playDemonstration(world.platform, world.folder, quiet);
}, 600_000);
afterAll(() => world.close());

const applications = () =>
  world.platform.database.kysely
    .selectFrom("application")
    .innerJoin("call", (on) =>
      on.onRef("call.funder", "=", "application.funder").onRef("call.id", "=", "application.call"),
    )
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "application.funder")
        .onRef("organization.id", "=", "application.lead_organization"),
    )
    .select([
      "application.id",
      "application.state",
      "application.missed",
      "application.quota_group",
      "call.code as call",
      "organization.name_zh as unit",
    ])
    .execute();
const accountsFile = () => path.join(world.folder, "accounts.json");
const listed = async () => JSON.parse(await readFile(accountsFile(), "utf8")) as readonly ListedAccount[];

describe("the demonstration", () => {
  it("stands at the instant it was given, not before and hardly after", async () => {
    const now = await platformNow(world.platform.database.kysely);
    expect(now).toBeGreaterThanOrEqual(Date.parse(instant));
    expect(now).toBeLessThan(Date.parse(instant) + 30 * 60_000);
  });

  it("shows every state that can be reached, and each way of missing a date", async () => {
    const rows = await applications();
    const states = (call: string) =>
      new Set(rows.filter((one) => one.call === call).map(({ state }) => state as ApplicationState));
    expect([...states(String(policy.programme.year))].toSorted()).toEqual([
      "ACCEPTANCE",
      "ACCEPTED",
      "APPEAL",
      "CORRECTION",
      "DEPT_PASSED",
      "DEPT_REJECTED",
      "DEPT_REVIEW",
      "DRAFT",
      "NOT_ACCEPTED",
      "ORG_REJECTED",
      "ORG_REVIEW",
      "RECOMMENDED",
      "RETURNED_TO_PI",
      "WITHDRAWN",
    ]);
    const closed = states(data.calls.closed.code);
    for (const state of ["LAPSED", "PURGED", "ACCEPTED", "NOT_ACCEPTED", "WITHDRAWN"] as const)
      expect(closed).toContain(state);
    expect(new Set(rows.flatMap(({ missed }) => (missed === null ? [] : [missed])))).toEqual(
      new Set(["SUBMIT", "ENDORSE", "INITIAL_REVIEW", "RECOMMEND"]),
    );
  });

  it("keeps units named in the guide out of every bad state", async () => {
    const real = new Set(data.institutions.filter((one) => one.real).map(({ name }) => name));
    const neutral = new Set([
      "DRAFT",
      "ORG_REVIEW",
      "DEPT_REVIEW",
      "DEPT_PASSED",
      "RECOMMENDED",
      "ACCEPTANCE",
      "ACCEPTED",
    ]);
    const rows = (await applications()).filter(({ unit }) => real.has(unit));
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ state }) => !neutral.has(state))).toEqual([]);
    const { rows: records } = await sql<{ count: number }>`
      select count(*)::int as count from integrity_record r where exists (
        select from organization o left join person p on p.funder = o.funder and p.organization = o.id
        where o.funder = r.funder and o.name_zh = any(${[...real]})
          and (o.uscc = r.subject_uscc or p.identity_hash = r.subject_hash))`.execute(
      world.platform.database.kysely,
    );
    expect(records).toEqual([{ count: 0 }]);
  });

  it("nearly fills one quota group, and fills the two places of an invented unit", async () => {
    const counted = new Set(policy.programme.quota.countedStates as readonly string[]);
    const rows = (await applications()).filter(
      ({ call, state }) => call === String(policy.programme.year) && counted.has(state),
    );
    expect(rows.filter((one) => one.quota_group === "DUT")).toHaveLength(28);
  });

  it("writes applications that the rules have nothing against where they were submitted", async () => {
    const { database } = world.platform;
    const found: string[] = [];
    const now = await platformNow(database.kysely);
    for (const { id, state } of await applications()) {
      if (state !== "ACCEPTED") continue;
      const facts = await applicationFacts(world.platform, database.kysely, "system", id);
      const { findings } = await judgeApplication(world.platform, database.kysely, facts, "draft", now);
      found.push(
        ...findings
          .filter(({ severity }) => severity === "error" || severity === "warning")
          .map(({ rule, path: at }) => `${facts.content.title}: ${rule} ${at}`),
      );
    }
    // One investigator began a second one on purpose.
    expect(found).toEqual([expect.stringContaining("one-application-draft")]);
  });

  it("writes no two applications alike", async () => {
    const { rows } = await sql<{ same: number }>`
      select count(*)::int - count(distinct content -> 'sections')::int as same from draft
      where content ->> 'abstract' <> '' and application not in (
        select (body ->> 'copyOf')::uuid from ledger_entry where body ? 'copyOf')`.execute(
      world.platform.database.kysely,
    );
    expect(rows).toEqual([{ same: 0 }]);
  });

  it("keeps all invariants, and a ledger that verifies", async () => {
    expect(await checkInvariants(world.platform.database, [policy])).toEqual([]);
    const verified = await verifyLedger(world.platform.database.kysely, world.platform.funder, {
      keys: world.platform.keys.ledgerPublic,
    });
    expect(verified).toMatchObject({ verified: true, firstBad: null });
    expect(verified.entries).toBeGreaterThan(1_000);
  });

  it("has an account of every role that signs in, known to the owner of the folder alone", async () => {
    const accounts = await listed();
    expect((await stat(accountsFile())).mode & 0o777).toBe(0o600);
    expect(new Set(accounts.map(({ role }) => role))).toEqual(
      new Set(roleCodes.filter((role) => role !== "PUBLIC")),
    );
    const { database, funder } = world.platform;
    for (const { role, account, password } of accounts) {
      const signed = await signIn(world.platform, { account, password, address: `10.0.0.${account.length}` });
      expect(signed.passwordDue).toBe(false);
      const held = await database.kysely
        .selectFrom("role_grant")
        .select("id")
        .where("funder", "=", funder)
        .where("account", "=", signed.account)
        .where("role", "=", role)
        .where("revoked_at", "is", null)
        .execute();
      expect(held.length, `${account} is ${role}`).toBeGreaterThan(0);
    }
  });

  it("leaves the listed investigator free, with one complete draft that waits for the member and the partner", async () => {
    const { database } = world.platform;
    const [pi] = await listed();
    const rows = await database.kysely
      .selectFrom("application")
      .innerJoin("person", (on) =>
        on
          .onRef("person.funder", "=", "application.funder")
          .onRef("person.id", "=", "application.investigator"),
      )
      .innerJoin("account", (on) =>
        on.onRef("account.funder", "=", "person.funder").onRef("account.person", "=", "person.id"),
      )
      .select(["application.id", "application.state"])
      .where("account.login", "=", pi?.account ?? "")
      .execute();
    expect(rows.map(({ state }) => state)).toEqual(["DRAFT"]);
    const facts = await applicationFacts(world.platform, database.kysely, "system", rows[0]?.id ?? "");
    const now = await platformNow(database.kysely);
    const { findings } = await judgeApplication(world.platform, database.kysely, facts, "submit", now);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(facts.subject.team).toHaveLength(1);
    expect(facts.subject.partners).toHaveLength(1);
  });

  it("is made once: a second start changes nothing", async () => {
    const { database, funder } = world.platform;
    const state = () =>
      sql<{ entries: number; people: number }>`
        select (select count(*)::int from ledger_entry) as entries, (select count(*)::int from person) as people`.execute(
        database.kysely,
      );
    const before = await state();
    expect(await clearUnfinished(database, funder)).toBe(false);
    expect(
      await prepareFunder(database, [policy], { demo: true, now: Date.parse("2024-05-01T00:00:00Z") }),
    ).toEqual({
      funder,
      fresh: false,
    });
    await expect(playDemonstration(world.platform, world.folder, quiet)).rejects.toThrow(/already/);
    expect((await state()).rows).toEqual(before.rows);
    expect(await platformNow(database.kysely)).toBeGreaterThanOrEqual(Date.parse(instant));
  });
});

/** Three stories of the closed call, and only the people they need. */
const fewer = () => {
  const stories = data.stories.filter(
    ({ path: end }, index) =>
      data.stories.findIndex((one) => one.path === end) === index && end.startsWith("LAPSED"),
  );
  const needed = new Set(stories.map(({ person }) => person));
  const roles = (one: { roles?: readonly string[] }) => one.roles !== undefined;
  return {
    ...data,
    stories,
    projects: [],
    integrityRecords: [],
    listed: data.listed.slice(0, 1),
    institutions: data.institutions.map(({ people, ...unit }) =>
      Object.assign(unit, { people: people.filter((one) => roles(one) || needed.has(one.login)) }),
    ),
  };
};

describe("a demonstration that was interrupted", () => {
  it("is cleared away and made anew; before the call opens only the closed one is played", async () => {
    const now = "2024-03-20T09:00:00+08:00";
    const half = await place(now);
    try {
      const { database, funder, files } = half.platform;
      const stopping = { ...files, put: () => Promise.reject(new Error("power cut")) };
      await expect(
        playDemonstration({ ...half.platform, files: stopping }, half.folder, quiet, { given: fewer() }),
      ).rejects.toThrow(/power cut/);
      await expect(
        playDemonstration(half.platform, half.folder, quiet, { given: fewer(), signal: AbortSignal.abort() }),
      ).rejects.toThrow(/abort/i);
      expect(await clearUnfinished(database, funder)).toBe(true);
      const { rows } = await sql<{ left: number }>`
        select (select count(*) from person)::int + (select count(*) from ledger_entry)::int as left`.execute(
        database.kysely,
      );
      expect(rows).toEqual([{ left: 0 }]);
      const again = await prepareFunder(database, [policy], { demo: true, now: Date.parse(now) });
      expect(again).toEqual({ funder, fresh: true });
      await playDemonstration(half.platform, half.folder, quiet, { given: fewer() });
      const states = await database.kysely
        .selectFrom("application")
        .select(["state", "missed"])
        .orderBy("missed")
        .execute();
      expect(states.map(({ state, missed }) => `${state} ${missed}`)).toEqual([
        "LAPSED ENDORSE",
        "LAPSED INITIAL_REVIEW",
        "LAPSED RECOMMEND",
        "LAPSED SUBMIT",
      ]);
      expect(await clearUnfinished(database, funder)).toBe(false);
      await expect(sql`delete from ledger_entry`.execute(database.kysely)).rejects.toThrow(/append-only/);
    } finally {
      await half.close();
    }
  }, 120_000);
});

describe("outside a demonstration", () => {
  it("nothing is played and nothing is cleared", async () => {
    const real = await place(null, { demo: false });
    try {
      await expect(playDemonstration(real.platform, real.folder, quiet)).rejects.toThrow(
        /[Oo]nly a demonstration/,
      );
      expect(await clearUnfinished(real.platform.database, real.platform.funder)).toBe(false);
      const { funder } = real.platform;
      await expect(playDemonstration({ ...real.platform, demo: true }, real.folder, quiet)).rejects.toThrow(
        /[Oo]nly a demonstration/,
      );
      expect(funder).not.toBe("");
    } finally {
      await real.close();
    }
  });
});
