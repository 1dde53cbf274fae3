import type { ComponentChildren } from "preact";
import { Footer } from "./footer.tsx";
import { DemoStrip, Header, type Here } from "./header.tsx";
import { langOf, otherLanguage, linkTo, type Place, wordsOf } from "./place.ts";

export type PageProps = {
  readonly place: Place;
  /** Without the brand; errors put `错误：` before it. */
  readonly title: string;
  /** Entry of the navigation that is lit. */
  readonly here?: Here;
  /** 1336 px inside instead of 1120, for documents and forms. */
  readonly wide?: boolean;
  /** The page stands in one language and one address only, as errors do. */
  readonly single?: boolean;
  readonly children: ComponentChildren;
};

/** The whole document round the content of a page. No inline style or script: the policy of the platform forbids them. */
export const Page = ({ place, title, here, wide = false, single = false, children }: PageProps) => {
  const words = wordsOf(place);
  const other = place.language === "zh" ? "en" : "zh";
  return (
    <html
      lang={langOf(place.language)}
      class={place.large ? "govuk-template zn-large" : "govuk-template"}
      dir="ltr"
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#1a4a8f" />
        <title>{`${title} · ${words.brand}`}</title>
        <link rel="stylesheet" href={place.assets.css} />
        <link rel="icon" type="image/svg+xml" href={place.assets.favicon} />
        {!single && (
          <>
            <link rel="alternate" hreflang={langOf(other)} href={otherLanguage(place)} />
            <link
              rel="alternate"
              hreflang={langOf(place.language)}
              href={linkTo(place, place.path) + place.search}
            />
          </>
        )}
        <script type="module" src={place.assets.script} />
      </head>
      <body class="govuk-template__body">
        <a class="govuk-skip-link" href="#main">
          {words.skip}
        </a>
        {place.demo && <DemoStrip place={place} wide={wide} />}
        <Header place={place} here={here} wide={wide} single={single} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Footer place={place} wide={wide} />
      </body>
    </html>
  );
};

/** Width of the page; `wide` for documents and forms. */
export const Wrap = ({ wide = false, children }: { wide?: boolean; children: ComponentChildren }) => (
  <div class={wide ? "zn-wrap zn-wrap--wide" : "zn-wrap"}>{children}</div>
);

export type Crumb = { readonly text: string; readonly href: string };

/** Where this page stands, from the call down; the page itself is not among them. */
export const Breadcrumbs = ({ place, items }: { place: Place; items: readonly Crumb[] }) => (
  <nav class="govuk-breadcrumbs zn-crumbs" aria-label={wordsOf(place).position}>
    <ol class="govuk-breadcrumbs__list">
      {items.map((item) => (
        <li class="govuk-breadcrumbs__list-item">
          <a class="govuk-breadcrumbs__link" href={item.href}>
            {item.text}
          </a>
        </li>
      ))}
    </ol>
  </nav>
);

/** The call that every page of a policy stands under. */
export const callCrumb = (place: Place): Crumb => ({
  text: wordsOf(place).yearTitle(place.policy.programme.year),
  href: linkTo(place, "/"),
});
