import type { GuideNode } from "../../core/guide/guide.ts";
import type { WorkedCase } from "../../core/policy/cases.ts";
import type { ClauseCoverage } from "../../core/policy/coverage.ts";
import { leaves } from "../../core/policy/programme.ts";
import { anchorOf } from "../../ui/anchor.ts";
import { clauseOf } from "../../ui/clause.tsx";
import { enforcementAt, Enforcements } from "../../ui/enforcement.tsx";
import { markerOf } from "../../ui/marker.ts";
import { officialLang } from "../../ui/official.tsx";
import { Phone } from "../../ui/phone.tsx";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import { Cases } from "./cases.tsx";
import { QuotaTable } from "./quota.tsx";

type Index = {
  readonly clauses: ReadonlyMap<string, readonly ClauseCoverage[]>;
  readonly leaves: ReadonlyMap<string, { category: string; field: string; direction: string }>;
  readonly fields: ReadonlyMap<string, { division: string; phone: string | null }>;
  readonly quota: string | undefined;
  readonly cases: ReadonlyMap<string, readonly WorkedCase[]>;
};

const indexOf = (place: Place, coverage: readonly ClauseCoverage[]): Index => {
  const { programme, clauses } = place.policy;
  const divisions = new Map(programme.divisions.map((one) => [one.code, say(place, one.title)]));
  const all = programme.categories.flatMap((category) =>
    category.fields.map((field) => ({ category, field })),
  );
  return {
    clauses: Map.groupBy(coverage, (one) => one.clause.node),
    leaves: new Map(
      all.flatMap(({ category, field }) =>
        leaves(field).map((leaf) => [
          leaf.node,
          { category: category.code, field: field.code, direction: leaf.code },
        ]),
      ),
    ),
    fields: new Map(
      all.map(({ field }) => [
        field.node,
        { division: divisions.get(field.division) ?? "", phone: field.phone },
      ]),
    ),
    quota: clauses.find((clause) => clause.id === programme.quota.groups[0]?.clause)?.node,
    cases: Map.groupBy(place.policy.cases, (one) => clauseOf(place.policy, one.about)?.node ?? one.about),
  };
};

const facts =
  /(?:不超过|不少于|不低于|不得超过|恰为|一般为)\s*\d+(?:\.\d+)?\s*(?:万元|万字|元|项|年|个月|%|字)|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日/gu;

/** What can be counted or dated in a rule's sentence is underlined: it is what the machine reads. */
const WithFacts = ({ text }: { text: string }) => {
  let at = 0;
  return (
    <>
      {[...text.matchAll(facts)].map((match) => {
        const before = text.slice(at, match.index);
        at = match.index + match[0].length;
        return (
          <>
            {before}
            <span class="zn-fact">{match[0]}</span>
          </>
        );
      })}
      {text.slice(at)}
    </>
  );
};

const Margin = ({ place, node, index }: { place: Place; node: GuideNode; index: Index }) => {
  const words = wordsOf(place).guide;
  const coverage = index.clauses.get(node.id) ?? [];
  const field = index.fields.get(node.id);
  const leaf = index.leaves.get(node.id);
  if (coverage.length === 0 && field === undefined && leaf === undefined) return null;
  const readings = coverage.flatMap((one) => (one.clause.reading === undefined ? [] : [one.clause.reading]));
  return (
    <aside class="zn-cl__margin" aria-label={words.how(node.id)}>
      {coverage.length > 0 && <Enforcements place={place} all={enforcementAt(coverage)} fold />}
      {readings.length > 0 && (
        <div class="zn-note zn-note--info">
          <strong class="zn-strong">{words.reading}</strong>
          {readings.map((reading) => (
            <p>{say(place, reading)}</p>
          ))}
        </div>
      )}
      {field !== undefined && (
        <p class="zn-sub">
          {field.division} <Phone place={place} number={field.phone} />
        </p>
      )}
      {leaf !== undefined && (
        <p>
          <a class="govuk-link govuk-link--plain" href={linkTo(place, "/self-check", leaf)}>
            {words.selfCheck}
            <span class="govuk-visually-hidden">{node.heading}</span>
          </a>
        </p>
      )}
    </aside>
  );
};

const headings = ["h2", "h3", "h4", "h5"] as const;

const Clause = ({
  place,
  node,
  level,
  index,
}: {
  place: Place;
  node: GuideNode;
  level: number;
  index: Index;
}) => {
  const Heading = headings[Math.min(level, 3)] ?? "h5";
  const cases = index.cases.get(node.id);
  const ruled = index.clauses.has(node.id) && !index.leaves.has(node.id);
  const paragraphs = node.text === "" ? [] : node.text.split("\n");
  const look = level === 0 ? " zn-cl--part" : paragraphs.length === 0 ? " zn-cl--head" : "";
  const self = ruled && (
    <a class="zn-cl__self" href={`#${anchorOf(node.id)}`} lang={place.language === "en" ? "en" : undefined}>
      {wordsOf(place).guide.self(node.id)}
    </a>
  );
  return (
    <>
      <section class={`zn-cl${look}`} id={anchorOf(node.id)}>
        <div class="zn-cl__text" lang={officialLang(place)}>
          {node.heading !== "" && (
            <Heading>
              {markerOf(node)}
              {node.heading} {self}
            </Heading>
          )}
          {paragraphs.map((text, at) => (
            <p>
              {at === 0 && node.heading === "" && <span class="no">{node.marker}</span>}
              {ruled ? <WithFacts text={text} /> : text}
              {at === 0 && node.heading === "" && self}
            </p>
          ))}
          {node.id === index.quota && <QuotaTable place={place} />}
          {cases !== undefined && <Cases place={place} cases={cases} />}
        </div>
        <Margin place={place} node={node} index={index} />
      </section>
      {node.children.map((child) => (
        <Clause place={place} node={child} level={level + 1} index={index} />
      ))}
    </>
  );
};

/** Every node of the guide in its order; clauses on what the text only names (its annexes) follow at the end. */
export const GuideText = ({ place, coverage }: { place: Place; coverage: readonly ClauseCoverage[] }) => {
  const index = indexOf(place, coverage);
  const elsewhere = [...index.clauses.keys()].filter((node) => !place.policy.nodes.has(node));
  return (
    <>
      {place.policy.guide.nodes.map((node) => (
        <Clause place={place} node={node} level={0} index={index} />
      ))}
      {elsewhere.map((node) => (
        <section class="zn-cl zn-cl--part" id={anchorOf(node)}>
          <div class="zn-cl__text">
            <h2 lang={officialLang(place)}>{node}</h2>
            {(index.clauses.get(node) ?? []).map(({ clause }) => (
              <p>{say(place, clause.summary)}</p>
            ))}
          </div>
          <Margin
            place={place}
            node={{ id: node, marker: "", heading: node, text: "", line: 0, children: [] }}
            index={index}
          />
        </section>
      ))}
    </>
  );
};
