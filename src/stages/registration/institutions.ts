import { sql } from "kysely";
import { z } from "zod";
import { baseLevels, organizationTypes } from "../../core/policy/application.ts";
import { define } from "../../platform/action.ts";
import { instantText, jsonText } from "../../platform/database/values.ts";
import { refused, Taken } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { entries, plainDigits } from "./entries.ts";
import { organizationFacts } from "./facts.ts";
import { identityTaken, insertPerson, loginTaken, newPersonSchema, readPerson } from "./persons.ts";
import { departmentBases } from "./titles.ts";

const typed = z.string().max(1_000);
const onOrganization = { organization: z.uuid(), version: z.int().min(1) };
const words = {
  name: { zh: "单位名称", en: "Name of the institution" },
  nameEn: { zh: "英文名称", en: "English name" },
  address: { zh: "地址", en: "Address" },
  legalPerson: { zh: "法定代表人", en: "Legal representative" },
  reason: { zh: "理由", en: "Reason" },
  licence: { zh: "医疗机构执业许可证号", en: "Number of the medical licence" },
};

/** What stands behind a unique key that another registration took at the same moment. */
export const registrationTaken = (constraint: string): Taken | null => {
  if (constraint.includes("identity")) return new Taken(identityTaken().reason);
  if (constraint.includes("login")) {
    const [fault] = loginTaken().faults;
    return fault === undefined ? null : new Taken(fault.reason);
  }
  return constraint.includes("uscc") ? new Taken(registered().reason) : null;
};

const registered = () =>
  refused(
    "这个单位已经登记过，一个统一社会信用代码只登记一次。请选择“登记个人”加入这个单位；不知道管理员是谁的，请联系平台管理员。",
    "This institution is registered: one social credit code is registered once. Register yourself as a person of it; if you do not know its administrator, ask the platform.",
  );

export const registerInstitution = define({
  name: "registration.registerInstitution",
  title: { zh: "登记单位", en: "Register an institution" },
  input: z.strictObject({
    institution: z.strictObject({
      uscc: typed,
      name: typed,
      nameEn: typed.default(""),
      type: z.enum(organizationTypes),
      region: typed,
      address: typed,
      legalPerson: typed,
    }),
    person: newPersonSchema,
  }),
  load: () => Promise.resolve(null),
  subject: () => ({}),
  effect: async ({ platform, tx, funder, input }) => {
    const { institution } = input;
    const read = entries();
    const uscc = read.uscc("institution.uscc", institution.uscc);
    const values = {
      name_zh: read.line("institution.name", institution.name, words.name, { most: 100, least: 2 }),
      name_en: read.line("institution.nameEn", institution.nameEn, words.nameEn, { most: 200, least: 0 }),
      type: institution.type,
      region: read.region("institution.region", institution.region),
      address: read.line("institution.address", institution.address, words.address, { most: 200 }),
      legal_person: read.line("institution.legalPerson", institution.legalPerson, words.legalPerson, {
        most: 60,
      }),
    };
    const person = readPerson(read, input.person);
    read.settle();
    const before = await tx
      .selectFrom("organization")
      .select(["id", "standing", "version"])
      .where("funder", "=", funder)
      .where("uscc", "=", uscc)
      .forUpdate()
      .executeTakeFirst();
    if (before !== undefined && before.standing !== "REFUSED") throw registered();
    const id = before?.id ?? crypto.randomUUID();
    if (before === undefined)
      await tx
        .insertInto("organization")
        .values({ funder, id, kind: "INSTITUTION", uscc, ...values })
        .execute();
    else
      await tx
        .updateTable("organization")
        .set({ ...values, standing: "PENDING", standing_reason: "", version: before.version + 1 })
        .where("funder", "=", funder)
        .where("id", "=", id)
        .execute();
    const administrator = await insertPerson(platform, tx, person, { id, name: values.name_zh });
    await notify(tx, funder, [{ role: "PLANNING_OFFICER" }, { role: "SYS_ADMIN" }], {
      template: "institutionWaiting",
      facts: { organization: values.name_zh },
      link: `/organizations/${id}`,
    });
    return {
      result: { organization: id, ...administrator },
      entry: { kind: "organization", id, body: { to: "PENDING", administrator: administrator.account } },
    };
  },
  taken: registrationTaken,
});

const waitingOnly = (standing: string) => {
  if (standing !== "PENDING")
    throw refused(
      "这个单位已经办理过，不再等待启用。请刷新页面看最新情况。",
      "This institution is no longer waiting. Reload the page.",
    );
};

/** The institution and its first administrator begin together. */
export const activateInstitution = define({
  name: "registration.activateInstitution",
  title: { zh: "启用单位", en: "Activate an institution" },
  input: z.strictObject(onOrganization),
  load: ({ tx, funder, actor, input }) => organizationFacts(tx, funder, actor, input),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, actor, input, facts, now }) => {
    waitingOnly(facts.standing);
    await tx
      .updateTable("organization")
      .set({ standing: "ACTIVE", version: input.version + 1, updated_at: instantText(now) })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    const administrators = await tx
      .updateTable("account")
      .from("person")
      .set({ standing: "ACTIVE", version: sql<number>`account.version + 1` })
      .whereRef("person.id", "=", "account.person")
      .where("person.funder", "=", funder)
      .where("account.funder", "=", funder)
      .where("person.organization", "=", facts.id)
      .where("account.standing", "=", "PENDING")
      .returning("account.id")
      .execute();
    for (const { id: account } of administrators) {
      await tx
        .insertInto("role_grant")
        .values({ funder, account, role: "ORG_ADMIN", organization: facts.id, granted_by: actor.account })
        .execute();
      await notify(tx, funder, [{ account }], {
        template: "institutionActive",
        facts: { organization: facts.name },
        link: "/people",
      });
    }
    return {
      result: { organization: facts.id, version: input.version + 1 },
      entry: {
        kind: "organization",
        id: facts.id,
        body: { to: "ACTIVE", administrators: administrators.map(({ id }) => id) },
      },
    };
  },
});

export const refuseInstitution = define({
  name: "registration.refuseInstitution",
  title: { zh: "不予启用单位", en: "Refuse an institution" },
  input: z.strictObject({ ...onOrganization, reason: typed }),
  load: ({ tx, funder, actor, input }) => organizationFacts(tx, funder, actor, input),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, input, facts, now }) => {
    waitingOnly(facts.standing);
    const read = entries();
    const reason = read.text("reason", input.reason, words.reason, { most: 500, least: 4 });
    read.settle();
    await tx
      .updateTable("organization")
      .set({
        standing: "REFUSED",
        standing_reason: reason,
        version: input.version + 1,
        updated_at: instantText(now),
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    await tx
      .updateTable("account")
      .from("person")
      .set({ standing: "REFUSED", standing_reason: reason, version: sql<number>`account.version + 1` })
      .whereRef("person.id", "=", "account.person")
      .where("person.funder", "=", funder)
      .where("account.funder", "=", funder)
      .where("person.organization", "=", facts.id)
      .where("account.standing", "=", "PENDING")
      .execute();
    return {
      result: { organization: facts.id, version: input.version + 1 },
      entry: { kind: "organization", id: facts.id, body: { to: "REFUSED" } },
    };
  },
});

/** What an institution says of itself; its name, code and type are the bureau's to change. */
export const updateInstitution = define({
  name: "registration.updateInstitution",
  title: { zh: "修改单位信息", en: "Change the institution's particulars" },
  input: z.strictObject({ ...onOrganization, nameEn: typed, address: typed, legalPerson: typed }),
  load: ({ tx, funder, actor, input }) => organizationFacts(tx, funder, actor, input),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, input, facts, now }) => {
    const read = entries();
    const values = {
      name_en: read.line("nameEn", input.nameEn, words.nameEn, { most: 200, least: 0 }),
      address: read.line("address", input.address, words.address, { most: 200 }),
      legal_person: read.line("legalPerson", input.legalPerson, words.legalPerson, { most: 60 }),
    };
    read.settle();
    const version = input.version + 1;
    await tx
      .updateTable("organization")
      .set({ ...values, version, updated_at: instantText(now) })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { organization: facts.id, version },
      entry: { kind: "organization", id: facts.id, body: { version } },
    };
  },
});

const placeId = z.string().min(1).max(60);

/** Where an institution stands: what the rules of the guide ask the registers for. */
export const placeInstitution = define({
  name: "registration.placeInstitution",
  title: { zh: "核定单位归口与名额组", en: "Place an institution" },
  input: z.strictObject({
    ...onOrganization,
    department: z.uuid().nullable(),
    basis: z.enum(departmentBases).nullable(),
    type: z.enum(organizationTypes),
    region: typed,
    quotaGroup: z.string().max(60).nullable(),
    parent: z.uuid().nullable(),
    platforms: z.array(placeId).max(50),
    bases: z.array(z.strictObject({ id: placeId, level: z.enum(baseLevels) })).max(50),
    medicalLicence: typed.nullable(),
  }),
  load: ({ tx, funder, actor, input }) => organizationFacts(tx, funder, actor, input),
  subject: (facts) => facts.subject,
  effect: async ({ platform, tx, funder, input, facts, now }) => {
    if (facts.kind !== "INSTITUTION")
      throw refused("只有申报单位需要核定归口。", "Only institutions are placed.");
    const read = entries();
    const region = read.region("region", input.region);
    const licence = read.line("medicalLicence", plainDigits(input.medicalLicence ?? ""), words.licence, {
      most: 60,
      least: 0,
    });
    if ((input.department === null) !== (input.basis === null))
      read.fault(
        input.department === null ? "department" : "basis",
        "归口管理部门和归口依据要一起填写：选了部门，就写明是属地还是隶属。",
        "Department and basis go together: say whether it is by territory or by affiliation.",
      );
    if (
      input.quotaGroup !== null &&
      !platform.policies.some(({ programme }) =>
        programme.quota.groups.some(({ id }) => id === input.quotaGroup),
      )
    )
      read.fault("quotaGroup", "指南里没有这个名额组，请从列表里选。", "The guide has no such quota group.");
    if (input.department !== null) {
      const department = await tx
        .selectFrom("organization")
        .select("id")
        .where("funder", "=", funder)
        .where("id", "=", input.department)
        .where("kind", "=", "DEPARTMENT")
        .executeTakeFirst();
      if (department === undefined)
        read.fault("department", "没有这个归口管理部门，请从列表里选。", "There is no such department.");
    }
    if (input.parent !== null) {
      const { rows } = await sql<{ id: string; kind: string }>`
        with recursive line as (
          select id, parent, kind, 1 as depth from organization where funder = ${funder} and id = ${input.parent}
          union all
          select o.id, o.parent, o.kind, line.depth + 1 from organization o join line on o.id = line.parent
          where o.funder = ${funder} and line.depth < 20
        ) select id, kind from line order by depth`.execute(tx);
      if (rows[0]?.kind !== "INSTITUTION" || rows.some(({ id }) => id === facts.id))
        read.fault(
          "parent",
          "上级单位应是另一个申报单位，也不能是它自己的下级。请重新选择。",
          "The parent must be another institution, and none below this one.",
        );
    }
    read.settle();
    const version = input.version + 1;
    await tx
      .updateTable("organization")
      .set({
        competent_department: input.department,
        department_basis: input.basis,
        type: input.type,
        region,
        quota_group: input.quotaGroup,
        parent: input.parent,
        platforms: jsonText([...new Set(input.platforms)]),
        bases: jsonText(input.bases),
        medical_licence: licence === "" ? null : licence,
        version,
        updated_at: instantText(now),
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { organization: facts.id, version },
      entry: {
        kind: "organization",
        id: facts.id,
        body: { version, department: input.department, quotaGroup: input.quotaGroup },
      },
    };
  },
});
