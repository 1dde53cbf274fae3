import { sql } from "kysely";
import type { Platform } from "./platform.ts";

/** What goes out to one person at one time. With the same `id` and `edition` it is the same letter, whenever it is tried. */
export type Letter = {
  readonly id: string;
  readonly edition: number;
  readonly account: string;
  readonly kind: "NOTICE" | "DIGEST";
  readonly name: string;
  /** Where its person gets letters (may be empty), and in which language. */
  readonly email: string;
  readonly language: "zh" | "en";
  /** The oldest first. */
  readonly notices: readonly LetterNotice[];
  /** How many stand in the account's list only. */
  readonly more: number;
};

export type LetterNotice = {
  /** With the facts the words of `src/ui/notices.ts`; `link` is a path of the platform. */
  readonly template: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly link: string;
  /** The dates by which the next step of its application is taken: first instants after, ms since 1970 UTC. */
  readonly dates: { readonly apply: number | null; readonly recommend: number | null };
};

/** So many are written out; who was told of more finds them in the list of the account. */
const most = 50;

/** Dates are read when it is sent: an extension counts. What came back after the endorsement has until the recommendation closes. */
export const noticesOf = async (
  { database, funder }: Pick<Platform, "database" | "funder">,
  letter: string,
): Promise<Pick<Letter, "notices" | "more">> => {
  const { rows } = await sql<Omit<LetterNotice, "dates"> & LetterNotice["dates"] & { total: number }>`
    select mail.template, mail.facts, mail.link, count(*) over () as total,
      case when application.endorsed_at is null then call.apply_close_on else call.recommend_close_on end
        ::timestamp at time zone 'Asia/Shanghai' + interval '1 day' as apply,
      call.recommend_close_on::timestamp at time zone 'Asia/Shanghai' + interval '1 day' as recommend
    from mail
    left join application on application.funder = mail.funder and application.id = mail.application
    left join call on call.funder = application.funder and call.id = application.call
    where mail.funder = ${funder} and mail.letter = ${letter}
    order by mail.created_at, mail.id limit ${most}`.execute(database.kysely);
  return {
    notices: rows.map(({ template, facts, link, apply, recommend }) => ({
      template,
      facts,
      link,
      dates: { apply, recommend },
    })),
    more: (rows[0]?.total ?? 0) - rows.length,
  };
};
