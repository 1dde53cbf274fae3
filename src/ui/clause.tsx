import type { Clause } from "../core/policy/pack.ts";
import type { Policy } from "../core/policy/policy.ts";
import { anchorOf } from "./anchor.ts";
import { linkTo, type Place, wordsOf } from "./place.ts";

const known = new WeakMap<Policy, ReadonlyMap<string, Clause>>();

/** A clause of the policy by its id. */
export const clauseOf = (policy: Policy, id: string): Clause | undefined => {
  let clauses = known.get(policy);
  if (clauses === undefined) {
    clauses = new Map(policy.clauses.map((clause) => [clause.id, clause]));
    known.set(policy, clauses);
  }
  return clauses.get(id);
};

/** Link to a node of the guide, by its place in the text. */
export const NodeChip = ({ place, node, short = false }: { place: Place; node: string; short?: boolean }) => {
  const words = wordsOf(place);
  return (
    <a class="zn-clause" href={`${linkTo(place, "/guide")}#${anchorOf(node)}`}>
      {short ? <span class="govuk-visually-hidden">{words.guideWord} </span> : `${words.guideWord} `}
      {node}
    </a>
  );
};

/** 条款签: the same small chip wherever something is judged; `short` where several stand in a row. */
export const ClauseChip = ({ place, id, short = false }: { place: Place; id: string; short?: boolean }) => (
  <NodeChip place={place} node={clauseOf(place.policy, id)?.node ?? id} short={short} />
);
