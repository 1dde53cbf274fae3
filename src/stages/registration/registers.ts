import { z } from "zod";
import { identityTypes } from "../../core/policy/application.ts";
import { define } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing, refused, Stale, Taken } from "../../platform/errors.ts";
import type { Keys } from "../../platform/keys.ts";
import { blindIndexOf } from "../../platform/secrets.ts";
import { entries, type Entries } from "./entries.ts";
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

type TypedProject = {
  readonly number: string;
  readonly title: string;
  readonly investigatorName: string;
  readonly identityType: string;
  readonly identityNo: string;
  readonly uscc: string;
  readonly periodEnd: string;
};

/** A running project as somebody typed it; without a lead where `uscc` is empty. */
export const readProject = (read: Entries, input: TypedProject) => ({
  number: read.line("number", input.number, words.number, { most: 60 }),
  title: read.line("title", input.title, words.title, { most: 200 }),
  investigatorName: read.line("investigatorName", input.investigatorName, words.investigator, { most: 60 }),
  identityNo: read.identity("identityNo", input.identityType, input.identityNo),
  periodEnd: read.date("periodEnd", input.periodEnd, words.periodEnd),
  uscc: input.uscc.trim() === "" ? null : read.uscc("uscc", input.uscc),
});

export const unknownLead = (read: Entries, place: string): void =>
  read.fault(
    place,
    "平台上没有这个统一社会信用代码的单位。请核对；单位没有登记的可以不填。",
    "No institution here has this social credit code. Check it, or leave it empty.",
  );

export const projectValues = (keys: Keys, project: ReturnType<typeof readProject>, lead: string | null) => ({
  number: project.number,
  title: project.title,
  investigator_hash: blindIndexOf(keys, "identity", project.identityNo),
  investigator_name: project.investigatorName,
  lead_organization: lead,
  period_end: project.periodEnd,
});

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
    const project = readProject(read, input);
    const lead =
      project.uscc === null
        ? undefined
        : await tx
            .selectFrom("organization")
            .select("id")
            .where("funder", "=", funder)
            .where("uscc", "=", project.uscc)
            .executeTakeFirst();
    if (project.uscc !== null && lead === undefined) unknownLead(read, "uscc");
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
        ...projectValues(platform.keys, project, lead?.id ?? null),
        programme: input.programme,
        category: input.category,
        closeout: "PENDING",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return {
      result: { project: id, version: 1 },
      entry: { kind: "project", id, body: { periodEnd: project.periodEnd } },
    };
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

type TypedRecord = {
  readonly subjectKind: "PERSON" | "ORGANIZATION";
  readonly subjectName: string;
  readonly identityType: string;
  readonly subject: string;
  readonly decisionNumber: string;
  readonly source: string;
  readonly validFrom: string;
  readonly validTo: string;
};

/** An integrity record as somebody typed it; without an end where `validTo` is empty. */
export const readRecord = (read: Entries, input: TypedRecord) => {
  const name = read.line("subjectName", input.subjectName, words.subject, { most: 100 });
  const subject =
    input.subjectKind === "PERSON"
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
  return { subjectKind: input.subjectKind, name, subject, decisionNumber, source, from, to };
};

export const recordValues = (keys: Keys, record: ReturnType<typeof readRecord>) => ({
  subject_kind: record.subjectKind,
  subject_hash: record.subjectKind === "PERSON" ? blindIndexOf(keys, "identity", record.subject) : null,
  subject_uscc: record.subjectKind === "PERSON" ? null : record.subject,
  subject_name: record.name,
  decision_number: record.decisionNumber,
  source: record.source,
  valid_from: record.from,
  valid_to: record.to,
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
    const given = readRecord(read, input);
    read.settle();
    const { id } = await tx
      .insertInto("integrity_record")
      .values({
        funder,
        ...recordValues(platform.keys, given),
        kind: input.kind,
        created_by: actor.account,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return {
      result: { record: id },
      entry: { kind: "integrityRecord", id, body: { from: given.from, to: given.to } },
    };
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
