import { normalizeIdentifier } from "../../../core/identifiers.ts";
import type { Table, TableRow } from "../../../core/workbook/table.ts";
import { blindIndexOf } from "../../../platform/secrets.ts";
import { identityTaken, readName } from "../persons.ts";
import { eachRow, type Judgement, type Judging, rowFaults } from "./kind.ts";
import { applyPeople } from "./people.apply.ts";
import { changesOf } from "./people.changes.ts";
import type { Person, PersonKey } from "./people.columns.ts";
import { keptPeople, type PlannedPerson, takenLogins } from "./people.kept.ts";

/** Which rows add somebody, which change somebody, and which cannot be taken. */
export const judgePeople = async (judging: Judging, table: Table<PersonKey>): Promise<Judgement> => {
  const { keys } = judging.platform;
  const { faults, fault, read, once } = rowFaults(table);
  const people: { row: TableRow<PersonKey>; person: Person; hash: Buffer }[] = [];
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
  const rows: PlannedPerson[] = [];
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
  return { rows, faults, apply: (doing) => applyPeople(doing, rows) };
};
