import { sql } from "kysely";
import { normalizeIdentifier } from "../../../core/identifiers.ts";
import { may } from "../../../core/permission/permission.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { Table, TableRow } from "../../../core/workbook/table.ts";
import { instantText } from "../../../platform/database/values.ts";
import type { Platform } from "../../../platform/platform.ts";
import { plainDigits } from "../entries.ts";
import { departmentBases, departmentBasisTitles, organizationTypeTitles } from "../titles.ts";
import {
  type Change,
  choicesOf,
  columnOf,
  type Doing,
  eachRow,
  type ImportKind,
  inChunks,
  isNone,
  type Judgement,
  type Judging,
  type PlannedRow,
  rowFaults,
  type Said,
} from "./kind.ts";
import { institutionsByCode, type Institution } from "./institutions-by-code.ts";

type Key = "name" | "uscc" | "type" | "region" | "department" | "basis" | "quotaGroup" | "licence";

const column = columnOf<Key>();
const placing: readonly Key[] = ["department", "basis", "quotaGroup", "licence"];
const none = { value: "NONE", words: ["无", "None"] };

const groupsOf = (platform: Platform): ReadonlyMap<string, Bilingual> =>
  new Map(
    platform.policies.flatMap(({ programme }) => programme.quota.groups.map(({ id, title }) => [id, title])),
  );

const columns = (platform: Platform) => [
  column("name", "单位名称", "Name of the institution", "某某大学", {
    needed: true,
    also: ["单位", "名称", "机构名称", "institution"],
  }),
  column("uscc", "统一社会信用代码", "Unified social credit code", "121000004000123456", {
    needed: true,
    also: ["信用代码", "社会信用代码", "USCC"],
  }),
  column("type", "单位类型", "Kind of institution", "高等院校", {
    kind: "choice",
    also: ["类型", "机构类型"],
    choices: choicesOf(organizationTypeTitles, {
      UNIVERSITY: ["高校", "大学"],
      MEDICAL_INSTITUTION: ["医院"],
      PUBLIC_INSTITUTION: ["事业单位"],
    }),
  }),
  column("region", "行政区划代码", "Area code", "100000", { also: ["地区代码", "区划代码"] }),
  column("department", "归口管理部门", "Competent department", "无", {
    also: ["归口部门"],
    note: { zh: "写平台上的部门名称；写“无”取消。", en: "By the name it has here; “None” takes it away." },
  }),
  column("basis", "归口依据", "Basis", "属地", { kind: "choice", choices: choicesOf(departmentBasisTitles) }),
  column("quotaGroup", "名额组", "Quota group", "无", {
    kind: "choice",
    choices: [none, ...[...groupsOf(platform)].map(([value, { zh, en }]) => ({ value, words: [zh, en] }))],
  }),
  column("licence", "医疗机构执业许可证号", "Medical licence", "无", {
    also: ["医疗许可证号", "执业许可证"],
    note: { zh: "写“无”取消。", en: "“None” takes it away." },
  }),
];

/** What a row says; undefined: left empty, null: taken away. */
type Given = {
  readonly name: string;
  readonly uscc: string;
  readonly type: string | undefined;
  readonly region: string | undefined;
  readonly department: string | null | undefined;
  readonly basis: string | null | undefined;
  readonly quotaGroup: string | null | undefined;
  readonly licence: string | null | undefined;
};
type Planned = PlannedRow & { readonly given: Given; readonly kept: Institution | null };

const departmentsOf = async ({ platform, database }: Judging) => {
  const rows = await database
    .selectFrom("organization")
    .select(["id", "name_zh", "name_en"])
    .where("funder", "=", platform.funder)
    .where("kind", "=", "DEPARTMENT")
    .execute();
  return {
    byName: new Map(rows.flatMap((one) => [one.name_zh, one.name_en].map((name) => [name, one.id] as const))),
    nameOf: new Map(rows.map((one) => [one.id, one.name_zh])),
  };
};

const judge = async (judging: Judging, table: Table<Key>): Promise<Judgement> => {
  const { faults, fault, read, once } = rowFaults(table);
  const departments = await departmentsOf(judging);
  const mayPlace = may("registration.placeInstitution", judging.actor, {}).allowed;
  const given: { row: TableRow<Key>; one: Given }[] = [];
  await eachRow(table, (row) => {
    const { values } = row;
    if (!mayPlace)
      for (const key of placing)
        if (values[key] !== "") {
          fault(
            row,
            key,
            "归口、名额组和医疗许可证由规划处核定。请清空这一格，或请规划处导入。",
            "Department, quota group and licence are set by the planning division. Clear this cell, or have them import it.",
          );
          return;
        }
    const one = read(row, (entry): Given => {
      const wanted = entry.line(
        "department",
        values.department,
        { zh: "归口管理部门", en: "Department" },
        none60,
      );
      const department = wanted === "" ? undefined : isNone(wanted) ? null : departments.byName.get(wanted);
      if (wanted !== "" && department === undefined)
        entry.fault(
          "department",
          "平台上没有叫这个名称的归口管理部门。请按“单位”页上的名称填写。",
          "No competent department here has this name. Write it as on the page of organisations.",
        );
      if (department != null && values.basis === "")
        entry.fault(
          "basis",
          "填了归口管理部门，就要写明归口依据：属地或隶属。",
          "With a department goes its basis: territory or affiliation.",
        );
      if (department === undefined && wanted === "" && values.basis !== "")
        entry.fault("department", "填了归口依据，就要写明部门。", "With a basis goes its department.");
      return {
        name: entry.line(
          "name",
          values.name,
          { zh: "单位名称", en: "Name of the institution" },
          { most: 100, least: 2 },
        ),
        uscc: entry.uscc("uscc", values.uscc),
        type: values.type || undefined,
        region: values.region === "" ? undefined : entry.region("region", values.region),
        department,
        basis: department === null ? null : values.basis || undefined,
        quotaGroup:
          values.quotaGroup === "" ? undefined : values.quotaGroup === "NONE" ? null : values.quotaGroup,
        licence:
          values.licence === ""
            ? undefined
            : isNone(values.licence)
              ? null
              : entry.line("licence", plainDigits(values.licence), { zh: "许可证号", en: "Licence" }, none60),
      };
    });
    const code = normalizeIdentifier(values.uscc);
    const isFirst = code === "" || once(row, "uscc", code);
    if (one !== null && isFirst) given.push({ row, one });
  });
  const kept = await institutionsByCode(
    judging,
    given.map(({ one }) => one.uscc),
  );
  const rows: Planned[] = [];
  for (const { row, one } of given) {
    const found = kept.get(one.uscc) ?? null;
    const base = { number: row.number, name: one.name, given: one, kept: found };
    if (found === null) {
      const lacks = (["type", "region"] as const).filter((key) => one[key] === undefined);
      for (const key of lacks) fault(row, key, "新登记的单位要填这一项。", "A new institution needs this.");
      if (lacks.length === 0) rows.push({ ...base, act: "ADD", object: null, changes: [] });
    } else if (found.kind !== "INSTITUTION" || found.standing !== "ACTIVE")
      fault(
        row,
        "uscc",
        found.standing === "PENDING"
          ? "这个单位自己登记过，正在等待启用。请先在“单位”页办理，再导入。"
          : "这个代码的单位没有启用，或者不是申报单位，不能用导入更改。请在“单位”页查看。",
        found.standing === "PENDING"
          ? "This institution registered itself and waits. Decide that on the page of organisations first."
          : "The organisation of this code is not active or no institution; an import cannot change it.",
      );
    else {
      const changes = changesOf(one, found, departments.nameOf, groupsOf(judging.platform));
      rows.push({ ...base, act: changes.length > 0 ? "CHANGE" : "SAME", object: found.id, changes });
    }
  }
  return { rows, faults, apply: (doing) => apply(doing, rows) };
};

const none60 = { most: 60, least: 0 };

const changesOf = (
  given: Given,
  kept: Institution,
  departments: ReadonlyMap<string, string>,
  groups: ReadonlyMap<string, Bilingual>,
): readonly Change[] => {
  const changes: Change[] = [];
  const compare = (
    zh: string,
    en: string,
    before: string | null,
    after: string | null | undefined,
    shown: (value: string) => Said = (value) => value,
  ) => {
    if (after === undefined || (after ?? "") === (before ?? "")) return;
    changes.push({
      title: { zh, en },
      before: before === null ? "" : shown(before),
      after: after === null ? "" : shown(after),
    });
  };
  compare("单位名称", "Name", kept.name, given.name);
  compare(
    "单位类型",
    "Kind",
    kept.type,
    given.type,
    (code) => organizationTypeTitles[code as "OTHER"] ?? code,
  );
  compare("行政区划代码", "Area code", kept.region, given.region);
  compare("归口管理部门", "Department", kept.department, given.department, (id) => departments.get(id) ?? "");
  compare(
    "归口依据",
    "Basis",
    kept.basis,
    given.basis,
    (code) => departmentBasisTitles[code as "TERRITORIAL"],
  );
  compare("名额组", "Quota group", kept.quotaGroup, given.quotaGroup, (id) => groups.get(id) ?? id);
  compare("医疗机构执业许可证号", "Medical licence", kept.licence, given.licence);
  return changes;
};

const apply = async ({ platform, tx, now }: Doing, rows: readonly Planned[]) => {
  const { funder } = platform;
  const objects = new Map<number, string>();
  const added = rows.flatMap(({ act, number, given }) => {
    if (act !== "ADD") return [];
    const id = crypto.randomUUID();
    objects.set(number, id);
    return [
      { funder, id, kind: "INSTITUTION", uscc: given.uscc, standing: "ACTIVE", ...valuesOf(given) } as const,
    ];
  });
  await inChunks(added, (chunk) => tx.insertInto("organization").values(chunk).execute());
  for (const { act, number, given, kept } of rows) {
    if (act !== "CHANGE" || kept === null) continue;
    objects.set(number, kept.id);
    await tx
      .updateTable("organization")
      .set({ ...valuesOf(given), version: sql<number>`version + 1`, updated_at: instantText(now) })
      .where("funder", "=", funder)
      .where("id", "=", kept.id)
      .execute();
  }
  return { objects };
};

/** Only what was filled in. */
const valuesOf = (given: Given) => ({
  name_zh: given.name,
  ...(given.type === undefined ? {} : { type: given.type }),
  ...(given.region === undefined ? {} : { region: given.region }),
  ...(given.department === undefined ? {} : { competent_department: given.department }),
  ...(given.basis === undefined
    ? {}
    : { department_basis: given.basis as (typeof departmentBases)[number] | null }),
  ...(given.quotaGroup === undefined ? {} : { quota_group: given.quotaGroup }),
  ...(given.licence === undefined ? {} : { medical_licence: given.licence }),
});

export const organizations: ImportKind<Key> = {
  code: "organizations",
  action: "registration.importOrganizations",
  title: { zh: "单位", en: "Institutions" },
  lead: {
    zh: "登记申报单位，或核定它们的类型、归口、名额组和医疗许可证。",
    en: "Register institutions, or set their kind, department, quota group and medical licence.",
  },
  count: (count) => ({ zh: `${count} 个单位`, en: count === 1 ? "1 institution" : `${count} institutions` }),
  columns,
  notes: [
    {
      zh: "单位按统一社会信用代码找到；空着的格不改，写“无”的取消原来的内容。",
      en: "Institutions are found by their social credit code; an empty cell leaves what is there, “None” takes it away.",
    },
    {
      zh: "新登记的单位直接启用，但还没有管理员：请它的人员登记后，由系统管理员启用、安全管理员授权。",
      en: "A new institution is active at once and has no administrator yet: have one of its people register, be activated, and be given the role.",
    },
  ],
  undo: {
    zh: "改错了的，在“单位”页逐个更正，或改好工作簿再导入一次。",
    en: "A wrong change is put right on the page of organisations, or by another import.",
  },
  judge,
};
