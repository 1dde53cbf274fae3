import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { answer, whole, key } from "./asked.ts";
import { exportedQueue } from "./queue.export.ts";
import { QueuePage } from "./queue.page.tsx";
import { countsOf, internalDeadlineOf, isView, queueOf, views } from "./queue.ts";
import { quotaUseOf, usedOf } from "./quota.ts";
import { administered } from "./seat.ts";
import { remind } from "./unit.ts";
import { endorsementWords } from "./words.ts";

/** The queue: what waits at the unit, and the reminder to those who still write. */

export const registerQueue = (desk: Desk): void => {
  desk.get("/institution", async (work) =>
    work.viewer.actor.grants.some((one) => one.role === "ORG_ADMIN") ||
    !work.viewer.actor.grants.some((one) => ["ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY"].includes(one.role))
      ? queue(work)
      : { to: `${work.place.home}/institution/confirmations` },
  );
  desk.get("/institution/export.xlsx", exportQueue);
  desk.post("/institution/remind", remindAll);
};

/** What the queue is asked for. */
const filtersOf = ({ query }: Work) => ({
  view: isView(query["view"] ?? "") ? (query["view"] as keyof typeof views) : ("waiting" as const),
  category: query["category"] ?? "",
  text: (query["q"] ?? "").slice(0, 100),
});

const exportQueue = async (work: Work): Promise<WorkAnswer> => {
  const { viewer, platform } = work;
  const { organization, call, frame } = await administered(work);
  const filters = filtersOf(work);
  const rows = await queueOf(platform, viewer.actor, call, organization, filters);
  return exportedQueue({ ...work, place: frame.place }, call, filters, rows);
};

const queue = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { viewer, platform, query, place } = work;
  const { organization, call, calls, frame } = await administered(work);
  const { view, category, text } = filtersOf(work);
  const database = platform.database.kysely;
  const [counts, rows, uses, internal] = await Promise.all([
    countsOf(platform, viewer.actor, call, organization),
    queueOf(platform, viewer.actor, call, organization, { view, category, text }),
    quotaUseOf(database, platform.funder, call, organization),
    internalDeadlineOf(platform, call, organization),
  ]);
  const words = endorsementWords(place);
  const said: Readonly<Record<string, string>> = {
    deadline: words.deadlineSet,
    noDeadline: words.deadlineCleared,
    reminded: words.reminded(whole(query["count"] ?? null)),
  };
  return answer(
    trouble,
    QueuePage({
      frame,
      call,
      calls,
      view,
      category,
      text,
      counts,
      rows,
      // A unit that neither holds places of a group nor has candidates is not shown a quota.
      quotas: uses.filter((one) => one.group !== null || usedOf(one) + one.waiting > 0),
      internal,
      selected: query["select"] === "all",
      done: said[query["done"] ?? ""] ?? null,
      trouble,
      key: key(),
    }),
  );
};

const remindAll = async (work: Work): Promise<WorkAnswer> => {
  const { organization, call, frame } = await administered(work);
  const result = await attempt(work, remind, { call: call.id, organization });
  if ("trouble" in result) return queue(work, result.trouble);
  return {
    to: `${frame.place.home}/institution?call=${call.id}&view=writing&done=reminded&count=${result.done.reminded}`,
  };
};
