import type { Bilingual } from "../policy/words.ts";
import type { Role } from "../role.ts";
import { type Permit, permits, type Tie } from "./matrix.ts";

/** A role held by somebody: at an organisation, in a division, lent by a colleague. Ids are uuids. */
export type Grant = {
  readonly id: string;
  readonly role: Role;
  readonly organization: string | null;
  readonly division: string | null;
  /** The account that lent the role, or null. */
  readonly delegatedBy: string | null;
};

/** Who acts. Nobody signed in: `account` and `person` are null and there are no grants. */
export type Actor = {
  readonly account: string | null;
  readonly person: string | null;
  readonly grants: readonly Grant[];
};

/** What is acted upon, as far as permission asks. What is absent matches nobody. */
export type Subject = {
  readonly investigator?: string;
  readonly team?: readonly string[];
  readonly organization?: string | null;
  readonly partners?: readonly string[];
  readonly department?: string | null;
  readonly division?: string | null;
  /** The account that the act is about. */
  readonly account?: string | null;
  readonly filed?: boolean;
  readonly endorsed?: boolean;
  readonly recommended?: boolean;
  readonly appealed?: boolean;
  /** Accounts that did an earlier part and may not do the next. */
  readonly ties?: Partial<Readonly<Record<Tie, string | null>>>;
};

export type Permission =
  | { readonly allowed: true; readonly grant: Grant | null }
  | { readonly allowed: false; readonly reason: Bilingual };

export const nobody: Actor = { account: null, person: null, grants: [] };

const inScope = (permit: Permit, grant: Grant, actor: Actor, subject: Subject): boolean => {
  const same = (id: string | null | undefined, other: string | null) => id != null && id === other;
  const reaches: Readonly<Record<Permit["scope"], () => boolean>> = {
    own: () => same(subject.investigator, actor.person),
    team: () => actor.person !== null && (subject.team ?? []).includes(actor.person),
    unit: () => same(subject.organization, grant.organization),
    partner: () => grant.organization !== null && (subject.partners ?? []).includes(grant.organization),
    department: () => same(subject.department, grant.organization),
    division: () => same(subject.division, grant.division),
    everything: () => true,
  };
  return reaches[permit.scope]();
};

const reached = (permit: Permit, subject: Subject): boolean =>
  permit.once === undefined || subject[permit.once] === true;

const denied: Bilingual = {
  zh: "你的角色不能办理这件事。需要办理的，请找有相应角色的同事。",
  en: "Your role cannot do this. Ask a colleague who holds the role for it.",
};
const samePerson: Bilingual = {
  zh: "这一步须由另一个人办理：你已经办理了前一步，或者是这项申报的负责人。",
  en: "This step must be taken by another person: you took the one before it, or you are its investigator.",
};

/** Whether the actor may do it, under which of their roles, or why not. What the matrix does not name is denied. */
export const may = (action: string, actor: Actor, subject: Subject): Permission => {
  const row = permits[action];
  if (row === undefined) return { allowed: false, reason: denied };
  if (row.anyone === true) return { allowed: true, grant: null };
  if (actor.account === null) return { allowed: false, reason: denied };
  if (row.self === true && subject.account === actor.account) return { allowed: true, grant: null };
  let tied = false;
  for (const permit of row.permits)
    for (const grant of actor.grants) {
      if (grant.role !== permit.role || !inScope(permit, grant, actor, subject)) continue;
      if (!reached(permit, subject)) continue;
      const hindered = (permit.except ?? []).some((tie) =>
        [actor.account, grant.delegatedBy].some((id) => id !== null && subject.ties?.[tie] === id),
      );
      if (!hindered) return { allowed: true, grant };
      tied = true;
    }
  return { allowed: false, reason: tied ? samePerson : denied };
};
