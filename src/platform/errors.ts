import type { Bilingual } from "../core/policy/words.ts";

/** One thing that is wrong with an input, and where. */
export type InputFault = { readonly place: string; readonly reason: Bilingual };

/** The input or the call is malformed: nothing was done. */
export class Invalid extends Error {
  readonly faults: readonly InputFault[];
  constructor(faults: readonly InputFault[]) {
    super(faults.map((fault) => `${fault.place}: ${fault.reason.en}`).join("\n"));
    this.name = "Invalid";
    this.faults = faults;
  }
}

export const invalid = (place: string, zh: string, en: string): Invalid =>
  new Invalid([{ place, reason: { zh, en } }]);
