import type { Actor } from "../../../core/permission/permission.ts";
import { permits } from "../../../core/permission/matrix.ts";
import { type ImportCode, type ImportKind } from "./kind.ts";
import { organizations } from "./organizations.ts";
import { people } from "./people.ts";
import { bases, licences, platforms } from "./places.ts";
import { projects } from "./projects.ts";
import { records } from "./records.ts";

/** Every kind of import, in the order of the page. */
export const kinds = [
  people,
  organizations,
  platforms,
  bases,
  licences,
  projects,
  records,
] as unknown as readonly ImportKind[];

export const kindOf = (code: string): ImportKind | undefined =>
  kinds.find((one) => one.code === (code as ImportCode));

/** Where somebody may import a kind: institutions, or null for the bureau's own. Empty: nowhere. */
export const seatsOf = (actor: Actor, { action }: ImportKind): readonly (string | null)[] => {
  const seats = (permits[action]?.permits ?? []).flatMap(({ role, scope }) =>
    actor.grants
      .filter((grant) => grant.role === role)
      .map(({ organization }) => (scope === "unit" ? organization : null)),
  );
  return [...new Set(seats)];
};
