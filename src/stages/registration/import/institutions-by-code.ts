import { sql } from "kysely";
import type { baseLevels } from "../../../core/policy/application.ts";
import type { Judging } from "./kind.ts";

export type Institution = {
  readonly id: string;
  readonly kind: string;
  readonly standing: string;
  readonly name: string;
  readonly type: string | null;
  readonly region: string | null;
  readonly department: string | null;
  readonly basis: string | null;
  readonly quotaGroup: string | null;
  readonly licence: string | null;
  readonly platforms: readonly string[];
  readonly bases: readonly { readonly id: string; readonly level: (typeof baseLevels)[number] }[];
};

/** Organisations by their social credit code, in the columns that the judge of applications reads. */
export const institutionsByCode = async (
  { platform, database, lock }: Judging,
  codes: readonly string[],
): Promise<ReadonlyMap<string, Institution>> => {
  let query = database
    .selectFrom("organization")
    .select([
      "id",
      "uscc",
      "kind",
      "standing",
      "name_zh",
      "type",
      "region",
      "competent_department",
      "department_basis",
      "quota_group",
      "medical_licence",
      "platforms",
      "bases",
    ])
    .where("funder", "=", platform.funder)
    .where(sql<boolean>`uscc = any(${codes}::text[])`)
    .orderBy("id");
  if (lock) query = query.forUpdate();
  return new Map(
    (await query.execute()).map((one) => [
      one.uscc ?? "",
      {
        id: one.id,
        kind: one.kind,
        standing: one.standing,
        name: one.name_zh,
        type: one.type,
        region: one.region,
        department: one.competent_department,
        basis: one.department_basis,
        quotaGroup: one.quota_group,
        licence: one.medical_licence,
        platforms: one.platforms as string[],
        bases: one.bases as Institution["bases"],
      },
    ]),
  );
};
