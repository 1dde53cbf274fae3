import { ClauseChip } from "../../ui/clause.tsx";
import { FileField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { momentText } from "../../ui/moment.tsx";
import { ScanPanel } from "../endorsement/scan-panel.tsx";
import { letterForm, type LetterProps } from "./letter.form.tsx";
import { originalClause } from "./letter.original.tsx";
import { recommendationWords } from "./words.ts";

const kinds = ["SEALED_LETTER", "SEALED_LIST"] as const;

/** The sealed letter and the sealed list, with what was read from them. */
export const LetterScans = (props: LetterProps) => {
  const {
    frame: { place },
    batch,
    may,
    once,
    read,
  } = props;
  const { letter } = recommendationWords(place);
  const { to, entered, wrong } = letterForm(props, "attach");
  const prepared = batch.state === "PREPARED";
  return (
    <section class="zn-panel" id="scans" aria-labelledby="scans-title">
      <div class="zn-panel__head">
        <h2 id="scans-title">{letter.scans}</h2>
        <ClauseChip place={place} id={originalClause(props)} short />
      </div>
      <div class="zn-panel__body">
        {prepared && may.attach && <p class="zn-sub">{letter.scansHint}</p>}
        {kinds.map((kind) => {
          const scan = batch.scans.find((one) => one.type === kind);
          return (
            <div class="zn-scan">
              <p>
                {letter.kinds[kind]}{" "}
                {scan === undefined ? (
                  <span class="zn-sub">{letter.missing}</span>
                ) : (
                  <>
                    <a
                      class="govuk-link"
                      href={`${place.home}/batches/${batch.id}/files/${scan.id}`}
                      download
                    >
                      {scan.filename}
                    </a>{" "}
                    <span class="zn-sub">{momentText(place, scan.at)}</span>
                  </>
                )}
              </p>
              {scan !== undefined && read[kind] !== undefined && (
                <ScanPanel place={place} view={read[kind]} named={false} />
              )}
              {prepared && may.attach && (
                <Form {...to} hidden={{ ...to.hidden, key: `${once}-${kind}`, kind }} files>
                  <FileField
                    id={`file-${kind}`}
                    name="file"
                    label={letter.kinds[kind]}
                    hidden
                    accept=".pdf,.jpg,.jpeg,.png"
                    error={entered?.get("kind") === kind ? (wrong("file") ?? wrong("filename")) : undefined}
                  />
                  <button class="govuk-button govuk-button--secondary zn-button--s">
                    {letter.attach[kind]}
                  </button>
                </Form>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
};
