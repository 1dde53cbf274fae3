import type { Clause } from "./pack.ts";
import type { Rule } from "./rule.ts";

export type Enforcement =
  | { readonly kind: "rule"; readonly name: string; readonly rule: Rule }
  | {
      readonly kind: "attestation" | "step" | "information";
      readonly name: { readonly zh: string; readonly en: string };
      readonly by?: { readonly zh: string; readonly en: string };
    };

export type ClauseCoverage = { readonly clause: Clause; readonly enforcement: readonly Enforcement[] };

/** How each clause is carried out: the rules that cite it, then attestations, steps with their actor, and information. */
export const coverageOf = (clauses: readonly Clause[], rules: readonly Rule[]): readonly ClauseCoverage[] =>
  clauses.map((clause) => ({
    clause,
    enforcement: [
      ...rules
        .filter((rule) => rule.clauses.includes(clause.id))
        .map((rule) => ({ kind: "rule" as const, name: rule.id, rule })),
      ...clause.means.map((one) =>
        one.kind === "step"
          ? { kind: one.kind, name: one.name, by: one.actor }
          : one.kind === "attestation"
            ? { kind: one.kind, name: one.name, by: one.by }
            : { kind: one.kind, name: one.name },
      ),
    ],
  }));

/** Clauses that nothing carries out. */
export const unaccounted = (coverage: readonly ClauseCoverage[]): readonly string[] =>
  coverage.filter((one) => one.enforcement.length === 0).map((one) => one.clause.id);
