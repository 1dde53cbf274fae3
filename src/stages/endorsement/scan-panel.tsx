import { documentKinds } from "../../core/document/kind.ts";
import { pageRanges } from "../../core/document/page-ranges.ts";
import type { ScanReading } from "../../core/document/scan.ts";
import { compareScan, type ScanExpected } from "../../core/document/scan-compare.ts";
import { pageStates, type ScanPageState } from "../../core/document/scan-pages.ts";
import { lookOf } from "../../ui/finding.tsx";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { type Place, say } from "../../ui/place.ts";
import { Sev } from "../../ui/severity.tsx";
import { endorsementWords } from "./words.ts";

/** A scan that was read, with what should be on it. */
export type ScanView = {
  readonly filename: string;
  readonly reading: ScanReading;
  readonly expected: ScanExpected;
};

const icons: Readonly<Record<ScanPageState["state"], IconName>> = {
  right: "ok",
  wrong: "must",
  extra: "info",
  unread: "ask",
};

/** What was read from a scan: in a sentence, page by page, and where a red seal seems to be. Decides nothing. */
export const ScanPanel = ({
  place,
  view,
  named = true,
}: {
  place: Place;
  view: ScanView;
  /** Its name does not stand beside it already. */
  named?: boolean;
}) => {
  const { reading, expected, filename } = view;
  const words = endorsementWords(place).scan;
  const compared = compareScan(reading, expected);
  const pages = pageStates(reading, expected, compared);
  const stamped = pages.filter((one) => one.seal).map((one) => one.page);
  return (
    <div class="zn-scanread">
      {named && (
        <p class="zn-scanread__name">
          <bdi>{filename}</bdi>
        </p>
      )}
      {pages.length > 0 && <p>{words.summary(pages.length, compared.read.length, expected.code)}</p>}
      {compared.findings.length > 0 && (
        <ul class="zn-flist">
          {compared.findings.map((one) => (
            <li>
              <Sev place={place} look={lookOf[one.severity]} />
              <p>{say(place, one.message)}</p>
            </li>
          ))}
        </ul>
      )}
      {pages.length > 0 && (
        <>
          <details class="zn-scanread__all" open={pages.length <= 40}>
            <summary>{words.pages}</summary>
            <ol class="zn-scanstrip">
              {pages.map((one) => (
                <li class={`zn-scanstrip__page zn-scanstrip__page--${one.state}`}>
                  <Icon place={place} name={icons[one.state]} />
                  <span>
                    <strong>{words.page(one.page)}</strong> {paperText(place, one)}
                    {one.seal && <span class="zn-scanstrip__seal">{words.red}</span>}
                  </span>
                </li>
              ))}
            </ol>
          </details>
          <p class="zn-sub">
            {stamped.length === 0 ? words.noRed : words.redOn(say(place, pageRanges(stamped)))}
            {words.hint}
          </p>
        </>
      )}
    </div>
  );
};

const paperText = (place: Place, { state, papers }: ScanPageState): string => {
  const words = endorsementWords(place).scan;
  if (state !== "right") return words.states[state];
  return papers
    .map(({ kind, number }) => {
      const title = kind === null ? "" : say(place, documentKinds[kind].title);
      return number === null ? title || words.states.right : words.paper(title, number);
    })
    .join(words.and);
};
