import type { WorkedCase } from "../../core/policy/cases.ts";
import { Icon } from "../../ui/icon.tsx";
import { type Place, say, wordsOf } from "../../ui/place.ts";
import type { SeverityLook } from "../../ui/severity.tsx";

const shown = 3;

/** The gravest finding that a case must give decides how it ends. */
const endOf = (one: WorkedCase): SeverityLook => {
  const has = (severity: string) => one.expect.some((finding) => finding.severity === severity);
  return has("error") ? "must" : has("confirm") ? "ask" : has("warning") || has("info") ? "info" : "ok";
};

/** One of each ending first: what stops, what passes, then the rest. */
const chosen = (cases: readonly WorkedCase[]): readonly WorkedCase[] => {
  const first = [...new Map(cases.toReversed().map((one) => [endOf(one), one])).values()];
  const order: readonly SeverityLook[] = ["must", "ok", "ask", "info"];
  first.sort((a, b) => order.indexOf(endOf(a)) - order.indexOf(endOf(b)));
  return [...first, ...cases.filter((one) => !first.includes(one))].slice(0, shown);
};

/** 判例: worked cases of a clause and how the platform judges them; the tests of the pack hold it to them. */
export const Cases = ({ place, cases }: { place: Place; cases: readonly WorkedCase[] }) => {
  const words = wordsOf(place).guide;
  return (
    <div class="zn-cases-box" lang={place.language === "en" ? "en" : undefined}>
      <strong class="zn-strong">{words.cases}</strong>
      <span class="zn-sub">{words.casesSum(cases.length, Math.min(shown, cases.length))}</span>
      <ul class="zn-cases">
        {chosen(cases).map((one) => {
          const look = endOf(one);
          return (
            <li>
              <span>{say(place, one.words)}</span>
              <span class={`zn-sev zn-sev--${look}`}>
                <Icon place={place} name={look} />
                {words.ends[look]}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
