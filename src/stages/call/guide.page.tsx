import { formatDate } from "../../core/calendar.ts";
import { coverageOf } from "../../core/policy/coverage.ts";
import { KindTag, kinds } from "../../ui/kind.tsx";
import { Official } from "../../ui/official.tsx";
import { Page, Wrap } from "../../ui/page.tsx";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import { downloadsWords } from "./downloads.words.ts";
import { GuideSearch, renderHits } from "./guide-search.tsx";
import { GuideText } from "./guide-text.tsx";
import { GuideTree } from "./guide-tree.tsx";
import type { Render } from "./site.ts";

const Head = ({ place }: { place: Place }) => {
  const words = wordsOf(place);
  const { policy } = place;
  return (
    <div class="zn-guide__head">
      <div>
        <h1 class="zn-phrase">{say(place, policy.programme.title)}</h1>
        <p class="zn-sub zn-gaps">
          <span>
            {policy.publishedOn === null
              ? words.footer.unpublished
              : words.footer.publishedOn(formatDate(policy.publishedOn, place.language))}
          </span>
          <span>
            {words.footer.hash}{" "}
            <span class="zn-code">
              {policy.hash.slice(0, 4)} {policy.hash.slice(4, 8)} … {policy.hash.slice(-4)}
            </span>
          </span>
          <span>{words.guide.pinned}</span>
        </p>
        <p class="zn-sub zn-gaps">
          <span>{words.guide.beside}</span>
          {kinds.map((kind) => (
            <span>
              <KindTag place={place} kind={kind} /> {words.kindMeans[kind]}
            </span>
          ))}
        </p>
        {policy.downloads.files.length > 0 && (
          <p class="zn-sub">
            <a class="govuk-link" href={linkTo(place, "/downloads")}>
              {downloadsWords(place).moreAct}
            </a>
          </p>
        )}
        {place.language === "en" && <p class="zn-sub">{words.guideLanguage}</p>}
      </div>
      {policy.publishedOn !== null && (
        <span class="zn-seal" role="img" aria-label={words.guide.seal}>
          <Official place={place}>定本</Official>
        </span>
      )}
    </div>
  );
};

/** The guide as a document, and beside each clause how it is enforced. */
export const renderGuide: Render = ({ place, query }) => {
  if (query["q"]) return renderHits(place, query["q"]);
  const coverage = coverageOf(place.policy.clauses, place.policy.rules);
  return (
    <Page place={place} title={wordsOf(place).nav.guide} here="guide" wide>
      <Wrap wide>
        <div class="zn-guide">
          <div class="zn-guide__tree">
            <GuideSearch place={place} />
            <nav class="moj-side-navigation zn-tree" aria-label={wordsOf(place).guide.contents}>
              <GuideTree place={place} deep />
            </nav>
            <details class="govuk-details zn-guide__toc-m">
              <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{wordsOf(place).guide.contents}</span>
              </summary>
              <nav class="moj-side-navigation zn-tree" aria-label={wordsOf(place).guide.contentsFolded}>
                <GuideTree place={place} />
              </nav>
            </details>
          </div>
          <div>
            <Head place={place} />
            <GuideText place={place} coverage={coverage} />
          </div>
        </div>
      </Wrap>
    </Page>
  );
};
