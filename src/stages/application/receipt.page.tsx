import type { VNode } from "preact";
import { applicationTransitions } from "../../core/lifecycle/application.ts";
import { Moment, momentText } from "../../ui/moment.tsx";
import { type Place, say } from "../../ui/place.ts";
import type { Frame } from "../../ui/work-page.tsx";
import type { EntryView, ReceiptView } from "./receipt.ts";
import { ApplicationFrame } from "./view-frame.tsx";
import type { ApplicationView } from "./view.ts";
import { applicationWords } from "./words.ts";

const actOf = (place: Place, action: string): string => {
  const known = applicationTransitions.find((one) => one.action === action);
  return known === undefined ? action : say(place, known.title);
};

/** 回执: what the ledger says of one act, with the proof that it stands there; made for paper as well. */
export const ReceiptPage = ({
  frame,
  view,
  shown,
  entries,
}: {
  frame: Frame;
  view: ApplicationView;
  /** Null where nothing was filed yet. */
  shown: ReceiptView | null;
  entries: readonly EntryView[];
}) => {
  const { place } = frame;
  const words = applicationWords[place.language].receipt;
  const base = `${place.home}/applications/${view.id}/receipt`;
  if (shown === null)
    return (
      <ApplicationFrame frame={frame} view={view} tab="receipt">
        <div class="zn-empty zn-gap">
          <p>{words.none}</p>
          <a class="govuk-link" href={`${place.home}/applications/${view.id}`}>
            {words.back}
          </a>
        </div>
      </ApplicationFrame>
    );
  const { entry, version, receipt } = shown;
  const others = entries.filter(({ id }) => id !== entry.id);
  const rows: readonly (readonly [string, VNode | string])[] = [
    [words.number, view.label],
    [words.what, actOf(place, entry.action)],
    [words.time, <Moment place={place} at={entry.at} />],
    ...(version === null
      ? []
      : ([
          [words.code, <span class="zn-code">{version.code}</span>],
          [words.hash, <span class="zn-hash">{version.hash}</span>],
        ] as const)),
    ...(receipt === null
      ? []
      : ([
          [words.ledger, <strong>{`#${receipt.entry.number}`}</strong>],
          [
            words.root,
            <>
              <span class="zn-hash">{receipt.head.root}</span>
              <span class="zn-sub">
                {words.rootAt(receipt.head.number, momentText(place, Date.parse(receipt.head.at)))}
              </span>
            </>,
          ],
          [
            words.proof,
            <>
              {words.proofSteps(receipt.proof.length)}
              <ol class="zn-proof">
                {receipt.proof.map((step) => (
                  <li class="zn-hash">{step}</li>
                ))}
              </ol>
            </>,
          ],
          [words.key, <span class="zn-hash">{receipt.head.key}</span>],
        ] as const)),
  ];
  return (
    <ApplicationFrame frame={frame} view={view} tab="receipt">
      <h2 class="zn-over__h">{words.title}</h2>
      {receipt === null ? (
        <div class="zn-banner">
          <p>{words.waiting}</p>
          <a class="govuk-link" href={`${base}?entry=${entry.id}`}>
            {words.reload}
          </a>
        </div>
      ) : (
        <p class="zn-receipt__lead">{words.lead}</p>
      )}
      <dl class="govuk-summary-list zn-receipt">
        {rows.map(([name, value]) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{name}</dt>
            <dd class="govuk-summary-list__value">{value}</dd>
          </div>
        ))}
      </dl>
      {receipt !== null && (
        <p class="zn-noprint">
          <a
            class="govuk-button"
            role="button"
            draggable={false}
            href={`${base}.json?entry=${entry.id}`}
            download
          >
            {words.download}
          </a>{" "}
          <a
            class="govuk-link"
            href={`${place.home}/applications/${view.id}/papers/receipt.pdf?entry=${entry.id}`}
            download
          >
            {words.pdf}
          </a>
        </p>
      )}
      {others.length > 0 && (
        <section class="zn-noprint" aria-labelledby="others">
          <h2 class="zn-over__h" id="others">
            {words.others}
          </h2>
          <ul class="govuk-list zn-files">
            {others.map(({ id, action, at }) => (
              <li>
                <a class="govuk-link" href={`${base}?entry=${id}`}>
                  {actOf(place, action)}
                </a>
                <span class="zn-sub">
                  <Moment place={place} at={at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </ApplicationFrame>
  );
};
