import { sql } from "kysely";
import type { baseLevels } from "../../../core/policy/application.ts";
import { normalizeIdentifier } from "../../../core/identifiers.ts";
import type { Table, TableRow } from "../../../core/workbook/table.ts";
import { instantText, jsonText } from "../../../platform/database/values.ts";
import { plainDigits } from "../entries.ts";
import { baseLevelTitles } from "../titles.ts";
import { type Institution, institutionsByCode } from "./institutions-by-code.ts";
import {
  type Change,
  choicesOf,
  columnOf,
  type Doing,
  eachRow,
  type ImportKind,
  type Judgement,
  type Judging,
  type PlannedRow,
  rowFaults,
  type Said,
} from "./kind.ts";

/** What the bureau knows of an institution: its major platforms, its bases, its medical licence. One row adds or changes one. */

type Key = "uscc" | "name" | "place" | "level";
type Level = (typeof baseLevels)[number];
type Given = { readonly uscc: string; readonly place: string; readonly level: Level };
type Planned = PlannedRow & { readonly given: Given; readonly kept: Institution };

const column = columnOf<Key>();
const institutionColumns = [
  column("uscc", "统一社会信用代码", "Unified social credit code", "121000004000123456", {
    needed: true,
    also: ["信用代码", "社会信用代码", "依托单位信用代码", "USCC"],
  }),
  column("name", "单位名称", "Name of the institution", "某某大学", {
    also: ["单位", "依托单位"],
    note: { zh: "用来核对代码有没有串行。", en: "Checks that the code stands in the right row." },
  }),
];

type PlaceOf = {
  readonly title: { readonly zh: string; readonly en: string };
  /** What is there under this id, or null; and what of the institution it becomes. */
  readonly before: (kept: Institution, given: Given) => Said | null;
  readonly after: (given: Given) => Said;
  readonly values: (kept: Institution, given: readonly Given[]) => Readonly<Record<string, unknown>>;
};

const mostOfOne = 50;

const judgePlaces =
  ({ title, before, after, values }: PlaceOf, single: boolean, needsLevel: boolean) =>
  async (judging: Judging, table: Table<Key>): Promise<Judgement> => {
    const { faults, fault, read, once } = rowFaults(table);
    const given: { row: TableRow<Key>; one: Given }[] = [];
    await eachRow(table, (row) => {
      const one = read(row, (entry): Given => {
        if (needsLevel && row.values.level === "" && !row.faulty.has("level"))
          entry.fault("level", "请填写级别：区级、市级、省级或国家级。", "Enter the level.");
        return {
          uscc: entry.uscc("uscc", row.values.uscc),
          place: entry.line("place", plainDigits(row.values.place), title, { most: 60 }),
          level: row.values.level as Level,
        };
      });
      if (one === null) return;
      const key = single ? one.uscc : `${one.uscc} ${one.place}`;
      if (once(row, single ? "uscc" : "place", key)) given.push({ row, one });
    });
    const kept = await institutionsByCode(
      judging,
      given.map(({ one }) => normalizeIdentifier(one.uscc)),
    );
    const rows: Planned[] = [];
    const held = new Map<string, number>();
    for (const { row, one } of given) {
      const found = kept.get(one.uscc);
      if (found === undefined || found.kind !== "INSTITUTION" || found.standing !== "ACTIVE") {
        fault(
          row,
          "uscc",
          "平台上没有这个代码的已启用单位。请先登记单位，或核对代码。",
          "No active institution here has this code. Register it first, or check the code.",
        );
        continue;
      }
      if (row.values.name !== "" && plainDigits(row.values.name) !== plainDigits(found.name)) {
        fault(
          row,
          "name",
          `这个代码登记的单位是“${found.name}”。请核对是不是串了行。`,
          `The institution of this code is “${found.name}”. Check that the rows have not shifted.`,
        );
        continue;
      }
      const old = before(found, one);
      const now = after(one);
      const changes: readonly Change[] =
        old === null || old === now ? [] : [{ title, before: old, after: now }];
      const act = old === null ? "ADD" : changes.length > 0 ? "CHANGE" : "SAME";
      const count =
        (held.get(found.id) ?? Math.max(found.platforms.length, found.bases.length)) +
        (act === "ADD" ? 1 : 0);
      held.set(found.id, count);
      if (!single && count > mostOfOne) {
        fault(
          row,
          "place",
          `一个单位最多登记 ${mostOfOne} 个。请在“单位”页清理后再导入。`,
          `One institution may have ${mostOfOne}. Tidy up its page first.`,
        );
        continue;
      }
      rows.push({
        number: row.number,
        name: `${found.name} · ${one.place}`,
        act,
        object: found.id,
        changes,
        given: one,
        kept: found,
      });
    }
    return {
      rows,
      faults,
      apply: async ({ platform, tx, now }: Doing) => {
        const byInstitution = Map.groupBy(
          rows.filter(({ act }) => act !== "SAME"),
          ({ kept: { id } }) => id,
        );
        for (const [id, own] of byInstitution) {
          const [first] = own;
          if (first === undefined) continue;
          await tx
            .updateTable("organization")
            .set({
              ...values(
                first.kept,
                own.map((one) => one.given),
              ),
              version: sql<number>`version + 1`,
              updated_at: instantText(now),
            })
            .where("funder", "=", platform.funder)
            .where("id", "=", id)
            .execute();
        }
        return { objects: new Map(rows.map(({ number, kept: { id } }) => [number, id])) };
      },
    };
  };

const common = {
  action: "registration.importPlaces",
  undo: {
    zh: "登记错了的，在“单位”页的归口与资格里更正。",
    en: "What was entered by mistake is put right on the page of the institution.",
  },
  notes: [
    {
      zh: "单位要先在平台登记；导入只添加或更改，不删除已有的。",
      en: "The institution must be registered first; an import adds or changes and takes nothing away.",
    },
  ],
};

const platformTitle = { zh: "重大科技创新平台编号", en: "Number of the major platform" };
export const platforms: ImportKind<Key> = {
  ...common,
  code: "platforms",
  title: { zh: "重大科技创新平台", en: "Major innovation platforms" },
  lead: {
    zh: "登记各单位的重大科技创新平台，申报条件按这里判断。",
    en: "Enter the major innovation platforms of institutions; eligibility is judged by them.",
  },
  count: (count) => ({ zh: `${count} 个平台`, en: count === 1 ? "1 platform" : `${count} platforms` }),
  columns: () => [
    ...institutionColumns,
    column("place", platformTitle.zh, platformTitle.en, "PT-2023-001", {
      needed: true,
      also: ["平台编号", "创新平台编号"],
    }),
  ],
  judge: judgePlaces(
    {
      title: platformTitle,
      before: ({ platforms: own }, { place }) => (own.includes(place) ? place : null),
      after: ({ place }) => place,
      values: ({ platforms: own }, given) => ({
        platforms: jsonText([...new Set([...own, ...given.map(({ place }) => place)])]),
      }),
    },
    false,
    false,
  ),
};

const baseTitle = { zh: "科普基地编号", en: "Number of the base" };
export const bases: ImportKind<Key> = {
  ...common,
  code: "bases",
  title: { zh: "科普基地", en: "Science-popularisation bases" },
  lead: {
    zh: "登记各单位的科普基地和级别，或更改级别。",
    en: "Enter the science-popularisation bases of institutions with their level, or change the level.",
  },
  count: (count) => ({ zh: `${count} 个基地`, en: count === 1 ? "1 base" : `${count} bases` }),
  columns: () => [
    ...institutionColumns,
    column("place", baseTitle.zh, baseTitle.en, "KP-2023-001", {
      needed: true,
      also: ["基地编号", "科普基地"],
    }),
    column("level", "级别", "Level", "市级", {
      needed: true,
      kind: "choice",
      choices: choicesOf(baseLevelTitles),
      also: ["基地级别"],
    }),
  ],
  judge: judgePlaces(
    {
      title: { zh: "级别", en: "Level" },
      before: ({ bases: own }, { place }) => {
        const found = own.find(({ id }) => id === place);
        return found === undefined ? null : baseLevelTitles[found.level];
      },
      after: ({ level }) => baseLevelTitles[level],
      values: ({ bases: own }, given) => ({
        bases: jsonText(
          [
            ...new Map([
              ...own.map(({ id, level }) => [id, level] as const),
              ...given.map(({ place, level }) => [place, level] as const),
            ]),
          ].map(([id, level]) => ({ id, level })),
        ),
      }),
    },
    false,
    true,
  ),
};

const licenceTitle = { zh: "医疗机构执业许可证号", en: "Medical licence" };
export const licences: ImportKind<Key> = {
  ...common,
  code: "licences",
  title: { zh: "医疗机构执业许可证", en: "Medical licences" },
  lead: {
    zh: "登记医疗机构的执业许可证号，申报条件按这里判断。",
    en: "Enter the licences of medical institutions; eligibility is judged by them.",
  },
  count: (count) => ({ zh: `${count} 个许可证`, en: count === 1 ? "1 licence" : `${count} licences` }),
  columns: () => [
    ...institutionColumns,
    column("place", licenceTitle.zh, licenceTitle.en, "PDY00000-0", {
      needed: true,
      also: ["许可证号", "执业许可证号", "登记号"],
    }),
  ],
  judge: judgePlaces(
    {
      title: licenceTitle,
      before: ({ licence }) => licence,
      after: ({ place }) => place,
      values: (_kept, given) => ({ medical_licence: given[0]?.place ?? null }),
    },
    true,
    false,
  ),
};
