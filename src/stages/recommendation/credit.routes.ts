import { may } from "../../core/permission/permission.ts";
import { Missing } from "../../platform/errors.ts";
import { uploadLimit } from "../application/upload.ts";
import { callFor, frameOf, placeFor } from "../endorsement/seat.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { CreditPage } from "./credit.page.tsx";
import { creditChecksOf, recordCreditCheck } from "./credit.ts";
import { sentFile, storedFile, withoutFile } from "./files.ts";
import { doneText, exporting, isId, mustBeDepartment, said, shown } from "./frame.ts";
import { exportedCredit } from "./lists.export.ts";
import { departmentRows, unitsOf } from "./lists.ts";

export const registerCredit = (desk: Desk): void => {
  desk.get("/department/credit", (work) => creditPage(work));
  desk.get(
    "/department/credit/export.xlsx",
    exporting((work) => creditList(work, work.query["call"]), exportedCredit),
  );
  desk.post("/department/credit", recordCredit, { files: uploadLimit });
  desk.get("/department/credit/files/:id", evidence);
};

/** The units of a department with what was found about each. */
const creditList = async (work: Work, asked: string | null | undefined) => {
  const departments = mustBeDepartment(work);
  const { platform, viewer } = work;
  const { call } = await callFor(work, asked);
  const all = await departmentRows(platform, viewer.actor, call.id, departments);
  const units = unitsOf(all);
  const credit = await creditChecksOf(
    platform.database.kysely,
    platform.funder,
    call.id,
    units.map((one) => one.id),
  );
  return { call, all, units, credit };
};

const creditPage = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { viewer, query, form } = work;
  const list = await creditList(work, trouble === null ? query["call"] : form.get("call"));
  return shown(
    CreditPage,
    {
      frame: frameOf(work, placeFor(work.place, list.call)),
      ...list,
      records: viewer.actor.grants.some((one) => one.role === "DEPT_REVIEWER"),
      form: trouble === null ? new URLSearchParams({ organization: query["unit"] ?? "" }) : form,
      trouble,
      done: doneText(work),
      once: crypto.randomUUID(),
    },
    trouble,
  );
};

const recordCredit = async (work: Work): Promise<WorkAnswer> => {
  const { form } = work;
  if (work.files.length === 0) return creditPage(work, withoutFile);
  const outcome = await attempt(work, recordCreditCheck, {
    call: said(form, "call"),
    organization: said(form, "organization"),
    result: said(form, "result"),
    checkedOn: said(form, "checkedOn").trim(),
    note: said(form, "note"),
    ...sentFile(work),
  });
  if ("trouble" in outcome) return creditPage(work, outcome.trouble);
  return { to: `${work.place.home}/department/credit?call=${said(form, "call")}&done=credit` };
};

const evidence = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer, params } = work;
  const id = params["id"] ?? "";
  const row = await platform.database.kysely
    .selectFrom("credit_check")
    .innerJoin("attachment", (on) =>
      on
        .onRef("attachment.funder", "=", "credit_check.funder")
        .onRef("attachment.id", "=", "credit_check.evidence"),
    )
    .innerJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "credit_check.funder")
        .onRef("organization.id", "=", "credit_check.organization"),
    )
    .select([
      "attachment.file",
      "attachment.filename",
      "organization.id as organization",
      "organization.competent_department as department",
    ])
    .where("credit_check.funder", "=", platform.funder)
    .where("credit_check.id", "=", isId(id) ? id : nowhere)
    .executeTakeFirst();
  if (row === undefined || !may("creditCheck.read", viewer.actor, row).allowed) throw new Missing("file");
  return storedFile(work, row.file, row.filename);
};

const nowhere = "00000000-0000-0000-0000-000000000000";
