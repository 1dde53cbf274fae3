import { Brand } from "./brand.tsx";
import { Clock } from "./when.tsx";
import { langOf, linkTo, otherLanguage, type Place, wordsOf } from "./place.ts";

const entries = [
  ["call", "/"],
  ["guide", "/guide"],
  ["selfCheck", "/self-check"],
  ["directions", "/directions"],
  ["coverage", "/coverage"],
  ["contacts", "/contacts"],
] as const;
export type Here = (typeof entries)[number][0];

export const DemoStrip = ({ place, wide }: { place: Place; wide: boolean }) => {
  const words = wordsOf(place).demo;
  return (
    <section class="zn-demo" aria-label={words.label}>
      <div class={wide ? "zn-wrap zn-wrap--wide" : "zn-wrap"}>
        <span>
          <strong>{words.label}</strong>
        </span>
        <span>
          {words.clock} <Clock place={place} />
        </span>
        <span>{words.note}</span>
      </div>
    </section>
  );
};

/** Large print is remembered in a cookie; a form, so that no crawler or preview switches it. */
const Size = ({ place }: { place: Place }) => (
  <form method="post" action="/display">
    <input type="hidden" name="back" value={linkTo(place, place.path) + place.search} />
    <button class="zn-linklike" name="large" value={place.large ? "0" : "1"}>
      {place.large ? wordsOf(place).normal : wordsOf(place).large}
    </button>
  </form>
);

type HeaderProps = { place: Place; here: Here | undefined; wide: boolean; single: boolean };

export const Header = ({ place, here, wide, single }: HeaderProps) => {
  const words = wordsOf(place);
  const other = place.language === "zh" ? "en" : "zh";
  return (
    <header class="zn-header">
      <div class={wide ? "zn-wrap zn-wrap--wide" : "zn-wrap"}>
        <Brand place={place} />
        <nav class="govuk-service-navigation" aria-label={words.nav.label}>
          <ul class="govuk-service-navigation__list">
            {entries.map(([key, path]) => (
              <li
                class={
                  key === here
                    ? "govuk-service-navigation__item govuk-service-navigation__item--active"
                    : "govuk-service-navigation__item"
                }
              >
                <a
                  class="govuk-service-navigation__link"
                  href={linkTo(place, path)}
                  aria-current={key === here ? "true" : undefined}
                >
                  {words.nav[key]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="zn-header__end">
          {!single && <Size place={place} />}
          <a
            class="govuk-link govuk-link--plain"
            href={single ? linkTo({ root: place.otherRoot }, "/") : otherLanguage(place)}
            hreflang={langOf(other)}
            lang={langOf(other)}
          >
            {words.otherLanguage}
          </a>
          {/* The same for everybody: public pages are kept, whoever asks. */}
          <a class="govuk-link govuk-link--plain" href={`${place.home}/sign-in`}>
            {words.work.signIn}
          </a>
        </div>
      </div>
    </header>
  );
};
