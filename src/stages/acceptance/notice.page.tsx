import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import type { SealService } from "../../platform/seals.ts";
import { PaperSheet } from "../../ui/paper.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import type { Told } from "./item.ts";
import { Notice } from "./notice.tsx";
import { acceptanceWords } from "./words.ts";

export type NoticePageProps = {
  readonly frame: Frame;
  readonly facts: ApplicationFacts;
  readonly title: string;
  readonly category: string | null;
  /** The decision that this notice says; null before there is any. */
  readonly told: Told | null;
  /** The other decisions, the latest first. */
  readonly others: readonly Told[];
  /** Who seals papers electronically; null where none does. */
  readonly seals: Pick<SealService, "certified"> | null;
  /** The letter as its template draws it. */
  readonly paper: string;
};

/** The notice as it is read and printed: on A4 without anything of the screen. */
export const NoticePage = (props: NoticePageProps) => {
  const { frame, facts, title, category, told, others, seals, paper } = props;
  const { place } = frame;
  const words = acceptanceWords(place).notice;
  const titleOf = (one: Told) => words.titles[one.action] ?? title;
  const heading = told === null ? title : titleOf(told);
  const here = `${place.home}/acceptance/${facts.id}/notice`;
  return (
    <WorkPage frame={frame} title={heading} here="/applications">
      <div class="zn-paperpage">
        <h1 class={told === null ? "govuk-heading-l" : "govuk-heading-l zn-noprint"}>{heading}</h1>
        {told === null && <p>{words.none}</p>}
        <p class="zn-paperbar zn-noprint">
          {told !== null && (
            <a
              class="govuk-button govuk-button--secondary zn-button--s"
              href={`${here}/pdf?of=${told.action}`}
              download
            >
              {words.download}
            </a>
          )}
          {told !== null && seals !== null && (
            <a class="govuk-link" href={`${here}/seal?of=${told.action}`} download>
              {seals.certified ? words.seal : words.softwareSeal}
            </a>
          )}
          <a class="govuk-link" href={`${place.home}/applications/${facts.id}`}>
            {words.back}
          </a>
          {others.map((one) => (
            <a class="govuk-link" href={`${here}?of=${one.action}`}>
              {titleOf(one)}
            </a>
          ))}
        </p>
        {told !== null && place.language === "en" && (
          <div class="zn-notice zn-noprint">
            <Notice
              place={place}
              facts={facts}
              title={title}
              category={category}
              told={told}
              correctionDue={facts.correctionDueAt}
              appealDue={facts.appealDueAt}
            />
            <p>{words.original}</p>
          </div>
        )}
        {told !== null && <PaperSheet html={paper} label={heading} />}
      </div>
    </WorkPage>
  );
};
