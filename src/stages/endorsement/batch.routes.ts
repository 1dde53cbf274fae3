import { may } from "../../core/permission/permission.ts";
import { perform } from "../../platform/action.ts";
import type { Call } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import { applicationFacts } from "../application/facts.ts";
import { type Desk, type Trouble, troubleOf, type Work, type WorkAnswer } from "../registration/desk.ts";
import { approve } from "./approve.ts";
import { answer, whole, key } from "./asked.ts";
import { afterwards, BatchPage, BatchResultPage, type BatchRow, type Settled } from "./batch.page.tsx";
import { readinessOf } from "./gaps.ts";
import { ground } from "./ground.ts";
import { type QueueRow, queueOf, views } from "./queue.ts";
import { quotaUseOf } from "./quota.ts";
import { administered } from "./seat.ts";
import { endorsementWords } from "./words.ts";

/** Many approved at once, after one look at all of them. */

export const registerBatch = (desk: Desk): void => {
  desk.get("/institution/batch", (work) => batch(work));
  desk.post("/institution/batch", approveMany);
  desk.get("/institution/batch/result", batchResult);
};

/** All values of a name: a query keeps only the first of each. */
const numbersOf = ({ place, form }: Work): readonly number[] =>
  [...new URLSearchParams(place.search).getAll("n"), ...form.getAll("n")]
    .filter((one) => /^\d{1,9}$/.test(one))
    .map(Number);

const hindrancesOf = async (work: Work, row: QueueRow): Promise<BatchRow> => {
  const { platform, viewer, now } = work;
  const facts = await applicationFacts(platform, platform.database.kysely, viewer.actor, row.id);
  const permission = may("endorsement.approve", viewer.actor, facts.subject);
  if (!permission.allowed) return { ...row, hindrances: [{ clause: "", message: permission.reason }] };
  const { gaps } = await readinessOf(platform, platform.database.kysely, facts, now);
  return { ...row, hindrances: gaps };
};

const chosen = async (work: Work, call: Call, organization: string): Promise<readonly BatchRow[]> => {
  const rows = await queueOf(work.platform, work.viewer.actor, call, organization, {
    view: "waiting",
    numbers: numbersOf(work),
  });
  const judged: BatchRow[] = [];
  for (const row of rows) judged.push(await hindrancesOf(work, row));
  return judged;
};

const batch = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { organization, call, frame } = await administered(work);
  const [rows, quotas] = await Promise.all([
    chosen(work, call, organization),
    quotaUseOf(work.platform.database.kysely, work.platform.funder, call, organization),
  ]);
  return answer(
    trouble,
    BatchPage({
      frame,
      call,
      rows,
      quotas,
      ticked: work.form.getAll("checklist"),
      overTicked: work.form.get("overQuota") === "1",
      trouble,
      key: work.form.get("key") ?? key(),
    }),
  );
};

/** Each in its own transaction. What is asked once for all, the checklist and the quota, is settled before the first. */
const approveMany = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer, form } = work;
  const { organization, call, frame } = await administered(work);
  const ticked = form.getAll("checklist");
  const open = call.policy.procedure.institutionChecklist.filter((one) => !ticked.includes(one.id));
  const [rows, quotas] = await Promise.all([
    chosen(work, call, organization),
    quotaUseOf(platform.database.kysely, platform.funder, call, organization),
  ]);
  const beyond = afterwards(quotas, rows).filter((one) => one.over > 0);
  const overQuota = form.get("overQuota") === "1";
  const findings = [
    ...open.map((one) => ground(`checklist.${one.id}`, one.clause, one.title.zh, one.title.en)),
    ...(overQuota
      ? []
      : beyond.map(({ use, after, over }) =>
          ground(
            "overQuota",
            use.clause,
            `同意后 ${after} / ${use.limit}，超出 ${over} 项。请少选几项，或勾选“超出名额仍报送”。`,
            `Afterwards ${after} / ${use.limit}: ${over} too many. Choose fewer, or tick that they are sent all the same.`,
          ),
        )),
  ];
  if (findings.length > 0)
    return batch(work, {
      status: 422,
      reason: {
        zh: "还没有办理任何一项，请先处理下面几处。",
        en: "Nothing was done yet. Settle these first.",
      },
      findings,
      faults: [],
    });
  const versions = new Map(
    form.getAll("version").map((one) => one.split(":", 2).map(whole) as [number, number]),
  );
  const once = form.get("key") ?? "";
  for (const row of rows) {
    try {
      await perform(
        platform,
        approve,
        viewer.actor,
        {
          application: row.id,
          version: versions.get(row.number) ?? row.version,
          checklist: ticked,
          overQuota,
        },
        once === "" ? {} : { key: `${once}.${row.number}` },
      );
    } catch (error) {
      // The next page reads from the application itself why it was not done.
      if (troubleOf(error) === null && !(error instanceof Missing)) throw error;
    }
  }
  const search = numbersOf(work).map((one) => `&n=${one}`);
  return { to: `${frame.place.home}/institution/batch/result?call=${call.id}${search.join("")}` };
};

const batchResult = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer } = work;
  const { organization, call, frame } = await administered(work);
  const words = endorsementWords(frame.place);
  const numbers = numbersOf(work);
  const settled: Settled[] = [];
  for (const view of Object.keys(views) as (keyof typeof views)[])
    for (const row of await queueOf(platform, viewer.actor, call, organization, { view, numbers })) {
      const facts = await applicationFacts(platform, platform.database.kysely, viewer.actor, row.id);
      const receipt = row.state === "ORG_REVIEW" ? null : facts.receiptNumber;
      const judged: BatchRow =
        row.state === "ORG_REVIEW" ? await hindrancesOf(work, row) : { ...row, hindrances: [] };
      const changed = { clause: "", message: { zh: words.batch.changed, en: words.batch.changed } };
      settled.push({
        ...judged,
        hindrances: judged.hindrances.length > 0 || receipt !== null ? judged.hindrances : [changed],
        receipt,
      });
    }
  settled.sort((a, b) => a.number - b.number);
  return BatchResultPage({ frame, call, rows: settled });
};
