import type { VNode } from "preact";
import type { Action } from "../../platform/action.ts";
import { attempt, type Work, type WorkAnswer } from "./desk.ts";
import type { Tried } from "./pieces.tsx";

/** What a posted form leads to: back to a page that says what was done, or the page once more with what was entered. */
export const posting = async <Input, Facts, Result>(
  work: Work,
  action: Action<Input, Facts, Result>,
  input: unknown,
  {
    act,
    to,
    again,
  }: {
    readonly act: string;
    /** Path with its `?done=`. */
    readonly to: string;
    readonly again: (work: Work, tried: Tried) => Promise<VNode>;
  },
): Promise<WorkAnswer> => {
  const answer = await attempt(work, action, input);
  if ("done" in answer) return { to: work.place.home + to };
  const { trouble } = answer;
  return { status: trouble.status, page: await again(work, { act, form: work.form, trouble }) };
};

/** The named fields of a form as text; a field that was not sent is empty. */
export const textsOf = <Name extends string>(
  form: URLSearchParams,
  ...names: readonly Name[]
): Readonly<Record<Name, string>> =>
  Object.fromEntries(names.map((name) => [name, form.get(name) ?? ""])) as Record<Name, string>;

export const versionOf = (form: URLSearchParams): number => Number(form.get("version") ?? Number.NaN);
