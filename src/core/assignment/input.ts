import { z } from "zod";
import type { AssignmentInput } from "./build.ts";

/** A fault of an assignment's input and its place. */
export type AssignmentFault = { readonly place: string; readonly zh: string; readonly en: string };

const id = z.string().min(1).max(200);
const load = z.int().min(0).max(1_000_000);

/** The frame by schema; the millions of pairs inside by hand, in one pass. */
const frame = z.strictObject({
  applications: z.array(z.strictObject({ id, reviews: load, candidates: z.array(z.unknown()) })),
  experts: z.array(z.strictObject({ id, max: load, min: load.optional(), organization: id.optional() })),
  conflicts: z.array(z.unknown()).optional(),
  maxPerOrganization: z.int().min(1).max(1_000_000).optional(),
  objective: z.enum(["total", "fair"]).optional(),
  seed: z.int().optional(),
});

/** More faults than this are not listed one by one. */
const mostFaults = 1_000;

const isPair = (value: unknown): value is readonly [unknown, unknown] =>
  Array.isArray(value) && value.length === 2;

/** The input checked: known ids, none twice, affinities in [0, 1], whole loads, min <= max; or every fault with its place. */
export const readAssignment = (
  value: unknown,
):
  | { readonly input: AssignmentInput }
  | { readonly faults: readonly AssignmentFault[] }
  | { readonly error: z.ZodError } => {
  const framed = frame.safeParse(value);
  if (!framed.success) return { error: framed.error };
  const { applications, experts, conflicts } = framed.data;
  const faults: AssignmentFault[] = [];
  const fault = (place: string, zh: string, en: string) => {
    if (faults.length < mostFaults) faults.push({ place, zh, en });
  };
  const once = (kind: string, items: readonly { readonly id: string }[]): ReadonlySet<string> => {
    const seen = new Set<string>();
    for (const [index, item] of items.entries()) {
      if (seen.has(item.id)) fault(`${kind}[${index}].id`, `“${item.id}”重复`, `"${item.id}" stands twice`);
      seen.add(item.id);
    }
    return seen;
  };
  const knownApplications = once("applications", applications);
  const knownExperts = once("experts", experts);
  for (const [index, { min, max }] of experts.entries())
    if (min !== undefined && min > max)
      fault(`experts[${index}].min`, `min ${min} 大于 max ${max}`, `min ${min} is above max ${max}`);
  const unknown = (place: string, name: unknown) =>
    fault(place, `没有编号为“${String(name)}”的对象`, `there is no "${String(name)}"`);

  for (const [index, { candidates }] of applications.entries()) {
    const seen = new Set<unknown>();
    for (const [at, pair] of candidates.entries()) {
      const place = `applications[${index}].candidates[${at}]`;
      if (!isPair(pair)) {
        fault(place, "应为 [专家编号, 匹配度]", "must be [expert id, affinity]");
        continue;
      }
      const [who, affinity] = pair;
      if (typeof who !== "string" || !knownExperts.has(who)) unknown(`${place}[0]`, who);
      else if (seen.has(who)) fault(place, `专家“${who}”重复`, `expert "${who}" stands twice`);
      seen.add(who);
      if (typeof affinity !== "number" || !(affinity >= 0 && affinity <= 1))
        fault(`${place}[1]`, "匹配度应在 0 与 1 之间", "the affinity must lie between 0 and 1");
    }
  }
  const barred = new Set<string>();
  for (const [index, pair] of (conflicts ?? []).entries()) {
    const place = `conflicts[${index}]`;
    if (!isPair(pair)) {
      fault(place, "应为 [申报编号, 专家编号]", "must be [application id, expert id]");
      continue;
    }
    const [application, expert] = pair;
    if (typeof application !== "string" || !knownApplications.has(application))
      unknown(`${place}[0]`, application);
    else if (typeof expert !== "string" || !knownExperts.has(expert)) unknown(`${place}[1]`, expert);
    else {
      const key = JSON.stringify(pair);
      if (barred.has(key)) fault(place, "回避关系重复", "the pair stands twice");
      barred.add(key);
    }
  }
  // Every pair was looked at above.
  return faults.length > 0 ? { faults } : { input: framed.data as AssignmentInput };
};
