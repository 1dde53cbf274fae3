import { Missing } from "../../../platform/errors.ts";
import type { Work } from "../desk.ts";
import { keptImport, type KeptImport, type Plan, planOf } from "./store.ts";

/** The import in the address, as far as the person may see it. */
export const importIn = (work: Work): Promise<KeptImport> => {
  const id = work.params["id"] ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Missing("import");
  return keptImport(work.platform, work.platform.database.kysely, work.viewer.actor, id);
};

export const planIn = (work: Work, one: KeptImport): Promise<Plan | null> =>
  planOf(work.platform, work.platform.database.kysely, work.viewer.actor, one);
