import { z } from "zod";
import { identityTypes } from "../../core/policy/application.ts";
import { define } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing, refused, Stale, Taken } from "../../platform/errors.ts";
import { blindIndexOf } from "../../platform/secrets.ts";
import { entries } from "./entries.ts";
import { integrityKinds, programmes } from "./titles.ts";

/** What the bureau knows and nobody is asked for. Of a person's number only the keyed hash is kept. */

const typed = z.string().max(1_000);
const words = {
  number: { zh: "项目编号", en: "Project number" },
  title: { zh: "项目名称", en: "Project title" },
  investigator: { zh: "负责人姓名", en: "Investigator" },
  periodEnd: { zh: "执行期结束日期", en: "End of the period" },
  subject: { zh: "名称或姓名", en: "Name" },
  decision: { zh: "决定文号", en: "Number of the decision" },
  source: { zh: "来源", en: "Source" },
  from: { zh: "生效日期", en: "First day" },
  to: { zh: "结束日期", en: "Last day" },
  reason: { zh: "理由", en: "Reason" },
};

export const addProject = define({
  name: "registration.addProject",
  title: { zh: "登记在研项目", en: "Enter a running project" },
  input: z.strictObject({
    number: typed,
    title: typed,
    programme: z.enum(programmes),
    category: z.string().max(60).nullable(),
    investigatorName: typed,
    identityType: z.enum(identityTypes).default("RESIDENT_ID"),
    identityNo: typed,
    uscc: typed.default(""),
    periodEnd: typed,
  }),
  load: () => Promise.resolve(null),
  subject: () => ({}),
  effect: async ({ platform, tx, funder, input }) => {
    const read = entries();
    const number = read.line("number", input.number, words.number, { most: 60 });
    const title = read.line("title", input.title, words.title, { most: 200 });
    const name = read.line("investigatorName", input.investigatorName, words.investigator, { most: 60 });
    const identity = read.identity("identityNo", input.identityType, input.identityNo);
    const periodEnd = read.date("periodEnd", input.periodEnd, words.periodEnd);
    const uscc = input.uscc.trim() === "" ? null : read.uscc("uscc", input.uscc);
    const lead =
      uscc === null
        ? undefined
        : await tx
            .selectFrom("organization")
            .select("id")
            .where("funder", "=", funder)
            .where("uscc", "=", uscc)
            .executeTakeFirst();
    if (uscc !== null && lead === undefined)
      read.fault(
        "uscc",
        "平台上没有这个统一社会信用代码的单位。请核对；单位没有登记的可以不填。",
        "No institution here has this social credit code. Check it, or leave it empty.",
      );
    if (
      input.category !== null &&
      !platform.policies.some(({ programme }) =>
        programme.categories.some(({ code }) => code === input.category),
      )
    )
      read.fault("category", "指南里没有这个类别，请从列表里选。", "The guide has no such category.");
    read.settle();
    const { id } = await tx
      .insertInto("known_project")
      .values({
        funder,
        number,
        title,
        programme: input.programme,
        category: input.category,
        investigator_hash: blindIndexOf(platform.keys, "identity", identity),
        investigator_name: name,
        lead_organization: lead?.id ?? null,
        period_end: periodEnd,
        closeout: "PENDING",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { result: { project: id, version: 1 }, entry: { kind: "project", id, body: { periodEnd } } };
  },
  taken: (constraint) =>
    constraint.includes("number")
      ? new Taken({
          zh: "这个项目编号已经登记过，请核对编号。",
          en: "A project with this number is in the register already. Check the number.",
        })
      : null,
});

export const closeProject = define({
  name: "registration.closeProject",
  title: { zh: "登记项目验收", en: "Enter a closeout" },
  input: z.strictObject({
    project: z.uuid(),
    version: z.int().min(1),
    closeout: z.enum(["PASSED", "FAILED"]),
  }),
  load: async ({ tx, funder, input }) => {
    const row = await tx
      .selectFrom("known_project")
      .select(["id", "closeout", "version"])
      .where("funder", "=", funder)
      .where("id", "=", input.project)
      .forUpdate()
      .executeTakeFirst();
    return row ?? null;
  },
  subject: () => ({}),
  effect: async ({ tx, funder, input, facts }) => {
    if (facts === null) throw new Missing("project");
    if (facts.version !== input.version) throw new Stale(input.version, facts.version);
    if (facts.closeout !== "PENDING")
      throw refused("这个项目已经登记过验收结果。", "The closeout of this project has been entered already.");
    const version = input.version + 1;
    await tx
      .updateTable("known_project")
      .set({ closeout: input.closeout, version })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { project: facts.id, version },
      entry: { kind: "project", id: facts.id, body: { to: input.closeout } },
    };
  },
});

export const addIntegrityRecord = define({
  name: "registration.addIntegrityRecord",
  title: { zh: "登记诚信记录", en: "Enter an integrity record" },
  input: z.strictObject({
    subjectKind: z.enum(["PERSON", "ORGANIZATION"]),
    subjectName: typed,
    identityType: z.enum(identityTypes).default("RESIDENT_ID"),
    /** Identity number of a person, social credit code of an organisation. */
    subject: typed,
    kind: z.enum(integrityKinds),
    decisionNumber: typed,
    source: typed,
    validFrom: typed,
    /** Empty: without an end. */
    validTo: typed.default(""),
  }),
  load: () => Promise.resolve(null),
  subject: () => ({}),
  effect: async ({ platform, tx, funder, actor, input }) => {
    const read = entries();
    const isPerson = input.subjectKind === "PERSON";
    const name = read.line("subjectName", input.subjectName, words.subject, { most: 100 });
    const subject = isPerson
      ? read.identity("subject", input.identityType, input.subject)
      : read.uscc("subject", input.subject);
    const decisionNumber = read.line("decisionNumber", input.decisionNumber, words.decision, { most: 60 });
    const source = read.line("source", input.source, words.source, { most: 200 });
    const from = read.date("validFrom", input.validFrom, words.from);
    const to = input.validTo.trim() === "" ? null : read.date("validTo", input.validTo, words.to);
    if (to !== null && to < from)
      read.fault(
        "validTo",
        `结束日期 ${to} 早于生效日期 ${from}。请核对这两个日期。`,
        `The last day ${to} is before the first ${from}. Check both.`,
      );
    read.settle();
    const { id } = await tx
      .insertInto("integrity_record")
      .values({
        funder,
        subject_kind: input.subjectKind,
        subject_hash: isPerson ? blindIndexOf(platform.keys, "identity", subject) : null,
        subject_uscc: isPerson ? null : subject,
        subject_name: name,
        kind: input.kind,
        decision_number: decisionNumber,
        source,
        valid_from: from,
        valid_to: to,
        created_by: actor.account,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return { result: { record: id }, entry: { kind: "integrityRecord", id, body: { from, to } } };
  },
});

export const withdrawIntegrityRecord = define({
  name: "registration.withdrawIntegrityRecord",
  title: { zh: "撤销诚信记录", en: "Withdraw an integrity record" },
  input: z.strictObject({ record: z.uuid(), reason: typed }),
  load: async ({ tx, funder, input }) =>
    (await tx
      .selectFrom("integrity_record")
      .select(["id", "withdrawn_at"])
      .where("funder", "=", funder)
      .where("id", "=", input.record)
      .forUpdate()
      .executeTakeFirst()) ?? null,
  subject: () => ({}),
  effect: async ({ tx, funder, input, facts, now }) => {
    if (facts === null) throw new Missing("integrity record");
    if (facts.withdrawn_at !== null)
      throw refused("这条记录已经撤销。", "This record has been withdrawn already.");
    const read = entries();
    const reason = read.text("reason", input.reason, words.reason, { most: 500, least: 4 });
    read.settle();
    await tx
      .updateTable("integrity_record")
      .set({ withdrawn_at: instantText(now), withdrawn_reason: reason })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { record: facts.id },
      entry: { kind: "integrityRecord", id: facts.id, body: { to: "WITHDRAWN" } },
    };
  },
});
