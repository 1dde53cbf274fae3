import { say } from "../../ui/place.ts";
import type { Download, Work } from "./desk.ts";
import { exportList, exportWords, inPages, listSheet } from "./export.ts";
import { listOrganizations, listProjects, listRecords, type OrganizationRow } from "./queries.ts";
import {
  baseLevelTitles,
  closeoutTitles,
  integrityKindTitles,
  organizationKinds,
  organizationKindTitles,
  organizationStandings,
  organizationStandingTitles,
  organizationTypeTitles,
  programmeTitles,
} from "./titles.ts";
import { wordsFor } from "./words.ts";

/** Organisations and the bureau's registers as workbooks. */

type Titles = Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>;

/** What the list of organisations is asked for; a filter that names nothing is left out. */
export const organizationsAsked = ({ query }: Work) => {
  const kind = organizationKinds.find((one) => one === query["kind"]);
  const standing = organizationStandings.find((one) => one === query["standing"]);
  return {
    search: (query["search"] ?? "").slice(0, 200),
    ...(kind === undefined ? {} : { kind }),
    ...(standing === undefined ? {} : { standing }),
  };
};

export const registersAsked = ({ query }: Work): string => (query["search"] ?? "").slice(0, 200);

/** A label of a form without its hint. */
const named = (label: string): string => label.split(/ ?[（(]/, 1)[0] ?? label;

const wordOf = ({ place }: Work, titles: Titles, code: string | null): string | null =>
  code === null ? null : (titles[code]?.[place.language] ?? code);

/** The guide's own name of a quota group. */
export const groupTitle = ({ platform, place }: Work, id: string | null): string | null => {
  if (id === null) return null;
  const group = platform.policies
    .flatMap(({ programme }) => programme.quota.groups)
    .find((one) => one.id === id);
  return group === undefined ? id : say(place, group.title);
};

export const exportOrganizations = (work: Work): Promise<Download> => {
  const { place, platform, viewer } = work;
  const all = wordsFor(place);
  const words = all.organizations;
  const asked = organizationsAsked(work);
  const rows = inPages<OrganizationRow>((after, most) =>
    listOrganizations(platform, viewer.actor, asked, { after, most }),
  );
  const [name = "", uscc = "", type = "", department = "", group = "", standing = ""] = words.columns;
  const { comma } = exportWords(place);
  return exportList(
    work,
    words.title,
    [
      [words.search, asked.search],
      [words.kind, asked.kind === undefined ? "" : say(place, organizationKindTitles[asked.kind])],
      [
        words.standing,
        asked.standing === undefined ? "" : say(place, organizationStandingTitles[asked.standing]),
      ],
    ],
    [
      listSheet(words.title, rows, [
        [name, 36, "text", (row) => row.name],
        [uscc, 22, "text", (row) => row.uscc],
        [
          type,
          16,
          "text",
          (row) =>
            row.kind === "INSTITUTION"
              ? wordOf(work, organizationTypeTitles, row.type)
              : wordOf(work, organizationKindTitles, row.kind),
        ],
        [
          department,
          30,
          "text",
          (row) => row.departmentName ?? (row.kind === "INSTITUTION" ? words.unplaced : null),
        ],
        [
          group,
          18,
          "text",
          (row) => groupTitle(work, row.quotaGroup) ?? (row.kind === "INSTITUTION" ? words.alone : null),
        ],
        [standing, 12, "text", (row) => wordOf(work, organizationStandingTitles, row.standing)],
        [words.parent, 30, "text", (row) => row.parentName],
        [named(all.register.region), 12, "text", (row) => row.region],
        [words.platforms, 30, "text", (row) => row.platforms.join(comma)],
        [
          words.bases,
          30,
          "text",
          (row) =>
            row.bases
              .map(({ id, level }) => `${id} ${wordOf(work, baseLevelTitles, level) ?? ""}`)
              .join(comma),
        ],
        [named(words.medicalLicence), 26, "text", (row) => row.medicalLicence],
      ]),
    ],
  );
};

/** Running projects and integrity records, each a sheet. */
export const exportRegisters = (work: Work): Promise<Download> => {
  const { place, platform, viewer } = work;
  const words = wordsFor(place).registers;
  const search = registersAsked(work);
  const projects = inPages<Awaited<ReturnType<typeof listProjects>>[number]>((after, most) =>
    listProjects(platform, viewer.actor, { search }, { after, most }),
  );
  const records = inPages<Awaited<ReturnType<typeof listRecords>>[number]>((after, most) =>
    listRecords(platform, viewer.actor, { search }, { after, most }),
  );
  const categories = new Map(
    platform.policies
      .flatMap(({ programme }) => programme.categories)
      .map(({ code, title }) => [code, say(place, title)]),
  );
  const [p, r] = [words.projectColumns, words.recordColumns];
  return exportList(
    work,
    words.title,
    [[words.search, search]],
    [
      listSheet(words.projects, projects, [
        [p[0] ?? "", 22, "text", (row) => row.number],
        [p[1] ?? "", 46, "text", (row) => row.title],
        [p[2] ?? "", 20, "text", (row) => wordOf(work, programmeTitles, row.programme)],
        [p[3] ?? "", 20, "text", (row) => categories.get(row.category ?? "") ?? words.otherCategory],
        [p[4] ?? "", 14, "text", (row) => row.investigator],
        [p[5] ?? "", 34, "text", (row) => row.organization],
        [p[6] ?? "", 14, "date", (row) => row.periodEnd],
        [p[7] ?? "", 14, "text", (row) => wordOf(work, closeoutTitles, row.closeout)],
      ]),
      listSheet(words.records, records, [
        [r[0] ?? "", 34, "text", (row) => row.subjectName],
        [wordsFor(place).register.uscc, 22, "text", (row) => row.uscc],
        [r[1] ?? "", 20, "text", (row) => wordOf(work, integrityKindTitles, row.kind)],
        [r[2] ?? "", 26, "text", (row) => row.decisionNumber],
        [r[3] ?? "", 26, "text", (row) => row.source],
        [r[4] ?? "", 14, "date", (row) => row.from],
        [r[5] ?? "", 14, "date", (row) => row.to],
        [
          r[6] ?? "",
          30,
          "text",
          (row) =>
            row.withdrawnAt === null
              ? words.inForce
              : `${words.withdrawn} ${row.withdrawnReason ?? ""}`.trim(),
        ],
      ]),
    ],
  );
};
