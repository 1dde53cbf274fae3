import { Page, Wrap } from "./page.tsx";
import { linkTo, type Place, wordsOf } from "./place.ts";

export type TroubleKind =
  | "missing"
  | "unreadable"
  | "tooLong"
  | "tooLarge"
  | "method"
  | "forged"
  | "busy"
  | "ours";

/** What happened, and what to do next; no code and no blame. */
export const TroublePage = ({ place, kind }: { place: Place; kind: TroubleKind }) => {
  const words = wordsOf(place);
  const trouble = words.trouble[kind];
  return (
    <Page place={place} title={trouble.title} single>
      <Wrap>
        <div class="zn-trouble">
          <h1 class="govuk-heading-l zn-phrase">{trouble.title}</h1>
          <p>{trouble.what}</p>
          <ul class="govuk-list">
            <li>
              <a class="govuk-link" href={linkTo(place, "/")}>
                {words.nav.call}
              </a>
            </li>
            <li>
              <a class="govuk-link" href={linkTo(place, "/guide")}>
                {words.nav.guide}
              </a>
            </li>
            <li>
              <a class="govuk-link" href={linkTo(place, "/contacts")}>
                {words.nav.contacts}
              </a>
            </li>
          </ul>
        </div>
      </Wrap>
    </Page>
  );
};
