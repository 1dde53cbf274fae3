import { Clock } from "./when.tsx";
import { langOf, linkTo, otherLanguage, type Place, say, wordsOf } from "./place.ts";

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

const Mark = () => (
  <svg class="zn-brand__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="6" fill="#1a4a8f" />
    <circle
      cx="16"
      cy="16"
      r="10.5"
      fill="none"
      stroke="#fff"
      stroke-opacity=".55"
      stroke-width="1.2"
      stroke-dasharray="1.2 2.099"
    />
    <path d="M16 26 12.3 15.2h7.4z" fill="#fff" />
    <path d="M16 6l3.7 9.2h-7.4z" fill="none" stroke="#fff" stroke-width="1.4" stroke-linejoin="round" />
  </svg>
);

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
        <a class="zn-brand" href={linkTo(place, "/")}>
          <Mark />
          <span class="zn-brand__name">{words.brand}</span>
          <span class="zn-brand__of">{say(place, place.policy.programme.platform)}</span>
        </a>
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
        </div>
      </div>
    </header>
  );
};
