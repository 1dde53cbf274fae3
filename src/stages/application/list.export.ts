import { applicationStates } from "../../core/lifecycle/application.ts";
import type { Actor } from "../../core/permission/permission.ts";
import { callsOf } from "../../platform/calls.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Sheet } from "../../platform/spreadsheets.ts";
import { type Place, say } from "../../ui/place.ts";
import type { Work, WorkAnswer } from "../registration/desk.ts";
import { deadlineCell, exportList, exportWords, listSheet } from "../registration/export.ts";
import {
  applicationPage,
  type ApplicationRow,
  listAsked,
  type ListInput,
  organizationsSeen,
} from "./list.ts";
import { titleOf } from "./view-frame.tsx";
import { applicationWords } from "./words.ts";

/** Everything that the filters leave, by number: what changes while it is read changes no number, so nothing is left out or comes twice. */
export const applicationRows = async function* (
  platform: Platform,
  actor: Actor,
  input: ListInput,
  size = 2_000,
): AsyncGenerator<ApplicationRow> {
  let cursor: string | undefined;
  do {
    const page = await applicationPage(platform, actor, {
      ...input,
      sort: "number",
      limit: size,
      cursor,
    });
    yield* page.rows;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
};

export const applicationSheet = (
  place: Place,
  rows: AsyncIterable<ApplicationRow>,
  divisions: ReadonlyMap<string, string>,
): Sheet => {
  const { list } = applicationWords[place.language];
  const [number = "", title = "", investigator = "", unit = "", , grant = "", state = "", due = ""] =
    list.columns;
  const words = exportWords(place);
  return listSheet(list.title, rows, [
    [number, 22, "text", (row) => row.label],
    [title, 48, "text", (row) => titleOf(place, row.title)],
    [investigator, 12, "text", (row) => row.investigator],
    [unit, 30, "text", (row) => row.organization.name],
    [words.category, 20, "text", (row) => (row.category === null ? null : say(place, row.category.title))],
    [words.field, 20, "text", (row) => (row.field === null ? null : say(place, row.field.title))],
    [words.money(grant), 14, "money", (row) => row.requestedGrant],
    [state, 16, "text", (row) => say(place, applicationStates[row.state])],
    [due, 18, "text", (row) => deadlineCell(row.standing.due)],
    [
      list.division,
      20,
      "text",
      (row) => (row.division === null ? null : (divisions.get(row.division) ?? row.division)),
    ],
    [words.acceptanceNumber, 22, "text", (row) => row.acceptanceNumber],
    [words.submittedAt, 18, "instant", (row) => row.submittedAt],
    [list.sorts.updated, 18, "instant", (row) => row.updatedAt],
  ]);
};

/** The list as a workbook, with the filters of the page. */
export const exportApplications = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer, place } = work;
  const { input } = listAsked(work.query);
  const [units, calls] = await Promise.all([
    organizationsSeen(platform, viewer.actor),
    callsOf(platform, platform.database.kysely),
  ]);
  const programmes = calls.map(({ policy }) => policy.programme);
  const words = applicationWords[place.language].list;
  const titled = (options: readonly { code: string; title: { zh: string; en: string } }[], code?: string) => {
    const found = options.find((one) => one.code === code);
    return found === undefined ? "" : say(place, found.title);
  };
  const categories = programmes.flatMap((one) => one.categories);
  const divisions = programmes.flatMap((one) => one.divisions);
  return exportList(
    work,
    words.title,
    [
      [words.call, calls.find(({ id }) => id === input.call)?.code ?? ""],
      [
        words.columns[6] ?? "",
        (input.state ?? []).map((one) => say(place, applicationStates[one])).join(" / "),
      ],
      [words.category, titled(categories, input.category)],
      [
        words.field,
        titled(
          categories.flatMap(({ fields }) => fields),
          input.field,
        ),
      ],
      [words.organization, units.find(({ id }) => id === input.organization)?.name ?? ""],
      [words.division, titled(divisions, input.division)],
      [words.text, input.text ?? ""],
    ],
    [
      applicationSheet(
        place,
        applicationRows(platform, viewer.actor, input),
        new Map(divisions.map(({ code, title }) => [code, say(place, title)])),
      ),
    ],
  );
};
