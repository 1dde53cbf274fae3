import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { define, type Performing } from "../../platform/action.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing, refused, Stale } from "../../platform/errors.ts";
import { notify } from "../../platform/mail.ts";
import { type ApplicationFacts, applicationFacts } from "../application/facts.ts";
import { onApplication } from "../application/life.ts";
import { inspectUpload } from "../application/upload.ts";
import { ground, groundOf } from "./ground.ts";
import { kinds, type Kind } from "./confirmations.ts";

/** What a unit confirms for one frozen version, before its administrator may approve. Moves no state; binds to the version's hash. */

const scanTypes = new Set(["application/pdf", "image/jpeg", "image/png"]);

const load = ({ platform, tx, actor, input }: Performing<{ application: string; version: number }>) =>
  applicationFacts(platform, tx, actor, input.application, "update");

const mustWait = (facts: ApplicationFacts, version: number, states: readonly string[]): number => {
  if (facts.version !== version) throw new Stale(version, facts.version);
  if (!states.includes(facts.state) || facts.frozenVersion === null)
    throw refused(
      "这项申报现在不在等候单位确认。请刷新后再看。",
      "This application is not waiting for the unit's confirmation now. Reload the page.",
    );
  return facts.frozenVersion;
};

const frozenOf = (tx: Transaction, funder: string, application: string) =>
  tx
    .selectFrom("application_version")
    .select(["number", "hash", "code"])
    .where("funder", "=", funder)
    .where("application", "=", application)
    .orderBy("number", "desc")
    .execute();

const write = async (
  { tx, funder, actor, now }: Performing<unknown>,
  facts: ApplicationFacts,
  version: number,
  kind: Kind | "ORGANIZATION_COMMITMENT",
  { agreed, remark, hash }: { agreed: boolean; remark: string; hash: string | null },
) => {
  const said = { agreed, remark, hash, by: actor.account ?? "", at: instantText(now) };
  await tx
    .insertInto("confirmation")
    .values({
      funder,
      application: facts.id,
      version,
      kind,
      party: facts.organization.id,
      ...said,
    })
    .onConflict((on) => on.columns(["funder", "application", "version", "kind", "party"]).doUpdateSet(said))
    .execute();
};

/** What is typed from paper: case, spaces and the kind of dash do not matter. */
const bare = (code: string) => code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");

export const seal = define({
  name: "endorsement.seal",
  title: { zh: "签署单位承诺并上传盖章件", en: "Commit the unit and add the stamped scan" },
  input: z.strictObject({
    ...onApplication,
    /** As printed on the stamped paper. */
    code: z.string().max(60),
    commitment: z.literal(true, { error: "sign the unit's commitment first" }),
    /** SHA-256 of a file in the store, in hex. */
    file: z.string().regex(/^[0-9a-f]{64}$/, "choose the scan of the stamped pages"),
    filename: z.string().overwrite(cleanText).min(1).max(255),
  }),
  load,
  subject: (facts) => facts.subject,
  effect: async (context) => {
    const { platform, tx, funder, actor, input, now, facts } = context;
    // After a correction the stamped pages follow the corrected version.
    const version = mustWait(
      facts,
      input.version,
      facts.corrected ? ["ORG_REVIEW", "ACCEPTANCE"] : ["ORG_REVIEW"],
    );
    const versions = await frozenOf(tx, funder, facts.id);
    const current = versions.find((one) => one.number === version);
    if (current === undefined) throw new TypeError("the frozen version is not there");
    const typed = versions.find((one) => bare(one.code) === bare(input.code));
    const clause = facts.call.policy.procedure.clauses["endorsement.seal"] ?? "";
    if (typed?.number !== version)
      throw refused(
        typed === undefined
          ? "版本码与这项申报不符。"
          : `盖章件是第 ${typed.number} 版的，现在的申报书是第 ${version} 版。`,
        typed === undefined
          ? "The version code does not belong to this application."
          : `The stamped paper is of version ${typed.number}; the application is now version ${version}.`,
        [
          groundOf(
            "code",
            clause,
            typed === undefined
              ? {
                  zh: `你填写的是“${input.code}”，应为 ${current.code}。请核对盖章件页脚的版本码；确是别的申报书的，请换成这一项的。`,
                  en: `You entered "${input.code}"; it should be ${current.code}. Check the code at the foot of the stamped pages.`,
                }
              : {
                  zh: `请打印第 ${version} 版（版本码 ${current.code}），盖章后重新扫描上传。`,
                  en: `Print version ${version} (code ${current.code}), stamp it and scan it again.`,
                },
          ),
        ],
      );
    const inspected = await inspectUpload(platform.files, input.file, input.filename).catch(
      (error: unknown) => {
        if ((error as { readonly code?: string }).code === "ENOENT") throw new Missing("file");
        throw error;
      },
    );
    if ("fault" in inspected || !scanTypes.has(inspected.mime))
      throw refused(
        "fault" in inspected
          ? inspected.fault.zh
          : "这个文件不是 PDF 或图片（按内容判断，不看文件名）。请上传盖章页的扫描件。",
        "fault" in inspected
          ? inspected.fault.en
          : "The file is no PDF or picture, judged by its content. Add a scan of the stamped pages.",
        [ground("file", clause, "请选择 PDF、JPEG 或 PNG 文件。", "Choose a PDF, JPEG or PNG file.")],
      );
    const { size, mime } = inspected;
    await tx
      .insertInto("stored_file")
      .values({ funder, sha256: input.file, size, mime })
      .onConflict((on) => on.columns(["funder", "sha256"]).doNothing())
      .execute();
    const { purged_at: purged } = await tx
      .selectFrom("stored_file")
      .select("purged_at")
      .where("funder", "=", funder)
      .where("sha256", "=", input.file)
      .executeTakeFirstOrThrow();
    if (purged !== null)
      throw refused(
        "这份文件的内容已按规定清除，不能再次上传。",
        "The content of this file was destroyed by decision; it cannot be uploaded again.",
        [ground("file", clause, "请换一份扫描件。", "Choose another scan.")],
      );
    await tx
      .updateTable("attachment")
      .set({ removed_at: instantText(now) })
      .where("funder", "=", funder)
      .where("application", "=", facts.id)
      .where("type", "=", "STAMPED_SCAN")
      .where("removed_at", "is", null)
      .execute();
    const { id: attachment } = await tx
      .insertInto("attachment")
      .values({
        funder,
        application: facts.id,
        type: "STAMPED_SCAN",
        filename: input.filename,
        file: input.file,
        note: current.code,
        uploaded_by: actor.account ?? "",
        uploaded_at: instantText(now),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const bound = { agreed: true, remark: current.code, hash: current.hash };
    await write(context, facts, version, "ORGANIZATION_COMMITMENT", bound);
    await write(context, facts, version, "SEAL", bound);
    await tellAdministrators(context, facts, "sealed");
    return {
      result: { application: facts.id, version: facts.version, frozenVersion: version, attachment },
      entry: {
        kind: "application",
        id: facts.id,
        body: { confirmed: "SEAL", frozenVersion: version, hash: current.hash, sha256: input.file },
      },
    };
  },
});

const tellAdministrators = ({ tx, funder }: Performing<unknown>, facts: ApplicationFacts, template: string) =>
  notify(tx, funder, [{ role: "ORG_ADMIN", organization: facts.organization.id }], {
    template,
    facts: { title: facts.content.title, investigator: facts.investigator.name },
    link: `/institution/${facts.id}`,
    application: facts.id,
  });

const confirmation = (kind: "BUDGET" | "SECRECY", zh: string, en: string) =>
  define({
    name: kinds[kind].action,
    title: { zh, en },
    input: z.strictObject({
      ...onApplication,
      agreed: z.boolean(),
      /** What the matter is, where it is not agreed to. */
      remark: z.string().overwrite(cleanText).trim().max(1_000).default(""),
    }),
    load,
    subject: (facts) => facts.subject,
    effect: async (context) => {
      const { input, facts } = context;
      const version = mustWait(facts, input.version, ["ORG_REVIEW"]);
      if (!input.agreed && input.remark === "")
        throw refused(
          "不同意的，请写明理由，负责人据此修改。",
          "Say why you do not agree, so that it can be amended.",
          [ground("remark", "", "请写明理由。", "Write the reason.")],
        );
      await write(context, facts, version, kind, { agreed: input.agreed, remark: input.remark, hash: null });
      await tellAdministrators(context, facts, input.agreed ? "confirmed" : "notConfirmed");
      return {
        result: { application: facts.id, version: facts.version, frozenVersion: version },
        entry: {
          kind: "application",
          id: facts.id,
          body: { confirmed: kind, agreed: input.agreed, frozenVersion: version },
        },
      };
    },
  });

export const confirmBudget = confirmation("BUDGET", "确认预算", "Confirm the budget");
export const confirmSecrecy = confirmation("SECRECY", "确认保密与伦理审核", "Confirm secrecy and ethics");
