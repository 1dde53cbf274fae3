import type { Finding } from "../../core/policy/judge.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { lookOf } from "../../ui/finding.tsx";
import { type Place, say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";

const order = ["error", "confirm", "warning", "info"] as const;

/** How many of each severity, and how many rules were met. */
export const FindingCounts = ({
  place,
  findings,
  met,
}: {
  place: Place;
  findings: readonly Pick<Finding, "severity">[];
  met: number;
}) => {
  const count = (look: "must" | "ask" | "info") =>
    findings.filter(({ severity }) => lookOf[severity] === look).length;
  return (
    <span class="zn-sevs">
      {(["must", "ask", "info"] as const).map((look) => {
        const number = count(look);
        return number === 0 ? null : <Sev place={place} look={look} count={number} />;
      })}
      <Sev place={place} look="ok" count={met} />
    </span>
  );
};

/** Findings by severity, each with its clause, its facts and what to do; `hrefOf` leads to the place that it means. */
export const FindingsList = ({
  place,
  findings,
  hrefOf = () => undefined,
  linkText = "",
}: {
  place: Place;
  findings: readonly Pick<Finding, "severity" | "clause" | "path" | "message" | "title" | "advice">[];
  hrefOf?: (path: string) => string | undefined;
  linkText?: string;
}) => (
  <ul class="zn-flist">
    {order
      .flatMap((severity) => findings.filter((one) => one.severity === severity))
      .map((one) => {
        const href = hrefOf(one.path);
        return (
          <li>
            <Sev place={place} look={lookOf[one.severity]} />
            <strong class="zn-strong">{say(place, one.title)}</strong>
            <ClauseChip place={place} id={one.clause} short />
            <p>
              {say(place, one.message)} {say(place, one.advice)}{" "}
              {href !== undefined && (
                <a class="govuk-link" href={href}>
                  {linkText}
                </a>
              )}
            </p>
          </li>
        );
      })}
  </ul>
);
