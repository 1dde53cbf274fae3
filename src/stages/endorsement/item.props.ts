import type { Finding } from "../../core/policy/judge.ts";
import type { Frame } from "../../ui/work-page.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import type { Event } from "../application/timeline.ts";
import type { ApplicationView } from "../application/view.ts";
import type { Trouble } from "../registration/desk.ts";
import type { Readiness } from "./gaps.ts";

/** What a person may do here, and what was entered where it was refused. */
export type Typed = {
  readonly act: string;
  readonly reason: string;
  readonly remark: string;
  readonly checklist: readonly string[];
  readonly overQuota: boolean;
  readonly marks: readonly { readonly field: string; readonly text: string }[];
};

export type ItemProps = {
  readonly frame: Frame;
  readonly facts: ApplicationFacts;
  readonly view: ApplicationView;
  readonly readiness: Readiness | null;
  readonly met: number;
  readonly findings: readonly Finding[];
  readonly events: readonly Event[];
  /** Places that differ from what was filed, while a correction is being made. */
  readonly changed: readonly string[] | null;
  readonly next: string | null;
  /** The viewer is the investigator: somebody else decides. */
  readonly own: boolean;
  readonly mayDo: ReadonlySet<string>;
  readonly typed: Typed | null;
  readonly trouble: Trouble | null;
  readonly done: string | null;
  readonly code: string | null;
  readonly key: string;
};
