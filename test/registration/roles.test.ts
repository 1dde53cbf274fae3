import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import { Denied, Invalid, Missing, Refused } from "../../src/platform/errors.ts";
import { updateInstitution } from "../../src/stages/registration/institutions.ts";
import {
  addIntegrityRecord,
  addProject,
  closeProject,
  withdrawIntegrityRecord,
} from "../../src/stages/registration/registers.ts";
import { readRegisters } from "../../src/stages/registration/queries.ts";
import { delegate, endDelegation, grantRole, revokeRole } from "../../src/stages/registration/roles.ts";
import { openSession, sessionOf } from "../../src/stages/registration/sessions.ts";
import { identityNumber } from "../world/numbers.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { refusal } from "./people.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const roles = async (who: Someone) => (await world.actorOf(who)).grants.map(({ role }) => role);
const grantIdOf = async (who: Someone, role: string) =>
  (await world.actorOf(who)).grants.find((one) => one.role === role)?.id ?? "";

describe("roles", () => {
  it("are given by others, and count from the next request on", async () => {
    const security = await world.someone({ organization: "bureau", roles: ["SEC_ADMIN"] });
    const officer = await world.someone({ organization: "bureau", roles: [] });
    const actor = await world.actorOf(security);
    const { grant } = await perform(world.platform, grantRole, actor, {
      account: officer.account,
      role: "ACCEPTANCE_OFFICER",
    });
    const { token } = await openSession(world.platform.database.kysely, "test", officer.account, "WEB");
    const session = await sessionOf(world.platform, token);
    expect(session?.viewer.actor.grants.map(({ role }) => role)).toEqual(["ACCEPTANCE_OFFICER"]);
    expect(
      await refusal(
        perform(world.platform, grantRole, actor, { account: officer.account, role: "ACCEPTANCE_OFFICER" }),
      ),
    ).toBeInstanceOf(Refused);
    await perform(world.platform, revokeRole, actor, { grant });
    expect((await sessionOf(world.platform, token))?.viewer.actor.grants).toEqual([]);
    for (const role of ["PLANNING_OFFICER", "SYS_ADMIN"])
      expect(
        await refusal(perform(world.platform, grantRole, actor, { account: security.account, role })),
      ).toBeInstanceOf(Refused);
  });

  it("need a seat that fits", async () => {
    const actor = await world.actorOf(await world.someone({ organization: "bureau", roles: ["SEC_ADMIN"] }));
    const teacher = await world.someone({ roles: ["PI"] });
    const officer = await world.someone({ organization: "bureau", roles: [] });
    for (const role of ["DEPT_APPROVER", "ACCEPTANCE_OFFICER", "DIVISION_OFFICER"])
      expect(
        await refusal(perform(world.platform, grantRole, actor, { account: teacher.account, role })),
      ).toBeInstanceOf(Refused);
    expect(
      await refusal(
        perform(world.platform, grantRole, actor, { account: officer.account, role: "DIVISION_OFFICER" }),
      ),
    ).toBeInstanceOf(Invalid);
    expect(
      await refusal(perform(world.platform, grantRole, actor, { account: officer.account, role: "PUBLIC" })),
    ).toBeInstanceOf(Invalid);
    expect(
      await refusal(perform(world.platform, grantRole, actor, { account: officer.account, role: "KING" })),
    ).toBeInstanceOf(Invalid);
  });

  it("of the three administrators are three persons, whoever asks first", async () => {
    const actor = await world.actorOf(await world.someone({ organization: "bureau", roles: ["SEC_ADMIN"] }));
    const officer = await world.someone({ organization: "bureau", roles: [] });
    const both = await Promise.allSettled(
      ["SYS_ADMIN", "AUDIT_ADMIN"].map((role) =>
        perform(world.platform, grantRole, actor, { account: officer.account, role }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await roles(officer)).toHaveLength(1);
  });

  it("at an institution are its administrator's to give, and no others", async () => {
    const admin = await world.someone({ roles: ["ORG_ADMIN"] });
    const actor = await world.actorOf(admin);
    const colleague = await world.someone({ roles: ["PI"] });
    const elsewhere = await world.someone({ organization: "hospital", roles: ["PI"] });
    await perform(world.platform, grantRole, actor, { account: colleague.account, role: "ORG_SEAL" });
    expect(await roles(colleague)).toContain("ORG_SEAL");
    expect(
      await refusal(
        perform(world.platform, grantRole, actor, { account: elsewhere.account, role: "ORG_SEAL" }),
      ),
    ).toBeInstanceOf(Missing);
    for (const role of ["EXPERT", "SEC_ADMIN", "PI"])
      expect(
        await refusal(perform(world.platform, grantRole, actor, { account: colleague.account, role })),
      ).toBeInstanceOf(Refused);
    expect(
      await refusal(perform(world.platform, revokeRole, actor, { grant: await grantIdOf(colleague, "PI") })),
    ).toBeInstanceOf(Refused);
    expect(
      await refusal(
        perform(world.platform, revokeRole, actor, { grant: await grantIdOf(admin, "ORG_ADMIN") }),
      ),
    ).toBeInstanceOf(Refused);
    expect(
      await refusal(
        perform(world.platform, grantRole, await world.actorOf(colleague), {
          account: admin.account,
          role: "ORG_SEAL",
        }),
      ),
    ).toBeInstanceOf(Missing);
  });
});

describe("a lent role", () => {
  it("acts for both, and ends with its last day", async () => {
    await world.at("2024-06-10T09:00:00+08:00");
    const lender = await world.someone({ organization: "company", roles: ["ORG_ADMIN"] });
    const colleague = await world.someone({ organization: "company", roles: ["PI"] });
    const elsewhere = await world.someone({ organization: "hospital", roles: ["PI"] });
    const actor = await world.actorOf(lender);
    const grant = await grantIdOf(lender, "ORG_ADMIN");
    for (const wrong of [
      { grant, colleague: elsewhere.account, until: "2024-06-12" },
      { grant, colleague: colleague.account, until: "2024-06-09" },
      { grant, colleague: colleague.account, until: "2024-06-31" },
      { grant, colleague: colleague.account, until: "2025-12-29" },
      { grant, colleague: lender.account, until: "2024-06-12" },
    ])
      expect(await refusal(perform(world.platform, delegate, actor, wrong))).toBeInstanceOf(Invalid);
    await perform(world.platform, delegate, actor, {
      grant,
      colleague: colleague.account,
      until: "２０２４-06-12",
    });
    const deputy = await world.actorOf(colleague);
    await perform(world.platform, updateInstitution, deputy, {
      organization: world.organizations.company.id,
      version: 1,
      nameEn: "",
      address: "代办路 1 号",
      legalPerson: "法人",
    });
    const entry = await world.platform.database.kysely
      .selectFrom("ledger_entry")
      .select(["actor", "acting_for"])
      .where("action", "=", "registration.updateInstitution")
      .executeTakeFirstOrThrow();
    expect(entry).toEqual({ actor: colleague.account, acting_for: lender.account });
    // Not lent on; not given to the lender by the deputy.
    const lent = deputy.grants.find(({ delegatedBy }) => delegatedBy !== null)?.id ?? "";
    expect(
      await refusal(
        perform(world.platform, delegate, deputy, {
          grant: lent,
          colleague: lender.account,
          until: "2024-06-12",
        }),
      ),
    ).toBeInstanceOf(Refused);
    expect(
      await refusal(
        perform(world.platform, grantRole, deputy, { account: lender.account, role: "ORG_SEAL" }),
      ),
    ).toBeInstanceOf(Refused);
    await world.at("2024-06-12T23:59:58+08:00");
    expect(await roles(colleague)).toContain("ORG_ADMIN");
    await world.at("2024-06-13T00:00:00+08:00");
    expect(await roles(colleague)).toEqual(["PI"]);
    await world.at("2024-06-10T09:00:00+08:00");
  });

  it("ends when its lender says so, or loses the role", async () => {
    const security = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["SEC_ADMIN"] }),
    );
    const lender = await world.someone({ organization: "health", roles: ["DEPT_REVIEWER"] });
    const colleague = await world.someone({ organization: "health", roles: [] });
    const actor = await world.actorOf(lender);
    const input = {
      grant: await grantIdOf(lender, "DEPT_REVIEWER"),
      colleague: colleague.account,
      until: "2024-07-01",
    };
    const first = await perform(world.platform, delegate, actor, input);
    expect(
      await refusal(perform(world.platform, endDelegation, await world.actorOf(colleague), first)),
    ).toBeInstanceOf(Missing);
    await perform(world.platform, endDelegation, actor, first);
    expect(await roles(colleague)).toEqual([]);
    await perform(world.platform, delegate, actor, input);
    expect(await roles(colleague)).toEqual(["DEPT_REVIEWER"]);
    await perform(world.platform, revokeRole, security, { grant: input.grant });
    expect(await roles(colleague)).toEqual([]);
  });

  it("does not bring two administrators into one hand", async () => {
    const system = await world.someone({ organization: "bureau", roles: ["SYS_ADMIN"] });
    const audit = await world.someone({ organization: "bureau", roles: ["AUDIT_ADMIN"] });
    const input = {
      grant: await grantIdOf(system, "SYS_ADMIN"),
      colleague: audit.account,
      until: "2024-07-01",
    };
    expect(
      await refusal(perform(world.platform, delegate, await world.actorOf(system), input)),
    ).toBeInstanceOf(Refused);
    expect(
      await refusal(perform(world.platform, delegate, await world.actorOf(audit), input)),
    ).toBeInstanceOf(Missing);
  });
});

describe("the registers", () => {
  it("keep running projects and integrity records by the roles for it", async () => {
    const planning = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["PLANNING_OFFICER"] }),
    );
    const integrity = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["INTEGRITY_OFFICER"] }),
    );
    const project = {
      number: "X-1",
      title: "=HYPERLINK(1)<script>",
      programme: "INNOVATION_FUND",
      category: "APPLIED_BASIC",
      investigatorName: "测试甲",
      identityNo: identityNumber(1),
      periodEnd: "２０２４-12-31",
    };
    expect(await refusal(perform(world.platform, addProject, integrity, project))).toBeInstanceOf(Denied);
    const added = await perform(world.platform, addProject, planning, project);
    expect(await refusal(perform(world.platform, addProject, planning, project))).toHaveProperty(
      "name",
      "Taken",
    );
    await perform(world.platform, closeProject, planning, { ...added, closeout: "PASSED" });
    const record = {
      subjectKind: "ORGANIZATION",
      subjectName: "虚构公司",
      subject: world.organizations.company.uscc,
      kind: "MISCONDUCT",
      decisionNumber: "示〔2024〕1号",
      source: "示例通报",
      validFrom: "2024-01-01",
      validTo: "2023-01-01",
    };
    expect(await refusal(perform(world.platform, addIntegrityRecord, planning, record))).toBeInstanceOf(
      Denied,
    );
    const error = (await refusal(perform(world.platform, addIntegrityRecord, integrity, record))) as Invalid;
    expect(error.faults.map(({ place }) => place)).toEqual(["validTo"]);
    const kept = await perform(world.platform, addIntegrityRecord, integrity, { ...record, validTo: "" });
    await perform(world.platform, withdrawIntegrityRecord, integrity, {
      record: kept.record,
      reason: "登记对象有误",
    });
    const read = await readRegisters(world.platform, planning, {});
    expect(read.projects).toMatchObject([{ number: "X-1", closeout: "PASSED", periodEnd: "2024-12-31" }]);
    expect(read.records[0]?.withdrawnAt).not.toBeNull();
    expect(JSON.stringify(read)).not.toContain(identityNumber(1));
    const pi = await world.actorOf(await world.someone({ roles: ["PI"] }));
    expect(await refusal(readRegisters(world.platform, pi, {}))).toBeInstanceOf(Denied);
    // A sign that means something to the search stands for itself.
    expect((await readRegisters(world.platform, planning, { search: "%" })).projects).toEqual([]);
  });
});
