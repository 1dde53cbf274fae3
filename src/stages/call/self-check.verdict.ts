import { createHash } from "node:crypto";
import { civilDateOf } from "../../core/calendar.ts";
import type { Outcome } from "../../core/policy/self-check-outcome.ts";
import { lookOf } from "../../ui/finding.tsx";
import type { SeverityLook } from "../../ui/severity.tsx";
import { dayOf } from "../../ui/when.tsx";
import { type Check, fieldsOf } from "./self-check.visit.ts";
import { wordsOf } from "./self-check.words.ts";

export type Counts = Readonly<Record<SeverityLook, number>>;

export const countsOf = ({ findings, clock, met, quota }: Outcome): Counts => {
  const looks = [...findings.map((one) => one.finding), ...clock].map((one) => lookOf[one.severity]);
  const count = (look: SeverityLook) => looks.filter((one) => one === look).length;
  return {
    must: count("must"),
    ask: count("ask"),
    info: count("info") + (quota === null ? 0 : 1),
    ok: met.length,
  };
};

/** The answer in one line, in two phrases; how it looks; the window of applications is part of it. */
export const verdictOf = (
  check: Check,
  outcome: Outcome,
  counts: Counts,
): readonly [SeverityLook, readonly string[]] => {
  const words = wordsOf(check.place).result.verdict;
  const faults = outcome.findings.filter((one) => one.finding.severity === "error").length;
  if (outcome.window === "after") return ["must", faults > 0 ? words.closedBlocked(faults) : words.closed()];
  if (faults > 0) return ["must", words.blocked(faults)];
  if (counts.ask > 0) return ["ask", words.confirm(counts.ask)];
  if (outcome.window === "before")
    return ["ok", words.soon(dayOf(check.programme.windows.application.opens, check.place.language))];
  return ["ok", words.clear()];
};

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `ZC-240620-7Q3M9K`: the same answers on the same day to the same edition give the same number; nothing is kept. */
export const numberOf = ({ place, answers }: Check): string => {
  const day = civilDateOf(place.now).slice(2).replaceAll("-", "");
  const digest = createHash("sha256")
    .update(JSON.stringify([place.policy.hash, day, fieldsOf(answers)]))
    .digest();
  return `ZC-${day}-${Array.from(digest.subarray(0, 6), (byte) => alphabet[byte % 32]).join("")}`;
};
