import type { VNode } from "preact";
import { Choices, TextArea } from "../../../ui/field.tsx";
import { Form } from "../../../ui/form.tsx";
import { WorkPage } from "../../../ui/work-page.tsx";
import { Banner, Caption } from "../form/pieces.tsx";
import type { Writing } from "../form/writing.ts";
import { Faults } from "./faults.tsx";
import type { Reading } from "./reading.ts";
import { offlineWords } from "./words.ts";

/** A place to paste the rows of a budget, for everybody, with or without JavaScript. */
export const PastePage = ({
  writing,
  given,
  error,
  reading,
  back,
}: {
  writing: Writing;
  given: { readonly text: string; readonly unit: string; readonly how: string };
  error: string | undefined;
  /** What the rows were read as, where they cannot be saved yet. */
  reading: Reading | null;
  /** The section that holds the budget. */
  back: string;
}): VNode => {
  const { frame, base } = writing;
  const words = offlineWords(frame.place).paste;
  return (
    <WorkPage
      frame={frame}
      title={words.title}
      here="/applications"
      error={error !== undefined || reading !== null}
    >
      <Banner writing={writing} />
      <div class="zn-offline">
        {reading !== null && <Faults writing={writing} reading={reading} sealed="" />}
        <h1 class="zn-form__h1">{words.title}</h1>
        <Caption writing={writing} />
        <p class="intro">{words.lead}</p>
        <Form action={`${base}/offline/paste`} csrf={frame.csrf}>
          <TextArea id="rows" label={words.label} value={given.text} rows={10} error={error} />
          <Choices
            id="unit"
            label={words.unit}
            kind="radio"
            inline
            values={[given.unit]}
            options={[
              { value: "wan", text: words.wan },
              { value: "yuan", text: words.yuan },
            ]}
          />
          <Choices
            id="how"
            label={words.how}
            kind="radio"
            values={[given.how]}
            options={[
              { value: "replace", text: words.replace },
              { value: "append", text: words.append },
            ]}
          />
          <div class="govuk-button-group">
            <button class="govuk-button">{words.act}</button>
            <a class="govuk-link" href={back}>
              {offlineWords(frame.place).back}
            </a>
          </div>
        </Form>
      </div>
    </WorkPage>
  );
};
