import { momentText } from "../../ui/moment.tsx";
import { TroubleSummary } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { WorkPage } from "../../ui/work-page.tsx";
import { batchStates } from "./batch.ts";
import { LetterContent } from "./letter.content.tsx";
import { LetterItems, LetterWords } from "./letter.draft.tsx";
import type { LetterProps } from "./letter.form.tsx";
import { LetterIssue, LetterRecall } from "./letter.issue.tsx";
import { LetterOriginal } from "./letter.original.tsx";
import { LetterScans } from "./letter.scans.tsx";
import { PaperLinks } from "./papers/links.tsx";
import { Done } from "./pieces.tsx";
import { recommendationWords } from "./words.ts";

/** 推荐函: what it says, and beside it its papers and what is left to do. */
export const LetterPage = (props: LetterProps) => {
  const { frame, batch, refused, done } = props;
  const { place } = frame;
  const words = recommendationWords(place);
  const { letter } = words;
  const title = `${words.letters.title} ${batch.code}`;
  return (
    <WorkPage frame={frame} title={title} here="/batches" full error={refused !== null}>
      <TroubleSummary
        place={place}
        trouble={refused?.trouble ?? null}
        hrefOf={(path) =>
          refused === null
            ? undefined
            : [
                  "letterNumber",
                  "issuedOn",
                  "statement",
                  "reason",
                  "receivedOn",
                  "postedOn",
                  "channel",
                ].includes(path)
              ? `#${refused.act}-${path}`
              : path === "scans"
                ? "#scans"
                : `#${refused.act}`
        }
      />
      <Done place={place} text={done} />
      <div class="zn-pagehead">
        <div>
          <h1>
            {title} <span class="govuk-tag govuk-tag--grey">{say(place, batchStates[batch.state])}</span>
          </h1>
          <p class="zn-sub">
            {batch.department.name}
            {batch.state === "ISSUED" && batch.issuedAt !== null && (
              <>　{letter.issuedAt(momentText(place, batch.issuedAt))}</>
            )}
            {batch.recalledAt !== null && (
              <>　{letter.recalled(momentText(place, batch.recalledAt), batch.recallReason ?? "")}</>
            )}
          </p>
        </div>
        <div class="zn-pagehead__end">
          {batch.replacedBy !== null && (
            <a class="govuk-link" href={`${place.home}/batches/${batch.replacedBy}`}>
              {letter.replacedBy}
            </a>
          )}
          {batch.replaces !== null && (
            <a class="govuk-link" href={`${place.home}/batches/${batch.replaces}`}>
              {letter.replaces}
            </a>
          )}
          <a class="govuk-link" href={`${place.home}/batches`}>
            {letter.toList}
          </a>
        </div>
      </div>
      <div class="zn-panes zn-panes--letter">
        <LetterContent {...props} />
        <div class="zn-aside">
          <Steps {...props} />
        </div>
      </div>
    </WorkPage>
  );
};

const Steps = (props: LetterProps) => {
  const { frame, batch, may } = props;
  const { letter } = recommendationWords(frame.place);
  const prepared = batch.state === "PREPARED";
  const issued = batch.state === "ISSUED";
  return (
    <>
      {prepared && may.words && <LetterWords {...props} />}
      {prepared && may.items && <LetterItems {...props} />}
      <section class="zn-panel" aria-labelledby="papers-title">
        <div class="zn-panel__head">
          <h2 id="papers-title">{letter.papers}</h2>
        </div>
        <div class="zn-panel__body">
          <PaperLinks frame={frame} batch={batch} downloads={may.attach} />
        </div>
      </section>
      <LetterScans {...props} />
      {prepared && <LetterIssue {...props} />}
      {issued && <LetterOriginal {...props} />}
      {issued && may.recall && frame.place.now < batch.call.recommendClosesAt && <LetterRecall {...props} />}
    </>
  );
};
