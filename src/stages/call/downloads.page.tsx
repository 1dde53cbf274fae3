import { ClauseChip } from "../../ui/clause.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { linkTo, say } from "../../ui/place.ts";

import { downloadsWords } from "./downloads.words.ts";
import type { Render } from "./site.ts";

/** The templates of a pack, whose they are, and what the guide names that is not here. */
export const renderDownloads: Render = ({ place }) => {
  const words = downloadsWords(place);
  const { files, named } = place.policy.downloads;
  return (
    <Page place={place} title={words.title} here="call">
      <Wrap>
        <Breadcrumbs place={place} items={[callCrumb(place)]} />
        <div class="zn-head">
          <h1>{words.title}</h1>
          <p>{files.length === 0 ? words.none : words.lead}</p>
        </div>
        <ul class="govuk-list zn-downloads">
          {files.map((one) => {
            const ending = one.file.slice(one.file.lastIndexOf(".") + 1);
            return (
              <li>
                <h2>{say(place, one.title)}</h2>
                <p>
                  {say(place, one.note)} <ClauseChip place={place} id={one.clause} />
                </p>
                <p class="zn-sub">{words.whose[one.whose]}</p>
                <a
                  class="govuk-button govuk-button--secondary"
                  href={linkTo(place, `/downloads/${one.file}`)}
                  download
                >
                  {words.act(ending)}
                  <span class="govuk-visually-hidden">{words.actOf(say(place, one.title))}</span>
                </a>
              </li>
            );
          })}
        </ul>
        {named.length > 0 && (
          <section aria-labelledby="named">
            <h2 class="govuk-heading-m" id="named">
              {words.named}
            </h2>
            <ul class="govuk-list govuk-list--bullet">
              {named.map((one) => (
                <li>
                  {say(place, one.title)} <ClauseChip place={place} id={one.clause} short />
                  <br />
                  <span class="zn-sub">{say(place, one.note)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </Wrap>
    </Page>
  );
};
