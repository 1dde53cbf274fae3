import type { ClauseCoverage, Enforcement } from "../core/policy/coverage.ts";
import type { Rule } from "../core/policy/rule.ts";
import { stages } from "../core/policy/stage.ts";
import { KindTag } from "./kind.tsx";
import { type Place, say, wordsOf } from "./place.ts";

/** When a rule speaks and how strongly: `提交时拦截`; a stage where nothing changes is not said again. */
const whenOf = (place: Place, rule: Rule): string => {
  const words = wordsOf(place).enforcement;
  let last: string | null | undefined;
  const parts: string[] = [];
  for (const stage of stages) {
    const severity = rule.at[stage];
    if (severity === undefined || severity === null || severity === last) continue;
    last = severity;
    parts.push(
      words.at(
        words.stage[stage],
        words.does[severity === "error" && rule.overridable ? "mostly" : severity],
      ),
    );
  }
  return parts.join(words.and);
};

const keyOf = (one: Enforcement) => (one.kind === "rule" ? one.rule.id : `${one.kind} ${one.name.zh}`);

/** What carries a place of the guide out, each thing once even where several clauses stand there. */
export const enforcementAt = (coverage: readonly ClauseCoverage[]): readonly Enforcement[] => [
  ...new Map(coverage.flatMap((one) => one.enforcement).map((one) => [keyOf(one), one])).values(),
];

/** One line of the margin: the tag, and in words what happens. */
export const EnforcementItem = ({ place, one }: { place: Place; one: Enforcement }) => {
  const words = wordsOf(place).enforcement;
  if (one.kind === "rule")
    return (
      <li>
        <KindTag place={place} kind="rule" />
        <span>
          {say(place, one.rule.words.summary)}
          <span class="when">{words.aside(whenOf(place, one.rule))}</span>
        </span>
      </li>
    );
  return (
    <li>
      <KindTag place={place} kind={one.kind} />
      <span>
        {one.by === undefined ? "" : words.by(say(place, one.by))}
        {say(place, one.name)}
      </span>
    </li>
  );
};
