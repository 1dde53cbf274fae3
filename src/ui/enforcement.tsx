import type { ClauseCoverage, Enforcement } from "../core/policy/coverage.ts";
import type { Rule } from "../core/policy/rule.ts";
import { stages } from "../core/policy/stage.ts";
import { kinds, KindTag } from "./kind.tsx";
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
    const does = words.does[severity === "error" && rule.overridable ? "mostly" : severity];
    // Saving is never refused: an error of a draft stops nothing before it is submitted.
    parts.push(
      stage === "draft" && severity === "error"
        ? `${words.at(words.stage.draft, words.does.warning)}${words.and}${words.at(words.stage.submit, does)}`
        : words.at(words.stage[stage], does),
    );
  }
  return parts.join(words.and);
};

const keyOf = (one: Enforcement) => (one.kind === "rule" ? one.rule.id : `${one.kind} ${one.name.zh}`);

/** What carries a place of the guide out, each thing once even where several clauses stand there. */
export const enforcementAt = (coverage: readonly ClauseCoverage[]): readonly Enforcement[] => [
  ...new Map(coverage.flatMap((one) => one.enforcement).map((one) => [keyOf(one), one])).values(),
];

const Line = ({ place, one }: { place: Place; one: Enforcement }) => {
  const words = wordsOf(place).enforcement;
  if (one.kind === "rule") {
    const when = whenOf(place, one.rule);
    return (
      <li>
        {say(place, one.rule.words.summary)}
        {when === "" ? "" : "\u2002"}
        {when !== "" && <span class="when">{words.aside(when)}</span>}
      </li>
    );
  }
  return (
    <li>
      {one.by === undefined ? "" : words.by(say(place, one.by))}
      {say(place, one.name)}
    </li>
  );
};

/** More lines of one kind than this fold, where a long margin would tear the text beside it apart. */
const shownAtOnce = 5;

const Lines = ({ place, all, fold }: { place: Place; all: readonly Enforcement[]; fold: boolean }) => {
  const cut = fold && all.length > shownAtOnce + 1 ? shownAtOnce : all.length;
  return (
    <div>
      <ul>
        {all.slice(0, cut).map((one) => (
          <Line place={place} one={one} />
        ))}
      </ul>
      {cut < all.length && (
        <details>
          <summary>{wordsOf(place).enforcement.more(all.length - cut)}</summary>
          <ul>
            {all.slice(cut).map((one) => (
              <Line place={place} one={one} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
};

type EnforcementsProps = { place: Place; all: readonly Enforcement[]; fold?: boolean };

/** What happens, under the tag of its kind: the machine first, then people, declarations, information. */
export const Enforcements = ({ place, all, fold = false }: EnforcementsProps) => (
  <ul class="zn-means">
    {kinds.map((kind) => {
      const own = all.filter((one) => one.kind === kind);
      return own.length === 0 ? null : (
        <li>
          <KindTag place={place} kind={kind} />
          <Lines place={place} all={own} fold={fold} />
        </li>
      );
    })}
  </ul>
);
