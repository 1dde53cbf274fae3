import { sql } from "kysely";
import { z } from "zod";
import { define } from "../../platform/action.ts";
import { Missing } from "../../platform/errors.ts";
import { entries } from "./entries.ts";
import { owned, ownAccount } from "./facts.ts";
import { openSession } from "./sessions.ts";

/** A token for a program, shown once; it can do what its owner can, until its last day. */
export const createToken = define({
  name: "registration.createToken",
  title: { zh: "新建访问令牌", en: "Create an access token" },
  input: z.strictObject({ label: z.string().max(1_000), days: z.int().min(1).max(365) }),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ tx, funder, input, facts }) => {
    const account = owned(facts);
    const read = entries();
    const label = read.line("label", input.label, { zh: "名称", en: "Name" }, { most: 60 });
    read.settle();
    const { id, token } = await openSession(tx, funder, account.id, "TOKEN", label, input.days * 24);
    return {
      result: { session: id, token },
      entry: { kind: "session", id, body: { days: input.days } },
    };
  },
});

export const endOwnSession = define({
  name: "registration.endSession",
  title: { zh: "结束登录或停用令牌", en: "End a session or a token" },
  input: z.strictObject({ session: z.uuid() }),
  load: async ({ tx, funder, input, actor }) => {
    const row = await tx
      .selectFrom("session")
      .select(["id", "account"])
      .where("funder", "=", funder)
      .where("id", "=", input.session)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || row.account !== actor.account) throw new Missing("session");
    return row;
  },
  subject: ({ account }) => ({ account }),
  effect: async ({ tx, funder, facts }) => {
    await tx
      .updateTable("session")
      .set({ ended_at: sql<string>`platform_now()` })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .where("ended_at", "is", null)
      .execute();
    return { result: { session: facts.id }, entry: { kind: "session", id: facts.id, body: {} } };
  },
});
