import { Page, Wrap } from "../../ui/page.tsx";
import { linkTo, type Place, wordsOf as uiWords } from "../../ui/place.ts";
import { wordsOf } from "./self-check.words.ts";

/** A pack without questions still answers at these addresses. */
export const AbsentPage = ({ place }: { place: Place }) => {
  const words = wordsOf(place);
  return (
    <Page place={place} title={words.title} here="selfCheck">
      <Wrap>
        <div class="zn-trouble">
          <h1 class="govuk-heading-l zn-phrase">{words.absent}</h1>
          <p>{words.absentText}</p>
          <p>
            <a class="govuk-button govuk-button--secondary" href={linkTo(place, "/guide")}>
              {uiWords(place).nav.guide}
            </a>
          </p>
        </div>
      </Wrap>
    </Page>
  );
};
