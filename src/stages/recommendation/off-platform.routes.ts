import { may } from "../../core/permission/permission.ts";
import { Missing } from "../../platform/errors.ts";
import { callFor, frameOf, placeFor } from "../endorsement/seat.ts";
import { attempt, type Desk, type Trouble, type Work, type WorkAnswer } from "../registration/desk.ts";
import { doneText, exporting, said, shown } from "./frame.ts";
import { exportedOffPlatform } from "./lists.export.ts";
import { OffPlatformPage, type OffPlatform } from "./off-platform.page.tsx";
import { registerOffPlatform, withdrawOffPlatform } from "./off-platform.ts";

export const registerOffPlatformPages = (desk: Desk): void => {
  desk.get("/off-platform", (work) => offPlatform(work));
  desk.get(
    "/off-platform/export.xlsx",
    exporting((work) => offPlatformList(work, work.query["call"]), exportedOffPlatform),
  );
  desk.post("/off-platform", async (work) => {
    const { form } = work;
    const outcome = await attempt(work, registerOffPlatform, {
      call: said(form, "call"),
      number: said(form, "number"),
      organization: said(form, "organization"),
      receivedOn: said(form, "receivedOn").trim(),
    });
    if ("trouble" in outcome) return offPlatform(work, outcome.trouble);
    return { to: `${work.place.home}/off-platform?call=${said(form, "call")}&done=register` };
  });
  desk.post("/off-platform/withdraw", async (work) => {
    const { form } = work;
    const outcome = await attempt(work, withdrawOffPlatform, {
      offPlatform: said(form, "offPlatform"),
      reason: said(form, "reason"),
    });
    if ("trouble" in outcome) return offPlatform(work, outcome.trouble);
    return { to: `${work.place.home}/off-platform?call=${said(form, "call")}&done=unregister` };
  });
};

/** What is registered off the platform, and the units that may be registered. */
const offPlatformList = async (work: Work, asked: string | null | undefined) => {
  const { platform, viewer } = work;
  if (!may("recommendation.registerOffPlatform", viewer.actor, {}).allowed) throw new Missing("page");
  const { call } = await callFor(work, asked);
  const database = platform.database.kysely;
  const [entries, units] = await Promise.all([
    database
      .selectFrom("off_platform")
      .innerJoin("organization", (on) =>
        on
          .onRef("organization.funder", "=", "off_platform.funder")
          .onRef("organization.id", "=", "off_platform.organization"),
      )
      .select([
        "off_platform.id",
        "off_platform.number",
        "organization.name_zh as unit",
        "off_platform.quota_group as quotaGroup",
        "off_platform.received_on as receivedOn",
        "off_platform.withdrawn_at as withdrawnAt",
        "off_platform.withdrawal_reason as reason",
      ])
      .where("off_platform.funder", "=", platform.funder)
      .where("off_platform.call", "=", call.id)
      .orderBy("off_platform.entered_at", "desc")
      .execute() as Promise<readonly OffPlatform[]>,
    database
      .selectFrom("organization")
      .select(["id", "name_zh as name"])
      .where("funder", "=", platform.funder)
      .where("kind", "=", "INSTITUTION")
      .where("standing", "=", "ACTIVE")
      .orderBy("name_zh")
      .execute(),
  ]);
  return { call, entries, units };
};

const offPlatform = async (work: Work, trouble: Trouble | null = null): Promise<WorkAnswer> => {
  const { query, form } = work;
  const list = await offPlatformList(work, trouble === null ? query["call"] : form.get("call"));
  return shown(
    OffPlatformPage,
    {
      frame: frameOf(work, placeFor(work.place, list.call)),
      ...list,
      form,
      trouble,
      done: doneText(work),
      once: crypto.randomUUID(),
    },
    trouble,
  );
};
