import type { FiledBy } from "../../core/application/worded.ts";
import type { Queryable } from "../../platform/database/connect.ts";
import type { ApplicationFacts } from "./facts.ts";

/** Who would file it now. */
export const filedByNow = async (
  database: Queryable,
  funder: string,
  { investigator, organization }: Pick<ApplicationFacts, "investigator" | "organization">,
): Promise<FiledBy> => {
  const row = await database
    .selectFrom("person")
    .leftJoin("organization", (on) =>
      on
        .onRef("organization.funder", "=", "person.funder")
        .on("organization.id", "=", organization.department),
    )
    .select(["name", "title_level", "degree", "identity_mask", "organization.name_zh as department"])
    .where("person.funder", "=", funder)
    .where("person.id", "=", investigator.person)
    .executeTakeFirstOrThrow();
  return {
    name: row.name,
    titleLevel: row.title_level,
    degree: row.degree,
    identity: row.identity_mask,
    organization: organization.name,
    uscc: organization.uscc,
    department: row.department ?? "",
  };
};
