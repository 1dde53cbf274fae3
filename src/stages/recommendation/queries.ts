import { sql } from "kysely";
import { z } from "zod";
import { permits } from "../../core/permission/matrix.ts";
import { type Actor, may } from "../../core/permission/permission.ts";
import { callById } from "../../platform/calls.ts";
import { Denied, Missing } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { defineQuery } from "../../platform/query.ts";
import { batchFacts, type BatchState } from "./batch.ts";
import { placesOf } from "./quota.ts";

export type BatchRow = {
  readonly id: string;
  readonly code: string;
  readonly state: BatchState;
  readonly call: string;
  readonly department: string;
  readonly departmentName: string;
  readonly letterNumber: string | null;
  readonly issuedOn: string | null;
  readonly issuedAt: number | null;
  readonly paperReceivedOn: string | null;
  readonly items: number;
  readonly scans: number;
};

/** Letters that the actor may read, the newest first: the row `batch.read` of the matrix as a condition. */
export const batchesOf = async (
  { database, funder }: Platform,
  actor: Actor,
  { call, state }: { readonly call?: string | undefined; readonly state?: BatchState | undefined } = {},
): Promise<readonly BatchRow[]> => {
  const ways = (permits["batch.read"]?.permits ?? []).flatMap((permit) =>
    actor.grants
      .filter((grant) => grant.role === permit.role)
      .map((grant) => {
        const scope = permit.scope === "department" ? sql`b.department = ${grant.organization}` : sql`true`;
        return permit.once === undefined ? scope : sql`(${scope} and b.issued_at is not null)`;
      }),
  );
  if (actor.account === null || ways.length === 0) return [];
  const { rows } = await sql<BatchRow>`
    select b.id, b.code, b.state, b.call, b.department, o.name_zh as "departmentName",
      b.letter_number as "letterNumber", b.issued_on as "issuedOn", b.issued_at as "issuedAt",
      b.paper_received_on as "paperReceivedOn",
      (select count(*)::int from batch_item i where i.funder = b.funder and i.batch = b.id) as items,
      (select count(*)::int from attachment a where a.funder = b.funder and a.batch = b.id and a.removed_at is null) as scans
    from batch b join organization o on o.funder = b.funder and o.id = b.department
    where b.funder = ${funder} and (${sql.join(ways, sql` or `)})
      and (${call ?? null}::uuid is null or b.call = ${call ?? null}::uuid)
      and (${state ?? null}::text is null or b.state = ${state ?? null}::text)
    order by b.created_at desc, b.id`.execute(database.kysely);
  return rows;
};

export const batchList = defineQuery({
  name: "batch.list",
  title: { zh: "推荐函列表", en: "Letters" },
  input: z.strictObject({
    call: z.uuid().optional(),
    state: z.enum(["PREPARED", "ISSUED", "RECALLED"]).optional(),
  }),
  run: async (platform, actor, input) => ({ batches: await batchesOf(platform, actor, input) }),
});

export const batchRead = defineQuery({
  name: "batch.read",
  title: { zh: "一份推荐函", en: "One letter" },
  input: z.strictObject({ batch: z.uuid() }),
  run: async (platform, actor, { batch }) => {
    const {
      call,
      subject: _subject,
      scans,
      ...facts
    } = await batchFacts(platform, platform.database.kysely, actor, batch);
    return {
      ...facts,
      call: call.id,
      scans: scans.map(({ id, type, filename, at }) => ({ id, type, filename, at })),
    };
  },
});

export const quotaRead = defineQuery({
  name: "quota.read",
  title: { zh: "限推名额", en: "Places of a quota group" },
  input: z.strictObject({ call: z.uuid(), organization: z.uuid() }),
  run: async (platform, actor, input) => {
    const { database, funder } = platform;
    const unit = await database.kysely
      .selectFrom("organization")
      .select(["id", "name_zh as name", "quota_group as quotaGroup", "competent_department as department"])
      .where("funder", "=", funder)
      .where("id", "=", input.organization)
      .where("kind", "=", "INSTITUTION")
      .executeTakeFirst();
    if (unit === undefined) throw new Missing("organization");
    const permission = may("quota.read", actor, { organization: unit.id, department: unit.department });
    if (!permission.allowed) throw new Denied(permission.reason);
    const call = await callById(platform, database.kysely, input.call);
    return { places: await placesOf(database.kysely, funder, call, unit) };
  },
});

export const recommendationQueries = [batchList, batchRead, quotaRead] as const;
