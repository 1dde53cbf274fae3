import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/core/permission/permission.ts";
import { may, nobody } from "../../src/core/permission/permission.ts";
import { permits } from "../../src/core/permission/matrix.ts";
import { type Role, roleCodes } from "../../src/core/role.ts";
import { applicationStates } from "../../src/core/lifecycle/application.ts";
import { emptyContent } from "../../src/core/application/content.ts";
import { instantText, jsonText } from "../../src/platform/database/values.ts";
import { applicationFacts } from "../../src/stages/application/facts.ts";
import { visibleApplications } from "../../src/stages/application/visible.ts";
import { openWorld, type OrganizationName, type Someone, type World } from "../world/world.ts";

let world: World;
const people: Someone[] = [];
let hashes: ReadonlyMap<string, Buffer>;
const seats: readonly OrganizationName[] = ["university", "hospital", "institute", "company"];
const everywhere: readonly OrganizationName[] = [...seats, "education", "health", "bureau"];

beforeAll(async () => {
  world = await openWorld();
  for (const organization of seats)
    for (let count = 0; count < 2; count += 1) people.push(await world.someone({ organization, roles: [] }));
  // A unit without a code is nobody's partner, even where a partner's code was left empty.
  await world.platform.database.kysely
    .updateTable("organization")
    .set({ uscc: "" })
    .where("id", "=", world.organizations.education.id)
    .execute();
  const rows = await world.platform.database.kysely
    .selectFrom("person")
    .select(["id", "identity_hash"])
    .execute();
  hashes = new Map(rows.map((one) => [one.id, one.identity_hash]));
}, 60_000);
afterAll(() => world?.close());

const states = Object.keys(applicationStates).filter((one) => one !== "PURGED");
const person = fc.nat({ max: 7 });
const instant = fc.option(fc.constant(instantText(1_718_000_000_000)), { nil: null });
const application = fc.record({
  investigator: person,
  lead: fc.constantFrom(...seats),
  state: fc.constantFrom(...states),
  team: fc.array(fc.option(person), { maxLength: 4 }),
  partners: fc.array(fc.option(fc.constantFrom(...seats, "" as const, "unknown" as const)), { maxLength: 3 }),
  place: fc.nat({ max: 1_000 }),
  given: fc.option(fc.nat({ max: 1_000 }), { freq: 2 }),
  filed: fc.boolean(),
  endorsed: instant,
  recommended: instant,
  appealed: fc.boolean(),
});
const actor = fc.record({
  person: fc.option(person, { freq: 8 }),
  grants: fc.array(
    fc.record({
      // Mostly roles that the row names, some that it does not.
      role: fc.oneof(
        {
          weight: 5,
          arbitrary: fc.constantFrom(...(permits["application.read"]?.permits ?? []).map((one) => one.role)),
        },
        // Their reach needs most to come together.
        { weight: 3, arbitrary: fc.constantFrom<Role>("DIVISION_OFFICER", "PARTNER_ADMIN", "DEPT_REVIEWER") },
        { weight: 1, arbitrary: fc.constantFrom<Role>(...roleCodes) },
      ),
      organization: fc.option(fc.constantFrom(...everywhere), { freq: 8 }),
      division: fc.option(fc.nat({ max: 1_000 }), { freq: 3 }),
      delegated: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});

/** Two divisions and what they answer for: few, so that applications and officers meet. */
const places = () => {
  const { programme } = world.platform.policies[0]!;
  const divisions = programme.divisions.slice(0, 2).map(({ code }) => code);
  const fields = programme.categories.flatMap((category) =>
    category.fields.map((field) => [category.code, field.code, field.division] as const),
  );
  const pairs: readonly (readonly [string | null, string | null])[] = [
    [null, null],
    ["NOT_A_CATEGORY", "NOT_A_FIELD"],
    ...divisions
      .flatMap((division) => fields.filter((one) => one[2] === division).slice(0, 2))
      .map(([a, b]) => [a, b] as const),
  ];
  return { divisions, pairs };
};

/** One application as it stands in the tables, whatever sequence of acts could have led there. */
const insert = async (one: typeof application extends fc.Arbitrary<infer T> ? T : never, index: number) => {
  const { platform } = world;
  const { kysely } = platform.database;
  const { divisions, pairs } = places();
  const [category, field] = pairs[one.place % pairs.length]!;
  const owner = people[one.investigator]!;
  const { id } = await kysely
    .insertInto("application")
    .values({
      funder: platform.funder,
      call: world.call,
      number: index + 1,
      state: one.state,
      investigator: owner.person,
      investigator_hash: Buffer.from(`${index}`),
      lead_organization: world.organizations[one.lead].id,
      division: one.given === null ? null : divisions[one.given % divisions.length]!,
      frozen_version: one.filed ? 1 : null,
      endorsed_at: one.endorsed,
      recommended_at: one.recommended,
      created_by: owner.account,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const content = {
    ...emptyContent,
    category,
    field,
    members: one.team.map((member, row) => ({
      key: `m${row}`,
      name: "某",
      identity:
        member === null
          ? null
          : { sealed: "", mask: "", hash: hashes.get(people[member]!.person)!.toString("hex") },
    })),
    partners: one.partners.map((partner, row) => ({
      key: `p${row}`,
      uscc:
        partner === null || partner === ""
          ? partner
          : partner === "unknown"
            ? "000000000000000000"
            : world.organizations[partner].uscc,
    })),
  };
  await kysely
    .insertInto("draft")
    .values({ funder: platform.funder, application: id, content: jsonText(content) })
    .execute();
  if (one.appealed)
    await kysely
      .insertInto("decision")
      .values({
        funder: platform.funder,
        application: id,
        action: "appeal.file",
        from_state: "NOT_ACCEPTED",
        to_state: "APPEAL",
        at: instantText(1_718_000_000_000),
      })
      .execute();
  return id;
};

describe("what is visible", () => {
  it("is the same in SQL as in the permission matrix, for every application and actor", async () => {
    const { platform } = world;
    const { kysely } = platform.database;
    const { divisions } = places();
    let seen = 0;
    let hidden = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(application, { minLength: 4, maxLength: 8 }),
        fc.array(actor, { minLength: 6, maxLength: 12 }),
        async (applications, actors) => {
          const ids = [];
          for (const [index, one] of applications.entries()) ids.push(await insert(one, index));
          const facts = await Promise.all(ids.map((id) => applicationFacts(platform, kysely, "system", id)));
          for (const one of actors) {
            const owner = one.person === null ? null : people[one.person]!;
            const who: Actor = {
              account: owner?.account ?? people[0]!.account,
              person: owner?.person ?? null,
              grants: one.grants.map((grant) => ({
                id: crypto.randomUUID(),
                role: grant.role,
                organization: grant.organization === null ? null : world.organizations[grant.organization].id,
                division: grant.division === null ? null : divisions[grant.division % divisions.length]!,
                delegatedBy: grant.delegated ? people[1]!.account : null,
              })),
            };
            for (const reader of [who, { ...who, account: null }]) {
              const rows = await kysely
                .selectFrom("application")
                .select("id")
                .where("application.funder", "=", platform.funder)
                .where(visibleApplications(platform, reader))
                .execute();
              const allowed = facts.filter((fact) => may("application.read", reader, fact.subject).allowed);
              expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(allowed.map(({ id }) => id)));
              seen += allowed.length;
              hidden += facts.length - allowed.length;
            }
          }
          for (const table of ["decision", "draft", "application"] as const)
            await kysely.deleteFrom(table).execute();
        },
      ),
      { numRuns: 40 },
    );
    // A generator that shows nothing, or everything, would prove nothing.
    expect(seen).toBeGreaterThan(100);
    expect(hidden).toBeGreaterThan(100);
  });

  it("is nothing for nobody, and nothing of another funder", async () => {
    const { platform } = world;
    const count = async (funder: string, reader: Actor) =>
      (
        await platform.database.kysely
          .selectFrom("application")
          .select("id")
          .where(visibleApplications({ ...platform, funder }, reader))
          .execute()
      ).length;
    await insert(
      {
        investigator: 0,
        lead: "university",
        state: "DRAFT",
        team: [],
        partners: [],
        place: 0,
        given: null,
        filed: true,
        endorsed: null,
        recommended: null,
        appealed: false,
      },
      0,
    );
    const supervisor: Actor = {
      account: people[0]!.account,
      person: people[0]!.person,
      grants: [{ id: "", role: "SUPERVISOR", organization: null, division: null, delegatedBy: null }],
    };
    expect(await count(platform.funder, supervisor)).toBe(1);
    expect(await count("elsewhere", supervisor)).toBe(0);
    expect(await count(platform.funder, nobody)).toBe(0);
  });
});
