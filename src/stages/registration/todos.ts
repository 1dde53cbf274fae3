import { sql } from "kysely";
import { may } from "../../core/permission/permission.ts";
import type { Work } from "./desk.ts";
import type { Todo } from "./todo.ts";

/** Who waits to be activated, and a password that is due. */
export const registrationTodos = async ({ platform, viewer }: Work): Promise<readonly Todo[]> => {
  if (viewer.passwordDue)
    return [
      {
        title: { zh: "设一个新密码", en: "Set a new password" },
        detail: { zh: "设好之前，你的角色暂不生效。", en: "Until then your roles do not count." },
        href: "/me",
        due: null,
        weight: 100,
      },
    ];
  const { kysely } = platform.database;
  const todos: Todo[] = [];
  const system = viewer.actor.grants.some(({ role }) => role === "SYS_ADMIN");
  const units = viewer.actor.grants.flatMap(({ role, organization }) =>
    role === "ORG_ADMIN" && organization !== null ? [organization] : [],
  );
  if (system || units.length > 0) {
    const { count } = await kysely
      .selectFrom("account")
      .innerJoin("person", (on) =>
        on.onRef("person.funder", "=", "account.funder").onRef("person.id", "=", "account.person"),
      )
      .innerJoin("organization", (on) =>
        on
          .onRef("organization.funder", "=", "person.funder")
          .onRef("organization.id", "=", "person.organization"),
      )
      .select(sql<number>`count(*)::int`.as("count"))
      .where("account.funder", "=", platform.funder)
      .where("account.standing", "=", "PENDING")
      .where("organization.standing", "=", "ACTIVE")
      // People of institutions wait for their own administrator, officers for the system administrator.
      .where((where) =>
        where.or([
          ...(units.length > 0 ? [where("person.organization", "in", units)] : []),
          ...(system ? [where("organization.kind", "<>", "INSTITUTION")] : []),
        ]),
      )
      .executeTakeFirstOrThrow();
    if (count > 0)
      todos.push({
        title: { zh: `核对并启用 ${count} 人`, en: `Check and activate ${count} people` },
        detail: {
          zh: "他们登记后在等你核对，启用前不能登录。",
          en: "They have registered and cannot sign in before you activate them.",
        },
        href: units.length > 0 ? "/people" : "/accounts?standing=PENDING",
        due: null,
        weight: 20,
      });
  }
  if (may("registration.activateInstitution", viewer.actor, {}).allowed) {
    const { count } = await kysely
      .selectFrom("organization")
      .select(sql<number>`count(*)::int`.as("count"))
      .where("funder", "=", platform.funder)
      .where("standing", "=", "PENDING")
      .executeTakeFirstOrThrow();
    if (count > 0)
      todos.push({
        title: { zh: `核对并启用 ${count} 个单位`, en: `Check and activate ${count} institutions` },
        detail: {
          zh: "启用后，它的管理员才能登录并启用本单位的人员。",
          en: "Their administrators can sign in, and activate their people, only after that.",
        },
        href: "/organizations?standing=PENDING",
        due: null,
        weight: 20,
      });
  }
  return todos;
};
