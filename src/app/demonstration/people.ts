import { roles, type Role } from "../../core/role.ts";
import { type FirstPerson, insertFirst } from "./first.ts";
import type { InstitutionData, PersonData } from "./data.ts";
import { inventedIdentity, inventedPhone } from "./numbers.ts";
import { passwordOf, type Stage } from "./stage.ts";

/** Registers, activates and places everybody by the ordinary acts, the administrators first. */

const serialOf = (login: string, { data }: Stage): number => {
  const all = [
    ...data.bureau.people,
    ...data.departments.flatMap(({ people }) => people),
    ...data.institutions.flatMap(({ people }) => people),
    data.waiting.institution.person,
    ...data.waiting.people,
  ];
  const index = all.findIndex((one) => one.login === login);
  if (index < 0) throw new RangeError(`nobody is called ${login}`);
  return index + 1;
};

const newPerson = (stage: Stage, { login, name, titleLevel = "NONE", degree = "OTHER" }: PersonData) => {
  const serial = serialOf(login, stage);
  return {
    name,
    identityType: "RESIDENT_ID",
    identityNo: inventedIdentity(serial),
    titleLevel,
    degree,
    email: `${login}@zhinan.example`,
    phone: inventedPhone(serial),
    login,
    password: passwordOf(stage.platform.keys, login),
  };
};

const enter = (
  stage: Stage,
  person: PersonData,
  account: string,
  unit: { readonly key: string; readonly name: string },
) => {
  stage.players.set(person.login, {
    ...person,
    account,
    identityNo: inventedIdentity(serialOf(person.login, stage)),
    unit: unit.key,
    unitName: unit.name,
  });
};

const give = async (stage: Stage, by: string, login: string, role: Role, division?: string) => {
  const account = stage.players.get(login)?.account;
  await stage.act("registration.grantRole", by, { account, role, division: division ?? null });
};

/** Everybody of an organisation that is active. `activates`: login of who activates them. */
const register = async (
  stage: Stage,
  unit: { readonly id: string; readonly key: string; readonly name: string },
  people: readonly PersonData[],
  activates: string,
) => {
  await together(people, async (person) => {
    const { account } = await stage.act("registration.registerPerson", null, {
      organization: unit.id,
      person: newPerson(stage, person),
    });
    await stage.act("registration.activatePerson", activates, { account, version: 1 });
    enter(stage, person, account ?? "", unit);
    for (const role of person.roles ?? [])
      await give(
        stage,
        roles[role].seat === "INSTITUTION" ? activates : adminOf(stage, "SEC_ADMIN"),
        person.login,
        role,
        person.division,
      );
  });
};

/** The first of the bureau with a role. */
export const adminOf = ({ data }: Pick<Stage, "data">, role: Role, division?: string): string => {
  const found = data.bureau.people.find(
    (one) => one.roles?.includes(role) === true && (division === undefined || one.division === division),
  );
  if (found === undefined) throw new RangeError(`nobody at the bureau is ${role} ${division ?? ""}`);
  return found.login;
};

export const registerEverybody = async (stage: Stage): Promise<void> => {
  const { data, platform } = stage;
  const isFirst = (one: PersonData) => one.first === true;
  const first = data.bureau.people.filter(isFirst);
  const inserted = await insertFirst(
    platform,
    data.bureau,
    data.departments,
    first.map(({ login, name, roles: [role = "PUBLIC"] = [] }): FirstPerson => ({
      login,
      name,
      role,
      identityNo: inventedIdentity(serialOf(login, stage)),
      password: passwordOf(platform.keys, login),
    })),
  );
  const bureau = { id: inserted.bureau, key: data.bureau.key, name: data.bureau.name };
  for (const [index, one] of first.entries()) enter(stage, one, inserted.accounts[index] ?? "", bureau);
  const system = adminOf(stage, "SYS_ADMIN");
  await register(
    stage,
    bureau,
    data.bureau.people.filter((one) => !isFirst(one)),
    system,
  );
  for (const [index, one] of data.departments.entries()) {
    const id = inserted.departments[index] ?? "";
    stage.departments.set(one.key, id);
    await register(stage, { id, key: one.key, name: one.name }, one.people, system);
  }
  await together(data.institutions, (one) => registerUnit(stage, one));
  for (const one of data.institutions) await place(stage, one);
  await together(data.institutions, (one) =>
    register(
      stage,
      { ...one, id: stage.units.get(one.key)?.id ?? "" },
      one.people.slice(1),
      one.people[0]?.login ?? "",
    ),
  );
};

const institutionInput = (one: Omit<InstitutionData, "people">) => ({
  uscc: one.uscc,
  name: one.name,
  nameEn: one.nameEn,
  type: one.type,
  region: one.region,
  address: "（演示数据，不填写真实地址）",
  legalPerson: "（演示）",
});

const registerUnit = async (stage: Stage, unit: InstitutionData) => {
  const [administrator] = unit.people;
  if (administrator === undefined) throw new RangeError(`${unit.key} has nobody`);
  const { organization = "", account = "" } = await stage.act("registration.registerInstitution", null, {
    institution: institutionInput(unit),
    person: newPerson(stage, administrator),
  });
  await stage.act("registration.activateInstitution", adminOf(stage, "PLANNING_OFFICER"), {
    organization,
    version: 1,
  });
  stage.units.set(unit.key, { ...unit, id: organization });
  enter(stage, administrator, account, unit);
};

const place = (stage: Stage, one: InstitutionData) =>
  stage.act("registration.placeInstitution", adminOf(stage, "PLANNING_OFFICER"), {
    organization: stage.units.get(one.key)?.id,
    version: 2,
    department: stage.departments.get(one.department),
    basis: one.basis,
    type: one.type,
    region: one.region,
    quotaGroup: one.quotaGroup,
    parent: one.parent === null ? null : stage.units.get(one.parent)?.id,
    platforms: one.platforms,
    bases: one.bases,
    medicalLicence: one.medicalLicence,
  });

/** Those who have registered and wait for somebody: a to-do of theirs. */
export const registerWaiting = async (stage: Stage): Promise<void> => {
  const { institution, people } = stage.data.waiting;
  await stage.act("registration.registerInstitution", null, {
    institution: institutionInput(institution),
    person: newPerson(stage, institution.person),
  });
  for (const one of people)
    await stage.act("registration.registerPerson", null, {
      organization: stage.units.get(one.organization)?.id,
      person: newPerson(stage, one),
    });
};

/** What the bureau knows beforehand. */
export const fillRegisters = async (stage: Stage): Promise<void> => {
  for (const { person, unit, ...one } of stage.data.projects)
    await stage.act("registration.addProject", adminOf(stage, "PLANNING_OFFICER"), {
      ...one,
      investigatorName: stage.players.get(person)?.name,
      identityNo: stage.players.get(person)?.identityNo,
      uscc: stage.units.get(unit)?.uscc,
    });
  for (const one of stage.data.integrityRecords) if (one.day === null) await addRecord(stage, one, "");
};

export const addRecord = (
  stage: Stage,
  {
    person,
    unit,
    validFrom,
    validTo,
    kind,
    decisionNumber,
    source,
  }: Stage["data"]["integrityRecords"][number],
  today: string,
) =>
  stage.act("registration.addIntegrityRecord", adminOf(stage, "INTEGRITY_OFFICER"), {
    kind,
    decisionNumber,
    source,
    ...(person === undefined
      ? {
          subjectKind: "ORGANIZATION",
          subjectName: stage.units.get(unit ?? "")?.name,
          subject: stage.units.get(unit ?? "")?.uscc,
        }
      : {
          subjectKind: "PERSON",
          subjectName: stage.players.get(person)?.name,
          subject: stage.players.get(person)?.identityNo,
        }),
    validFrom: validFrom ?? today,
    validTo: validTo ?? "",
  });

/** Several at a time: passwords are hashed on other threads. */
const together = async <T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> => {
  const waiting = items.values();
  const take = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 4 }, take));
};
