import type { Content } from "../../core/application/content.ts";
import type { Worded } from "../../core/application/worded.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import { Missing } from "../../platform/errors.ts";
import type { ApplicationFacts } from "../application/facts.ts";

/** What was filed: the version that every decision is about, whatever has become of the draft. */
export type Frozen = {
  readonly number: number;
  readonly content: Content;
  readonly worded: Worded;
  readonly hash: string;
  readonly code: string;
  readonly frozenAt: number;
};

/** The version that the application names. Throws `Missing` where nothing was filed. */
export const frozenOf = async (
  database: Queryable,
  funder: string,
  facts: Pick<ApplicationFacts, "id" | "frozenVersion">,
): Promise<Frozen> => {
  const row = await database
    .selectFrom("application_version")
    .select(["number", "content", "worded", "hash", "code", "frozen_at"])
    .where("funder", "=", funder)
    .where("application", "=", facts.id)
    .where("number", "=", facts.frozenVersion ?? 0)
    .executeTakeFirst();
  if (row === undefined) throw new Missing("version");
  return {
    number: row.number,
    content: row.content as Content,
    worded: row.worded as Worded,
    hash: row.hash,
    code: row.code,
    frozenAt: row.frozen_at,
  };
};
