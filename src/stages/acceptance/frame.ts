import { type FunctionComponent, h, type VNode } from "preact";
import type { Policy } from "../../core/policy/policy.ts";
import { Missing } from "../../platform/errors.ts";
import type { Trouble, Work, WorkAnswer } from "../registration/desk.ts";
import { csrfOf } from "../registration/sessions.ts";
import { mustList } from "./queries.ts";

/** The frame of a page; a page about one application leads to the guide it was filed under. */
export const frameOf = (work: Work, policy?: Policy) => ({
  place: policy === undefined ? work.place : { ...work.place, policy },
  viewer: work.viewer,
  csrf: csrfOf(work.platform, work.session),
});

/** A page that the person has no business with is not there. */
export const mustHave = (work: Work, list: string): void => {
  try {
    mustList(work.viewer.actor, list);
  } catch {
    throw new Missing("page");
  }
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id in the address; what is none names nothing. */
export const idIn = (work: Work, name = "id"): string => {
  const id = work.params[name] ?? "";
  if (!uuid.test(id)) throw new Missing(name);
  return id;
};

/** A page as an answer; with the status of what went wrong, where something did. */
export const shown = <Props extends object>(
  component: FunctionComponent<Props>,
  props: Props,
  trouble: Trouble | null = null,
): WorkAnswer => {
  const page = h(component, props) as VNode;
  return trouble === null ? page : { status: trouble.status, page };
};
