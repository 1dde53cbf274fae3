import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { maskIdentity, maskPhone } from "../../../core/mask.ts";
import { normalizeIdentifier } from "../../../core/identifiers.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { Table, TableRow } from "../../../core/workbook/table.ts";
import { instantText } from "../../../platform/database/values.ts";
import { hashDrawnPassword } from "../../../platform/passwords.ts";
import { blindIndexOf, openField } from "../../../platform/secrets.ts";
import { newTotpSecret } from "../../../platform/totp.ts";
import { identityTaken, personValues, phoneValues, readName } from "../persons.ts";
import { degreeTitles, identityTypeTitles, titleLevelTitles } from "../titles.ts";
import {
  type Change,
  choicesOf,
  columnOf,
  type Doing,
  eachRow,
  type Handed,
  type ImportKind,
  inChunks,
  type Judgement,
  type Judging,
  type PlannedRow,
  rowFaults,
  type Said,
} from "./kind.ts";

type Key =
  | "name"
  | "identityType"
  | "identityNo"
  | "titleLevel"
  | "degree"
  | "adminRank"
  | "email"
  | "phone"
  | "role"
  | "login";

const column = columnOf<Key>();
const adminRankTitles = {
  NONE: { zh: "无", en: "None" },
  DEPUTY_DIVISION_OR_ABOVE: { zh: "副处级及以上", en: "Deputy division head or above" },
};
const roleTitles = {
  PI: { zh: "项目负责人", en: "Principal investigator" },
  MEMBER: { zh: "项目组成员", en: "Team member" },
};

const columns = [
  column("name", "姓名", "Name", "张三", { needed: true, also: ["人员姓名"] }),
  column("identityType", "证件类型", "Kind of document", "居民身份证", {
    kind: "choice",
    choices: choicesOf(identityTypeTitles, {
      RESIDENT_ID: ["身份证"],
      HK_MACAO_TAIWAN: ["港澳台通行证", "港澳台居民居住证"],
      FOREIGN_PR: ["外国人永久居留证"],
    }),
    note: { zh: "不填算居民身份证。", en: "Empty: resident identity card." },
  }),
  column("identityNo", "证件号码", "Document number", "11010519491231002X", {
    needed: true,
    also: ["身份证号", "身份证号码", "证件号", "身份证", "ID number"],
    note: {
      zh: "按文本填写，否则 Excel 会丢掉末几位。",
      en: "As text: Excel loses the last digits of a number.",
    },
  }),
  column("titleLevel", "职称级别", "Title level", "副高级", {
    kind: "choice",
    also: ["职称", "职称等级", "专业技术职称"],
    choices: choicesOf(titleLevelTitles, { SENIOR: ["正高"], ASSOCIATE_SENIOR: ["副高"] }),
  }),
  column("degree", "学位", "Degree", "博士", {
    kind: "choice",
    also: ["最高学位", "学位级别"],
    choices: choicesOf(degreeTitles, { DOCTOR: ["博士学位"], MASTER: ["硕士学位"], BACHELOR: ["学士学位"] }),
  }),
  column("adminRank", "行政职务", "Administrative rank", "无", {
    kind: "choice",
    choices: choicesOf(adminRankTitles, { DEPUTY_DIVISION_OR_ABOVE: ["副处级", "副处级以上"] }),
  }),
  column("email", "电子邮箱", "E-mail", "zhangsan@example.cn", {
    needed: true,
    also: ["邮箱", "电子邮件", "email"],
  }),
  column("phone", "电话", "Telephone", "13800000000", {
    needed: true,
    also: ["手机", "手机号", "手机号码", "联系电话", "电话号码", "mobile", "phone"],
  }),
  column("role", "角色", "Role", "项目负责人", {
    kind: "choice",
    choices: choicesOf(roleTitles, { PI: ["负责人", "PI"], MEMBER: ["成员", "参与人"] }),
    note: {
      zh: "项目负责人也能作项目组成员；不填算项目负责人。",
      en: "An investigator may be a member too. Empty: principal investigator.",
    },
  }),
  column("login", "账号", "Account", "zhangsan", {
    also: ["登录账号", "账号名", "login"],
    note: { zh: "不填由平台给一个。", en: "Empty: the platform gives one." },
  }),
];

/** A person as a row says them; what was left empty is null, and stays as it is where the person is there already. */
type Person = {
  readonly name: string;
  readonly identityType: "RESIDENT_ID";
  readonly identityNo: string;
  readonly titleLevel: string | null;
  readonly degree: string | null;
  readonly adminRank: string | null;
  readonly email: string;
  readonly phone: string;
  readonly role: "PI" | "MEMBER" | null;
  readonly login: string;
};

type Kept = Awaited<ReturnType<typeof keptPeople>> extends ReadonlyMap<string, infer Row> ? Row : never;
type Planned = PlannedRow & { readonly person: Person; readonly kept: Kept | null };

/** Who is registered under these numbers, by the hex of the number's hash. */
const keptPeople = async ({ platform, database, lock }: Judging, hashes: readonly Buffer[]) => {
  let query = database
    .selectFrom("person")
    .select([
      "id",
      "name",
      "identity_hash",
      "organization",
      "title_level",
      "degree",
      "admin_rank",
      "email",
      "phone_sealed",
    ])
    .where("funder", "=", platform.funder)
    .where(sql<boolean>`identity_hash = any(${hashes}::bytea[])`)
    .orderBy("id");
  if (lock) query = query.forUpdate();
  const people = await query.execute();
  const accounts = await database
    .selectFrom("account")
    .select(["id", "person", "standing"])
    .select((from) =>
      from
        .selectFrom("role_grant")
        .select(sql<readonly string[]>`coalesce(array_agg(role_grant.role), '{}')`.as("roles"))
        .whereRef("role_grant.funder", "=", "account.funder")
        .whereRef("role_grant.account", "=", "account.id")
        .where("role_grant.revoked_at", "is", null)
        .as("roles"),
    )
    .where("funder", "=", platform.funder)
    .where(sql<boolean>`person = any(${people.map(({ id }) => id)}::uuid[])`)
    .execute();
  const byPerson = new Map(accounts.map((one) => [one.person, one]));
  return new Map(
    people.map((one) => [
      one.identity_hash.toString("hex"),
      Object.assign(one, { account: byPerson.get(one.id) ?? null }),
    ]),
  );
};

const takenLogins = async ({ platform, database }: Judging, logins: readonly string[]) =>
  new Set(
    (
      await database
        .selectFrom("account")
        .select("login")
        .where("funder", "=", platform.funder)
        .where(sql<boolean>`login = any(${logins}::text[])`)
        .execute()
    ).map(({ login }) => login),
  );

const judge = async (judging: Judging, table: Table<Key>): Promise<Judgement> => {
  const { keys } = judging.platform;
  const { faults, fault, read, once } = rowFaults(table);
  const people: { row: TableRow<Key>; person: Person; hash: Buffer }[] = [];
  await eachRow(table, (row) => {
    const { values } = row;
    const identityType = (values.identityType || "RESIDENT_ID") as "RESIDENT_ID";
    const person = read(row, (entry) => ({
      name: readName(entry, "name", values.name),
      identityType,
      identityNo: entry.identity("identityNo", identityType, values.identityNo),
      titleLevel: values.titleLevel || null,
      degree: values.degree || null,
      adminRank: values.adminRank || null,
      email: entry.email("email", values.email),
      phone: entry.phone("phone", values.phone),
      role: (values.role || null) as Person["role"],
      login: values.login.trim() === "" ? "" : entry.login("login", values.login),
    }));
    const number = normalizeIdentifier(values.identityNo);
    const isFirst = number === "" || once(row, "identityNo", `identity ${number}`);
    if (person === null || !isFirst) return;
    if (person.login !== "" && !once(row, "login", `login ${person.login}`)) return;
    people.push({ row, person, hash: blindIndexOf(keys, "identity", person.identityNo) });
  });
  const [kept, taken] = [
    await keptPeople(
      judging,
      people.map(({ hash }) => hash),
    ),
    await takenLogins(
      judging,
      people.map(({ person }) => person.login),
    ),
  ];
  const rows: Planned[] = [];
  for (const { row, person, hash } of people) {
    const found = kept.get(hash.toString("hex")) ?? null;
    const base = { number: row.number, name: person.name, person, kept: found };
    if (found === null || found.account?.standing === "REFUSED") {
      if (person.login !== "" && taken.has(person.login)) {
        fault(
          row,
          "login",
          "这个账号名已经有人使用，请换一个，或者留空由平台给一个。",
          "This account name is in use. Choose another, or leave it empty.",
        );
        continue;
      }
      rows.push({ ...base, act: "ADD", object: null, changes: [] });
      continue;
    }
    // Words tell nothing of where somebody else is registered.
    if (found.organization !== judging.organization || found.account === null) {
      const { reason } = identityTaken();
      fault(row, "identityNo", reason.zh, reason.en);
      continue;
    }
    if (found.name !== person.name) {
      fault(
        row,
        "name",
        `这个证件号码在平台上登记的姓名是“${found.name}”。请核对姓名和号码是不是同一行的；姓名登记有误的，请联系平台管理员更正。`,
        `The name registered under this number is “${found.name}”. Check that name and number belong together; have the platform correct a wrong name.`,
      );
      continue;
    }
    const changes = changesOf(judging, person, found);
    rows.push({ ...base, act: changes.length > 0 ? "CHANGE" : "SAME", object: found.id, changes });
  }
  return { rows, faults, apply: (doing) => apply(doing, rows) };
};

const rankWord = (code: string | null): Said =>
  code === null ? adminRankTitles.NONE : adminRankTitles.DEPUTY_DIVISION_OR_ABOVE;
const wordOf = (titles: Readonly<Record<string, Bilingual>>, code: string): Said => titles[code] ?? code;
const rankOf = (said: string): string | null => (said === "NONE" ? null : said);

const changesOf = ({ platform }: Judging, person: Person, kept: Kept): readonly Change[] => {
  const title = (key: Key) => columns.find((one) => one.key === key)?.title ?? { zh: key, en: key };
  const changes: Change[] = [];
  const compare = (key: Key, before: string, after: string | null, shown: (value: string) => Said) => {
    if (after !== null && after !== before)
      changes.push({ title: title(key), before: shown(before), after: shown(after) });
  };
  compare("titleLevel", kept.title_level, person.titleLevel, (code) => wordOf(titleLevelTitles, code));
  compare("degree", kept.degree, person.degree, (code) => wordOf(degreeTitles, code));
  if (person.adminRank !== null && rankOf(person.adminRank) !== kept.admin_rank)
    changes.push({
      title: title("adminRank"),
      before: rankWord(kept.admin_rank),
      after: rankWord(rankOf(person.adminRank)),
    });
  compare("email", kept.email, person.email, (text) => text);
  const phone =
    kept.phone_sealed === null
      ? ""
      : openField(platform.keys, kept.phone_sealed, `person.phone_sealed:${kept.id}`);
  compare("phone", phone, person.phone, maskPhone);
  for (const role of missingRoles(person, kept))
    changes.push({ title: title("role"), before: "", after: wordOf(roleTitles, role) });
  return changes;
};

const rolesOf = (role: Person["role"]): readonly ("PI" | "MEMBER")[] =>
  role === "MEMBER" ? ["MEMBER"] : ["PI", "MEMBER"];

/** Roles are only ever given here; whoever waits for being activated gets theirs then. */
const missingRoles = (person: Person, { account }: Kept): readonly ("PI" | "MEMBER")[] =>
  person.role === null || account?.standing !== "ACTIVE"
    ? []
    : rolesOf(person.role).filter((role) => !account.roles?.includes(role));

/** No letter or digit that looks like another. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const newLogin = (): string =>
  `zn${Array.from(randomBytes(9), (byte) => alphabet[byte % alphabet.length]).join("")}`;
const newFirstPassword = (): string =>
  newTotpSecret()
    .slice(0, 16)
    .replace(/(.{4})(?=.)/g, "$1-")
    .toLowerCase();

const apply = async ({ platform, tx, actor, organization, now }: Doing, rows: readonly Planned[]) => {
  const { funder, keys } = platform;
  if (organization === null) throw new TypeError("people belong to an institution");
  const objects = new Map<number, string>();
  const handed: Handed[] = [];
  const grants: { account: string; role: string }[] = [];
  const people: object[] = [];
  const accounts: object[] = [];
  for (const row of rows) {
    if (row.act !== "ADD") continue;
    const { person, kept } = row;
    const id = kept?.id ?? crypto.randomUUID();
    const account = kept?.account?.id ?? crypto.randomUUID();
    const login = person.login === "" ? newLogin() : person.login;
    const password = newFirstPassword();
    const values = {
      ...personValues(
        keys,
        id,
        {
          ...person,
          titleLevel: (person.titleLevel ?? "NONE") as "NONE",
          degree: (person.degree ?? "OTHER") as "OTHER",
        },
        organization,
      ),
      admin_rank: rankOf(person.adminRank ?? "NONE"),
    };
    // The institution vouches for its people: they need not wait for being activated.
    const standing = {
      login,
      password_hash: await hashDrawnPassword(password),
      password_due: true,
      standing: "ACTIVE",
      standing_reason: "",
    } as const;
    if (kept === null) {
      people.push({ funder, id, ...values });
      accounts.push({ funder, id: account, person: id, ...standing });
    } else {
      await tx.updateTable("person").set(values).where("funder", "=", funder).where("id", "=", id).execute();
      await tx
        .updateTable("account")
        .set({ ...standing, version: sql<number>`version + 1` })
        .where("funder", "=", funder)
        .where("id", "=", account)
        .execute();
    }
    grants.push(...rolesOf(person.role).map((role) => ({ account, role })));
    handed.push({ name: person.name, identity: maskIdentity(person.identityNo), login, password });
    objects.set(row.number, id);
  }
  await inChunks(people, (chunk) =>
    tx
      .insertInto("person")
      .values(chunk as never)
      .execute(),
  );
  await inChunks(accounts, (chunk) =>
    tx
      .insertInto("account")
      .values(chunk as never)
      .execute(),
  );
  for (const { act, number, person, kept } of rows) {
    if (act !== "CHANGE" || kept === null) continue;
    await tx
      .updateTable("person")
      .set({
        ...(person.titleLevel === null ? {} : { title_level: person.titleLevel }),
        ...(person.degree === null ? {} : { degree: person.degree }),
        ...(person.adminRank === null ? {} : { admin_rank: rankOf(person.adminRank) }),
        email: person.email,
        ...phoneValues(keys, kept.id, person.phone),
        version: sql<number>`version + 1`,
        updated_at: instantText(now),
      })
      .where("funder", "=", funder)
      .where("id", "=", kept.id)
      .execute();
    if (kept.account !== null)
      for (const role of missingRoles(person, kept)) grants.push({ account: kept.account.id, role });
    objects.set(number, kept.id);
  }
  await inChunks(grants, (chunk) =>
    tx
      .insertInto("role_grant")
      .values(chunk.map((one) => ({ funder, ...one, organization, granted_by: actor.account })))
      .execute(),
  );
  return { objects, handed };
};

export const people: ImportKind<Key> = {
  code: "people",
  action: "registration.importPeople",
  title: { zh: "单位人员", en: "People of the institution" },
  lead: {
    zh: "登记本单位的项目负责人和成员，或更新他们的职称、学位和联系方式。",
    en: "Register investigators and members, or bring their title, degree and contacts up to date.",
  },
  count: (count) => ({ zh: `${count} 人`, en: count === 1 ? "1 person" : `${count} people` }),
  columns: () => columns,
  notes: [
    {
      zh: "平台上没有的人会新登记并启用，同时给出账号和一次性密码，由你转交本人；已有的人按证件号码找到，只改填了的几项。",
      en: "People who are not here are registered and activated, each with a first password for you to hand over; those who are here are found by their number, and only what is filled in changes.",
    },
    {
      zh: "姓名和证件号码不能用导入更改。",
      en: "Names and document numbers cannot be changed by an import.",
    },
  ],
  undo: {
    zh: "登记错了的人，请系统管理员在“账户”里暂停；改错了的，改好工作簿再导入一次，或由本人在“我的账户”里更正。",
    en: "Somebody registered by mistake is suspended by the system administrator; a wrong change is put right by another import, or by the person under their account.",
  },
  judge,
};
