import { applicationStates } from "../../core/lifecycle/application.ts";
import type { Call } from "../../platform/calls.ts";
import { type Place, say } from "../../ui/place.ts";
import { labelOf } from "../application/view.ts";
import type { Download, Work } from "../registration/desk.ts";
import {
  categoryFilter,
  exportList,
  exportWords,
  type Filter,
  kindColumns,
  listSheet,
} from "../registration/export.ts";
import { batchStates } from "./batch.ts";
import type { CreditCheck } from "./credit.ts";
import type { Row } from "./lists.ts";
import type { BatchRow } from "./queries.ts";
import type { Unit } from "./quota.ts";
import { type RecommendationWords, recommendationWords } from "./words.ts";

/** The department's lists as workbooks: the rows that its pages show. */

type At = { readonly call: Call };

const callFilter = (place: Place, call: Call): Filter => [
  exportWords(place).call,
  `${say(place, call.title)} ${call.code}`,
];

const creditText = (place: Place, check: CreditCheck | undefined): string | null => {
  const { credit } = recommendationWords(place);
  return check === undefined ? null : check.result === "CLEAR" ? credit.clear : credit.record;
};

export const exportedDepartment = (
  work: Work,
  {
    call,
    rows,
    units,
    credit,
    filters: { view, unit, category, q },
  }: At & {
    readonly rows: readonly Row[];
    readonly units: readonly Unit[];
    readonly credit: ReadonlyMap<string, CreditCheck>;
    readonly filters: {
      readonly view: keyof RecommendationWords["department"]["views"];
      readonly unit: string;
      readonly category: string;
      readonly q: string;
    };
  },
): Promise<Download> => {
  const { place } = work;
  const { department, untitled } = recommendationWords(place);
  const [number = "", title = "", pi = "", from = "", , grant = "", checked = "", state = "", endorsed = ""] =
    department.head;
  const some = exportWords(place);
  return exportList(
    work,
    department.title,
    [
      callFilter(place, call),
      [some.view, department.views[view]],
      [from, unit === "" ? "" : (units.find(({ id }) => id === unit)?.name ?? unit)],
      categoryFilter(place, category),
      [some.text, q],
    ],
    [
      listSheet(department.views[view], rows, [
        [number, 22, "text", (row) => labelOf(call.code, row.number)],
        [title, 48, "text", (row) => (row.title === "" ? untitled : row.title)],
        [pi, 12, "text", (row) => row.investigator],
        [from, 30, "text", (row) => row.unitName],
        ...kindColumns(place),
        [some.money(grant), 16, "money", (row) => row.grant],
        [checked, 16, "text", (row) => creditText(place, credit.get(row.unit))],
        [state, 18, "text", (row) => say(place, applicationStates[row.state])],
        [department.asked, 14, "text", (row) => (row.withdrawalRequested ? some.yes : null)],
        [endorsed, 18, "instant", (row) => row.endorsedAt],
      ]),
    ],
  );
};

export const exportedCredit = (
  work: Work,
  {
    call,
    all,
    units,
    credit,
  }: At & {
    readonly all: readonly Row[];
    readonly units: readonly Unit[];
    readonly credit: ReadonlyMap<string, CreditCheck>;
  },
): Promise<Download> => {
  const { place } = work;
  const words = recommendationWords(place).credit;
  const [unit = "", applications = "", result = "", checkedOn = "", note = ""] = words.head;
  return exportList(
    work,
    words.title,
    [callFilter(place, call)],
    [
      listSheet(words.title, units, [
        [unit, 36, "text", (row) => row.name],
        [applications, 10, "number", (row) => all.filter((one) => one.unit === row.id).length],
        [result, 18, "text", (row) => creditText(place, credit.get(row.id))],
        [checkedOn, 14, "date", (row) => credit.get(row.id)?.checkedOn ?? null],
        [note, 50, "text", (row) => credit.get(row.id)?.note ?? null],
      ]),
    ],
  );
};

export const exportedLetters = (
  work: Work,
  { rows }: { readonly rows: readonly BatchRow[] },
): Promise<Download> => {
  const { place } = work;
  const words = recommendationWords(place).letters;
  const [code = "", number = "", department = "", items = "", issued = "", paper = "", state = ""] =
    words.head;
  return exportList(
    work,
    words.title,
    [],
    [
      listSheet(words.title, rows, [
        [code, 24, "text", (row) => row.code],
        [number, 26, "text", (row) => row.letterNumber],
        [department, 30, "text", (row) => row.departmentName],
        [items, 10, "number", (row) => row.items],
        [issued, 14, "date", (row) => (row.state === "PREPARED" ? null : row.issuedOn)],
        [paper, 14, "date", (row) => row.paperReceivedOn],
        [state, 14, "text", (row) => say(place, batchStates[row.state])],
      ]),
    ],
  );
};

export const exportedOffPlatform = (
  work: Work,
  {
    call,
    entries,
  }: At & {
    readonly entries: readonly {
      readonly number: string;
      readonly unit: string;
      readonly quotaGroup: string | null;
      readonly receivedOn: string;
      readonly withdrawnAt: number | null;
      readonly reason: string;
    }[];
  },
): Promise<Download> => {
  const { place } = work;
  const words = recommendationWords(place).off;
  const [number = "", unit = "", received = "", group = "", state = ""] = words.head;
  const groupTitle = (id: string | null) => {
    const found = call.policy.programme.quota.groups.find((one) => one.id === id);
    return found === undefined ? words.alone : say(place, found.title);
  };
  return exportList(
    work,
    words.title,
    [callFilter(place, call)],
    [
      listSheet(words.title, entries, [
        [number, 24, "text", (row) => row.number],
        [unit, 36, "text", (row) => row.unit],
        [received, 14, "date", (row) => row.receivedOn],
        [group, 20, "text", (row) => groupTitle(row.quotaGroup)],
        [state, 14, "text", (row) => (row.withdrawnAt === null ? words.living : words.gone)],
        [words.withdrawReason, 40, "text", (row) => row.reason],
      ]),
    ],
  );
};
