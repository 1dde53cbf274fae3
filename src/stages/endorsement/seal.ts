import { z } from "zod";
import { cleanText } from "../../core/application/clean.ts";
import { bareCode } from "../../core/document/page-code.ts";
import { compareScan, type ScanComparison } from "../../core/document/scan-compare.ts";
import { define, type Performing } from "../../platform/action.ts";
import { instantText } from "../../platform/database/values.ts";
import { Missing, refused } from "../../platform/errors.ts";
import type { ApplicationFacts } from "../application/facts.ts";
import { onApplication } from "../application/life.ts";
import { inspectUpload } from "../application/upload.ts";
import { load, mustWait, tellAdministrators, write } from "./confirm.ts";
import { ground, groundOf } from "./ground.ts";
import {
  expectedOf,
  frozenVersions,
  type FrozenVersion,
  groundsOfScan,
  patience,
  scanTypes,
} from "./scan.ts";

/** 单位承诺与盖章件: the stamped paper is read, and only that of the frozen version is taken. */

export const seal = define({
  name: "endorsement.seal",
  title: { zh: "签署单位承诺并上传盖章件", en: "Commit the unit and add the stamped scan" },
  input: z.strictObject({
    ...onApplication,
    /** As printed on the stamped paper. Needed only where it could not be read from the scan. */
    code: z.string().max(60).default(""),
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
    const versions = await frozenVersions(tx, funder, facts.id);
    const current = versions.find((one) => one.number === version);
    if (current === undefined) throw new TypeError("the frozen version is not there");
    const clause = facts.call.policy.procedure.clauses["endorsement.seal"] ?? "";
    mustBeOfVersion(input.code, clause, versions, current);
    const { size, mime } = await mustBeScan(context, clause);
    const expected = await expectedOf(platform, actor, facts, versions, current, "inside");
    const compared = compareScan(await platform.scans.read(input.file, mime, patience), expected);
    mustBeRight(compared, input.code, clause);
    const isByHand = compared.verdict === "person";
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
    const remark = isByHand ? `${current.code}（人工核对）` : current.code;
    const bound = { agreed: true, remark, hash: current.hash };
    await write(context, facts, version, "ORGANIZATION_COMMITMENT", bound);
    await write(context, facts, version, "SEAL", bound);
    await tellAdministrators(context, facts, "sealed");
    return {
      result: {
        application: facts.id,
        version: facts.version,
        frozenVersion: version,
        attachment,
        // What was read, for whoever called; a person at the screen sees it on the page.
        scan: {
          checked: isByHand ? ("BY_HAND" as const) : ("READ" as const),
          pages: compared.read.length,
          findings: compared.findings,
        },
      },
      entry: {
        kind: "application",
        id: facts.id,
        body: {
          confirmed: "SEAL",
          frozenVersion: version,
          hash: current.hash,
          sha256: input.file,
          pagesRead: compared.read.length,
          byHand: isByHand,
        },
      },
    };
  },
});

/** A code that was typed must be the current one, whatever the scan shows. */
const mustBeOfVersion = (
  typed: string,
  clause: string,
  versions: readonly FrozenVersion[],
  current: FrozenVersion,
): void => {
  if (typed.trim() === "") return;
  const meant = versions.find((one) => bareCode(one.code) === bareCode(typed));
  if (meant?.number === current.number) return;
  throw refused(
    meant === undefined
      ? "版本码与这项申报不符。"
      : `盖章件是第 ${meant.number} 版的，现在的申报书是第 ${current.number} 版。`,
    meant === undefined
      ? "The version code does not belong to this application."
      : `The stamped paper is of version ${meant.number}; the application is now version ${current.number}.`,
    [
      groundOf(
        "code",
        clause,
        meant === undefined
          ? {
              zh: `你填写的是“${typed}”，应为 ${current.code}。请核对盖章件页脚的版本码；确是别的申报书的，请换成这一项的。`,
              en: `You entered "${typed}"; it should be ${current.code}. Check the code at the foot of the stamped pages.`,
            }
          : {
              zh: `请打印第 ${current.number} 版（版本码 ${current.code}），盖章后重新扫描上传。`,
              en: `Print version ${current.number} (code ${current.code}), stamp it and scan it again.`,
            },
      ),
    ],
  );
};

const mustBeScan = async (
  {
    platform,
    input,
  }: Performing<{ readonly file: string; readonly filename: string }> & { facts: ApplicationFacts },
  clause: string,
) => {
  const inspected = await inspectUpload(platform.files, input.file, input.filename).catch(
    (error: unknown) => {
      if ((error as { readonly code?: string }).code === "ENOENT") throw new Missing("file");
      throw error;
    },
  );
  if (!("fault" in inspected) && scanTypes.has(inspected.mime)) return inspected;
  throw refused(
    "fault" in inspected
      ? inspected.fault.zh
      : "这个文件不是 PDF 或图片（按内容判断，不看文件名）。请上传盖章件的扫描件。",
    "fault" in inspected
      ? inspected.fault.en
      : "The file is no PDF or picture, judged by its content. Add a scan of the stamped paper.",
    [ground("file", clause, "请选择 PDF、JPEG 或 PNG 文件。", "Choose a PDF, JPEG or PNG file.")],
  );
};

const mustBeRight = ({ verdict, findings }: ScanComparison, typed: string, clause: string): void => {
  if (verdict === "right") return;
  if (verdict === "wrong") {
    const errors = findings.filter((one) => one.severity === "error");
    throw refused(
      "盖章件与现在的申报书不符，没有保存。",
      "The stamped paper is not that of the application as it is now; it was not kept.",
      groundsOfScan(clause, errors),
    );
  }
  if (typed.trim() !== "") return;
  throw refused(
    "盖章件有没有读出的地方，请核对后填写版本码。",
    "Part of the stamped paper could not be read. Check it and enter the version code.",
    [
      ...groundsOfScan(clause, findings),
      ground(
        "code",
        clause,
        "请看盖章件页脚，把版本码填在这里；填写后记为人工核对。",
        "Enter the version code from the foot of the stamped pages; it is recorded as checked by hand.",
      ),
    ],
  );
};
