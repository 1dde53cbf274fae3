import { may } from "../../core/permission/permission.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { WorkPage } from "../../ui/work-page.tsx";
import type { Work, WorkAnswer } from "./desk.ts";
import { registersAsked } from "./organizations.export.ts";
import { Button, Done, fieldsOf, Filters, Fold, frameOf, optionsOf, type Tried, WhyNot } from "./pieces.tsx";
import { posting, textsOf, versionOf } from "./posting.ts";
import { readRegisters } from "./queries.ts";
import { addIntegrityRecord, addProject, closeProject, withdrawIntegrityRecord } from "./registers.ts";
import { closeoutTitles, identityTypeTitles, integrityKindTitles, programmeTitles } from "./titles.ts";
import { wordsFor } from "./words.ts";

type Titles = Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>;

const page = async (work: Work, tried: Tried | null = null) => {
  const { place, platform, viewer, query } = work;
  const words = wordsFor(place).registers;
  const search = registersAsked(work);
  const { projects, records } = await readRegisters(platform, viewer.actor, { search });
  const { csrf } = frameOf(work);
  const base = `${place.home}/registers`;
  const can = (action: string) => may(`registration.${action}`, viewer.actor, {}).allowed;
  const wordOf = (titles: Titles, code: string | null) =>
    code === null ? "" : (titles[code]?.[place.language] ?? "");
  const categories = new Map(
    platform.policies
      .flatMap(({ programme }) => programme.categories)
      .map(({ code, title }) => [code, title]),
  );
  const categoryOf = (code: string | null) => {
    const title = code === null ? undefined : categories.get(code);
    return title === undefined ? words.otherCategory : say(place, title);
  };
  const searching = fieldsOf(place, "search", {
    act: "search",
    form: new URLSearchParams({ search }),
    trouble: { status: 200, reason: { zh: "", en: "" }, findings: [], faults: [] },
  });
  const project = fieldsOf(place, "project", tried);
  const record = fieldsOf(place, "record", tried);
  const number = (person: string | null) =>
    person !== null &&
    can("unmask") && (
      <a class="govuk-link" href={`${place.home}/numbers/${person}`}>
        {words.see}
      </a>
    );
  const [p, r] = [words.projectColumns, words.recordColumns];
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/registers" error={tried !== null} full>
      <WhyNot place={place} tried={tried} />
      <Done place={place} done={query["done"]} />
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/registers" />
        </div>
      </div>
      <Filters action={base}>
        {searching.line("search", words.search)}
        <Button kind="secondary" small>
          {words.act}
        </Button>
      </Filters>
      <section class="zn-regpart">
        <h2>{words.projects}</h2>
        {projects.length === 0 ? (
          <p>{words.noProjects}</p>
        ) : (
          <table class="zn-dense zn-cards zn-regtable">
            <TableHead names={p} />
            <tbody>
              {projects.map((one) => (
                <tr>
                  <th scope="row" class="nw">
                    {one.number}
                  </th>
                  <td data-k={p[1]}>{one.title}</td>
                  <td data-k={p[2]}>{wordOf(programmeTitles, one.programme)}</td>
                  <td data-k={p[3]}>{categoryOf(one.category)}</td>
                  <td data-k={p[4]}>
                    {one.investigator} {number(one.person)}
                  </td>
                  <td data-k={p[5]}>{one.organization ?? ""}</td>
                  <td data-k={p[6]} class="nw">
                    {one.periodEnd}
                  </td>
                  <td data-k={p[7]} class={one.closeout === "PENDING" ? "nw" : "quiet nw"}>
                    {wordOf(closeoutTitles, one.closeout)}
                  </td>
                  <td>
                    {one.closeout === "PENDING" && can("closeProject") && (
                      <Form
                        action={`${base}/projects/close`}
                        csrf={csrf}
                        hidden={{ project: one.id, version: one.version }}
                      >
                        <div class="zn-regact">
                          <button class="zn-linklike" name="closeout" value="PASSED">
                            {words.passed}
                          </button>
                          <button class="zn-linklike" name="closeout" value="FAILED">
                            {words.failed}
                          </button>
                        </div>
                      </Form>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {can("addProject") && (
          <Fold title={words.addProject} open={tried?.act === "project"}>
            <Form action={`${base}/projects`} csrf={csrf} hidden={{ key: crypto.randomUUID() }}>
              <div class="zn-regpairs">
                {project.line("number", words.number)}
                {project.line("title", words.projectTitle)}
                {project.select("programme", words.programme, optionsOf(place, programmeTitles))}
                {project.select("category", words.category, [
                  { value: "", text: words.otherCategory },
                  ...[...categories].map(([value, title]) => ({ value, text: say(place, title) })),
                ])}
                {project.line("investigatorName", words.investigator)}
                {project.select(
                  "identityType",
                  wordsFor(place).register.identityType,
                  optionsOf(place, identityTypeTitles),
                )}
                {project.line("identityNo", wordsFor(place).register.identityNo, { hint: words.subjectHint })}
                {project.line("uscc", words.uscc)}
                {project.line("periodEnd", words.periodEnd, { type: "date" })}
              </div>
              <Button>{words.addProject}</Button>
            </Form>
          </Fold>
        )}
      </section>
      <section class="zn-regpart">
        <h2>{words.records}</h2>
        {records.length === 0 ? (
          <p>{words.noRecords}</p>
        ) : (
          <table class="zn-dense zn-cards zn-regtable">
            <TableHead names={r} />
            <tbody>
              {records.map((one) => (
                <tr>
                  <th scope="row">
                    {one.subjectName} {one.uscc ?? number(one.person)}
                  </th>
                  <td data-k={r[1]}>{wordOf(integrityKindTitles, one.kind)}</td>
                  <td data-k={r[2]}>{one.decisionNumber}</td>
                  <td data-k={r[3]}>{one.source}</td>
                  <td data-k={r[4]} class="nw">
                    {one.from}
                  </td>
                  <td data-k={r[5]} class="nw">
                    {one.to ?? words.noEnd}
                  </td>
                  <td data-k={r[6]}>
                    {one.withdrawnAt === null
                      ? words.inForce
                      : `${words.withdrawn} ${one.withdrawnReason ?? ""}`}
                  </td>
                  <td>
                    {one.withdrawnAt === null && can("withdrawIntegrityRecord") && (
                      <Fold title={words.withdraw} open={tried?.act === `withdraw-${one.id}`}>
                        <Form action={`${base}/records/withdraw`} csrf={csrf} hidden={{ record: one.id }}>
                          {fieldsOf(place, `withdraw-${one.id}`, tried).line("reason", words.reason)}
                          <Button kind="secondary" small>
                            {words.withdraw}
                          </Button>
                        </Form>
                      </Fold>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {can("addIntegrityRecord") && (
          <Fold title={words.addRecord} open={tried?.act === "record"}>
            <Form action={`${base}/records`} csrf={csrf} hidden={{ key: crypto.randomUUID() }}>
              <div class="zn-regpairs">
                {record.select("subjectKind", words.subjectKind, [
                  { value: "PERSON", text: words.kinds.PERSON },
                  { value: "ORGANIZATION", text: words.kinds.ORGANIZATION },
                ])}
                {record.line("subjectName", words.subjectName)}
                {record.select(
                  "identityType",
                  wordsFor(place).register.identityType,
                  optionsOf(place, identityTypeTitles),
                )}
                {record.line("subject", words.subject, { hint: words.subjectHint })}
                {record.select("kind", words.kind, optionsOf(place, integrityKindTitles))}
                {record.line("decisionNumber", words.decisionNumber)}
                {record.line("source", words.source)}
                {record.line("validFrom", words.validFrom, { type: "date" })}
                {record.line("validTo", words.validTo, { type: "date" })}
              </div>
              <Button>{words.addRecord}</Button>
            </Form>
          </Fold>
        )}
      </section>
    </WorkPage>
  );
};

export const showRegisters = (work: Work): Promise<WorkAnswer> => page(work);

export const doAddProject = (work: Work): Promise<WorkAnswer> => {
  const { category, ...texts } = textsOf(
    work.form,
    "number",
    "title",
    "programme",
    "category",
    "investigatorName",
    "identityType",
    "identityNo",
    "uscc",
    "periodEnd",
  );
  return posting(
    work,
    addProject,
    { ...texts, category: category === "" ? null : category },
    {
      act: "project",
      to: "/registers?done=added",
      again: page,
    },
  );
};

export const doCloseProject = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    closeProject,
    { ...textsOf(work.form, "project", "closeout"), version: versionOf(work.form) },
    { act: "close", to: "/registers?done=closed", again: page },
  );

export const doAddRecord = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    addIntegrityRecord,
    textsOf(
      work.form,
      "subjectKind",
      "subjectName",
      "identityType",
      "subject",
      "kind",
      "decisionNumber",
      "source",
      "validFrom",
      "validTo",
    ),
    { act: "record", to: "/registers?done=added", again: page },
  );

export const doWithdrawRecord = (work: Work): Promise<WorkAnswer> => {
  const texts = textsOf(work.form, "record", "reason");
  return posting(work, withdrawIntegrityRecord, texts, {
    act: `withdraw-${texts.record}`,
    to: "/registers?done=withdrawn",
    again: page,
  });
};
