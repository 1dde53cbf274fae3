import { Missing } from "../../platform/errors.ts";
import type { Trouble, Work, WorkAnswer } from "../registration/desk.ts";

/** What a page of the institution is asked for, and how it is answered. */

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const idOf = ({ params }: Work): string => {
  const id = params["id"] ?? "";
  if (!uuid.test(id)) throw new Missing("application");
  return id;
};
export const asked = ({ query, form }: Work, name: string): string => form.get(name) ?? query[name] ?? "";
export const answer = (trouble: Trouble | null, page: WorkAnswer & object): WorkAnswer =>
  trouble === null ? page : { status: trouble.status, page: page as never };
export const whole = (text: string | null): number => (/^\d{1,9}$/.test(text ?? "") ? Number(text) : 0);
export const key = () => crypto.randomUUID();
