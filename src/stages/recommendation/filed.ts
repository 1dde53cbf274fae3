import type { Content } from "../../core/application/content.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import { Missing } from "../../platform/errors.ts";
import type { ApplicationFacts } from "../application/facts.ts";

/** What was filed, in the version that the application names: the department judges this, never the draft. */
export const filedContent = async (
  database: Queryable,
  funder: string,
  { id, frozenVersion }: Pick<ApplicationFacts, "id" | "frozenVersion">,
): Promise<Content> => {
  const row = await database
    .selectFrom("application_version")
    .select("content")
    .where("funder", "=", funder)
    .where("application", "=", id)
    .where("number", "=", frozenVersion ?? 0)
    .executeTakeFirst();
  if (row === undefined) throw new Missing("version");
  return row.content as Content;
};
