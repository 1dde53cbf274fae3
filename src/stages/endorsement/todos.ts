import type { Bilingual } from "../../core/policy/words.ts";
import { type Call, callsOf } from "../../platform/calls.ts";
import type { Work } from "../registration/desk.ts";
import type { Todo } from "../registration/todo.ts";
import { countsOf, queueOf } from "./queue.ts";
import { kindsOf, waitingFor } from "./waiting.ts";
import { bothWords } from "./words.ts";

type Asking = Pick<Work, "platform" | "viewer" | "now">;
type Words = (typeof bothWords)["zh"]["todo"];

const both = (say: (words: Words) => string): Bilingual => ({
  zh: say(bothWords.zh.todo),
  en: say(bothWords.en.todo),
});

/** What waits for an institution's administrator and for those who seal and confirm. */
export const endorsementTodos = async (work: Asking): Promise<readonly Todo[]> => {
  const { platform, viewer } = work;
  const units = (roles: readonly string[]) => [
    ...new Set(
      viewer.actor.grants.flatMap((one) =>
        roles.includes(one.role) && one.organization !== null ? [one.organization] : [],
      ),
    ),
  ];
  const administered = units(["ORG_ADMIN"]);
  const confirmed = units(["ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY"]);
  if (administered.length + confirmed.length === 0) return [];
  const todos: Todo[] = [];
  for (const call of await callsOf(platform, platform.database.kysely)) {
    for (const organization of administered) todos.push(...(await ofAdministrator(work, call, organization)));
    for (const organization of confirmed) todos.push(...(await ofConfirmer(work, call, organization)));
  }
  return todos;
};

const ofAdministrator = async (
  { platform, viewer: { actor }, now }: Asking,
  call: Call,
  organization: string,
): Promise<readonly Todo[]> => {
  const counts = await countsOf(platform, actor, call, organization);
  const list = (view: "waiting" | "correction" | "endorsed") =>
    counts[view] === 0 ? [] : queueOf(platform, actor, call, organization, { view });
  const [waiting, corrections, endorsed] = await Promise.all([
    list("waiting"),
    list("correction"),
    list("endorsed"),
  ]);
  const first = waiting[0];
  return [
    ...(first === undefined
      ? []
      : [
          {
            title: both((words) => words.review(waiting.length)),
            detail: both((words) => words.reviewDetail(first.title, waiting.length)),
            href: `/institution?call=${call.id}`,
            // What came back from the department has until the recommendation closes.
            due: now < call.applyClosesAt ? call.applyClosesAt : call.recommendClosesAt,
            weight: 5,
          },
        ]),
    ...corrections.map((one) => ({
      title: both((words) => words.correction(one.title)),
      detail: both((words) => words.correctionDetail),
      href: `/institution/${one.id}`,
      due: one.correctionDueAt,
      weight: 8,
    })),
    ...[...waiting, ...endorsed]
      .filter((one) => one.withdrawalRequested)
      .map((one) => ({
        title: both((words) => words.withdrawal(one.title)),
        detail: { zh: one.investigator, en: one.investigator },
        href: `/institution/${one.id}`,
        due: null,
        weight: 6,
      })),
  ];
};

const ofConfirmer = async (
  { platform, viewer: { actor } }: Asking,
  call: Call,
  organization: string,
): Promise<readonly Todo[]> => {
  const lists = await Promise.all(
    kindsOf(actor, organization).map((kind) => waitingFor(platform, actor, call, organization, kind)),
  );
  const count = lists.reduce((sum, one) => sum + one.rows.length, 0);
  return count === 0
    ? []
    : [
        {
          title: both((words) => words.confirm(count)),
          detail: both((words) => words.confirmDetail),
          href: `/institution/confirmations?call=${call.id}`,
          due: call.applyClosesAt,
          weight: 5,
        },
      ];
};
