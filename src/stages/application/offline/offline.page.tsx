import type { VNode } from "preact";
import { FileField, SelectField } from "../../../ui/field.tsx";
import { Form, TroubleSummary } from "../../../ui/form.tsx";
import { say } from "../../../ui/place.ts";
import { WorkPage } from "../../../ui/work-page.tsx";
import type { Trouble } from "../../registration/desk.ts";
import { Banner, Caption } from "../form/pieces.tsx";
import type { Writing } from "../form/writing.ts";
import { sheetTitle } from "./columns.ts";
import { onlinePlan, wordPlan, workbookPlan } from "./plan.ts";
import { offlineWords } from "./words.ts";

const Category = ({ writing, chosen }: { writing: Writing; chosen: string | null }) => {
  const { place } = writing.frame;
  const words = offlineWords(place);
  return (
    <form action={`${writing.base}/offline`} class="zn-offline__category">
      <SelectField
        id="category"
        label={words.choose}
        hint={words.chooseHint}
        value={chosen ?? ""}
        options={place.policy.programme.categories.map((one) => ({
          value: one.code,
          text: say(place, one.title),
        }))}
      />
      <button class={chosen === null ? "govuk-button" : "govuk-button govuk-button--secondary"}>
        {words.chooseAct}
      </button>
    </form>
  );
};

/** The two files with what each of them holds. */
const Files = ({ writing, query }: { writing: Writing; query: string }) => {
  const { place } = writing.frame;
  const words = offlineWords(place);
  const comma = place.language === "zh" ? "、" : ", ";
  const long = wordPlan(writing).flatMap(({ questions }) => questions);
  const { single, sheets } = workbookPlan(writing);
  const short = [
    ...single.map((one) => say(place, one.title)),
    ...sheets.map((one) => sheetTitle(writing, one.path)),
  ];
  const cards = [
    {
      file: "word",
      name: words.word.name,
      what: words.word.what,
      act: words.word.act,
      holds: long.map((one) => say(place, one.title)),
    },
    {
      file: "workbook",
      name: words.workbook.name,
      what: words.workbook.what,
      act: words.workbook.act,
      holds: short,
    },
  ].filter((one) => one.holds.length > 0);
  return (
    <>
      <div class="zn-offline__files">
        {cards.map((one) => (
          <div class="zn-offline__file">
            <h3>
              {one.name} <span class="zn-sub">{one.what}</span>
            </h3>
            <p>{one.holds.join(comma)}</p>
            <a
              class="govuk-button govuk-button--secondary"
              href={`${writing.base}/offline/${one.file}${query}`}
              download
            >
              {one.act}
            </a>
          </div>
        ))}
      </div>
      <p class="zn-sub">
        {words.workbook.online}
        {onlinePlan(writing)
          .map((one) => say(place, one.title))
          .join(comma)}
      </p>
    </>
  );
};

/** Writing offline: what can be downloaded, and where it comes back. */
export const OfflinePage = ({
  writing,
  chosen,
  trouble,
  error,
  notice,
}: {
  /** Of the chosen category, where one is chosen. */
  writing: Writing;
  /** Category of the address, while the draft has none. */
  chosen: { readonly code: string | null; readonly asked: boolean };
  trouble: Trouble | null;
  error: string | undefined;
  notice: string | null;
}): VNode => {
  const { frame, base } = writing;
  const { place } = frame;
  const words = offlineWords(place);
  const ready = writing.facts.content.category !== null;
  return (
    <WorkPage
      frame={frame}
      title={words.title}
      here="/applications"
      error={trouble !== null || error !== undefined}
    >
      <Banner writing={writing} />
      <div class="zn-offline">
        <TroubleSummary place={place} trouble={trouble} />
        {notice !== null && (
          <p class="zn-from" role="status">
            {notice}
          </p>
        )}
        <h1 class="zn-form__h1">{words.title}</h1>
        <Caption writing={writing} />
        <p class="intro">{words.lead}</p>
        <section aria-labelledby="files">
          <h2 id="files">{words.files}</h2>
          {chosen.asked && <Category writing={writing} chosen={chosen.code} />}
          {ready && (
            <Files
              writing={writing}
              query={chosen.code === null ? "" : `?category=${encodeURIComponent(chosen.code)}`}
            />
          )}
        </section>
        <section aria-labelledby="upload">
          <h2 id="upload">{words.upload.title}</h2>
          <Form action={`${base}/offline`} csrf={frame.csrf} files>
            <FileField
              id="file"
              label={words.upload.label}
              hint={words.upload.hint}
              error={error}
              accept=".docx,.xlsx"
            />
            <div class="govuk-button-group">
              <button class="govuk-button">{words.upload.act}</button>
              <a class="govuk-link" href={`${base}/form`}>
                {words.back}
              </a>
            </div>
          </Form>
        </section>
      </div>
    </WorkPage>
  );
};
