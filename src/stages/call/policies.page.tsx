import type { Policy } from "../../core/policy/policy.ts";
import { Page, Wrap } from "../../ui/page.tsx";
import { say, wordsOf } from "../../ui/place.ts";
import type { Render, Site } from "./site.ts";

/** The guides that run on this installation; the first is the one at the root. */
export const renderPolicies =
  (site: Pick<Site, "policies" | "defaultPolicy">): Render =>
  ({ place }) => {
    const words = wordsOf(place).policies;
    const rootOf = (policy: Policy) =>
      policy === site.defaultPolicy ? place.home : `${place.home}/policies/${policy.id}`;
    const ordered = [site.defaultPolicy, ...site.policies.filter((one) => one !== site.defaultPolicy)];
    return (
      <Page place={place} title={words.title}>
        <Wrap>
          <div class="zn-head">
            <h1>{words.title}</h1>
            <p>{words.lead}</p>
          </div>
          <ul class="zn-packs">
            {ordered.map((policy) => (
              <li>
                <h2>
                  <a class="govuk-link" href={rootOf(policy) || "/"}>
                    {say(place, policy.programme.call)}
                  </a>
                </h2>
                <p>
                  {say(place, policy.programme.funder)}　
                  {words.sum(policy.clauses.length, policy.rules.length)}
                </p>
                <p>
                  <a class="govuk-link" href={`${rootOf(policy)}/guide`}>
                    {say(place, policy.programme.title)}
                  </a>
                </p>
              </li>
            ))}
          </ul>
        </Wrap>
      </Page>
    );
  };
