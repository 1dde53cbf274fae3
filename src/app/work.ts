import type { Role } from "../core/role.ts";
import type { Bilingual } from "../core/policy/words.ts";
import { acceptanceTodos } from "../stages/acceptance/todos.ts";
import { appealTodos } from "../stages/appeal/todos.ts";
import { applicationTodos } from "../stages/application/todos.ts";
import { endorsementTodos } from "../stages/endorsement/todos.ts";
import { recommendationTodos } from "../stages/recommendation/todos.ts";
import type { Desk, Work } from "../stages/registration/desk.ts";
import { csrfOf } from "../stages/registration/sessions.ts";
import type { Todo } from "../stages/registration/todo.ts";
import { registrationTodos } from "../stages/registration/todos.ts";
import { TodoPage } from "../ui/todo.page.tsx";

/** Every stage says what waits for whom; the page sorts. */
const sources: readonly ((work: Work) => Promise<readonly Todo[]>)[] = [
  registrationTodos,
  applicationTodos,
  endorsementTodos,
  recommendationTodos,
  acceptanceTodos,
  appealTodos,
];

const never = Number.POSITIVE_INFINITY;

/** The one list of a person: the nearest date first, then what weighs more. */
export const todosOf = async (work: Work): Promise<readonly Todo[]> => {
  const found = (await Promise.all(sources.map((one) => one(work)))).flat();
  return found.sort((a, b) => (a.due ?? never) - (b.due ?? never) || b.weight - a.weight);
};

const nextSteps: readonly {
  readonly title: Bilingual;
  readonly href: string;
  readonly roles: readonly Role[];
}[] = [
  { title: { zh: "新建申报", en: "Begin an application" }, href: "/applications/new", roles: ["PI"] },
  {
    title: { zh: "查看申报", en: "See the applications" },
    href: "/applications",
    roles: ["PI", "MEMBER", "SUPERVISOR"],
  },
  {
    title: { zh: "查看本单位的申报", en: "See the institution's applications" },
    href: "/institution",
    roles: ["ORG_ADMIN"],
  },
  {
    title: { zh: "查看推荐函", en: "See the letters" },
    href: "/batches",
    roles: ["DEPT_APPROVER", "PLANNING_OFFICER"],
  },
  { title: { zh: "我的账户与通知", en: "My account and notices" }, href: "/me", roles: [] },
];

const unreadOf = async ({ platform, viewer }: Work): Promise<number> => {
  const row = await platform.database.kysely
    .selectFrom("mail")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("funder", "=", platform.funder)
    .where("account", "=", viewer.actor.account)
    .where("read_at", "is", null)
    .executeTakeFirst();
  return row?.count ?? 0;
};

export const registerWork = (desk: Desk): void => {
  desk.get("/work", async (work) => {
    const { place, viewer, platform, session } = work;
    const [items, unread] = await Promise.all([todosOf(work), unreadOf(work)]);
    const held = new Set(viewer.actor.grants.map((one) => one.role));
    const next = nextSteps.filter(
      (one) => one.roles.length === 0 || one.roles.some((role) => held.has(role)),
    );
    return TodoPage({ frame: { place, viewer, csrf: csrfOf(platform, session) }, items, unread, next });
  });
};
