import { sql } from "kysely";
import type { Table, TableRow } from "../../../core/workbook/table.ts";
import { readRecord, recordValues } from "../registers.ts";
import { identityTypeTitles, integrityKinds, integrityKindTitles } from "../titles.ts";
import {
  choicesOf,
  columnOf,
  type Doing,
  eachRow,
  type ImportKind,
  inChunks,
  type Judgement,
  type Judging,
  type PlannedRow,
  rowFaults,
} from "./kind.ts";

type Key =
  | "subjectKind"
  | "subjectName"
  | "identityType"
  | "subject"
  | "kind"
  | "decisionNumber"
  | "source"
  | "validFrom"
  | "validTo";

const column = columnOf<Key>();
const subjectTitles = {
  PERSON: { zh: "个人", en: "Person" },
  ORGANIZATION: { zh: "单位", en: "Organisation" },
};

const columns = [
  column("subjectKind", "对象类别", "Kind of subject", "单位", {
    needed: true,
    kind: "choice",
    also: ["对象", "主体类别"],
    choices: choicesOf(subjectTitles, { PERSON: ["自然人"], ORGANIZATION: ["法人", "机构"] }),
  }),
  column("subjectName", "名称或姓名", "Name", "某某公司", {
    needed: true,
    also: ["名称", "姓名", "对象名称"],
  }),
  column("identityType", "证件类型", "Kind of document", "", {
    kind: "choice",
    choices: choicesOf(identityTypeTitles, { RESIDENT_ID: ["身份证"] }),
    note: { zh: "对象是个人时填；不填算居民身份证。", en: "For persons; empty: resident identity card." },
  }),
  column("subject", "证件号码或信用代码", "Document number or social credit code", "121000004000123456", {
    needed: true,
    also: ["证件号码", "统一社会信用代码", "信用代码", "身份证号"],
    note: { zh: "个人的号码只留密钥摘要。", en: "Of a person's number only the keyed hash is kept." },
  }),
  column("kind", "记录类别", "Kind of record", "社会信用", {
    needed: true,
    kind: "choice",
    also: ["类别", "失信类别"],
    choices: choicesOf(integrityKindTitles, { MISCONDUCT: ["科研失信行为"], SOCIAL_CREDIT: ["严重失信"] }),
  }),
  column("decisionNumber", "决定文号", "Number of the decision", "示例〔2020〕1号", {
    needed: true,
    also: ["文号", "处理决定文号"],
  }),
  column("source", "来源", "Source", "科研诚信管理部门", { needed: true, also: ["决定机关", "数据来源"] }),
  column("validFrom", "生效日期", "First day", "2020-05-06", {
    needed: true,
    kind: "date",
    also: ["开始日期", "起始日期"],
  }),
  column("validTo", "结束日期", "Last day", "", {
    kind: "date",
    also: ["截止日期", "终止日期"],
    note: { zh: "没有期限的不填。", en: "Empty where it has no end." },
  }),
];

type Given = {
  readonly values: ReturnType<typeof recordValues>;
  readonly kind: (typeof integrityKinds)[number];
};
type Planned = PlannedRow & { readonly given: Given };

const keyOf = (one: {
  readonly subject_hash: Buffer | null;
  readonly subject_uscc: string | null;
  readonly kind: string;
  readonly decision_number: string;
}): string => `${one.subject_uscc ?? one.subject_hash?.toString("hex")} ${one.kind} ${one.decision_number}`;

const inForce = async ({ platform, database, lock }: Judging, numbers: readonly string[]) => {
  let query = database
    .selectFrom("integrity_record")
    .selectAll()
    .where("funder", "=", platform.funder)
    .where("withdrawn_at", "is", null)
    .where(sql<boolean>`decision_number = any(${numbers}::text[])`)
    .orderBy("id");
  if (lock) query = query.forUpdate();
  return new Map((await query.execute()).map((one) => [keyOf(one), one]));
};

const judge = async (judging: Judging, table: Table<Key>): Promise<Judgement> => {
  const { faults, fault, read, once } = rowFaults(table);
  const { keys } = judging.platform;
  const given: { row: TableRow<Key>; one: Given }[] = [];
  await eachRow(table, (row) => {
    const { values } = row;
    const one = read(row, (entry) => {
      for (const [key, zh, en] of [
        ["subjectKind", "请填写对象类别：个人或单位。", "Enter the kind of subject: person or organisation."],
        ["kind", "请填写记录类别：科研失信或社会信用。", "Enter the kind of record."],
      ] as const)
        if (values[key] === "" && !row.faulty.has(key)) entry.fault(key, zh, en);
      // Without its kind the number of a subject cannot be judged.
      if (values.subjectKind === "") return null;
      const record = readRecord(entry, {
        ...values,
        subjectKind: values.subjectKind as "PERSON",
        identityType: values.identityType || "RESIDENT_ID",
      });
      return { values: recordValues(keys, record), kind: values.kind as Given["kind"] };
    });
    if (one !== null && once(row, "decisionNumber", keyOf({ ...one.values, kind: one.kind })))
      given.push({ row, one });
  });
  const kept = await inForce(
    judging,
    given.map(({ one }) => one.values.decision_number),
  );
  const rows: Planned[] = [];
  for (const { row, one } of given) {
    const { values, kind } = one;
    const base = { number: row.number, name: `${values.subject_name} ${values.decision_number}`, given: one };
    const found = kept.get(keyOf({ ...values, kind }));
    if (found === undefined) rows.push({ ...base, act: "ADD", object: null, changes: [] });
    else if (
      found.valid_from === values.valid_from &&
      found.valid_to === values.valid_to &&
      found.source === values.source &&
      found.subject_name === values.subject_name
    )
      rows.push({ ...base, act: "SAME", object: found.id, changes: [] });
    else
      fault(
        row,
        "decisionNumber",
        "这份决定已经登记过，内容与这一行不同。诚信记录不改写：请在“登记册”里撤销原来的一条，再导入。",
        "This decision has been entered with other particulars. Records are not rewritten: withdraw the old one in the registers, then import.",
      );
  }
  return { rows, faults, apply: (doing) => apply(doing, rows) };
};

const apply = async ({ platform, tx, actor }: Doing, rows: readonly Planned[]) => {
  const objects = new Map<number, string>();
  const added = rows.flatMap(({ act, number, given: { values, kind } }) => {
    if (act !== "ADD") return [];
    const id = crypto.randomUUID();
    objects.set(number, id);
    return [{ funder: platform.funder, id, ...values, kind, created_by: actor.account }];
  });
  await inChunks(added, (chunk) => tx.insertInto("integrity_record").values(chunk).execute());
  return { objects };
};

export const records: ImportKind<Key> = {
  code: "records",
  action: "registration.importIntegrityRecords",
  title: { zh: "诚信记录", en: "Integrity records" },
  lead: {
    zh: "登记科研失信和社会信用记录；申报和受理时按这里判断。",
    en: "Enter records of misconduct and social credit; applications are judged by them.",
  },
  count: (count) => ({ zh: `${count} 条记录`, en: count === 1 ? "1 record" : `${count} records` }),
  columns: () => columns,
  notes: [
    {
      zh: "同一对象、类别和文号只登记一次；已有的不改写。",
      en: "One subject, kind and decision is entered once; what is there is not rewritten.",
    },
  ],
  undo: {
    zh: "登记错了的，在“登记册”里写明理由撤销。",
    en: "What was entered by mistake is withdrawn in the registers, with the reason.",
  },
  judge,
};
