import { documentKinds } from "../../../core/document/kind.ts";
import { applicationTransitions } from "../../../core/lifecycle/application.ts";
import { Moment } from "../../../ui/moment.tsx";
import { PaperSheet } from "../../../ui/paper.tsx";
import { type Place, say } from "../../../ui/place.ts";
import type { Frame } from "../../../ui/work-page.tsx";
import { sizeText } from "../file-size.ts";
import { ApplicationFrame } from "../view-frame.tsx";
import type { ApplicationView } from "../view.ts";
import type { ListedVersion, PaperList } from "./list.ts";
import { paperWords } from "./words.ts";

const actTitle = (place: Place, action: string): string => {
  const known = applicationTransitions.find((one) => one.action === action);
  return known === undefined ? action : say(place, known.title);
};

/** 文件: what can be printed of each version, and the receipts. */
export const PapersPage = ({
  frame,
  view,
  list,
}: {
  frame: Frame;
  view: ApplicationView;
  list: PaperList;
}) => {
  const { place } = frame;
  const words = paperWords[place.language];
  const latest = list.versions.find(({ number }) => number !== null);
  return (
    <ApplicationFrame frame={frame} view={view} tab="papers">
      <div class="zn-papers">
        {list.versions.length === 0 && <p>{words.noVersion}</p>}
        {latest !== undefined && (
          <>
            <p>{words.lead}</p>
            <section aria-labelledby="next-steps">
              <h2 class="zn-over__h" id="next-steps">
                {words.next}
              </h2>
              <ol class="govuk-list govuk-list--number">
                {words.steps.map((step) => (
                  <li>{step}</li>
                ))}
              </ol>
            </section>
          </>
        )}
        {list.versions.map((one) => (
          <VersionPapers place={place} version={one} latest={one === latest} />
        ))}
        {list.receipts.length > 0 && (
          <section aria-labelledby="receipts">
            <h2 class="zn-over__h" id="receipts">
              {words.receipts}
            </h2>
            <ul class="govuk-list zn-files">
              {list.receipts.map(({ entry, links }) => {
                const title = words.receiptOf(actTitle(place, entry.action));
                return (
                  <li class="zn-papers__receipt">
                    <a class="govuk-link" href={place.home + links.preview}>
                      {title}
                    </a>
                    <a class="govuk-link" href={place.home + links.file} download>
                      {words.save}
                      <span class="govuk-visually-hidden">{words.ofPaper(title)}</span>
                    </a>
                    <span class="zn-sub">
                      <Moment place={place} at={entry.at} />
                    </span>
                  </li>
                );
              })}
            </ul>
          </section>
        )}
      </div>
    </ApplicationFrame>
  );
};

const VersionPapers = ({
  place,
  version,
  latest,
}: {
  place: Place;
  version: ListedVersion;
  latest: boolean;
}) => {
  const words = paperWords[place.language];
  const { number, code, at, papers } = version;
  const id = `version-${number ?? "draft"}`;
  return (
    <section class="zn-panel" aria-labelledby={id}>
      <div class="zn-panel__head">
        <h2 id={id}>{number === null ? words.draft : words.versionOf(number)}</h2>
        <span class="zn-sub">
          {latest && `${words.latest} · `}
          {code !== null && <span class="zn-code">{words.codeOf(code)}</span>}
          {code !== null && " · "}
          <Moment place={place} at={at} />
        </span>
      </div>
      {number === null && <p class="zn-papers__draft">{words.draftText}</p>}
      {papers.length === 0 && <p class="zn-papers__draft">{words.destroyed}</p>}
      {papers.length > 0 && (
        <table class="zn-dense zn-cards">
          <thead>
            <tr>
              <th scope="col">{words.columns[0]}</th>
              <th scope="col">{words.columns[1]}</th>
              <th scope="col">{words.columns[2]}</th>
              <th scope="col">{words.columns[3]}</th>
            </tr>
          </thead>
          <tbody>
            {papers.map(({ kind, title, made, links }) => (
              <tr>
                <td data-k={words.columns[0]}>
                  <a class="govuk-link" href={place.home + links.preview}>
                    {say(place, title)}
                  </a>
                </td>
                <td data-k={words.columns[1]}>{words.signs[kind]}</td>
                <td data-k={words.columns[2]}>
                  {made === null ? words.unmade : words.made(made.pages, sizeText(made.size))}
                </td>
                <td data-k={words.columns[3]}>
                  <a class="govuk-link" href={place.home + links.file} download>
                    {words.save}
                    <span class="govuk-visually-hidden">{words.ofPaper(say(place, title))}</span>
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};

export type PaperPageProps = {
  readonly frame: Frame;
  readonly view: ApplicationView;
  readonly kind: keyof typeof documentKinds;
  /** As its template draws it for the screen. */
  readonly html: string;
  readonly file: string;
  /** The version that it shows; null for the draft, absent for a receipt. */
  readonly version?: { readonly number: number; readonly code: string } | null;
};

/** One paper on the screen; printing it prints the PDF's words, not its layout. */
export const PaperPage = ({ frame, view, kind, html, file, version }: PaperPageProps) => {
  const { place } = frame;
  const words = paperWords[place.language];
  const title = say(place, documentKinds[kind].title);
  return (
    <ApplicationFrame frame={frame} view={view} tab="papers" title={title}>
      <div class="zn-papers">
        <p class="zn-paperbar zn-noprint">
          <a
            class="govuk-button zn-button--s"
            role="button"
            draggable={false}
            href={place.home + file}
            download
          >
            {words.save}
          </a>
          <a class="govuk-link" href={`${place.home}/applications/${view.id}/papers`}>
            {words.back}
          </a>
          {version !== undefined && (
            <span class="zn-sub">
              {version === null
                ? words.draft
                : `${words.versionOf(version.number)} · ${words.codeOf(version.code)}`}
            </span>
          )}
        </p>
        <p class="zn-sub zn-noprint">{version === null ? words.draftText : words.shown}</p>
        <div class="zn-formpaper">
          <PaperSheet html={html} label={title} />
        </div>
      </div>
    </ApplicationFrame>
  );
};
