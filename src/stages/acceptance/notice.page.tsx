import { civilDateOf, formatDate } from "../../core/calendar.ts";
import { say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import type { Told } from "./item.ts";
import { Notice } from "./notice.tsx";
import { acceptanceWords } from "./words.ts";

/** The notice as it is read and printed: on A4 without anything of the screen. */
export const NoticePage = ({
  frame,
  facts,
  title,
  category,
  told,
}: {
  frame: Frame;
  facts: ApplicationFacts;
  title: string;
  category: string | null;
  told: Told | null;
}) => {
  const { place } = frame;
  const words = acceptanceWords(place).notice;
  const heading = (told === null ? undefined : words.titles[told.action]) ?? title;
  return (
    <WorkPage frame={frame} title={heading} here="/applications">
      <div class="zn-notice">
        <p class="zn-noprint">
          <a class="govuk-link" href={`${place.home}/applications/${facts.id}`}>
            {words.back}
          </a>
        </p>
        <h1 class="govuk-heading-l">{heading}</h1>
        {told === null ? (
          <p>{words.none}</p>
        ) : (
          <>
            <Notice
              place={place}
              facts={facts}
              title={title}
              category={category}
              told={told}
              correctionDue={facts.correctionDueAt}
              appealDue={facts.appealDueAt}
            />
            <p class="zn-notice__from">
              {words.from(say(place, facts.call.policy.programme.funder))}
              <br />
              {formatDate(civilDateOf(told.at), place.language)}
            </p>
          </>
        )}
      </div>
    </WorkPage>
  );
};
