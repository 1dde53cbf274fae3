import type { Content } from "../../core/application/content.ts";
import type { Call } from "../../platform/calls.ts";
import { nextNumber } from "../../platform/counter.ts";
import type { Transaction } from "../../platform/database/connect.ts";
import { instantText, jsonText } from "../../platform/database/values.ts";
import { refused } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";

/** The investigator of a new application is whoever acts, at their own institution: never asked for. */
export const applicant = async (tx: Transaction, funder: string, person: string | null) => {
  const found =
    person === null
      ? undefined
      : await tx
          .selectFrom("person")
          .innerJoin("organization", (on) =>
            on
              .onRef("organization.funder", "=", "person.funder")
              .onRef("organization.id", "=", "person.organization"),
          )
          .select([
            "person.id",
            "person.identity_hash",
            "organization.id as organization",
            "organization.standing",
          ])
          .where("person.funder", "=", funder)
          .where("person.id", "=", person)
          .executeTakeFirst();
  if (found === undefined || found.standing !== "ACTIVE")
    throw refused(
      "你的单位还没有在平台上登记并启用，不能新建申报。请联系单位科研管理员。",
      "Your institution is not registered and active here yet. Ask its research administrator.",
    );
  return found;
};

export const mustBeOpen = (call: Call, now: number) => {
  if (now < call.opensAt) throw refused("这次申报尚未开始，还不能新建。", "This call has not opened yet.");
  if (now >= call.applyClosesAt || (call.begunBefore !== null && now >= call.begunBefore))
    throw refused(
      "申报时间已过，不能再新建申报。已有的草稿仍可查看和复制。",
      "The time for applications has passed; no new one can be begun. Drafts can still be read and copied.",
    );
};

export const insertApplication = async (
  platform: Platform,
  tx: Transaction,
  call: Call,
  owner: Awaited<ReturnType<typeof applicant>>,
  content: Content,
  by: string,
  now: number,
): Promise<{ id: string; number: number }> => {
  const { funder } = platform;
  const number = await nextNumber(tx, funder, `application ${call.id}`);
  const { id } = await tx
    .insertInto("application")
    .values({
      funder,
      call: call.id,
      number,
      state: "DRAFT",
      investigator: owner.id,
      investigator_hash: owner.identity_hash,
      lead_organization: owner.organization,
      created_by: by,
      created_at: instantText(now),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("draft")
    .values({ funder, application: id, content: jsonText(content), saved_by: by, saved_at: instantText(now) })
    .execute();
  return { id, number };
};
