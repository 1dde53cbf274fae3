import type { ComponentChildren } from "preact";
import type { Finding } from "../core/policy/judge.ts";
import { sayFact } from "../core/policy/words.ts";
import { ClauseChip } from "./clause.tsx";
import { officialLang } from "./official.tsx";
import { type Place, say } from "./place.ts";
import { Sev, type SeverityLook } from "./severity.tsx";

export const lookOf: Readonly<Record<Finding["severity"], SeverityLook>> = {
  error: "must",
  confirm: "ask",
  warning: "ask",
  info: "info",
};

/** The number stands out, its unit (`35 万元`) steps back. */
const Said = ({ text }: { text: string }) => {
  const [, number, unit] = /^([\d,.-]+) (\D+)$/.exec(text) ?? [];
  return number === undefined ? (
    <>{text}</>
  ) : (
    <>
      {number} <small>{unit}</small>
    </>
  );
};

/** Your value, the limit, the difference. */
const Facts = ({ place, facts }: { place: Place; facts: Finding["facts"] }) => (
  <dl class="zn-facts">
    {facts.map(({ label, value, over }) => (
      <div>
        <dt>{say(place, label)}</dt>
        <dd class={over ? "is-over" : undefined}>
          <Said text={sayFact(value, place.language)} />
        </dd>
      </div>
    ))}
  </dl>
);

/** What is wrong, the fact against the rule, the clause with its own sentence, what to do: always in this order. */
export const FindingCard = ({
  place,
  finding,
  quote,
  children,
}: {
  place: Place;
  finding: Finding;
  /** The guide's own sentence, where it is short. */
  quote: string | null;
  /** A link to the place where it is changed. */
  children?: ComponentChildren;
}) => {
  const look = lookOf[finding.severity];
  return (
    <section class={`zn-finding zn-finding--${look}`}>
      <div class="zn-finding__head">
        <Sev place={place} look={look} /> <ClauseChip place={place} id={finding.clause} />
      </div>
      <h2 class="zn-finding__title">{say(place, finding.title)}</h2>
      {finding.facts.length === 0 ? (
        <p>{say(place, finding.message)}</p>
      ) : (
        <Facts place={place} facts={finding.facts} />
      )}
      {quote !== null && (
        <p class="zn-quote" lang={officialLang(place)}>
          {quote}
        </p>
      )}
      <p>
        {say(place, finding.advice)} {children}
      </p>
    </section>
  );
};
