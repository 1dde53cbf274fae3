import type { VNode } from "preact";
import type { Policy } from "../../core/policy/policy.ts";
import type { Documents } from "../../platform/documents.ts";
import type { Place } from "../../ui/place.ts";

/** One request of a page: where it stands, and what was asked, each name once with its white space trimmed. */
export type Visit = {
  readonly place: Place;
  readonly query: Readonly<Record<string, string>>;
  /** Fields of a posted form; empty for GET. */
  readonly form: Readonly<Record<string, string>>;
};

/** A file to be saved, made for this visit and kept by nobody. */
export type SavedFile = { readonly bytes: Uint8Array; readonly filename: string; readonly mime: string };

/** A page (200), a page with another status, another address to go to (303), or a file. */
export type Answer =
  | VNode
  | { readonly status: number; readonly page: VNode }
  | { readonly to: string }
  | SavedFile;

export type Render = (visit: Visit) => Answer | Promise<Answer>;

/** `pack`: the page depends on the pack alone; `minute`: on the pack and the time. Kept only while nothing is asked. */
export type Keep = "pack" | "minute";

/** What the platform's wiring offers to the pages of a stage. Every page is there for each policy and language. */
export type Site = {
  readonly policies: readonly Policy[];
  readonly defaultPolicy: Policy;
  /** Draws papers; null where only the public pages are served. */
  readonly documents: Documents | null;
  readonly get: (path: string, render: Render, keep?: Keep) => void;
  readonly post: (path: string, render: Render) => void;
  /** Pages that belong to no single policy (`/policies`): once for each language. */
  readonly shared: (path: string, render: Render, keep?: Keep) => void;
};
