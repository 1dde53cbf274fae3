import type { Bilingual } from "../core/policy/words.ts";
import type { Role } from "../core/role.ts";
import { type Call, callsOf } from "../platform/calls.ts";
import type { Platform } from "../platform/platform.ts";
import { consentsAsked, partnershipsAsked } from "../stages/application/consent-list.ts";
import { type ApplicationRow, listApplications } from "../stages/application/list.ts";
import type { Viewer } from "../stages/registration/actor.ts";
import type { Deadline } from "../stages/registration/calendar-feed.ts";

const day = 86_400_000;
/** What passed stays for a while, so that a calendar does not forget yesterday; what is far away is not known yet. */
const kept = { before: 30 * day, after: 730 * day } as const;
const most = 300;

/** Every date that concerns somebody by their roles now: the calls' windows, their unit's own dates, what runs for their applications. */
export const deadlinesOf = async (
  platform: Platform,
  viewer: Viewer,
  now: number,
): Promise<readonly Deadline[]> => {
  const { kysely } = platform.database;
  const calls = await callsOf(platform, kysely);
  const all = [
    ...calls.flatMap((call) => windowsOf(call, viewer)),
    ...(await internalDates(platform, viewer, calls)),
    ...(await ofApplications(platform, viewer)),
    ...(await asked(platform, viewer)),
  ];
  return all
    .filter(({ due }) => due > now - kept.before && due < now + kept.after)
    .toSorted((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1))
    .slice(0, most);
};

const holds = ({ actor }: Viewer, ...roles: readonly Role[]): boolean =>
  actor.grants.some(({ role }) => roles.includes(role));

const windowsOf = (call: Call, viewer: Viewer): readonly Deadline[] => {
  const one = (
    what: string,
    due: number,
    href: string,
    title: Bilingual,
    ...roles: readonly Role[]
  ): readonly Deadline[] =>
    holds(viewer, ...roles)
      ? [
          {
            id: `call-${call.id}-${what}`,
            due,
            href,
            detail: call.title,
            title: { zh: `${title.zh}：${call.title.zh}`, en: `${title.en}: ${call.title.en}` },
          },
        ]
      : [];
  return [
    ...one(
      "apply",
      call.applyClosesAt,
      "/work",
      { zh: "申报截止", en: "Applications close" },
      ...(["PI", "MEMBER", "PARTNER_ADMIN", "ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY"] as const),
    ),
    ...one(
      "endorse",
      call.applyClosesAt,
      "/institution",
      { zh: "单位审核报送截止", en: "Endorsement closes" },
      "ORG_ADMIN",
    ),
    ...one(
      "recommend",
      call.recommendClosesAt,
      "/department",
      { zh: "推荐截止", en: "Recommendations close" },
      ...(["DEPT_REVIEWER", "DEPT_APPROVER", "PLANNING_OFFICER"] as const),
    ),
    ...one(
      "accept",
      call.acceptClosesAt,
      "/acceptance",
      { zh: "受理截止", en: "Acceptance closes" },
      ...(["ACCEPTANCE_OFFICER", "DIVISION_OFFICER", "PLANNING_OFFICER"] as const),
    ),
  ];
};

const unitsOf = ({ actor }: Viewer, ...roles: readonly Role[]): readonly string[] => [
  ...new Set(
    actor.grants.flatMap(({ role, organization }) =>
      roles.includes(role) && organization !== null ? [organization] : [],
    ),
  ),
];

const internalDates = async (
  { database, funder }: Platform,
  viewer: Viewer,
  calls: readonly Call[],
): Promise<readonly Deadline[]> => {
  const units = unitsOf(viewer, "PI", "ORG_ADMIN", "ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY");
  if (units.length === 0) return [];
  const rows = await database.kysely
    .selectFrom("internal_deadline")
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "internal_deadline.funder")
        .onRef("organization.id", "=", "internal_deadline.organization"),
    )
    .select([
      "internal_deadline.call",
      "internal_deadline.organization",
      "internal_deadline.close_at as due",
      "organization.name_zh as name",
    ])
    .where("internal_deadline.funder", "=", funder)
    .where("internal_deadline.organization", "in", units)
    .execute();
  return rows.map(({ call, organization, due, name }) => {
    const title = calls.find(({ id }) => id === call)?.title ?? { zh: "", en: "" };
    return {
      id: `unit-${organization}-${call}`,
      due,
      href: "/work",
      detail: title,
      title: { zh: `${name}内部截止：${title.zh}`, en: `${name}, own deadline: ${title.en}` },
    };
  });
};

const open = ["DRAFT", "RETURNED_TO_PI", "CORRECTION", "NOT_ACCEPTED"] as const;

const stepWords: Readonly<Record<(typeof open)[number], readonly [string, string, string]>> = {
  DRAFT: ["submit", "提交申报书", "Submit the application"],
  RETURNED_TO_PI: ["submit", "修改后再次提交", "Amend and submit again"],
  CORRECTION: ["correct", "补正截止", "Correction due"],
  NOT_ACCEPTED: ["appeal", "申请复审截止", "Appeal possible until"],
};

/** Those that somebody leads, and those of the institution that they administer: what the list shows them, and no more. */
const ofApplications = async (platform: Platform, viewer: Viewer): Promise<readonly Deadline[]> => {
  const { actor } = viewer;
  const grants = actor.grants.filter(({ role }) => role === "PI" || role === "ORG_ADMIN");
  if (grants.length === 0) return [];
  const { rows } = await listApplications(
    platform,
    { ...actor, grants },
    { state: [...open], sort: "updated", limit: 200 },
  );
  const led = await platform.database.kysely
    .selectFrom("application")
    .select("id")
    .where("funder", "=", platform.funder)
    .where("investigator", "=", actor.person ?? "")
    .where("state", "in", open)
    .execute();
  const mine = new Set(led.map(({ id }) => id));
  const units = new Set(unitsOf(viewer, "ORG_ADMIN"));
  return rows.flatMap((row) => ofApplication(row, mine.has(row.id), units.has(row.organization.id)));
};

const ofApplication = (row: ApplicationRow, own: boolean, unit: boolean): readonly Deadline[] => {
  const { due, internalDue } = row.standing;
  const [what, zh, en] = stepWords[row.state as (typeof open)[number]];
  // What is still written is its author's own; corrections and appeals concern the unit too.
  const concerned = own || (unit && what !== "submit");
  if (due === null || !concerned) return [];
  const about = row.title === "" ? row.label : row.title;
  return [
    {
      id: `application-${row.id}-${what}`,
      due: internalDue ?? due,
      href: own ? `/applications/${row.id}` : `/institution/${row.id}`,
      detail: { zh: row.label, en: row.label },
      title: { zh: `${zh}：${about}`, en: `${en}: ${about}` },
    },
  ];
};

const asked = async (platform: Platform, { actor }: Viewer): Promise<readonly Deadline[]> => {
  const [consents, partnerships] = await Promise.all([
    consentsAsked(platform, actor),
    partnershipsAsked(platform, actor),
  ]);
  const of =
    (kind: "consent" | "partnership", zh: string, en: string) =>
    (one: (typeof consents)[number]): readonly Deadline[] =>
      one.agreed === null && one.open
        ? [
            {
              id: `${kind}-${one.id}${one.organization === null ? "" : `-${one.organization.id}`}`,
              due: one.closesAt,
              href: `/${kind}s`,
              detail: one.call,
              title: { zh: `${zh}：${one.title}`, en: `${en}: ${one.title}` },
            },
          ]
        : [];
  return [
    ...consents.flatMap(of("consent", "确认是否参加", "Say whether you take part")),
    ...partnerships.flatMap(of("partnership", "确认是否合作", "Say whether your unit takes part")),
  ];
};
