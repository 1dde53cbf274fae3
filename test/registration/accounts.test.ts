import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nobody } from "../../src/core/permission/permission.ts";
import { perform } from "../../src/platform/action.ts";
import { Denied, Invalid, Missing, Refused, Stale } from "../../src/platform/errors.ts";
import { viewerOf } from "../../src/stages/registration/actor.ts";
import {
  activateInstitution,
  placeInstitution,
  refuseInstitution,
  registerInstitution,
  updateInstitution,
} from "../../src/stages/registration/institutions.ts";
import {
  activatePerson,
  refusePerson,
  registerPerson,
  restore,
  suspend,
  unmask,
  updateProfile,
} from "../../src/stages/registration/people.ts";
import { listAccounts, listOrganizations, readSession } from "../../src/stages/registration/queries.ts";
import { openSession, sessionOf } from "../../src/stages/registration/sessions.ts";
import { identityNumber } from "../world/numbers.ts";
import { openWorld, type World } from "../world/world.ts";
import { newcomer, newInstitution, refusal } from "./people.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const organization = (id: string) =>
  world.platform.database.kysely
    .selectFrom("organization")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
const account = (id: string) =>
  world.platform.database.kysely
    .selectFrom("account")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
const entriesOf = (action: string) =>
  world.platform.database.kysely
    .selectFrom("ledger_entry")
    .select(["action", "actor", "object_id", "body"])
    .where("action", "=", action)
    .execute();

describe("an institution", () => {
  it("registers with its first administrator, waits, and both begin together", async () => {
    const planning = await world.someone({ organization: "bureau", roles: ["PLANNING_OFFICER"] });
    const made = await perform(world.platform, registerInstitution, nobody, {
      // As people write it: full-width, with spaces.
      institution: newInstitution(600, {
        uscc: ` ${newInstitution(600).uscc.slice(0, 9)} ${newInstitution(600).uscc.slice(9).toLowerCase()}`,
      }),
      person: newcomer(500),
    });
    expect(await viewerOf(world.platform.database.kysely, "test", made.account)).toBeNull();
    const before = await organization(made.organization);
    expect(before).toMatchObject({ standing: "PENDING", uscc: newInstitution(600).uscc });
    const officer = await world.actorOf(planning);
    const stranger = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
    const input = { organization: made.organization, version: 1 };
    expect(await refusal(perform(world.platform, activateInstitution, stranger, input))).toBeInstanceOf(
      Missing,
    );
    await perform(world.platform, activateInstitution, officer, input);
    const viewer = await viewerOf(world.platform.database.kysely, "test", made.account);
    expect(viewer?.actor.grants.map(({ role }) => role)).toEqual(["ORG_ADMIN"]);
    expect(await refusal(perform(world.platform, activateInstitution, officer, input))).toBeInstanceOf(Stale);
    const [listed] = await listOrganizations(world.platform, viewer?.actor ?? nobody, {});
    expect(listed?.id).toBe(made.organization);
  });

  it("is registered once by its code, and again after it was refused", async () => {
    const planning = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["PLANNING_OFFICER"] }),
    );
    const first = await perform(world.platform, registerInstitution, nobody, {
      institution: newInstitution(601),
      person: newcomer(501),
    });
    const again = { institution: newInstitution(601), person: newcomer(502) };
    expect(await refusal(perform(world.platform, registerInstitution, nobody, again))).toBeInstanceOf(
      Refused,
    );
    expect(
      await refusal(
        perform(world.platform, refuseInstitution, planning, {
          organization: first.organization,
          version: 1,
          reason: "",
        }),
      ),
    ).toBeInstanceOf(Invalid);
    await perform(world.platform, refuseInstitution, planning, {
      organization: first.organization,
      version: 1,
      reason: "证照看不清楚",
    });
    expect((await account(first.account)).standing).toBe("REFUSED");
    const second = await perform(world.platform, registerInstitution, nobody, {
      institution: newInstitution(601),
      person: newcomer(501, { password: "another horse battery" }),
    });
    expect(second.organization).toBe(first.organization);
    expect(second.account).toBe(first.account);
    expect((await organization(first.organization)).standing).toBe("PENDING");
  });

  it("names every fault at its field", async () => {
    const error = await refusal(
      perform(world.platform, registerInstitution, nobody, {
        institution: newInstitution(602, {
          uscc: "91210200123456789X",
          name: "",
          address: "路\u0000",
          region: "大连",
        }),
        person: newcomer(503, {
          identityNo: "210200199001010000",
          email: "a@b",
          phone: "一二三",
          login: "1",
          name: "＝",
        }),
      }),
    );
    expect(error).toBeInstanceOf(Invalid);
    expect(new Set((error as Invalid).faults.map(({ place }) => place))).toEqual(
      new Set([
        "institution.uscc",
        "institution.name",
        "institution.address",
        "institution.region",
        "person.identityNo",
        "person.email",
        "person.phone",
        "person.login",
        "person.name",
      ]),
    );
  });

  it("is placed by the bureau and says of itself what is its own", async () => {
    const planning = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["PLANNING_OFFICER"] }),
    );
    const admin = await world.actorOf(
      await world.someone({ organization: "institute", roles: ["ORG_ADMIN"] }),
    );
    const { id } = world.organizations.institute;
    const place = {
      organization: id,
      version: 1,
      department: world.organizations.health.id,
      basis: "AFFILIATION",
      type: "RESEARCH_INSTITUTE",
      region: "２１０２００",
      quotaGroup: "DLU",
      parent: world.organizations.university.id,
      platforms: ["P1"],
      bases: [{ id: "B1", level: "MUNICIPAL" }],
      medicalLicence: null,
    };
    expect(await refusal(perform(world.platform, placeInstitution, admin, place))).toBeInstanceOf(Denied);
    const wrong = { ...place, quotaGroup: "NO_SUCH", parent: id, basis: null };
    const error = (await refusal(perform(world.platform, placeInstitution, planning, wrong))) as Invalid;
    expect(error.faults.map(({ place: at }) => at).toSorted()).toEqual(["basis", "parent", "quotaGroup"]);
    await perform(world.platform, placeInstitution, planning, place);
    expect(await organization(id)).toMatchObject({ region: "210200", quota_group: "DLU", version: 2 });
    const own = {
      organization: id,
      version: 2,
      nameEn: "Institute",
      address: "新路 2 号",
      legalPerson: "法人乙",
    };
    await perform(world.platform, updateInstitution, admin, own);
    const other = { ...own, organization: world.organizations.university.id, version: 1 };
    expect(await refusal(perform(world.platform, updateInstitution, admin, other))).toBeInstanceOf(Missing);
  });
});

describe("a person", () => {
  it("waits for the administrator of the own institution, and gets two roles", async () => {
    const made = await perform(world.platform, registerPerson, nobody, {
      organization: world.organizations.university.id,
      person: newcomer(510),
    });
    const own = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
    const other = await world.actorOf(
      await world.someone({ organization: "hospital", roles: ["ORG_ADMIN"] }),
    );
    const colleague = await world.actorOf(await world.someone({ roles: ["PI"] }));
    const input = { account: made.account, version: 1 };
    expect(await refusal(perform(world.platform, activatePerson, other, input))).toBeInstanceOf(Missing);
    expect(await refusal(perform(world.platform, activatePerson, colleague, input))).toBeInstanceOf(Missing);
    const waiting = await listAccounts(world.platform, own, { standing: "PENDING" });
    expect(waiting.map(({ id }) => id)).toEqual([made.account]);
    expect(JSON.stringify(waiting)).not.toContain(identityNumber(510));
    await perform(world.platform, activatePerson, own, input);
    const viewer = await viewerOf(world.platform.database.kysely, "test", made.account);
    expect(viewer?.actor.grants.map(({ role }) => role).toSorted()).toEqual(["MEMBER", "PI"]);
    expect(await readSession(world.platform, viewer?.actor ?? nobody)).toMatchObject({
      login: "newcomer510",
    });
    expect(await listAccounts(world.platform, other, { search: "新人510" })).toEqual([]);
  });

  it("does not learn whose number it is", async () => {
    const somebody = await world.someone({ organization: "hospital", roles: ["PI"], name: "不可泄露" });
    const input = (login: string) => ({
      organization: world.organizations.university.id,
      person: newcomer(511, { identityNo: somebody.identityNo, login }),
    });
    const error = (await refusal(
      perform(world.platform, registerPerson, nobody, input("dup511")),
    )) as Refused;
    expect(error).toBeInstanceOf(Refused);
    expect(JSON.stringify(error.reason)).not.toMatch(/不可泄露|医院|hospital|2102|\d{6}/);
    // Two at once: the index decides, in the same words.
    const both = await Promise.allSettled(
      ["race1", "race2"].map((login) =>
        perform(world.platform, registerPerson, nobody, {
          organization: world.organizations.university.id,
          person: newcomer(512, { login }),
        }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const lost = both.flatMap((one) => (one.status === "rejected" ? [one.reason as Refused] : []));
    expect(lost.map(({ reason }) => reason)).toEqual([error.reason]);
  });

  it("cannot use an institution that is not active", async () => {
    const made = await perform(world.platform, registerInstitution, nobody, {
      institution: newInstitution(603),
      person: newcomer(513),
    });
    const error = await refusal(
      perform(world.platform, registerPerson, nobody, {
        organization: made.organization,
        person: newcomer(514),
      }),
    );
    expect((error as Invalid).faults.map(({ place }) => place)).toEqual(["organization"]);
  });

  it("is refused with a reason and may register once more", async () => {
    const input = { organization: world.organizations.university.id, person: newcomer(515) };
    const made = await perform(world.platform, registerPerson, nobody, input);
    const own = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
    await perform(world.platform, refusePerson, own, {
      account: made.account,
      version: 1,
      reason: "不是本单位的人",
    });
    expect(await account(made.account)).toMatchObject({
      standing: "REFUSED",
      standing_reason: "不是本单位的人",
    });
    const again = await perform(world.platform, registerPerson, nobody, input);
    expect(again.account).toBe(made.account);
  });

  it("is suspended with every session at once, and restored", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const system = await world.someone({ organization: "bureau", roles: ["SYS_ADMIN"] });
    const security = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["SEC_ADMIN"] }),
    );
    const { token } = await openSession(world.platform.database.kysely, "test", who.account, "TOKEN");
    expect(await sessionOf(world.platform, token)).not.toBeNull();
    const input = { account: who.account, version: 1, reason: "账号疑似被盗用" };
    expect(await refusal(perform(world.platform, suspend, security, input))).toBeInstanceOf(Denied);
    const actor = await world.actorOf(system);
    expect(
      await refusal(perform(world.platform, suspend, actor, { ...input, account: system.account })),
    ).toBeInstanceOf(Refused);
    await perform(world.platform, suspend, actor, input);
    expect(await sessionOf(world.platform, token)).toBeNull();
    await perform(world.platform, restore, actor, { account: who.account, version: 2 });
    // The old session stays ended.
    expect(await sessionOf(world.platform, token)).toBeNull();
  });

  it("changes the own particulars only", async () => {
    const actor = await world.actorOf(await world.someone({ roles: ["PI"] }));
    const input = {
      titleLevel: "JUNIOR",
      degree: "MASTER",
      adminRank: null,
      email: "a@example.cn",
      phone: "１３９ 0000 0000",
      language: "en",
    };
    await perform(world.platform, updateProfile, actor, input);
    const row = await world.platform.database.kysely
      .selectFrom("person")
      .select(["email", "phone_mask", "title_level"])
      .where("id", "=", actor.person ?? "")
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ email: "a@example.cn", phone_mask: "139****0000", title_level: "JUNIOR" });
    expect(await refusal(perform(world.platform, updateProfile, nobody, input))).toBeInstanceOf(Denied);
    expect(
      await refusal(perform(world.platform, updateProfile, actor, { ...input, name: "改名" })),
    ).toBeInstanceOf(Invalid);
  });
});

describe("a number in full", () => {
  it("is shown for a purpose that the ledger keeps, and kept nowhere", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const officer = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["ACCEPTANCE_OFFICER"] }),
    );
    const own = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
    const other = await world.actorOf(
      await world.someone({ organization: "hospital", roles: ["ORG_ADMIN"] }),
    );
    const input = { person: who.person, purpose: "核对申报人证件" };
    const shown = await perform(world.platform, unmask, officer, input, { key: "once-only-key" });
    expect(shown.identityNo).toBe(who.identityNo);
    await perform(world.platform, unmask, own, input);
    expect(await refusal(perform(world.platform, unmask, other, input))).toBeInstanceOf(Denied);
    for (const purpose of ["", "看看", "电话 13800000000", "编号１２３４５６"])
      expect(await refusal(perform(world.platform, unmask, officer, { ...input, purpose }))).toBeInstanceOf(
        Invalid,
      );
    const kept = await entriesOf("registration.unmask");
    expect(kept).toHaveLength(2);
    expect(kept[0]).toMatchObject({ object_id: who.person, body: { purpose: "核对申报人证件" } });
    expect(JSON.stringify(kept)).not.toContain(who.identityNo);
    const answer = await world.platform.database.kysely
      .selectFrom("idempotency_key")
      .select("result")
      .where("key", "=", "once-only-key")
      .executeTakeFirstOrThrow();
    expect(answer.result).toEqual({ person: who.person });
  });
});
