import { say } from "../../../ui/place.ts";
import type { Work } from "../desk.ts";
import type { KeptImport } from "./store.ts";
import { importWords } from "./words.ts";

/** What a workbook did. */
export const Result = ({ work, one }: { work: Work; one: KeptImport }) => {
  const { place, viewer } = work;
  const words = importWords[place.language];
  const { kind, added, changed, unchanged } = one;
  const [add, change, same] = [added, changed, unchanged].map((count) => say(place, kind.count(count)));
  const isOwn = one.doneBy === viewer.actor.account;
  return (
    <>
      <p class="zn-regdone" role="status">
        {words.resultLead(add ?? "", change ?? "", same ?? "")}
      </p>
      {isOwn && kind.code === "people" && added > 0 && (
        <section class="zn-regpart">
          <h2>{words.accountsTitle}</h2>
          {one.handed === null ? (
            <p>{words.accountsGone}</p>
          ) : (
            <>
              <p>{words.accountsHint}</p>
              <a class="govuk-button" href={`${place.home}/imports/${one.id}/accounts`}>
                {words.accounts}
              </a>
            </>
          )}
        </section>
      )}
      <section class="zn-regpart">
        <h2>{words.undo}</h2>
        <p>{say(place, kind.undo)}</p>
      </section>
      <p>
        <a class="govuk-link" href={`${place.home}/imports?kind=${kind.code}`}>
          {words.more}
        </a>
      </p>
    </>
  );
};
