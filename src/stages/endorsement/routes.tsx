import { may } from "../../core/permission/permission.ts";
import { perform } from "../../platform/action.ts";
import type { Call } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import { isOpened } from "../../core/application/form-place.ts";
import type { Content } from "../../core/application/content.ts";
import { applicationFacts, type ApplicationFacts } from "../application/facts.ts";
import { timelineOf } from "../application/timeline.ts";
import { uploadLimit } from "../application/upload.ts";
import { findingsOf, viewOf } from "../application/view.ts";
import {
  attempt,
  type Desk,
  type Trouble,
  troubleOf,
  type Work,
  type WorkAnswer,
} from "../registration/desk.ts";
import { approve } from "./approve.ts";
import { afterwards, BatchPage, BatchResultPage, type BatchRow, type Settled } from "./batch.page.tsx";
import { confirmBudget, confirmSecrecy } from "./confirm.ts";
import { type Kind, kinds } from "./confirmations.ts";
import { type ConfirmProps, ConfirmPage, WaitingPage } from "./confirm.page.tsx";
import { changedPlaces, resubmitCorrection } from "./correction.ts";
import { reject, returnToInvestigator, withdraw, withdrawLate } from "./decide.ts";
import { readinessOf } from "./gaps.ts";
import { ground } from "./ground.ts";
import { type ItemProps, ItemPage, type Typed } from "./item.page.tsx";
import { countsOf, internalDeadlineOf, isView, nextWaiting, type QueueRow, queueOf, views } from "./queue.ts";
import { exportedQueue, exportedRanking, exportedWaiting } from "./queue.export.ts";
import { QueuePage } from "./queue.page.tsx";
import { quotaUseOf, usedOf } from "./quota.ts";
import { callFor, frameOf, holds, placeFor, unitOf } from "./seat.ts";
import { seal } from "./seal.ts";
import { keptScan, readAhead, scanView, sentScan } from "./seal-scan.ts";
import { rank, rankable, remind, setInternalDeadline } from "./unit.ts";
import { DeadlinePage, RankPage } from "./unit.page.tsx";
import { kindsOf, waitingFor } from "./waiting.ts";
import { endorsementWords } from "./words.ts";

/** Pages of the institution. Each form posts and is answered by another address, or by itself with what was entered. */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const idOf = ({ params }: Work): string => {
  const id = params["id"] ?? "";
  if (!uuid.test(id)) throw new Missing("application");
  return id;
};
const asked = ({ query, form }: Work, name: string): string => form.get(name) ?? query[name] ?? "";
/** All values of a name: a query keeps only the first of each. */
const numbersOf = ({ place, form }: Work): readonly number[] =>
  [...new URLSearchParams(place.search).getAll("n"), ...form.getAll("n")]
    .filter((one) => /^\d{1,9}$/.test(one))
    .map(Number);
const answer = (trouble: Trouble | null, page: WorkAnswer & object): WorkAnswer =>
  trouble === null ? page : { status: trouble.status, page: page as never };
const whole = (text: string | null): number => (/^\d{1,9}$/.test(text ?? "") ? Number(text) : 0);
const key = () => crypto.randomUUID();

const administered = async (work: Work) => {
  const organization = unitOf(work.viewer.actor, "ORG_ADMIN");
  const { call, calls } = await callFor(work, asked(work, "call"));
  return { organization, call, calls, frame: frameOf(work, placeFor(work.place, call)) };
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

const deadline = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { organization, call, frame } = await administered(work);
  const { form } = work;
  return answer(
    trouble,
    DeadlinePage({
      frame,
      call,
      internal: await internalDeadlineOf(work.platform, call, organization),
      typed: trouble === null ? null : { date: form.get("date") ?? "", time: form.get("time") ?? "" },
      trouble,
      key: key(),
    }),
  );
};

const setDeadline = async (work: Work): Promise<WorkAnswer> => {
  const { organization, call, frame } = await administered(work);
  const { form } = work;
  const clear = form.get("clear") === "1";
  const time = (form.get("time") ?? "").trim();
  const result = await attempt(work, setInternalDeadline, {
    call: call.id,
    organization,
    closesOn: clear ? null : (form.get("date") ?? "").trim(),
    ...(clear || time === "" ? {} : { closesAt: time }),
  });
  if ("trouble" in result) return deadline(work, result.trouble);
  return {
    to: `${frame.place.home}/institution?call=${call.id}&done=${clear ? "noDeadline" : "deadline"}`,
  };
};

const remindAll = async (work: Work): Promise<WorkAnswer> => {
  const { organization, call, frame } = await administered(work);
  const result = await attempt(work, remind, { call: call.id, organization });
  if ("trouble" in result) return queue(work, result.trouble);
  return {
    to: `${frame.place.home}/institution?call=${call.id}&view=writing&done=reminded&count=${result.done.reminded}`,
  };
};

const frozenOf = (work: Work, facts: ApplicationFacts) =>
  work.platform.database.kysely
    .selectFrom("application_version")
    .select(["content", "code"])
    .where("funder", "=", work.platform.funder)
    .where("application", "=", facts.id)
    .where("number", "=", facts.frozenVersion ?? 0)
    .executeTakeFirst();

const itemProps = async (work: Work, typed: Typed | null, trouble: Trouble | null): Promise<ItemProps> => {
  const { platform, viewer, now, query } = work;
  const { facts, view } = await viewOf(platform, viewer.actor, idOf(work));
  if (!holds(viewer.actor, "ORG_ADMIN", facts.organization.id)) throw new Missing("application");
  const place = placeFor(work.place, facts.call);
  const words = endorsementWords(place).item.done;
  const readiness =
    facts.state === "ORG_REVIEW" ? await readinessOf(platform, platform.database.kysely, facts, now) : null;
  const [judged, events, next, frozen] = await Promise.all([
    readiness === null && facts.frozenVersion !== null ? findingsOf(platform, viewer.actor, facts) : null,
    timelineOf(platform, viewer.actor, facts),
    nextWaiting(platform, viewer.actor, facts.call, facts.organization.id, facts.id),
    frozenOf(work, facts),
  ]);
  const said: Readonly<Record<string, string>> = {
    approve: words.approve(facts.receiptNumber ?? ""),
    return: words.return,
    reject: words.reject,
    withdraw: words.withdraw,
    withdrawLate: words.withdraw,
    correction: words.correction,
    confirmed: words.confirmed,
  };
  return {
    frame: frameOf(work, place),
    facts,
    view,
    readiness,
    met: readiness?.met ?? judged?.met.length ?? 0,
    findings: readiness?.findings ?? judged?.findings ?? [],
    events,
    changed:
      facts.state === "CORRECTION" && frozen !== undefined
        ? changedPlaces(frozen.content as Content, facts.content).filter((one) =>
            isOpened(facts.correctionFields, one),
          )
        : null,
    next,
    own: facts.subject.ties?.investigator === viewer.actor.account,
    mayDo: new Set(view.mayDo),
    typed,
    trouble,
    done: trouble === null ? (said[query["done"] ?? ""] ?? null) : null,
    code: frozen?.code ?? null,
    key: key(),
  };
};

const item = async (work: Work, typed: Typed | null = null, trouble: Trouble | null = null) =>
  answer(trouble, ItemPage(await itemProps(work, typed, trouble)));

const typedOf = ({ form }: Work, act: string): Typed => {
  const texts = form.getAll("mark-text");
  return {
    act,
    reason: form.get("reason") ?? "",
    remark: form.get("remark") ?? "",
    checklist: form.getAll("checklist"),
    overQuota: form.get("overQuota") === "1",
    marks: form.getAll("mark-field").map((field, index) => ({ field, text: texts[index] ?? "" })),
  };
};

const deciding =
  (act: "approve" | "return" | "reject" | "withdraw" | "withdrawLate" | "correction") =>
  async (work: Work): Promise<WorkAnswer> => {
    const { form, place } = work;
    const application = idOf(work);
    const typed = typedOf(work, act);
    const on = { application, version: whole(form.get("version")) };
    const { reason, remark, checklist, overQuota } = typed;
    // A half-filled mark is the action's to refuse; an empty row says nothing.
    const marks = typed.marks.filter((one) => one.field !== "" || one.text.trim() !== "");
    const result =
      act === "approve"
        ? await attempt(work, approve, { ...on, checklist, overQuota, remark })
        : act === "return"
          ? await attempt(work, returnToInvestigator, { ...on, reason, marks })
          : act === "reject"
            ? await attempt(work, reject, { ...on, reason })
            : act === "withdraw"
              ? await attempt(work, withdraw, { ...on, reason })
              : act === "withdrawLate"
                ? await attempt(work, withdrawLate, { ...on, reason })
                : await attempt(work, resubmitCorrection, {
                    ...on,
                    draftVersion: whole(form.get("draftVersion")),
                    commitment: form.get("commitment") === "1",
                  });
    return "trouble" in result
      ? item(work, typed, result.trouble)
      : { to: `${place.home}/institution/${application}?done=${act}` };
  };

const paths = { SEAL: "seal", BUDGET: "budget", SECRECY: "secrecy" } as const satisfies Record<Kind, string>;

const confirming = async (work: Work, kind: Kind, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { platform, viewer, form } = work;
  const { facts, view } = await viewOf(platform, viewer.actor, idOf(work));
  if (!may(kinds[kind].action, viewer.actor, facts.subject).allowed) throw new Missing("application");
  const place = placeFor(work.place, facts.call);
  const words = endorsementWords(place);
  const sent =
    kind !== "SEAL" ? null : trouble === null ? await keptScan(platform, facts.id) : sentScan(work);
  const scan = sent === null ? null : await scanView(platform, viewer.actor, facts, sent);
  const props: ConfirmProps = {
    frame: frameOf(work, place),
    facts,
    view,
    kind,
    scan: { view: scan, file: scan === null ? null : (sent?.file ?? null) },
    next:
      work.query["done"] !== "1"
        ? null
        : holds(viewer.actor, "ORG_ADMIN", facts.organization.id)
          ? { to: `${place.home}/institution/${facts.id}`, text: words.scan.toReview }
          : { to: `${place.home}/institution/confirmations`, text: words.item.back },
    open:
      facts.state === "ORG_REVIEW" || (kind === "SEAL" && facts.corrected && facts.state === "ACCEPTANCE"),
    given: view.confirmations.some(
      (one) => one.kind === kind && one.version === facts.frozenVersion && one.agreed,
    ),
    typed: {
      code: form.get("code") ?? "",
      commitment: form.get("commitment") === "1",
      agreed: form.get("agreed") ?? "",
      remark: form.get("remark") ?? "",
    },
    trouble,
    key: key(),
  };
  return answer(trouble, ConfirmPage(props));
};

const confirm = async (work: Work, kind: Kind): Promise<WorkAnswer> => {
  const { platform, form, files, viewer, place } = work;
  const application = idOf(work);
  const on = { application, version: whole(form.get("version")) };
  const opinion = {
    ...on,
    agreed: form.get("agreed") === null ? null : form.get("agreed") === "yes",
    remark: form.get("remark") ?? "",
  };
  const scan = kind === "SEAL" ? sentScan({ files, form }) : null;
  if (scan !== null) await readAhead(platform, viewer.actor, application, scan);
  const result =
    kind === "SEAL"
      ? await attempt(work, seal, {
          ...on,
          code: form.get("code") ?? "",
          commitment: form.get("commitment") === "1",
          file: scan?.file ?? "",
          filename: scan?.filename ?? "-",
        })
      : await attempt(work, kind === "BUDGET" ? confirmBudget : confirmSecrecy, opinion);
  if ("trouble" in result) return confirming(work, kind, result.trouble);
  // The page of the seal shows what was read.
  if (kind === "SEAL") return { to: `${place.home}/institution/${application}/seal?done=1` };
  const isAdministrator = viewer.actor.grants.some((one) => one.role === "ORG_ADMIN");
  return {
    to: isAdministrator
      ? `${place.home}/institution/${application}?done=confirmed`
      : `${place.home}/institution/confirmations?done=1`,
  };
};

/** What waits for the confirmations that somebody gives, at one unit. */
const allWaiting = async (work: Work) => {
  const { platform, viewer } = work;
  const organization = unitOf(viewer.actor, "ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY");
  const { call } = await callFor(work, asked(work, "call"));
  const place = placeFor(work.place, call);
  const all = await Promise.all(
    kindsOf(viewer.actor, organization).map((kind) =>
      waitingFor(platform, viewer.actor, call, organization, kind),
    ),
  );
  return {
    call,
    place,
    rows: all.flatMap((one) => one.rows),
    given: all.reduce((sum, one) => sum + one.given, 0),
  };
};

const waitingList = async (work: Work): Promise<WorkAnswer> => {
  const { place, ...list } = await allWaiting(work);
  return WaitingPage({
    frame: frameOf(work, place),
    ...list,
    done: work.query["done"] === "1" ? endorsementWords(place).item.done.confirmed : null,
  });
};

const exportWaiting = async (work: Work): Promise<WorkAnswer> => {
  const { place, call, rows } = await allWaiting(work);
  return exportedWaiting({ ...work, place }, call, rows);
};

const exportRanking = async (work: Work): Promise<WorkAnswer> => {
  const { call, frame, rows, use } = await ranked(work);
  return exportedRanking({ ...work, place: frame.place }, call, use.category, rows);
};

export const registerEndorsement = (desk: Desk): void => {
  desk.get("/institution", async (work) =>
    work.viewer.actor.grants.some((one) => one.role === "ORG_ADMIN") ||
    !work.viewer.actor.grants.some((one) => ["ORG_SEAL", "ORG_FINANCE", "ORG_SECRECY"].includes(one.role))
      ? queue(work)
      : { to: `${work.place.home}/institution/confirmations` },
  );
  desk.get("/institution/export.xlsx", exportQueue);
  desk.get("/institution/confirmations", waitingList);
  desk.get("/institution/confirmations/export.xlsx", exportWaiting);
  desk.get("/institution/batch", (work) => batch(work));
  desk.post("/institution/batch", approveMany);
  desk.get("/institution/batch/result", batchResult);
  desk.get("/institution/rank", (work) => ranking(work));
  desk.get("/institution/rank/export.xlsx", exportRanking);
  desk.post("/institution/rank", putInOrder);
  desk.get("/institution/deadline", (work) => deadline(work));
  desk.post("/institution/deadline", setDeadline);
  desk.post("/institution/remind", remindAll);
  desk.get("/institution/:id", (work) => item(work));
  for (const act of ["approve", "return", "reject", "withdraw", "withdrawLate", "correction"] as const)
    desk.post(`/institution/:id/${act}`, deciding(act));
  for (const kind of Object.keys(paths) as Kind[]) {
    desk.get(`/institution/:id/${paths[kind]}`, (work) => confirming(work, kind));
    desk.post(
      `/institution/:id/${paths[kind]}`,
      (work) => confirm(work, kind),
      kind === "SEAL" ? { files: uploadLimit } : {},
    );
  }
};
