import { may, type Actor, type Subject } from "../../core/permission/permission.ts";
import { type Call, callById } from "../../platform/calls.ts";
import type { Queryable, Transaction } from "../../platform/database/connect.ts";
import { Missing, refused, Stale, Taken } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";

export const batchStates = {
  PREPARED: { zh: "准备中", en: "Being prepared" },
  ISSUED: { zh: "已出具", en: "Issued" },
  RECALLED: { zh: "已撤回", en: "Recalled" },
} as const;
export type BatchState = keyof typeof batchStates;

export type Scan = {
  readonly id: string;
  readonly type: "SEALED_LETTER" | "SEALED_LIST";
  readonly filename: string;
  readonly file: string;
  readonly at: number;
};

/** A letter of recommendation with its list, as acts and pages see it. */
export type BatchFacts = {
  readonly id: string;
  readonly code: string;
  readonly state: BatchState;
  readonly version: number;
  readonly call: Call;
  readonly department: { readonly id: string; readonly name: string };
  readonly letterNumber: string | null;
  readonly issuedOn: string | null;
  readonly issuedAt: number | null;
  readonly issuedBy: string | null;
  readonly recalledAt: number | null;
  readonly recallReason: string | null;
  readonly statement: string;
  readonly replaces: string | null;
  readonly replacedBy: string | null;
  readonly paper: {
    readonly receivedOn: string | null;
    readonly postedOn: string | null;
    readonly channel: string | null;
  } | null;
  /** In the order of the list. */
  readonly applications: readonly string[];
  readonly scans: readonly Scan[];
  readonly subject: Subject;
};

/** Reads a letter, locked when it is about to change. Throws `Missing` where it is not there or the actor may not see it. */
export const batchFacts = async (
  platform: Platform,
  database: Queryable,
  actor: Actor,
  id: string,
  lock: "update" | "none" = "none",
): Promise<BatchFacts> => {
  const { funder } = platform;
  let query = database.selectFrom("batch").selectAll().where("funder", "=", funder).where("id", "=", id);
  if (lock === "update") query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Missing("batch");
  const subject: Subject = {
    department: row.department,
    recommended: row.issued_at !== null,
    ties: { initialReviewer: await reviewerAmong(database, funder, id, actor) },
  };
  if (!may("batch.read", actor, subject).allowed) throw new Missing("batch");
  const [call, department, items, scans, after] = await Promise.all([
    callById(platform, database, row.call),
    database
      .selectFrom("organization")
      .select(["id", "name_zh as name"])
      .where("funder", "=", funder)
      .where("id", "=", row.department)
      .executeTakeFirstOrThrow(),
    database
      .selectFrom("batch_item")
      .select("application")
      .where("funder", "=", funder)
      .where("batch", "=", id)
      .orderBy("sequence")
      .execute(),
    database
      .selectFrom("attachment")
      .select(["id", "type", "filename", "file", "uploaded_at as at"])
      .where("funder", "=", funder)
      .where("batch", "=", id)
      .where("removed_at", "is", null)
      .orderBy("type")
      .execute(),
    database
      .selectFrom("batch")
      .select("id")
      .where("funder", "=", funder)
      .where("replaces", "=", id)
      .executeTakeFirst(),
  ]);
  return {
    id,
    code: row.code,
    state: row.state,
    version: row.version,
    call,
    department,
    letterNumber: row.letter_number,
    issuedOn: row.issued_on,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
    recalledAt: row.recalled_at,
    recallReason: row.recall_reason,
    statement: row.statement,
    replaces: row.replaces,
    replacedBy: after?.id ?? null,
    paper:
      row.paper_logged_by === null
        ? null
        : { receivedOn: row.paper_received_on, postedOn: row.paper_posted_on, channel: row.paper_channel },
    applications: items.map((one) => one.application),
    scans: scans as readonly Scan[],
    subject,
  };
};

/** Who passed one of the listed applications and is this actor, or lent the actor a role: such a person does not issue the letter. */
const reviewerAmong = async (
  database: Queryable,
  funder: string,
  batch: string,
  actor: Actor,
): Promise<string | null> => {
  const rows = await database
    .selectFrom("decision")
    .innerJoin("batch_item", (on) =>
      on
        .onRef("batch_item.funder", "=", "decision.funder")
        .onRef("batch_item.application", "=", "decision.application"),
    )
    .select(["decision.by", "decision.acting_for"])
    .distinct()
    .where("decision.funder", "=", funder)
    .where("batch_item.batch", "=", batch)
    .where("decision.action", "=", "recommendation.pass")
    .execute();
  const reviewers = new Set(rows.flatMap((one) => [one.by, one.acting_for]));
  return (
    [actor.account, ...actor.grants.map((one) => one.delegatedBy)].find(
      (one) => one !== null && reviewers.has(one),
    ) ?? null
  );
};

/** A change of the list after somebody read it: 409 for an old version, 422 for a letter that is out. */
export const mustBePrepared = (batch: BatchFacts, version: number): void => {
  if (batch.version !== version) throw new Stale(version, batch.version);
  if (batch.state === "PREPARED") return;
  throw batch.state === "ISSUED"
    ? refused(
        "这份推荐函已经出具，清单已锁定。要改动的，请先撤回推荐。",
        "This letter has been issued and its list is locked. Recall it first to change anything.",
      )
    : refused(
        "这份推荐函已经撤回。请在重新准备的那一份上办理。",
        "This letter was recalled. Work on the one that was prepared anew.",
      );
};

/** What a letter may list: passed, of its call, of its department, each once. */
export const mustBeListable = async (
  tx: Transaction,
  funder: string,
  { call, department }: { readonly call: string; readonly department: string },
  applications: readonly string[],
): Promise<void> => {
  if (new Set(applications).size !== applications.length)
    throw refused("同一项申报写了两次。", "An application stands on the list twice.");
  if (applications.length === 0) return;
  const rows = await tx
    .selectFrom("application")
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "application.funder")
        .onRef("organization.id", "=", "application.lead_organization"),
    )
    .select([
      "application.id",
      "application.number",
      "application.call",
      "application.state",
      "organization.competent_department as department",
    ])
    .where("application.funder", "=", funder)
    .where("application.id", "in", [...applications])
    .orderBy("application.id")
    .execute();
  // Another department's application must look as if it were not there.
  if (rows.filter((one) => one.department === department).length !== applications.length)
    throw new Missing("application");
  const others = rows.filter((one) => one.call !== call);
  if (others.length > 0)
    throw refused(
      "一份推荐函只能列同一批次的申报。请分开准备。",
      "A letter lists applications of one call only. Prepare one for each.",
    );
  const early = rows.filter((one) => one.state !== "DEPT_PASSED");
  if (early.length > 0)
    throw refused(
      `第 ${early.map((one) => one.number).join("、")} 号申报现在不是“初审通过”，不能列入推荐函。请从清单中去掉。`,
      `Number ${early.map((one) => one.number).join(", ")} has not passed initial review now. Take it off the list.`,
    );
};

export const listedElsewhere = (constraint: string): Taken | null =>
  constraint === "batch_item_once"
    ? new Taken({
        zh: "其中有申报已经列入另一份推荐函。请刷新后重新选择。",
        en: "One of these already stands in another letter. Reload the page and choose again.",
      })
    : null;

export const writeItems = async (
  tx: Transaction,
  funder: string,
  batch: string,
  applications: readonly string[],
): Promise<void> => {
  await tx.deleteFrom("batch_item").where("funder", "=", funder).where("batch", "=", batch).execute();
  if (applications.length > 0)
    await tx
      .insertInto("batch_item")
      .values(applications.map((application, index) => ({ funder, batch, application, sequence: index + 1 })))
      .execute();
};
