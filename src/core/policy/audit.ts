import { coverageOf, unaccounted } from "./coverage.ts";
import type { Policy } from "./policy.ts";
import { predicates } from "./predicates/table.ts";
import { leaves } from "./programme.ts";
import type { Condition, Rule } from "./rule.ts";
import { slotsOf } from "./words.ts";

/** What a schema cannot see: references between the parts of a pack. Each entry is a fault with its place. */

const namesIn = (condition: Condition): readonly string[] => {
  if ("predicate" in condition) return [condition.predicate];
  if ("not" in condition) return namesIn(condition.not);
  return ("all" in condition ? condition.all : condition.any).flatMap(namesIn);
};

const doubles = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

const ruleFaults = (rule: Rule, clauses: ReadonlySet<string>): readonly string[] => {
  const given = new Set(namesIn(rule.require).flatMap((name) => predicates[name]?.facts ?? []));
  const { title, message, advice } = rule.words;
  return [
    ...rule.clauses
      .filter((one) => !clauses.has(one))
      .map((one) => `rules ${rule.id}: there is no clause ${one}`),
    ...[title, message, advice]
      .flatMap(slotsOf)
      .concat(rule.facts.map((fact) => fact.name))
      .filter((name) => !given.has(name))
      .map((name) => `rules ${rule.id}: its predicates give no fact {${name}}`),
  ];
};

/** Faults of a pack; none where it is whole. */
export const auditPolicy = (policy: Policy): readonly string[] => {
  const { programme, nodes } = policy;
  const clauses = new Set(policy.clauses.map((one) => one.id));
  const fields = programme.categories.flatMap((category) => category.fields);
  const all = fields.flatMap(leaves);
  const divisions = new Set(programme.divisions.map((one) => one.code));
  const cited = [
    programme.basis.clause,
    programme.organizationTypes.clause,
    programme.quota.otherwise.clause,
    ...Object.values(programme.windows).map((one) => one.clause),
    ...programme.quota.groups.map((one) => one.clause),
    ...programme.desks.map((one) => one.clause),
    ...programme.categories.flatMap((one) => [
      one.clause,
      one.ceiling.clause,
      one.period.start.clause,
      one.period.end.clause,
      ...(one.period.extension === null ? [] : [one.period.extension.clause]),
    ]),
  ];
  const placed = [
    ...policy.clauses.map((one) => ({ place: `clauses ${one.id}`, node: one.node })),
    ...programme.categories.map((one) => ({ place: `programme ${one.code}`, node: one.node })),
    ...fields.map((one) => ({ place: `programme ${one.code}`, node: one.node })),
    ...all.map((one) => ({ place: `programme ${one.code}`, node: one.node })),
  ];
  return [
    ...(programme.id === policy.id
      ? []
      : [`programme: its id ${programme.id} is not the folder's name ${policy.id}`]),
    ...doubles(policy.rules.map((one) => one.id)).map((id) => `rules: ${id} stands twice`),
    ...doubles(policy.clauses.map((one) => one.id)).map((id) => `clauses: ${id} stands twice`),
    ...doubles(all.map((one) => one.code)).map((code) => `programme: direction ${code} stands twice`),
    ...policy.rules.flatMap((rule) => ruleFaults(rule, clauses)),
    ...cited.filter((one) => !clauses.has(one)).map((one) => `programme: there is no clause ${one}`),
    ...placed
      .filter((one) => !nodes.has(one.node))
      .map((one) => `${one.place}: the guide has no node ${one.node}`),
    ...all.flatMap((one) => {
      const heading = nodes.get(one.node)?.heading;
      return heading === undefined || heading === one.title.zh
        ? []
        : [`programme ${one.code}: the guide's heading is “${heading}”, not “${one.title.zh}”`];
    }),
    ...fields
      .filter((one) => !divisions.has(one.division))
      .map((one) => `programme ${one.code}: no division ${one.division}`),
    ...Object.keys(policy.synonyms)
      .filter((code) => !all.some((one) => one.code === code))
      .map((code) => `synonyms: there is no direction ${code}`),
    ...[...policy.downloads.files, ...policy.downloads.named]
      .filter((one) => !clauses.has(one.clause))
      .map((one) => `downloads ${one.title.zh}: there is no clause ${one.clause}`),
    ...policy.cases
      .filter((one) => !clauses.has(one.about))
      .map((one) => `cases ${one.case}: there is no clause ${one.about}`),
    ...unaccounted(coverageOf(policy.clauses, policy.rules)).map(
      (id) => `coverage: nothing carries out clause ${id}`,
    ),
  ];
};
