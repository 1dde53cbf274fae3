import type { Actor } from "../../core/permission/permission.ts";
import type { Role } from "../../core/role.ts";
import { type Call, callsOf } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import type { Place } from "../../ui/place.ts";
import type { Work } from "../registration/desk.ts";
import { csrfOf } from "../registration/sessions.ts";
import type { Frame } from "../../ui/work-page.tsx";
import { asked } from "./asked.ts";

/** The unit for which somebody holds one of these roles; a page is not there for whoever holds none. */
export const unitOf = (actor: Actor, ...roles: readonly Role[]): string => {
  const grant = actor.grants.find((one) => roles.includes(one.role) && one.organization !== null);
  if (grant?.organization == null) throw new Missing("page");
  return grant.organization;
};

export const holds = (actor: Actor, role: Role, organization: string): boolean =>
  actor.grants.some((one) => one.role === role && one.organization === organization);

/** The call that is meant: the one asked for, else the one that is being applied to, else the latest. */
export const callFor = async (
  { platform, now }: Pick<Work, "platform" | "now">,
  asked: string | null | undefined,
): Promise<{ readonly call: Call; readonly calls: readonly Call[] }> => {
  const calls = await callsOf(platform, platform.database.kysely);
  const call =
    asked == null || asked === ""
      ? (calls.find((one) => now >= one.opensAt && now < one.recommendClosesAt) ?? calls[0])
      : calls.find((one) => one.id === asked);
  if (call === undefined) throw new Missing("call");
  return { call, calls };
};

/** Clause chips of a call lead to the guide of that call. */
export const placeFor = (place: Place, call: Call): Place => ({ ...place, policy: call.policy });

export const frameOf = (work: Work, place: Place = work.place): Frame => ({
  place,
  viewer: work.viewer,
  csrf: csrfOf(work.platform, work.session),
});

/** The unit that the viewer administers, and the call that is asked for. */
export const administered = async (work: Work) => {
  const organization = unitOf(work.viewer.actor, "ORG_ADMIN");
  const { call, calls } = await callFor(work, asked(work, "call"));
  return { organization, call, calls, frame: frameOf(work, placeFor(work.place, call)) };
};
