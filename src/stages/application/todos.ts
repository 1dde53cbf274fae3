import type { Bilingual } from "../../core/policy/words.ts";
import type { Work } from "../registration/desk.ts";
import type { Todo } from "../registration/todo.ts";
import { type Asked, consentsAsked, partnershipsAsked } from "./consent-list.ts";
import { type ApplicationRow, listApplications } from "./list.ts";

/** What waits for the investigator, the member and the partner unit in this stage. */
export const applicationTodos = async ({
  platform,
  viewer: { actor },
}: Pick<Work, "platform" | "viewer">): Promise<readonly Todo[]> => {
  const holds = (...roles: readonly string[]) => actor.grants.some(({ role }) => roles.includes(role));
  const [own, consents, partnerships] = await Promise.all([
    holds("PI") ? ownOpen(platform, actor) : [],
    consentsAsked(platform, actor),
    partnershipsAsked(platform, actor),
  ]);
  return [
    ...own.map(ofOwn),
    ...consents.filter(waits).map((one) => ofAsked(one, "/consents", askedWords.consent)),
    ...partnerships.filter(waits).map((one) => ofAsked(one, "/partnerships", askedWords.partnership)),
  ];
};

const waits = ({ agreed, open }: Asked): boolean => agreed === null && open;

const ownOpen = async (
  platform: Work["platform"],
  actor: Work["viewer"]["actor"],
): Promise<readonly ApplicationRow[]> => {
  const states = ["DRAFT", "RETURNED_TO_PI", "CORRECTION"] as const;
  // Only those that one leads: a member of the team has nothing to submit.
  const { rows } = await listApplications(
    platform,
    { ...actor, grants: actor.grants.filter(({ role }) => role === "PI") },
    { state: [...states], sort: "updated", limit: 200 },
  );
  const led = await platform.database.kysely
    .selectFrom("application")
    .select("id")
    .where("funder", "=", platform.funder)
    .where("investigator", "=", actor.person ?? "")
    .where("state", "in", states)
    .execute();
  const mine = new Set(led.map(({ id }) => id));
  return rows.filter(({ id }) => mine.has(id));
};

const weights = { RETURNED_TO_PI: 30, CORRECTION: 40, DRAFT: 10 } as const;

const ownWords: Readonly<Record<keyof typeof weights, Bilingual>> = {
  DRAFT: { zh: "继续填写", en: "Go on writing" },
  RETURNED_TO_PI: { zh: "按退回意见修改后再次提交", en: "Amend what was marked and submit again" },
  CORRECTION: { zh: "准备补正材料，由单位提交", en: "Prepare the correction; the institution submits it" },
};

const ofOwn = (row: ApplicationRow): Todo => {
  const state = row.state as keyof typeof weights;
  const title =
    row.title === "" ? { zh: "（未填写题目）", en: "(no title yet)" } : { zh: row.title, en: row.title };
  return {
    title: { zh: `${ownWords[state].zh}：${title.zh}`, en: `${ownWords[state].en}: ${title.en}` },
    detail: { zh: row.label, en: row.label },
    href: `/applications/${row.id}`,
    due: row.standing.internalDue ?? row.standing.due,
    weight: weights[state],
  };
};

const askedWords = {
  consent: { zh: "确认是否参加", en: "Say whether you take part" },
  partnership: { zh: "确认是否合作", en: "Say whether your unit takes part" },
} as const satisfies Record<string, Bilingual>;

const ofAsked = (one: Asked, href: string, words: Bilingual): Todo => ({
  title: { zh: `${words.zh}：${one.title}`, en: `${words.en}: ${one.title}` },
  detail: { zh: `${one.institution}　${one.investigator}`, en: `${one.institution}, ${one.investigator}` },
  href: `${href}#${one.id}`,
  due: one.closesAt,
  weight: 20,
});
