import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { isOpened } from "../../core/application/form-place.ts";
import { define } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing, Refused, refused } from "../../platform/errors.ts";
import { type ApplicationFacts, applicationFacts } from "./facts.ts";
import { writable } from "./save.ts";
import { inspectUpload } from "./upload.ts";

/** Attachments of an application while it is being written. The bytes came before, streamed into the store. */

export const attachmentTypes = [
  "COOPERATION_AGREEMENT",
  "ETHICS_APPROVAL",
  "WORK_IN_PROGRESS",
  "PLATFORM_PROOF",
  "BASE_PROOF",
  "MEDICAL_LICENCE",
  "FEASIBILITY_REPORT",
  "CONSENT",
  "STAMPED_SCAN",
  "OTHER",
] as const;
export type AttachmentType = (typeof attachmentTypes)[number];

const most = 100;

const mustBeWritten = (facts: ApplicationFacts) => {
  if (!writable.has(facts.state))
    throw refused(
      "这项申报已经提交，附件不能再改。需要修改的，请联系单位科研管理员退回。",
      "This application has been submitted; its attachments cannot be changed. Ask your research administrator to return it.",
    );
  if (facts.state === "CORRECTION" && !isOpened(facts.correctionFields, "attachments"))
    throw refused(
      "补正期间只能修改通知中列出的内容，附件不在其中。",
      "During a correction only what the notice lists can be changed; attachments are not among it.",
    );
};

export const attach = define({
  name: "application.attach",
  title: { zh: "上传附件", en: "Attach a file" },
  input: z.strictObject({
    application: z.uuid(),
    type: z.enum(attachmentTypes),
    filename: z.string().overwrite(cleanText).min(1).max(255),
    /** SHA-256 of a file in the store, in hex. */
    file: z.string().regex(/^[0-9a-f]{64}$/),
    note: z.string().overwrite(cleanText).max(1_000).default(""),
  }),
  load: ({ platform, tx, actor, input }) =>
    applicationFacts(platform, tx, actor, input.application, "update"),
  subject: (facts) => facts.subject,
  effect: async ({ platform, tx, funder, actor, input, now, facts }) => {
    mustBeWritten(facts);
    const inspected = await inspectUpload(platform.files, input.file, input.filename).catch(
      (error: unknown) => {
        if ((error as { readonly code?: string }).code === "ENOENT") throw new Missing("file");
        throw error;
      },
    );
    if ("fault" in inspected) throw new Refused(inspected.fault);
    const { count } = await tx
      .selectFrom("attachment")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .where("removed_at", "is", null)
      .executeTakeFirstOrThrow();
    if (count >= most)
      throw refused(
        `附件已有 ${count} 个，最多 ${most} 个。请合并或删去一些后再上传。`,
        `There are ${count} attachments already, ${most} at most. Merge or remove some first.`,
      );
    const stored = await tx
      .insertInto("stored_file")
      .values({ funder, sha256: input.file, size: inspected.size, mime: inspected.mime })
      .onConflict((conflict) => conflict.columns(["funder", "sha256"]).doNothing())
      .returning("sha256")
      .executeTakeFirst();
    if (stored === undefined) {
      const before = await tx
        .selectFrom("stored_file")
        .select("purged_at")
        .where("funder", "=", funder)
        .where("sha256", "=", input.file)
        .executeTakeFirst();
      if (before !== undefined && before.purged_at !== null)
        throw refused(
          "这份文件的内容已按规定清除，不能再次上传。",
          "The content of this file was destroyed by decision; it cannot be uploaded again.",
        );
    }
    await platform.jobs.enqueue(tx, "application.readAttachment", { file: input.file }, { once: input.file });
    const { id } = await tx
      .insertInto("attachment")
      .values({
        funder,
        application: facts.id,
        type: input.type,
        filename: input.filename,
        file: input.file,
        note: input.note,
        uploaded_by: actor.account ?? "",
        uploaded_at: instantText(now),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return {
      result: { application: facts.id, attachment: id, size: inspected.size, mime: inspected.mime },
      entry: {
        kind: "application",
        id: facts.id,
        body: { attachment: id, type: input.type, sha256: input.file, size: inspected.size },
      },
    };
  },
});

export const detach = define({
  name: "application.detach",
  title: { zh: "删去附件", en: "Remove an attachment" },
  input: z.strictObject({ application: z.uuid(), attachment: z.uuid() }),
  load: ({ platform, tx, actor, input }) =>
    applicationFacts(platform, tx, actor, input.application, "update"),
  subject: (facts) => facts.subject,
  effect: async ({ tx, funder, input, now, facts }) => {
    mustBeWritten(facts);
    // The bytes stay: a frozen version may refer to them.
    const removed = await tx
      .updateTable("attachment")
      .set({ removed_at: instantText(now) })
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .where("id", "=", input.attachment)
      .where("removed_at", "is", null)
      .returning("file")
      .executeTakeFirst();
    if (removed === undefined) throw new Missing("attachment");
    return {
      result: { application: facts.id, attachment: input.attachment },
      entry: {
        kind: "application",
        id: facts.id,
        body: { attachment: input.attachment, removed: removed.file },
      },
    };
  },
});
