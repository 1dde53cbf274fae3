import { type FunctionComponent, h, type VNode } from "preact";
import type { Call } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import { placeFor } from "../endorsement/seat.ts";
import type { Download, Trouble, Work, WorkAnswer } from "../registration/desk.ts";
import { departmentsOf } from "./lists.ts";
import { type RecommendationWords, recommendationWords } from "./words.ts";

/** A page as an answer; with the status of what went wrong, where something did. */
export const shown = <Props extends object>(
  component: FunctionComponent<Props>,
  props: Props,
  trouble: Trouble | null = null,
): WorkAnswer => {
  const page = h(component, props) as VNode;
  return trouble === null ? page : { status: trouble.status, page };
};

/** A page's list as a workbook, under the guide of its call. */
export const exporting =
  <List extends { readonly call: Call }>(
    read: (work: Work) => Promise<List>,
    write: (work: Work, list: List) => Promise<Download>,
  ) =>
  async (work: Work): Promise<WorkAnswer> => {
    const list = await read(work);
    return write({ ...work, place: placeFor(work.place, list.call) }, list);
  };

/** The departments somebody acts for; the page is not there for whoever acts for none. */
export const mustBeDepartment = (work: Work): readonly string[] => {
  const departments = departmentsOf(work.viewer.actor);
  if (departments.length === 0) throw new Missing("page");
  return departments;
};

/** What was done, after the way back to the page. */
export const doneText = (work: Work): string | undefined => {
  const { done } = recommendationWords(work.place);
  const name = work.query["done"] ?? "";
  return Object.hasOwn(done, name) ? done[name as keyof RecommendationWords["done"]] : undefined;
};

export const said = (form: URLSearchParams, name: string): string => form.get(name) ?? "";
export const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());
export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
