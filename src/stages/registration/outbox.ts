import { sql } from "kysely";
import { z } from "zod";
import { type Actor, may } from "../../core/permission/permission.ts";
import { maskEmail } from "../../core/mask.ts";
import { define } from "../../platform/action.ts";
import { Denied, Missing, refused } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { owned, ownAccount } from "./facts.ts";

/** What left the platform by mail: for the platform's administrator the fact, never the content. */

export const letterStates = ["WAITING", "STOPPED", "SENT", "LOGGED"] as const;
export type LetterState = (typeof letterStates)[number];

/** LOGGED: there was no mail server, so it stands in the log only. */
const stateOf = sql<LetterState>`case when letter.way = 'LOG' then 'LOGGED' when letter.sent_at is not null then 'SENT'
  when letter.stopped_at is not null then 'STOPPED' else 'WAITING' end`;

export const outboxInput = z.strictObject({
  state: z.enum(letterStates).optional(),
  /** In the name, the login or the institution's name. */
  search: z.string().max(200).default(""),
});

/** What the list is asked for; a filter that names nothing is left out. */
export const outboxAsked = (query: Readonly<Record<string, string>>): z.input<typeof outboxInput> => {
  const state = letterStates.find((one) => one === query["state"]);
  return { search: (query["search"] ?? "").slice(0, 200), ...(state === undefined ? {} : { state }) };
};

export type OutboxRow = {
  readonly id: string;
  readonly state: LetterState;
  readonly account: string;
  readonly name: string;
  readonly login: string;
  readonly organization: string | null;
  /** Masked; empty where none is known. */
  readonly address: string;
  readonly kind: "NOTICE" | "DIGEST";
  /** Kinds of its notices without what they are about, and how many of each. */
  readonly templates: readonly { readonly template: string; readonly count: number }[];
  readonly at: number;
  readonly sentAt: number | null;
  readonly past: boolean;
  readonly attempts: number;
  readonly edition: number;
  readonly nextAt: number | null;
  readonly fault: string | null;
};
export type Outbox = {
  readonly rows: readonly OutboxRow[];
  readonly counts: Readonly<Partial<Record<LetterState, number>>>;
};

/** At most so many are listed, the latest first. */
export const outboxLimit = 200;

const like = (search: string) =>
  `%${search
    .normalize("NFKC")
    .trim()
    .replaceAll(/[\\%_]/g, "\\$&")}%`;

export const readOutbox = async (
  { database: { kysely }, funder }: Platform,
  actor: Actor,
  raw: z.input<typeof outboxInput>,
  { after, most }: { readonly after: Pick<OutboxRow, "id"> | null; readonly most: number } = {
    after: null,
    most: outboxLimit,
  },
): Promise<Outbox> => {
  const permission = may("outbox.list", actor, {});
  if (!permission.allowed) throw new Denied(permission.reason);
  const { state, search } = outboxInput.parse(raw);
  const from = sql`
    letter
    join account on account.funder = letter.funder and account.id = letter.account
    join person on person.funder = account.funder and person.id = account.person
    left join organization on organization.funder = person.funder and organization.id = person.organization
    where letter.funder = ${funder} and (${search.trim()} = '' or person.name ilike ${like(search)}
      or account.login ilike ${like(search)} or organization.name_zh ilike ${like(search)})`;
  // The instant of the last row is compared where it is exact.
  const beyond =
    after === null
      ? sql`true`
      : sql`exists (select from letter last where last.funder = ${funder} and last.id = ${after.id}
          and (letter.created_at < last.created_at or (letter.created_at = last.created_at and letter.id > last.id)))`;
  const [{ rows }, { rows: counted }] = await Promise.all([
    sql<OutboxRow>`
      select letter.id, ${stateOf} as state, letter.account, person.name, account.login,
        organization.name_zh as organization, coalesce(letter.address, person.email) as address, letter.kind,
        (select coalesce(jsonb_agg(jsonb_build_object('template', template, 'count', count) order by count desc, template), '[]')
          from (select template, count(*) as count from mail
            where mail.funder = letter.funder and mail.letter = letter.id group by template) as t) as templates,
        letter.created_at as at, letter.sent_at as "sentAt", coalesce(letter.way = 'PAST', false) as past,
        letter.attempts, letter.edition, letter.fault,
        case when letter.sent_at is null and letter.stopped_at is null then letter.next_at end as "nextAt"
      from ${from} and ${state === undefined ? sql`true` : sql`${stateOf} = ${state}`} and ${beyond}
      order by letter.created_at desc, letter.id limit ${most}`.execute(kysely),
    sql<{
      state: LetterState;
      count: number;
    }>`select ${stateOf} as state, count(*) as count from ${from} group by 1`.execute(kysely),
  ]);
  return {
    rows: rows.map((row) => Object.assign(row, { address: maskEmail(row.address) })),
    counts: Object.fromEntries(counted.map((one) => [one.state, one.count])),
  };
};

export const outboxQuery = {
  name: "outbox.list",
  title: { zh: "发件箱", en: "Outbox" },
  input: outboxInput,
  run: readOutbox,
} as const;

/** A letter that stopped, or one that was sent and did not come: it goes out anew, as another message. */
export const resendLetter = define({
  name: "registration.resendLetter",
  title: { zh: "重新发送信件", en: "Send a letter again" },
  input: z.strictObject({ letter: z.uuid() }),
  load: async ({ tx, funder, input }) =>
    (await tx
      .selectFrom("letter")
      .select(["id", "sent_at", "stopped_at", "edition"])
      .where("funder", "=", funder)
      .where("id", "=", input.letter)
      .forUpdate()
      .executeTakeFirst()) ?? null,
  subject: () => ({}),
  effect: async ({ tx, funder, facts }) => {
    if (facts === null) throw new Missing("letter");
    if (facts.sent_at === null && facts.stopped_at === null)
      throw refused(
        "这封信还在等待发送，平台会自动再试，不用重发。",
        "This letter still waits; the platform tries it again by itself.",
      );
    const edition = facts.edition + 1;
    await tx
      .updateTable("letter")
      .set({
        edition,
        attempts: 0,
        unanswered: 0,
        next_at: sql<string>`platform_now()`,
        sent_at: null,
        way: null,
        stopped_at: null,
        fault: null,
        lease: null,
        leased_until: null,
      })
      .where("funder", "=", funder)
      .where("id", "=", facts.id)
      .execute();
    return {
      result: { letter: facts.id },
      entry: { kind: "letter", id: facts.id, body: { edition } },
    };
  },
});

export const mailPaces = ["ACTION", "ALL", "DAILY"] as const;

/** What of the notices leaves at once, and what waits for the letter of the morning. */
export const setMail = define({
  name: "registration.setMail",
  title: { zh: "设置收信方式", en: "Choose when mail comes" },
  input: z.strictObject({ pace: z.enum(mailPaces) }),
  load: ({ tx, funder, actor }) => ownAccount(tx, funder, actor),
  subject: (facts) => ({ account: facts?.id ?? null }),
  effect: async ({ tx, funder, input, facts }) => {
    const { id } = owned(facts);
    await tx
      .updateTable("account")
      .set({ mail_pace: input.pace })
      .where("funder", "=", funder)
      .where("id", "=", id)
      .execute();
    return { result: { account: id }, entry: { kind: "account", id, body: { pace: input.pace } } };
  },
});
