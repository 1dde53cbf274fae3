import { compareScan } from "../../core/document/scan-compare.ts";
import { FileField, TextField, Tick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import type { Frame } from "../../ui/work-page.tsx";
import type { ApplicationFacts } from "../application/facts.ts";
import type { Trouble } from "../registration/desk.ts";
import { errorAt } from "./error-at.ts";
import { type ScanView, ScanPanel } from "./scan-panel.tsx";
import { endorsementWords } from "./words.ts";

/** The scan that is spoken of: just sent and refused, or kept before. `file`: to be used again without sending it twice. */
export type SealScan = { readonly view: ScanView | null; readonly file: string | null };

export const SealForm = ({
  frame: { place, csrf },
  facts,
  typed,
  trouble,
  key: once,
  scan,
}: {
  readonly frame: Frame;
  readonly facts: ApplicationFacts;
  readonly typed: { readonly code: string; readonly commitment: boolean };
  readonly trouble: Trouble | null;
  readonly key: string;
  readonly scan: SealScan;
}) => {
  const { confirm, scan: words } = endorsementWords(place);
  const wrong = (name: string) => errorAt(place, trouble, name);
  const isMissing = trouble?.faults.some((one) => /file(?:name)?$/.test(one.place)) === true;
  // What does not fit is to be replaced; what only wants the code, or the tick, need not be sent twice.
  const again =
    trouble !== null &&
    scan.file !== null &&
    scan.view !== null &&
    compareScan(scan.view.reading, scan.view.expected).verdict !== "wrong";
  return (
    <Form
      action={`${place.home}/institution/${facts.id}/seal`}
      csrf={csrf}
      hidden={{
        version: facts.version,
        key: once,
        ...(again ? { kept: scan.file ?? "", keptName: scan.view?.filename ?? "" } : {}),
      }}
      files
    >
      <p>{confirm.sealLead(facts.frozenVersion ?? 0)}</p>
      {trouble !== null && scan.view !== null && <ScanPanel place={place} view={scan.view} />}
      <FileField
        id="file"
        label={again ? words.other : confirm.file}
        hint={again ? words.otherHint : confirm.fileHint}
        accept=".pdf,.jpg,.jpeg,.png"
        error={isMissing ? confirm.fileMissing : wrong("file")}
      />
      <TextField
        id="code"
        label={confirm.code}
        hint={confirm.codeHint}
        value={typed.code}
        width={20}
        error={wrong("code")}
      />
      <Tick
        id="commitment"
        label={confirm.commitment}
        checked={typed.commitment}
        error={wrong("commitment") === undefined ? undefined : confirm.commitmentMissing}
      />
      <button class="govuk-button">{confirm.sealAct}</button>
    </Form>
  );
};
