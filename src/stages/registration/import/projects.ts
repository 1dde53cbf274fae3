import { sql } from "kysely";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { Table, TableRow } from "../../../core/workbook/table.ts";
import type { Platform } from "../../../platform/platform.ts";
import { projectValues, readProject, unknownLead } from "../registers.ts";
import { closeouts, closeoutTitles, identityTypeTitles, programmes, programmeTitles } from "../titles.ts";
import { institutionsByCode } from "./institutions-by-code.ts";
import {
  type Change,
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
  type Said,
} from "./kind.ts";

type Key =
  | "number"
  | "title"
  | "programme"
  | "category"
  | "investigatorName"
  | "identityType"
  | "identityNo"
  | "uscc"
  | "periodEnd"
  | "closeout";

const column = columnOf<Key>();
const otherCategory = "OTHER";
const otherWords = { zh: "其他", en: "Other" };

const categoriesOf = (platform: Platform): ReadonlyMap<string, Bilingual> =>
  new Map(
    platform.policies.flatMap(({ programme }) =>
      programme.categories.map(({ code, title }) => [code, title]),
    ),
  );

const columns = (platform: Platform) => [
  column("number", "项目编号", "Project number", "2022XM001", { needed: true, also: ["编号", "立项编号"] }),
  column("title", "项目名称", "Project title", "示例项目", { needed: true, also: ["名称"] }),
  column("programme", "计划", "Programme", "其他计划", {
    needed: true,
    kind: "choice",
    also: ["所属计划", "计划类别"],
    choices: choicesOf(programmeTitles),
  }),
  column("category", "项目类别", "Category", "其他", {
    kind: "choice",
    also: ["类别"],
    choices: [
      { value: otherCategory, words: ["其他", "Other", "无"] },
      ...[...categoriesOf(platform)].map(([value, { zh, en }]) => ({ value, words: [zh, en] })),
    ],
  }),
  column("investigatorName", "负责人姓名", "Investigator", "张三", {
    needed: true,
    also: ["负责人", "项目负责人"],
  }),
  column("identityType", "负责人证件类型", "Kind of document", "居民身份证", {
    kind: "choice",
    also: ["证件类型"],
    choices: choicesOf(identityTypeTitles, { RESIDENT_ID: ["身份证"] }),
  }),
  column("identityNo", "负责人证件号码", "Document number", "11010519491231002X", {
    needed: true,
    also: ["证件号码", "身份证号", "身份证号码", "负责人身份证号"],
    note: { zh: "只留它的密钥摘要，号码本身不保存。", en: "Only its keyed hash is kept." },
  }),
  column("uscc", "承担单位统一社会信用代码", "Lead's social credit code", "121000004000123456", {
    also: ["统一社会信用代码", "承担单位信用代码", "信用代码"],
    note: { zh: "单位没有在平台登记的不填。", en: "Empty where the lead is not registered here." },
  }),
  column("periodEnd", "执行期结束日期", "End of the period", "2020-05-06", {
    needed: true,
    kind: "date",
    also: ["结束日期", "执行期止", "完成日期"],
  }),
  column("closeout", "验收情况", "Closeout", "未验收", {
    kind: "choice",
    also: ["验收", "验收结果"],
    choices: choicesOf(closeoutTitles, { PENDING: ["在研"], PASSED: ["通过", "已验收"], FAILED: ["未通过"] }),
  }),
];

type Given = {
  readonly project: ReturnType<typeof readProject>;
  readonly programme: (typeof programmes)[number];
  readonly category: string | null;
  readonly closeout: (typeof closeouts)[number] | null;
};
type Values = ReturnType<typeof projectValues>;
type Planned = PlannedRow & { readonly given: Given; readonly values: Values };

const keptProjects = async ({ platform, database, lock }: Judging, numbers: readonly string[]) => {
  let query = database
    .selectFrom("known_project")
    .selectAll()
    .where("funder", "=", platform.funder)
    .where(sql<boolean>`number = any(${numbers}::text[])`)
    .orderBy("id");
  if (lock) query = query.forUpdate();
  return new Map((await query.execute()).map((one) => [one.number, one]));
};
type Kept = Awaited<ReturnType<typeof keptProjects>> extends ReadonlyMap<string, infer Row> ? Row : never;

const judge = async (judging: Judging, table: Table<Key>): Promise<Judgement> => {
  const { faults, fault, read, once } = rowFaults(table);
  const { keys } = judging.platform;
  const given: { row: TableRow<Key>; one: Given }[] = [];
  await eachRow(table, (row) => {
    const { values } = row;
    const one = read(row, (entry): Given => {
      const project = readProject(entry, { ...values, identityType: values.identityType || "RESIDENT_ID" });
      if (values.programme === "" && !row.faulty.has("programme"))
        entry.fault(
          "programme",
          "请填写计划：本基金，或其他计划。",
          "Enter the programme: this fund or another.",
        );
      return {
        project,
        programme: values.programme as Given["programme"],
        category: values.category === "" || values.category === otherCategory ? null : values.category,
        closeout: (values.closeout || null) as Given["closeout"],
      };
    });
    if (one !== null && once(row, "number", one.project.number)) given.push({ row, one });
  });
  const leads = await institutionsByCode(
    { ...judging, lock: false },
    given.map(({ one }) => one.project.uscc ?? ""),
  );
  const kept = await keptProjects(
    judging,
    given.map(({ one }) => one.project.number),
  );
  const categories = categoriesOf(judging.platform);
  const rows: Planned[] = [];
  for (const { row, one } of given) {
    const { uscc, number, title } = one.project;
    const lead = uscc === null ? null : (leads.get(uscc)?.id ?? undefined);
    if (lead === undefined) {
      read(row, (entry) => unknownLead(entry, "uscc"));
      continue;
    }
    const values = projectValues(keys, one.project, lead);
    const base = { number: row.number, name: `${number} ${title}`, given: one, values };
    const found = kept.get(number);
    if (found === undefined) {
      rows.push({ ...base, act: "ADD", object: null, changes: [] });
      continue;
    }
    if (one.closeout !== null && found.closeout !== "PENDING" && one.closeout !== found.closeout) {
      fault(
        row,
        "closeout",
        `这个项目已经登记为“${closeoutTitles[found.closeout as "PASSED"].zh}”，验收结果不能再改。请清空这一格。`,
        "The closeout of this project has been entered already and stays. Clear this cell.",
      );
      continue;
    }
    const changes = changesOf(one, values, found, categories);
    rows.push({ ...base, act: changes.length > 0 ? "CHANGE" : "SAME", object: found.id, changes });
  }
  return { rows, faults, apply: (doing) => apply(doing, rows) };
};

const changesOf = (
  given: Given,
  values: Values,
  kept: Kept,
  categories: ReadonlyMap<string, Bilingual>,
): readonly Change[] => {
  const changes: Change[] = [];
  const compare = (zh: string, en: string, before: Said, after: Said) => {
    if (before !== after) changes.push({ title: { zh, en }, before, after });
  };
  const category = (code: string | null) => (code === null ? otherWords : (categories.get(code) ?? code));
  compare("项目名称", "Title", kept.title, values.title);
  compare("计划", "Programme", programmeTitles[kept.programme as "OTHER"], programmeTitles[given.programme]);
  compare("项目类别", "Category", category(kept.category), category(given.category));
  compare("负责人姓名", "Investigator", kept.investigator_name, values.investigator_name);
  if (kept.investigator_hash === null || !values.investigator_hash.equals(kept.investigator_hash))
    changes.push({ title: { zh: "负责人证件号码", en: "Document number" }, before: "****", after: "****" });
  if (given.project.uscc !== null && kept.lead_organization !== values.lead_organization)
    changes.push({ title: { zh: "承担单位", en: "Lead" }, before: "", after: given.project.uscc });
  compare("执行期结束日期", "End of the period", kept.period_end, values.period_end);
  if (given.closeout !== null)
    compare(
      "验收情况",
      "Closeout",
      closeoutTitles[kept.closeout as "PENDING"],
      closeoutTitles[given.closeout],
    );
  return changes;
};

const apply = async ({ platform, tx }: Doing, rows: readonly Planned[]) => {
  const { funder } = platform;
  const objects = new Map<number, string>();
  const added = rows.flatMap(({ act, number, given, values }) => {
    if (act !== "ADD") return [];
    const id = crypto.randomUUID();
    objects.set(number, id);
    const { programme, category } = given;
    return [{ funder, id, ...values, programme, category, closeout: given.closeout ?? "PENDING" } as const];
  });
  await inChunks(added, (chunk) => tx.insertInto("known_project").values(chunk).execute());
  for (const { act, number, object, given, values } of rows) {
    if (act !== "CHANGE" || object === null) continue;
    objects.set(number, object);
    const { lead_organization, ...rest } = values;
    await tx
      .updateTable("known_project")
      .set({
        ...rest,
        ...(given.project.uscc === null ? {} : { lead_organization }),
        programme: given.programme,
        category: given.category,
        ...(given.closeout === null ? {} : { closeout: given.closeout }),
        version: sql<number>`version + 1`,
      })
      .where("funder", "=", funder)
      .where("id", "=", object)
      .execute();
  }
  return { objects };
};

export const projects: ImportKind<Key> = {
  code: "projects",
  action: "registration.importProjects",
  title: { zh: "在研项目", en: "Running projects" },
  lead: {
    zh: "登记在研项目，或更新它们的执行期和验收情况；限项按这里判断。",
    en: "Enter running projects, or bring their period and closeout up to date; limits are judged by them.",
  },
  count: (count) => ({ zh: `${count} 个项目`, en: count === 1 ? "1 project" : `${count} projects` }),
  columns,
  notes: [
    {
      zh: "项目按项目编号找到；承担单位和验收情况空着的不改。验收结果登记后不能改回。",
      en: "Projects are found by their number; an empty lead or closeout leaves what is there. A closeout, once entered, stays.",
    },
  ],
  undo: {
    zh: "改错了的，改好工作簿再导入一次。",
    en: "A wrong change is put right by another import.",
  },
  judge,
};
