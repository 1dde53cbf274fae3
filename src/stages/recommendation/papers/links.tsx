import type { Frame } from "../../../ui/work-page.tsx";
import type { BatchFacts } from "../batch.ts";
import { recommendationWords } from "../words.ts";

export const letterFiles = ["letter.pdf", "list.pdf", "letter.docx", "list.xlsx"] as const;
export type LetterFile = (typeof letterFiles)[number];

/** The ways to a letter's papers: to read for all who may, to take away for the department while the letter counts. */
export const PaperLinks = ({
  frame: { place },
  batch,
  downloads,
  toPreview = true,
}: {
  frame: Frame;
  batch: BatchFacts;
  downloads: boolean;
  /** Not on the page that shows them. */
  toPreview?: boolean;
}) => {
  const words = recommendationWords(place).letter;
  const papers = `${place.home}/batches/${batch.id}/papers`;
  const isEmpty = batch.applications.length === 0;
  return (
    <>
      {batch.state === "RECALLED" && <p>{words.void}</p>}
      {isEmpty && <p>{words.empty}</p>}
      {toPreview && !isEmpty && (
        <p>
          <a class="govuk-link" href={papers}>
            {words.see}
          </a>
        </p>
      )}
      {downloads && !isEmpty && batch.state !== "RECALLED" && (
        <>
          <ul class="zn-paperlinks">
            {letterFiles.map((name) => (
              <li>
                <a class="govuk-link" href={`${papers}/${name}`} download>
                  {words.files[name]}
                </a>
              </li>
            ))}
          </ul>
          <p class="zn-sub">{words.papersLead}</p>
        </>
      )}
    </>
  );
};
