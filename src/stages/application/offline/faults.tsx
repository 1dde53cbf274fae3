import { Form } from "../../../ui/form.tsx";
import { say } from "../../../ui/place.ts";
import type { Writing } from "../form/writing.ts";
import type { Reading } from "./reading.ts";
import { offlineWords } from "./words.ts";

/** What has to be corrected first, each at its place; a workbook comes back with its cells marked. */
export const Faults = ({
  writing,
  reading,
  sealed,
}: {
  writing: Writing;
  reading: Reading;
  sealed: string;
}) => {
  const { frame, base } = writing;
  const words = offlineWords(frame.place).preview;
  const cells = reading.kind === "workbook" && reading.paths.length > 0;
  return (
    <div class="govuk-error-summary" role="alert" tabIndex={-1} data-focus>
      <h2 class="govuk-error-summary__title">{words.faultsTitle(reading.faults.length)}</h2>
      <div class="govuk-error-summary__body">
        <p>{reading.kind === "paste" ? words.faultsPaste : words.faultsLead}</p>
        <table class="zn-dense zn-offline__faults">
          <thead>
            <tr>
              <th scope="col">{words.place}</th>
              <th scope="col">{words.problem}</th>
            </tr>
          </thead>
          <tbody>
            {reading.faults.map((one) => (
              <tr>
                <th scope="row">{say(frame.place, one.place)}</th>
                <td>{say(frame.place, one.text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {cells && (
          <Form action={`${base}/offline/marked`} csrf={frame.csrf} hidden={{ sealed }}>
            <p class="zn-sub">{words.markedHint}</p>
            <button class="govuk-button govuk-button--secondary">{words.marked}</button>
          </Form>
        )}
      </div>
    </div>
  );
};
