import { FileField, SelectField, TextField } from "../../../ui/field.tsx";
import { Form } from "../../../ui/form.tsx";
import { say } from "../../../ui/place.ts";
import { uploadEndings } from "../upload.ts";
import { attachmentTypeFor } from "./demands.ts";
import { attachmentTerms } from "./terms.ts";
import type { Question, Section, Writing } from "./writing.ts";

const sizeText = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

/** Attachments: what is there, and a form of its own to add one, so that text beside it is never at stake. */
export const Files = ({
  writing,
  section,
  question,
  error,
  given = new URLSearchParams(),
}: {
  writing: Writing;
  section: Section;
  question: Question;
  error: string | undefined;
  given?: URLSearchParams;
}) => {
  const { words, attachments, base, frame } = writing;
  const { place } = frame;
  const terms: Readonly<Record<string, { zh: string; en: string }>> = attachmentTerms;
  const type = attachmentTypeFor(place.policy, question.clause);
  const canWrite = writing.editable(question.path);
  const id = (name: string) => `${question.id}-${name}`;
  const hidden = { section: section.id, question: question.id, key: crypto.randomUUID() };
  return (
    <div class="zn-files">
      {attachments.length === 0 ? (
        <p class="zn-sub">{words.files.empty}</p>
      ) : (
        <ul class="zn-filelist">
          {attachments.map((one) => (
            <li>
              <span class="zn-sub">
                {terms[one.type] === undefined ? one.type : say(place, terms[one.type]!)}
              </span>
              <a class="govuk-link" href={`${base}/files/${one.id}`}>
                {one.filename}
              </a>
              <span class="zn-sub">
                {sizeText(one.size)}
                {one.note === "" ? "" : ` · ${one.note}`}
              </span>
              {canWrite && (
                <Form
                  action={`${base}/files/${one.id}/remove`}
                  csrf={frame.csrf}
                  hidden={{ ...hidden, key: crypto.randomUUID() }}
                >
                  <button class="zn-linklike" aria-label={words.files.removeOne(one.filename)}>
                    {words.files.remove}
                  </button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {canWrite && (
        <Form action={`${base}/files`} csrf={frame.csrf} hidden={hidden} files>
          <div class="zn-upload">
            <SelectField
              id={id("type")}
              name="type"
              label={words.files.type}
              value={given.get("type") ?? type ?? "OTHER"}
              options={Object.entries(terms).map(([value, term]) => ({ value, text: say(place, term) }))}
            />
            <FileField
              id={id("file")}
              name="file"
              label={words.files.file}
              hint={words.files.hint}
              error={error}
              accept={uploadEndings.join(",")}
            />
            <TextField id={id("note")} name="note" label={words.files.note} value={given.get("note") ?? ""} />
            <button class="govuk-button govuk-button--secondary">{words.files.upload}</button>
          </div>
        </Form>
      )}
    </div>
  );
};
