import { applicationStates } from "../../core/lifecycle/application.ts";
import type { Call } from "../../platform/calls.ts";
import { type Place, say } from "../../ui/place.ts";
import { labelOf } from "../application/view.ts";
import type { Download, Work } from "../registration/desk.ts";
import {
  categoryFilter,
  exportList,
  exportWords,
  kindColumns,
  type ListColumn,
  listSheet,
} from "../registration/export.ts";
import { type Kind, kinds } from "./confirmations.ts";
import type { QueueFilter, QueueRow, View } from "./queue.ts";
import { endorsementWords } from "./words.ts";

/** The institution's lists as workbooks: the rows that its pages show. */

type Numbered = { readonly number: number; readonly title: string; readonly investigator: string };

const first = (place: Place, call: Call): readonly ListColumn<Numbered>[] => {
  const { head, untitled } = endorsementWords(place);
  return [
    [head.number, 22, "text", (row) => labelOf(call.code, row.number)],
    [head.title, 48, "text", (row) => (row.title === "" ? untitled : row.title)],
    [head.pi, 12, "text", (row) => row.investigator],
  ];
};

export const exportedQueue = (
  work: Work,
  call: Call,
  { view, category = "", text = "" }: QueueFilter & { readonly view: View },
  rows: readonly QueueRow[],
): Promise<Download> => {
  const { place } = work;
  const words = endorsementWords(place);
  const { head } = words;
  const some = exportWords(place);
  const stateOf = (row: QueueRow) =>
    row.withdrawalRequested
      ? words.wantsWithdrawal
      : row.state === "ORG_REVIEW" && (row.frozenVersion ?? 1) > 1
        ? words.again
        : say(place, applicationStates[row.state]);
  const open = (row: QueueRow) =>
    row.findings.filter(({ severity }) => severity === "confirm" || severity === "error");
  return exportList(
    work,
    words.heading[view],
    [
      [some.call, `${say(place, call.title)} ${call.code}`],
      [some.view, words.view[view]],
      categoryFilter(place, category),
      [some.text, text],
    ],
    [
      listSheet(words.heading[view], rows, [
        ...first(place, call),
        ...kindColumns(place),
        [some.money(head.amount), 14, "money", (row) => row.requestedGrant],
        [
          head.check,
          16,
          "text",
          (row) =>
            row.frozenVersion === null
              ? null
              : open(row).length === 0
                ? words.clear
                : words.findings(open(row).length),
        ],
        [
          head.seal,
          12,
          "text",
          (row) => (row.frozenVersion === null ? null : row.sealed ? words.sealed : words.unsealed),
        ],
        [head.state, 18, "text", stateOf],
        [head.submitted, 18, "instant", (row) => row.submittedAt],
        [head.saved, 18, "instant", (row) => row.savedAt],
      ]),
    ],
  );
};

type Waiting = Numbered & {
  readonly kind: Kind;
  readonly category: string | null;
  readonly requestedGrant: number | null;
  readonly submittedAt: number | null;
};

export const exportedWaiting = (work: Work, call: Call, rows: readonly Waiting[]): Promise<Download> => {
  const { place } = work;
  const { head, confirm } = endorsementWords(place);
  const some = exportWords(place);
  return exportList(
    work,
    confirm.title,
    [[some.call, `${say(place, call.title)} ${call.code}`]],
    [
      listSheet(confirm.title, rows, [
        ...first(place, call),
        kindColumns(place)[0],
        [some.money(head.amount), 14, "money", (row) => row.requestedGrant],
        [confirm.matter, 20, "text", (row) => say(place, kinds[row.kind].title)],
        [head.submitted, 18, "instant", (row) => row.submittedAt],
      ]),
    ],
  );
};

export const exportedRanking = (
  work: Work,
  call: Call,
  category: string,
  rows: readonly QueueRow[],
): Promise<Download> => {
  const { place } = work;
  const { rank } = endorsementWords(place);
  const places = new Map(rows.map(({ id }, index) => [id, index + 1]));
  return exportList(
    work,
    rank.title,
    [[exportWords(place).call, `${say(place, call.title)} ${call.code}`], categoryFilter(place, category)],
    [
      listSheet(rank.title, rows, [
        [rank.order, 8, "number", (row) => places.get(row.id) ?? null],
        ...first(place, call),
      ]),
    ],
  );
};
