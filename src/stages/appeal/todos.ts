import type { Work } from "../registration/desk.ts";
import type { Todo } from "../registration/todo.ts";
import { visibleApplications } from "../application/visible.ts";
import { appealsOf } from "./queries.ts";

/** Appeals to decide, and refusals of the unit that can still be appealed against. */
export const appealTodos = async ({ platform, viewer, now }: Work): Promise<readonly Todo[]> => {
  const { actor } = viewer;
  const todos: Todo[] = [];
  if (actor.grants.some((one) => one.role === "APPEAL_OFFICER"))
    for (const one of await appealsOf(platform, actor))
      if (one.mayDecide)
        todos.push({
          title: { zh: "作出复审决定", en: "Decide an appeal" },
          detail: {
            zh: `${one.label} ${one.title}，${one.unit}`,
            en: `${one.label} ${one.title}, ${one.unit}`,
          },
          href: `/appeals/${one.application}`,
          due: null,
          weight: 60,
        });
  const units = actor.grants.filter((one) => one.role === "ORG_ADMIN").map((one) => one.organization);
  if (units.length === 0) return todos;
  const open = await platform.database.kysely
    .selectFrom("application")
    .innerJoin("draft", (on) =>
      on.onRef("draft.funder", "=", "application.funder").onRef("draft.application", "=", "application.id"),
    )
    .select(["application.id", "application.appeal_due_at", "draft.title"])
    .where("application.state", "=", "NOT_ACCEPTED")
    .where("application.lead_organization", "in", units)
    .where("application.appeal_due_at", "is not", null)
    .where(visibleApplications(platform, actor))
    .execute();
  for (const one of open)
    if (one.appeal_due_at !== null && one.appeal_due_at > now)
      todos.push({
        title: { zh: "不予受理：可以申请复审", en: "Not accepted: you may appeal" },
        detail: { zh: one.title ?? "", en: one.title ?? "" },
        href: `/applications/${one.id}/appeal`,
        due: one.appeal_due_at,
        weight: 10,
      });
  return todos;
};
