import { z } from "zod";
import { type CheckRequest, checkRequestSchema } from "./application.ts";
import type { Finding, Judgement } from "./judge.ts";
import { severities } from "./stage.ts";
import { bilingual } from "./words.ts";

/** Worked cases of a pack: a base request, dotted paths set in it, and exactly the findings that must follow. */

const expected = z.strictObject({
  clause: z.string(),
  severity: z.enum(severities),
  overridable: z.boolean().default(false),
});

export const caseLineSchema = z.union([
  z.strictObject({ base: z.string(), request: z.record(z.string(), z.unknown()) }),
  z.strictObject({
    case: z.string(),
    of: z.string(),
    about: z.string(),
    words: bilingual,
    set: z.record(z.string(), z.unknown()).default({}),
    expect: z.array(expected),
  }),
]);

type CaseLine = z.infer<typeof caseLineSchema>;
export type WorkedCase = Extract<CaseLine, { case: string }> & { readonly request: CheckRequest };

const reserved = new Set(["__proto__", "constructor", "prototype"]);

/** Puts a value at a dotted path, making objects and lists on the way; never reaches a prototype. */
export const setAt = (target: Record<string, unknown>, path: string, value: unknown): void => {
  const steps = path.split(".");
  if (steps.some((step) => reserved.has(step))) throw new RangeError(`path ${path} is not allowed`);
  const last = steps.pop() ?? "";
  let place: Record<string, unknown> = target;
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1] ?? last;
    place[step] ??= /^\d+$/.test(next) ? [] : {};
    place = place[step] as Record<string, unknown>;
  }
  place[last] = value;
};

/** Cases are JSON, and so are their copies. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The cases with their requests made; throws `ZodError` or `RangeError` where one cannot be made. */
export const casesOf = (policy: string, lines: readonly CaseLine[]): readonly WorkedCase[] => {
  const bases = new Map(
    lines.flatMap((line) => ("base" in line ? [[line.base, line.request] as const] : [])),
  );
  return lines.flatMap((line) => {
    if ("base" in line) return [];
    const base = bases.get(line.of);
    if (base === undefined) throw new RangeError(`case ${line.case}: there is no base ${line.of}`);
    const request = { policy, ...copy(base) };
    for (const [path, value] of Object.entries(line.set)) setAt(request, path, copy(value));
    return [{ ...line, request: checkRequestSchema.parse(request) }];
  });
};

const sign = (one: Pick<Finding, "clause" | "severity" | "overridable">) =>
  `${one.clause} ${one.severity}${one.overridable ? " overridable" : ""}`;

/** Expected and found, as sorted signatures; equal where the case holds. */
export const compareCase = (
  one: WorkedCase,
  judgement: Judgement,
): { readonly expected: readonly string[]; readonly found: readonly string[]; readonly holds: boolean } => {
  const wanted = one.expect.map(sign).sort();
  const found = judgement.findings.map(sign).sort();
  return { expected: wanted, found, holds: wanted.join("\n") === found.join("\n") };
};
