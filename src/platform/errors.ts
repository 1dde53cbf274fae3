import type { Bilingual } from "../core/policy/words.ts";
import type { Finding } from "../core/policy/judge.ts";

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

/** 403: the actor may see it and may not do it. */
export class Denied extends Error {
  readonly reason: Bilingual;
  constructor(reason: Bilingual) {
    super(reason.en);
    this.name = "Denied";
    this.reason = reason;
  }
}

/** 404: not there, or not visible to the actor, who must not learn which. */
export class Missing extends Error {
  readonly what: string;
  constructor(what: string) {
    super(`${what} is not there`);
    this.name = "Missing";
    this.what = what;
  }
}

/** 409: somebody changed it since the actor read it. */
export class Stale extends Error {
  readonly expected: number;
  readonly actual: number;
  constructor(expected: number, actual: number) {
    super(`version ${expected} was expected, ${actual} is there`);
    this.name = "Stale";
    this.expected = expected;
    this.actual = actual;
  }
}

/** A refusal with what the rules found, each citing its clause. */
export type Ground = {
  readonly rule: string;
  readonly clause: string;
  readonly severity: Finding["severity"];
  readonly overridable: boolean;
  readonly path: string;
  readonly message: Bilingual;
};

/** 409: the place was taken meanwhile (a quota, an investigator's one application). */
export class Taken extends Error {
  readonly reason: Bilingual;
  readonly findings: readonly Ground[];
  constructor(reason: Bilingual, findings: readonly Ground[] = []) {
    super(reason.en);
    this.name = "Taken";
    this.reason = reason;
    this.findings = findings;
  }
}

/** 422: the input is well formed, and the rules or the state of things refuse it. `reason` says what to do. */
export class Refused extends Error {
  readonly reason: Bilingual;
  readonly findings: readonly Ground[];
  constructor(reason: Bilingual, findings: readonly Ground[] = []) {
    super(reason.en);
    this.name = "Refused";
    this.reason = reason;
    this.findings = findings;
  }
}

export const refused = (zh: string, en: string, findings: readonly Ground[] = []): Refused =>
  new Refused({ zh, en }, findings);

/** 503: too many wait already; nothing was done and the same request may come again. `seconds`: when. */
export class Busy extends Error {
  readonly seconds: number;
  constructor(seconds = 10) {
    super("too many wait already");
    this.name = "Busy";
    this.seconds = seconds;
  }
}
