import { type ClauseCoverage, coverageOf, unaccounted } from "../../core/policy/coverage.ts";
import { NodeChip } from "../../ui/clause.tsx";
import { Enforcements } from "../../ui/enforcement.tsx";
import { type Kind, kinds, KindTag } from "../../ui/kind.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import type { Render } from "./site.ts";
import { TableHead } from "../../ui/table.tsx";

const has = (one: ClauseCoverage, kind: Kind) => one.enforcement.some((entry) => entry.kind === kind);

const Sums = ({ place, coverage }: { place: Place; coverage: readonly ClauseCoverage[] }) => {
  const words = wordsOf(place).coverage;
  const sums = [
    [words.clauses, coverage.length],
    ...kinds.map(
      (kind) => [wordsOf(place).kind[kind], coverage.filter((one) => has(one, kind)).length] as const,
    ),
    [words.open, unaccounted(coverage).length],
  ] as const;
  return (
    <dl class="zn-sum">
      {sums.map(([name, count]) => (
        <div>
          <dt>{name}</dt>
          <dd>
            {count} <small>{words.unit}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Views = ({ place, chosen }: { place: Place; chosen: Kind | undefined }) => (
  <nav class="zn-noprint" aria-label={wordsOf(place).coverage.filter}>
    <ul class="zn-views zn-views--page">
      <li>
        <a href={linkTo(place, "/coverage")} aria-current={chosen === undefined ? "page" : undefined}>
          {wordsOf(place).coverage.all}
        </a>
      </li>
      {kinds.map((kind) => (
        <li>
          <a href={linkTo(place, "/coverage", { kind })} aria-current={chosen === kind ? "page" : undefined}>
            {wordsOf(place).kind[kind]}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Row = ({ place, one }: { place: Place; one: ClauseCoverage }) => {
  const words = wordsOf(place).coverage;
  return (
    <tr>
      <th scope="row" class="govuk-table__header at">
        <NodeChip place={place} node={one.clause.node} short />
      </th>
      <td class="govuk-table__cell what">{say(place, one.clause.summary)}</td>
      <td class="govuk-table__cell">
        {one.enforcement.length === 0 ? words.open : <Enforcements place={place} all={one.enforcement} />}
      </td>
    </tr>
  );
};

/** How every clause of the guide is carried out: none is left open. */
export const renderCoverage: Render = ({ place, query }) => {
  const words = wordsOf(place).coverage;
  const coverage = coverageOf(place.policy.clauses, place.policy.rules);
  const chosen = kinds.find((kind) => kind === query["kind"]);
  const shown = chosen === undefined ? coverage : coverage.filter((one) => has(one, chosen));
  return (
    <Page place={place} title={words.title} here="coverage">
      <Wrap>
        <Breadcrumbs place={place} items={[callCrumb(place)]} />
        <div class="zn-head">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <Sums place={place} coverage={coverage} />
        <Views place={place} chosen={chosen} />
        {chosen !== undefined && (
          <p class="zn-count-line" role="status">
            <KindTag place={place} kind={chosen} /> {wordsOf(place).kindMeans[chosen]}
            {words.shown(shown.length, coverage.length)}
          </p>
        )}
        <table class="govuk-table zn-cover zn-cards">
          <caption class="govuk-visually-hidden">{words.title}</caption>
          <TableHead names={[words.clause, words.demands, words.means]} />
          <tbody>
            {shown.map((one) => (
              <Row place={place} one={one} />
            ))}
          </tbody>
        </table>
      </Wrap>
    </Page>
  );
};
