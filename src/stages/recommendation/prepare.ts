import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { permits } from "../../core/permission/matrix.ts";
import type { Actor } from "../../core/permission/permission.ts";
import { define } from "../../platform/action.ts";
import { type Call, callById } from "../../platform/calls.ts";
import { nextNumber } from "../../platform/counter.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { batchFacts, listedElsewhere, mustBeListable, mustBePrepared, writeItems } from "./batch.ts";
import { civilDate } from "./credit.ts";
import { keepScan, scanInput } from "./scan.ts";
import { mustBeOfLetter } from "./sealed.ts";

/** 推荐函 in preparation: its list, its words, its sealed scans. Nothing here takes a place of the quota. */

export const onBatch = { batch: z.uuid(), version: z.int().min(1) };
const list = z.array(z.uuid()).max(500);
const statement = z.string().overwrite(cleanText).trim().max(4_000);
export const letterNumber = z.string().overwrite(cleanText).trim().max(100);

/** The department in whose name the actor prepares letters, where it is not said. */
const departmentOf = (actor: Actor): string | null =>
  actor.grants.find((grant) =>
    permits["recommendation.prepareBatch"]?.permits.some((one) => one.role === grant.role),
  )?.organization ?? null;

/** A new letter in preparation; its code goes on the paper. */
export const insertBatch = async (
  tx: Transaction,
  funder: string,
  call: Call,
  department: string,
  rest: {
    readonly statement: string;
    readonly applications: readonly string[];
    readonly replaces?: string;
    readonly account: string;
    readonly now: number;
  },
): Promise<{ readonly id: string; readonly code: string }> => {
  const number = await nextNumber(tx, funder, `batch ${call.id}`);
  const code = `${call.code}-B${String(number).padStart(4, "0")}`;
  const { id } = await tx
    .insertInto("batch")
    .values({
      funder,
      call: call.id,
      department,
      number,
      code,
      statement: rest.statement,
      ...(rest.replaces === undefined ? {} : { replaces: rest.replaces }),
      created_by: rest.account,
      created_at: instantText(rest.now),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await writeItems(tx, funder, id, rest.applications);
  return { id, code };
};

export const prepareBatch = define({
  name: "recommendation.prepareBatch",
  title: { zh: "准备推荐函", en: "Prepare a letter" },
  input: z.strictObject({
    call: z.uuid(),
    /** Needed only by who works for two departments. */
    department: z.uuid().optional(),
    applications: list.min(1),
    statement: statement.default(""),
  }),
  load: async ({ platform, tx, actor, input }) => ({
    call: await callById(platform, tx, input.call),
    department: input.department ?? departmentOf(actor),
  }),
  subject: ({ department }) => ({ department }),
  effect: async ({ tx, funder, actor, input, now, facts: { call, department } }) => {
    const owner = department ?? "";
    await mustBeListable(tx, funder, { call: call.id, department: owner }, input.applications);
    const { id, code } = await insertBatch(tx, funder, call, owner, {
      statement: input.statement,
      applications: input.applications,
      account: actor.account ?? "",
      now,
    });
    return {
      result: { batch: id, code, version: 1 },
      entry: { kind: "batch", id, body: { call: call.id, code, applications: input.applications } },
    };
  },
  taken: listedElsewhere,
});

export const changeBatch = define({
  name: "recommendation.changeBatch",
  title: { zh: "调整推荐清单", en: "Change the list" },
  input: z.strictObject({
    ...onBatch,
    /** The whole list in its new order; what is left out leaves the letter. */
    applications: list.optional(),
    statement: statement.optional(),
    letterNumber: letterNumber.optional(),
    issuedOn: civilDate.nullable().optional(),
  }),
  load: ({ platform, tx, actor, input }) => batchFacts(platform, tx, actor, input.batch, "update"),
  subject: ({ subject }) => subject,
  effect: async ({ tx, funder, input, now, facts }) => {
    mustBePrepared(facts, input.version);
    const { applications } = input;
    if (applications !== undefined) {
      const place = { call: facts.call.id, department: facts.department.id };
      await mustBeListable(tx, funder, place, applications);
      await writeItems(tx, funder, facts.id, applications);
    }
    const number = input.letterNumber ?? facts.letterNumber ?? "";
    const issuedOn = input.issuedOn === undefined ? facts.issuedOn : input.issuedOn;
    const isOtherPaper =
      number !== (facts.letterNumber ?? "") ||
      issuedOn !== facts.issuedOn ||
      (input.statement ?? facts.statement) !== facts.statement ||
      (applications ?? facts.applications).join() !== facts.applications.join();
    // What was sealed is not what the letter says now.
    if (isOtherPaper)
      await tx
        .updateTable("attachment")
        .set({ removed_at: instantText(now) })
        .where("funder", "=", funder)
        .where("batch", "=", facts.id)
        .where("removed_at", "is", null)
        .execute();
    const version = facts.version + 1;
    await tx
      .updateTable("batch")
      .set({
        version,
        statement: input.statement ?? facts.statement,
        letter_number: number === "" ? null : number,
        issued_on: issuedOn,
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { batch: facts.id, version, scansRemoved: isOtherPaper ? facts.scans.length : 0 },
      entry: {
        kind: "batch",
        id: facts.id,
        body: { applications: applications ?? facts.applications, scansRemoved: isOtherPaper },
      },
    };
  },
  taken: listedElsewhere,
});

export const attachScan = define({
  name: "recommendation.attach",
  title: { zh: "上传盖章扫描件", en: "Attach a sealed scan" },
  input: z.strictObject({
    ...onBatch,
    kind: z.enum(["SEALED_LETTER", "SEALED_LIST"]),
    ...scanInput,
  }),
  load: ({ platform, tx, actor, input }) => batchFacts(platform, tx, actor, input.batch, "update"),
  subject: ({ subject }) => subject,
  effect: async ({ platform, tx, funder, actor, input, now, facts }) => {
    mustBePrepared(facts, input.version);
    await tx
      .updateTable("attachment")
      .set({ removed_at: instantText(now) })
      .where("funder", "=", funder)
      .where("batch", "=", facts.id)
      .where("type", "=", input.kind)
      .where("removed_at", "is", null)
      .execute();
    const id = await keepScan(
      platform,
      tx,
      { funder, account: actor.account ?? "", now },
      {
        of: { batch: facts.id },
        type: input.kind,
        filename: input.filename,
        file: input.file,
      },
    );
    const read = await mustBeOfLetter(platform, tx, funder, facts, input);
    const version = facts.version + 1;
    await tx
      .updateTable("batch")
      .set({ version })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: {
        batch: facts.id,
        version,
        attachment: id,
        scan: {
          checked: read.verdict === "right" ? ("READ" as const) : ("BY_HAND" as const),
          pages: read.read.length,
          findings: read.findings,
        },
      },
      entry: {
        kind: "batch",
        id: facts.id,
        body: { attachment: id, type: input.kind, sha256: input.file, pagesRead: read.read.length },
      },
    };
  },
});
