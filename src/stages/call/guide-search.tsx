import { walk, type GuideNode } from "../../core/guide/guide.ts";
import { NodeChip } from "../../ui/clause.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Marked, spansOf, termsOf } from "../../ui/marked.tsx";
import { markerOf } from "../../ui/marker.ts";
import { officialLang } from "../../ui/official.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { linkTo, type Place, wordsOf } from "../../ui/place.ts";
import { nameOf } from "./guide-tree.tsx";

/** Longest search that is read; more says nothing more. */
export const longestQuery = 100;

export const GuideSearch = ({ place, value = "" }: { place: Place; value?: string }) => (
  <form class="zn-search" role="search" action={linkTo(place, "/guide")}>
    <Icon place={place} name="search" />
    <input
      class="govuk-input zn-field--s"
      type="search"
      name="q"
      value={value}
      maxLength={longestQuery}
      aria-label={wordsOf(place).guide.search}
      placeholder={wordsOf(place).guide.search}
    />
  </form>
);

/** Some words before the first hit and enough after it to understand it. */
const excerpt = (text: string, terms: readonly string[]): string => {
  const [first] = spansOf(text, terms);
  const from = Math.max(0, (first?.[0] ?? 0) - 40);
  const to = Math.min(text.length, from + 160);
  return `${from > 0 ? "…" : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`;
};

type Hit = { readonly node: GuideNode; readonly count: number; readonly trail: string };

const hitsOf = (place: Place, terms: readonly string[]): readonly Hit[] =>
  [...walk(place.policy.guide.nodes)].flatMap((node) => {
    const text = `${node.heading}\n${node.text}`;
    if (!terms.every((term) => spansOf(text, [term]).length > 0)) return [];
    const parents = node.id
      .split("/")
      .slice(0, -1)
      .map((_, at, parts) => place.policy.nodes.get(parts.slice(0, at + 1).join("/")));
    const trail = parents
      .flatMap((one) => (one === undefined ? [] : [markerOf(one) + nameOf(one)]))
      .join(" › ");
    return [{ node, count: spansOf(text, terms).length, trail }];
  });

/** What was found, how often, and a link to each place; or why nothing was and what to do. */
export const renderHits = (place: Place, query: string) => {
  const words = wordsOf(place).guide;
  const shown = query.slice(0, longestQuery);
  const terms = termsOf(shown);
  const hits = terms.length === 0 ? [] : hitsOf(place, terms);
  const count = hits.reduce((sum, hit) => sum + hit.count, 0);
  return (
    <Page place={place} title={words.searchTitle(shown)} here="guide">
      <Wrap>
        <Breadcrumbs
          place={place}
          items={[callCrumb(place), { text: wordsOf(place).nav.guide, href: linkTo(place, "/guide") }]}
        />
        <div class="zn-head">
          <h1 class="zn-phrase">{words.searchTitle(shown)}</h1>
          <form class="zn-find" role="search" action={linkTo(place, "/guide")}>
            <div>
              <label class="govuk-label" for="q">
                {words.search}
              </label>
              <input
                class="govuk-input"
                id="q"
                type="search"
                name="q"
                value={shown}
                maxLength={longestQuery}
              />
            </div>
            <button class="govuk-button">{words.searchAct}</button>
          </form>
          <p role="status">{hits.length === 0 ? words.nothing(shown) : words.found(count, hits.length)}</p>
        </div>
        <ol class="zn-hits">
          {hits.map(({ node, trail }) => (
            <li>
              {trail !== "" && (
                <p class="trail" lang={officialLang(place)}>
                  {trail}
                </p>
              )}
              <h2 lang={officialLang(place)}>
                {markerOf(node)}
                {node.heading === "" ? nameOf(node) : <Marked text={node.heading} terms={terms} />}{" "}
                <NodeChip place={place} node={node.id} />
              </h2>
              {node.text !== "" && (
                <p lang={officialLang(place)}>
                  <Marked text={excerpt(node.text, terms)} terms={terms} />
                </p>
              )}
            </li>
          ))}
        </ol>
        <p>
          <a class="govuk-link" href={linkTo(place, "/guide")}>
            {words.whole}
          </a>
        </p>
      </Wrap>
    </Page>
  );
};
