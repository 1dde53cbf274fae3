import { say } from "../../../ui/place.ts";
import { FileField, SelectField, Choices } from "../../../ui/field.tsx";
import { Form } from "../../../ui/form.tsx";
import { TableHead } from "../../../ui/table.tsx";
import { WorkPage } from "../../../ui/work-page.tsx";
import type { Work, WorkAnswer } from "../desk.ts";
import { Denied, Invalid, Missing } from "../../../platform/errors.ts";
import { Button, frameOf, momentOf, type Tried, WhyNot } from "../pieces.tsx";
import { troubleOf } from "../desk.ts";
import { Readable } from "node:stream";
import { workbookName, workbookType } from "../../../platform/spreadsheets.ts";
import { kindOf, kinds, seatsOf } from "./kinds.ts";
import { blankOf } from "./sheets.ts";
import { forgetFile, importsOf, keepUpload } from "./store.ts";
import { importWords } from "./words.ts";

/** Choosing what to import: templates, the upload, what was uploaded before. */

const allowed = (work: Work) => kinds.filter((kind) => seatsOf(work.viewer.actor, kind).length > 0);

const institutionsOf = async ({ platform, viewer }: Work, ids: readonly (string | null)[]) => {
  const own = ids.filter((id): id is string => id !== null);
  if (own.length < 2) return own.map((id) => ({ id, name: viewer.organization?.name ?? "" }));
  return platform.database.kysely
    .selectFrom("organization")
    .select(["id", "name_zh as name"])
    .where("funder", "=", platform.funder)
    .where("id", "in", own)
    .orderBy("name_zh")
    .execute();
};

const page = async (work: Work, tried: Tried | null = null) => {
  const { place, platform, viewer, query } = work;
  const words = importWords[place.language];
  const offered = allowed(work);
  if (offered.length === 0) throw new Denied({ zh: importWords.zh.noRight, en: importWords.en.noRight });
  const [recent, institutions] = await Promise.all([
    importsOf(platform, viewer.actor),
    institutionsOf(work, [...new Set(offered.flatMap((kind) => seatsOf(viewer.actor, kind)))]),
  ]);
  const { csrf } = frameOf(work);
  const base = `${place.home}/imports`;
  const error = (name: string) => {
    const found = tried?.trouble.faults.find((one) => one.place === name);
    return found === undefined ? undefined : say(place, found.reason);
  };
  const wanted = tried?.form.get("kind") ?? query["kind"] ?? offered[0]?.code ?? "";
  const stateOf = (one: (typeof recent)[number]) => {
    const kind = kindOf(one.kind);
    if (one.done_at !== null && kind !== undefined)
      return words.done(say(place, kind.count(one.added)), say(place, kind.count(one.changed)));
    return one.waits ? words.waits : words.forgotten;
  };
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/imports" error={tried !== null}>
      <WhyNot place={place} tried={tried} />
      {query["done"] === "discarded" && (
        <p class="zn-regdone" role="status">
          {words.discarded}
        </p>
      )}
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      <div class="zn-regcolumns">
        <section>
          <Form action={base} csrf={csrf} files>
            <Choices
              id="import-kind"
              name="kind"
              kind="radio"
              label={words.choose}
              values={[wanted]}
              error={error("kind")}
              options={offered.map((kind) => ({
                value: kind.code,
                text: say(place, kind.title),
                hint: say(place, kind.lead),
              }))}
            />
            {institutions.length > 1 && (
              <SelectField
                id="import-organization"
                name="organization"
                label={words.institution}
                value={tried?.form.get("organization") ?? viewer.organization?.id ?? ""}
                error={error("organization")}
                options={institutions.map(({ id, name }) => ({ value: id, text: name }))}
              />
            )}
            <FileField
              id="import-file"
              name="file"
              label={words.file}
              hint={words.kept}
              accept=".xlsx"
              error={error("file")}
            />
            <Button>{words.upload}</Button>
          </Form>
        </section>
        <section>
          <h2>{words.templates}</h2>
          <p>{words.templatesLead}</p>
          <ul class="govuk-list">
            {offered.map((kind) => (
              <li>
                <a class="govuk-link" href={`${base}/templates/${kind.code}`}>
                  {words.template(say(place, kind.title))}
                </a>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {recent.length > 0 && (
        <section class="zn-regpart">
          <h2>{words.recent}</h2>
          <table class="zn-dense zn-cards zn-regtable">
            <TableHead names={words.recentColumns} />
            <tbody>
              {recent.map((one) => (
                <tr>
                  <th scope="row">
                    <a class="govuk-link" href={`${base}/${one.id}`}>
                      {one.filename}
                    </a>
                  </th>
                  <td data-k={words.recentColumns[1]}>
                    {say(place, kindOf(one.kind)?.title ?? { zh: one.kind, en: one.kind })}
                  </td>
                  <td data-k={words.recentColumns[2]} class="nw">
                    {momentOf(one.uploaded_at)}
                  </td>
                  <td data-k={words.recentColumns[3]}>{stateOf(one)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </WorkPage>
  );
};

export const showImports = (work: Work): Promise<WorkAnswer> => page(work);

export const doUpload = async (work: Work): Promise<WorkAnswer> => {
  try {
    return await upload(work);
  } finally {
    for (const { sha256 } of work.files) await forgetFile(work.platform, sha256);
  }
};

const upload = async (work: Work): Promise<WorkAnswer> => {
  const { platform, viewer, form, files, place } = work;
  const kind = kindOf(form.get("kind") ?? "");
  if (kind === undefined) throw new Missing("kind of import");
  const seats = seatsOf(viewer.actor, kind);
  const asked = form.get("organization");
  const organization =
    seats.find((seat) => seat !== null && seat === asked) ??
    seats.find((seat) => seat === viewer.organization?.id) ??
    seats[0] ??
    null;
  const [file] = files;
  try {
    if (file === undefined)
      throw new Invalid([
        { place: "file", reason: { zh: importWords.zh.fileMissing, en: importWords.en.fileMissing } },
      ]);
    const { sha256, filename } = file;
    const id = await keepUpload(platform, viewer.actor, { kind, organization, sha256, filename });
    return { to: `${place.home}/imports/${id}` };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === null) throw error;
    const faults = trouble.faults.length > 0 ? trouble.faults : [{ place: "file", reason: trouble.reason }];
    return {
      status: trouble.status,
      page: await page(work, { act: "import", form, trouble: { ...trouble, faults } }),
    };
  }
};

export const downloadTemplate = async ({ platform, place, params, viewer }: Work): Promise<WorkAnswer> => {
  const kind = kindOf(params["kind"] ?? "");
  if (kind === undefined || seatsOf(viewer.actor, kind).length === 0) throw new Missing("template");
  const bytes = await blankOf(platform, place, kind);
  const title = importWords[place.language].templateTitle(say(place, kind.title));
  return {
    download: Readable.from([bytes]),
    filename: workbookName(title),
    size: bytes.length,
    mime: workbookType,
  };
};
