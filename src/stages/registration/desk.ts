import type { Readable } from "node:stream";
import type { VNode } from "preact";
import type { Bilingual } from "../../core/policy/words.ts";
import type { Action } from "../../platform/action.ts";
import { perform } from "../../platform/action.ts";
import {
  Denied,
  type Ground,
  type InputFault,
  Invalid,
  Missing,
  Refused,
  Stale,
  Taken,
} from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Place } from "../../ui/place.ts";
import type { Viewer } from "./actor.ts";

/** One request of a signed-in person. */
export type Work = {
  readonly platform: Platform;
  readonly place: Place;
  readonly viewer: Viewer;
  readonly session: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Fields of a posted form; a name may stand more than once. */
  readonly form: URLSearchParams;
  /** Files of a posted form, already stored by content; empty ones are left out. */
  readonly files: readonly PostedFile[];
  /** Milliseconds since 1970 UTC, by the platform's clock. */
  readonly now: number;
};

export type PostedFile = {
  readonly field: string;
  readonly filename: string;
  readonly sha256: string;
  readonly size: number;
  readonly mime: string;
};

/** A file to be saved by the browser, never shown in the application's own origin. `filename` as it was given; `size` null where only its end tells. */
export type Download = {
  readonly download: Readable;
  readonly filename: string;
  readonly size: number | null;
  readonly mime: string;
};

export type WorkAnswer =
  | VNode
  | { readonly status: number; readonly page: VNode }
  | { readonly to: string }
  | Download;

/** One request of somebody who need not be signed in: signing in, registering. */
export type Door = Omit<Work, "viewer" | "session" | "params"> & {
  readonly viewer: Viewer | null;
  readonly session: string | null;
  /** The address that the request came from; only its keyed hash is ever kept. */
  readonly address: string;
};

/** `token` opens (text) or ends (null) the browser's session on the way to another page. */
export type DoorAnswer = WorkAnswer | { readonly to: string; readonly token: string | null };

/** What the wiring offers to the pages of signed-in people; each path is there in both languages. */
export type Desk = {
  readonly platform: Platform;
  /** `:name` parts of the path come as `params`. Nobody signed in is sent to the sign-in page and back. */
  readonly get: (path: string, render: (work: Work) => Promise<WorkAnswer>) => void;
  /** The session's form token has been checked. `files`: bytes allowed for each file; without it, no files. */
  readonly post: (
    path: string,
    act: (work: Work) => Promise<WorkAnswer>,
    options?: { readonly files?: number },
  ) => void;
  /** Pages before signing in. A post from another site is refused by its origin. */
  readonly open: {
    readonly get: (path: string, render: (door: Door) => Promise<DoorAnswer>) => void;
    readonly post: (path: string, act: (door: Door) => Promise<DoorAnswer>) => void;
  };
};

/** Why something was not done, for the person at the screen: in words, at fields, with clauses. */
export type Trouble = {
  readonly status: number;
  readonly reason: Bilingual;
  readonly findings: readonly Ground[];
  readonly faults: readonly InputFault[];
};

const stale: Bilingual = {
  zh: "在你打开这一页之后，别人已经改动过。你填写的内容还在下面，请对照最新的内容后再办理。",
  en: "Somebody changed this after you opened the page. What you entered is still below; compare it with the latest state and try again.",
};

/** A refusal in words, or null for what is not a refusal: a fault of ours, and what is not there. */
export const troubleOf = (error: unknown): Trouble | null => {
  if (error instanceof Refused)
    return { status: 422, reason: error.reason, findings: error.findings, faults: [] };
  if (error instanceof Taken)
    return { status: 409, reason: error.reason, findings: error.findings, faults: [] };
  if (error instanceof Denied) return { status: 403, reason: error.reason, findings: [], faults: [] };
  if (error instanceof Stale) return { status: 409, reason: stale, findings: [], faults: [] };
  if (error instanceof Invalid)
    return {
      status: 422,
      reason: { zh: "有几处需要改正，见下。", en: "Some entries need correction; see below." },
      findings: [],
      faults: error.faults,
    };
  return null;
};

/** Performs an action for a page: what came of it, or why not. `Missing` and our own faults pass through. */
export const attempt = async <Input, Facts, Result>(
  work: Work,
  action: Action<Input, Facts, Result>,
  input: unknown,
): Promise<{ readonly done: Result } | { readonly trouble: Trouble }> => {
  try {
    const key = work.form.get("key");
    const options = key === null || key === "" ? {} : { key };
    return { done: await perform(work.platform, action, work.viewer.actor, input, options) };
  } catch (error) {
    if (error instanceof Missing) throw error;
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    return { trouble };
  }
};
