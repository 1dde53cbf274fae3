import { PaperSheet } from "../../../ui/paper.tsx";
import { say } from "../../../ui/place.ts";
import { type Frame, WorkPage } from "../../../ui/work-page.tsx";
import { type BatchFacts, batchStates } from "../batch.ts";
import { recommendationWords } from "../words.ts";
import { PaperLinks } from "./links.tsx";

export type PapersProps = {
  readonly frame: Frame;
  readonly batch: BatchFacts;
  readonly downloads: boolean;
  readonly letter: string;
  readonly list: string;
};

/** The letter and its list as they will be printed. */
export const PapersPage = ({ frame, batch, downloads, letter, list }: PapersProps) => {
  const { place } = frame;
  const words = recommendationWords(place);
  const title = `${words.letter.papers} ${batch.code}`;
  return (
    <WorkPage frame={frame} title={title} here="/batches" full>
      <div class="zn-pagehead zn-noprint">
        <div>
          <h1>
            {title} <span class="govuk-tag govuk-tag--grey">{say(place, batchStates[batch.state])}</span>
          </h1>
          <p class="zn-sub">{batch.department.name}</p>
        </div>
        <div class="zn-pagehead__end">
          <a class="govuk-link" href={`${place.home}/batches/${batch.id}`}>
            {words.back}
          </a>
        </div>
      </div>
      <div class="zn-panel zn-panel__body zn-noprint">
        <PaperLinks frame={frame} batch={batch} downloads={downloads} toPreview={false} />
      </div>
      <PaperSheet html={letter} label={words.letter.preview} />
      <PaperSheet html={list} label={words.letter.list} broad />
    </WorkPage>
  );
};
