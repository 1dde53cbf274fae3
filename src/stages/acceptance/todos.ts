import type { Work } from "../registration/desk.ts";
import type { Todo } from "../registration/todo.ts";
import { deskOf } from "./queries.ts";
import { exceptionsOf } from "./exception-queries.ts";
import { purgesOf } from "./purge-queries.ts";

/** What waits at the acceptance desk for the person, one line a kind of work. */
export const acceptanceTodos = async ({ platform, viewer, now }: Work): Promise<readonly Todo[]> => {
  const { actor } = viewer;
  const holds = (...roles: readonly string[]) => actor.grants.some((one) => roles.includes(one.role));
  const todos: Todo[] = [];
  if (holds("ACCEPTANCE_OFFICER", "DIVISION_OFFICER")) {
    const waiting = (await deskOf(platform, actor)).filter((one) => one.state === "ACCEPTANCE");
    const first = waiting[0];
    if (first !== undefined) {
      const officer = holds("ACCEPTANCE_OFFICER");
      todos.push({
        title: officer
          ? { zh: `审查并决定受理（${waiting.length} 项）`, en: `Decide on acceptance (${waiting.length})` }
          : {
              zh: `查看并提出处室意见（${waiting.length} 项）`,
              en: `Give the division's opinion (${waiting.length})`,
            },
        detail: {
          zh: `最先到期：${first.label} ${first.title}`,
          en: `Due first: ${first.label} ${first.title}`,
        },
        href: "/acceptance",
        due: first.due !== null && first.due > now ? first.due : null,
        weight: officer ? 50 : 30,
      });
    }
  }
  if (holds("DIVISION_OFFICER", "PLANNING_OFFICER", "BUREAU_LEADER")) {
    const mine = (await exceptionsOf(platform, actor)).filter((one) => one.mayPropose || one.mayConfirm);
    const first = mine[0];
    if (first !== undefined)
      todos.push({
        title: { zh: `办理例外申请（${mine.length} 项）`, en: `Take up exceptions (${mine.length})` },
        detail: { zh: `${first.label} ${first.title}`, en: `${first.label} ${first.title}` },
        href: "/exceptions",
        due: null,
        weight: 40,
      });
  }
  if (holds("SEC_ADMIN")) {
    const mine = (await purgesOf(platform, actor)).filter((one) => one.mayConfirm);
    if (mine.length > 0)
      todos.push({
        title: {
          zh: `核对并清除涉密内容（${mine.length} 项）`,
          en: `Destroy classified content (${mine.length})`,
        },
        detail: {
          zh: "另一位安全管理员已经提出，须由你办理第二步。",
          en: "Another security administrator proposed it; the second step is yours.",
        },
        href: "/purges",
        due: null,
        weight: 90,
      });
  }
  return todos;
};
