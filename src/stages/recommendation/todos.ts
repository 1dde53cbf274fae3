import { sql } from "kysely";
import type { Role } from "../../core/role.ts";
import { callById } from "../../platform/calls.ts";
import { visibleApplications } from "../application/visible.ts";
import type { Work } from "../registration/desk.ts";
import type { Todo } from "../registration/todo.ts";

type Counted = { readonly call: string; readonly count: number };

/** What waits for the department: initial reviews, units whose credit has not been looked up, passed ones without a letter, letters to issue, withdrawals. */
export const recommendationTodos = async (work: Work): Promise<readonly Todo[]> => {
  const { platform, viewer, now } = work;
  const { funder, database } = platform;
  const held = (role: Role) =>
    viewer.actor.grants.flatMap((one) =>
      one.role === role && one.organization !== null ? [one.organization] : [],
    );
  const departments = [...new Set([...held("DEPT_REVIEWER"), ...held("DEPT_APPROVER")])];
  if (departments.length === 0) return [];
  const reviews = held("DEPT_REVIEWER").length > 0;
  const approves = held("DEPT_APPROVER").length > 0;
  const visible = visibleApplications(platform, viewer.actor);
  const inDepartment = sql`exists (select 1 from organization o where o.funder = application.funder
    and o.id = application.lead_organization and o.competent_department = any(${departments}))`;
  const counted = async (condition: ReturnType<typeof sql>) =>
    (
      await sql<Counted>`select application.call, count(*)::int as count from application
        where ${visible} and ${inDepartment} and ${condition} group by application.call`.execute(
        database.kysely,
      )
    ).rows;
  const [waiting, unchecked, unlisted, withdrawals, letters] = await Promise.all([
    reviews ? counted(sql`state = 'DEPT_REVIEW'`) : [],
    reviews
      ? sql<Counted>`select application.call, count(distinct application.lead_organization)::int as count from application
          where ${visible} and ${inDepartment} and state = 'DEPT_REVIEW' and not exists (
            select 1 from credit_check c where c.funder = application.funder and c.call = application.call
              and c.organization = application.lead_organization)
          group by application.call`
          .execute(database.kysely)
          .then(({ rows }) => rows)
      : [],
    counted(sql`state = 'DEPT_PASSED' and not exists (
      select 1 from batch_item i where i.funder = application.funder and i.application = application.id and i.living)`),
    approves
      ? counted(sql`state in ('RECOMMENDED', 'ACCEPTANCE') and withdrawal_requested_at is not null`)
      : [],
    sql<Counted>`select call, count(*)::int as count from batch
      where funder = ${funder} and department = any(${departments}) and state = 'PREPARED'
        and exists (select 1 from batch_item i where i.funder = batch.funder and i.batch = batch.id)
      group by call`
      .execute(database.kysely)
      .then(({ rows }) => rows),
  ]);
  const dues = new Map<string, { readonly due: number; readonly zh: string; readonly en: string }>();
  for (const { call } of [...waiting, ...unchecked, ...unlisted, ...withdrawals, ...letters])
    if (!dues.has(call)) {
      const { recommendClosesAt, title } = await callById(platform, database.kysely, call);
      dues.set(call, { due: recommendClosesAt, ...title });
    }
  const todo = (
    { call, count }: Counted,
    weight: number,
    href: string,
    zh: string,
    en: string,
  ): readonly Todo[] => {
    const about = dues.get(call);
    // After the last day nothing of this can be done any more: the clock says so on each application.
    if (about === undefined || count === 0 || about.due <= now) return [];
    return [
      {
        title: { zh, en },
        detail: { zh: about.zh, en: about.en },
        href,
        due: about.due,
        weight,
      },
    ];
  };
  return [
    ...waiting.flatMap((one) =>
      todo(
        one,
        50,
        "/department",
        `${one.count} 项申报等你初审`,
        `${one.count} applications wait for initial review`,
      ),
    ),
    ...unchecked.flatMap((one) =>
      todo(
        one,
        60,
        "/department/credit",
        `${one.count} 个申报单位还没有核查信用`,
        `The credit of ${one.count} applicants has not been looked up`,
      ),
    ),
    ...unlisted.flatMap((one) =>
      todo(
        one,
        40,
        "/batches/new",
        `${one.count} 项初审通过，还没有列入推荐函`,
        `${one.count} passed applications stand in no letter yet`,
      ),
    ),
    ...letters.flatMap((one) =>
      todo(
        one,
        45,
        "/batches",
        approves ? `${one.count} 份推荐函等待出具` : `${one.count} 份推荐函在准备中`,
        approves ? `${one.count} letters wait to be issued` : `${one.count} letters are being prepared`,
      ),
    ),
    ...withdrawals.flatMap((one) =>
      todo(
        one,
        55,
        "/department?view=withdrawal",
        `${one.count} 项已推荐的申报申请撤回`,
        `${one.count} recommended applications ask to be withdrawn`,
      ),
    ),
  ];
};
