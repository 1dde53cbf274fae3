import { finderOf } from "../../platform/finder.ts";
import { NodeChip } from "../../ui/clause.tsx";
import { ErrorSummary } from "../../ui/error-summary.tsx";
import { Marked, spansOf } from "../../ui/marked.tsx";
import { officialLang } from "../../ui/official.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import { Bar } from "../../ui/ticks.tsx";
import { divisionOf, type Leaf, leavesOf, selfCheckQuery } from "./leaves.ts";
import type { Render } from "./site.ts";

/** A title with an abstract fits; more belongs into the application. */
export const longestText = 1000;
const shownResults = 8;

/** Part of the direction's text round the first deciding word. */
const excerpt = (text: string, why: readonly string[]): string => {
  const [first] = spansOf(text, why);
  const from = Math.max(0, (first?.[0] ?? 0) - 30);
  return `${from > 0 ? "…" : ""}${text.slice(from, from + 150)}${from + 150 < text.length ? "…" : ""}`;
};

type Result = { readonly leaf: Leaf; readonly score: number; readonly why: readonly string[] };

const Found = ({ place, result, best }: { place: Place; result: Result; best: number }) => {
  const words = wordsOf(place).find;
  const { leaf, why } = result;
  const terms = why.map((word) => word.toLowerCase());
  const text = leaf.paragraphs.join("");
  return (
    <li>
      <div class="top">
        <div>
          <p class="trail">
            {say(place, leaf.category.title)} › {say(place, leaf.field.title)}
          </p>
          <h2>
            {leaf.marker}
            <Marked text={say(place, leaf.title)} terms={terms} />
          </h2>
          <p class="why">
            {words.why}
            {why.map((word) => (
              <>
                <mark lang={officialLang(place)}>{word}</mark>{" "}
              </>
            ))}
          </p>
        </div>
        <div class="zn-fit">
          {words.fit(Math.round((result.score / best) * 100))}
          <Bar share={result.score / best} />
        </div>
      </div>
      <p class="text" lang={officialLang(place)}>
        <Marked text={excerpt(text, terms)} terms={terms} />
      </p>
      <p class="acts">
        <span>
          {say(place, divisionOf(place.policy, leaf.field))} <Phone place={place} number={leaf.field.phone} />
        </span>
        <a class="govuk-link" href={linkTo(place, "/self-check", selfCheckQuery(leaf))}>
          {wordsOf(place).directions.check}
          <span class="govuk-visually-hidden">{say(place, leaf.title)}</span>
        </a>
        <NodeChip place={place} node={leaf.node} />
      </p>
    </li>
  );
};

const Form = ({ place, q, error }: { place: Place; q: string; error: string | undefined }) => {
  const words = wordsOf(place).find;
  return (
    <form class="zn-find" action={linkTo(place, "/directions/find")}>
      <div class={error === undefined ? "wide" : "wide govuk-form-group--error"}>
        <label class="govuk-label" for="q">
          {words.label}
        </label>
        <div class="govuk-hint" id="q-hint">
          {words.hint(longestText)}
        </div>
        {error !== undefined && (
          <p class="govuk-error-message" id="q-error">
            {error}
          </p>
        )}
        <textarea
          class={error === undefined ? "govuk-textarea" : "govuk-textarea govuk-textarea--error"}
          id="q"
          name="q"
          rows={4}
          aria-describedby={error === undefined ? "q-hint" : "q-hint q-error"}
        >
          {q}
        </textarea>
      </div>
      <button class="govuk-button">{words.act}</button>
    </form>
  );
};

/** The direction finder: from a sentence to the nearest directions, with the words that decided. */
export const renderFind: Render = async ({ place, query }) => {
  const words = wordsOf(place).find;
  const asked = query["q"];
  const q = asked ?? "";
  const error =
    asked === undefined
      ? undefined
      : q === ""
        ? words.empty
        : q.length > longestText
          ? words.tooLong(q.length, longestText)
          : undefined;
  const byCode = new Map(leavesOf(place.policy).map((leaf) => [leaf.code, leaf]));
  const results: readonly Result[] =
    asked === undefined || error !== undefined
      ? []
      : (await finderOf(place.policy)).suggest(q, shownResults).flatMap((one) => {
          const leaf = byCode.get(one.code);
          return leaf === undefined ? [] : [{ leaf, score: one.score, why: one.why }];
        });
  return (
    <Page
      place={place}
      title={error === undefined ? words.title : `${words.errorPrefix}${words.title}`}
      here="directions"
    >
      <Wrap>
        <Breadcrumbs
          place={place}
          items={[
            callCrumb(place),
            { text: wordsOf(place).directions.title, href: linkTo(place, "/directions") },
          ]}
        />
        <ErrorSummary place={place} errors={error === undefined ? [] : [{ href: "#q", text: error }]} />
        <div class="zn-head">
          <h1 class="zn-phrase">{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <Form place={place} q={q} error={error} />
        {asked !== undefined && error === undefined && (
          <p class="zn-count-line" role="status">
            {results.length === 0 ? words.none : words.found(results.length, byCode.size)}
          </p>
        )}
        <ol class="zn-found">
          {results.map((result) => (
            <Found place={place} result={result} best={results[0]?.score ?? 1} />
          ))}
        </ol>
      </Wrap>
    </Page>
  );
};
