import type { Call } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { asked, answer, key } from "./asked.ts";
import { exportedRanking } from "./queue.export.ts";
import { queueOf } from "./queue.ts";
import { quotaUseOf } from "./quota.ts";
import { administered } from "./seat.ts";
import { RankPage } from "./unit.page.tsx";
import { rank, rankable } from "./unit.ts";

/** The unit's order of what competes for its places. */

export const registerRank = (desk: Desk): void => {
  desk.get("/institution/rank", (work) => ranking(work));
  desk.get("/institution/rank/export.xlsx", exportRanking);
  desk.post("/institution/rank", putInOrder);
};

/** What competes for the places of one category, in the unit's order. */
const ranked = async (work: Work) => {
  const { platform } = work;
  const { organization, call, frame } = await administered(work);
  const uses = await quotaUseOf(platform.database.kysely, platform.funder, call, organization);
  const category = asked(work, "category");
  const use = uses.find((one) => one.category === category) ?? uses[0];
  if (use === undefined) throw new Missing("page");
  return { call, frame, use, uses, rows: await candidates(work, call, organization, use.category) };
};

const candidates = async (work: Work, call: Call, organization: string, category: string) => {
  const { platform, viewer } = work;
  const rows = (
    await Promise.all(
      (["waiting", "endorsed"] as const).map((view) =>
        queueOf(platform, viewer.actor, call, organization, { view, category }),
      ),
    )
  ).flat();
  return rows
    .filter((one) => (rankable as readonly string[]).includes(one.state))
    .toSorted((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9) || a.number - b.number);
};

const ranking = async (
  work: Work,
  trouble: Trouble | null = null,
  order: readonly string[] = [],
): Promise<WorkAnswer> => {
  const { call, frame, use, uses, rows } = await ranked(work);
  const at = (id: string) => order.indexOf(id);
  return answer(
    trouble,
    RankPage({
      frame,
      call,
      use,
      uses,
      rows: order.length === 0 ? rows : rows.toSorted((a, b) => at(a.id) - at(b.id)),
      saved: work.query["saved"] === "1",
      trouble,
      key: key(),
    }),
  );
};

const putInOrder = async (work: Work): Promise<WorkAnswer> => {
  const { form } = work;
  const { organization, call, frame } = await administered(work);
  const places = form.getAll("place").map((one) => (/^\d{1,6}$/.test(one.trim()) ? Number(one) : null));
  const ids = form.getAll("id");
  const sorted = ids
    .map((id, index) => ({ id, index, at: places[index] ?? index + 1 }))
    .toSorted((a, b) => a.at - b.at || a.index - b.index)
    .map((one) => one.id);
  if (places.includes(null))
    return ranking(
      work,
      {
        status: 422,
        reason: {
          zh: "有的顺序不是数字，没有保存。请填 1、2、3 这样的整数。",
          en: "Some places are no numbers; nothing was saved. Write whole numbers like 1, 2, 3.",
        },
        findings: [],
        faults: [],
      },
      sorted,
    );
  const [moved, step] = form.has("up") ? [form.get("up"), -1] : [form.get("down"), 1];
  const order = shifted(sorted, moved ?? "", step);
  const category = form.get("category") ?? "";
  const result = await attempt(work, rank, { call: call.id, organization, category, order });
  if ("trouble" in result) return ranking(work, result.trouble, order);
  return {
    to: `${frame.place.home}/institution/rank?call=${call.id}&category=${encodeURIComponent(category)}&saved=1`,
  };
};

const shifted = (order: readonly string[], id: string, step: number): readonly string[] => {
  const from = order.indexOf(id);
  const to = from + step;
  const other = order[to];
  if (from < 0 || other === undefined) return order;
  return order.with(from, other).with(to, id);
};

const exportRanking = async (work: Work): Promise<WorkAnswer> => {
  const { call, frame, rows, use } = await ranked(work);
  return exportedRanking({ ...work, place: frame.place }, call, use.category, rows);
};
