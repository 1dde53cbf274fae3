import { may } from "../../core/permission/permission.ts";
import { baseLevels } from "../../core/policy/application.ts";
import type { Action } from "../../platform/action.ts";
import { Missing } from "../../platform/errors.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form } from "../../ui/form.tsx";
import { say, wordsOf } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { WorkPage } from "../../ui/work-page.tsx";
import type { Trouble, Work, WorkAnswer } from "./desk.ts";
import {
  activateInstitution,
  placeInstitution,
  refuseInstitution,
  updateInstitution,
} from "./institutions.ts";
import { groupTitle, organizationsAsked } from "./organizations.export.ts";
import { Button, Done, fieldsOf, Filters, Fold, frameOf, optionsOf, type Tried, WhyNot } from "./pieces.tsx";
import { posting, textsOf, versionOf } from "./posting.ts";
import { listOrganizations, type OrganizationRow } from "./queries.ts";
import {
  baseLevelTitles,
  departmentBasisTitles,
  organizationKindTitles,
  organizationStandingTitles,
  organizationTypeTitles,
} from "./titles.ts";
import { wordsFor } from "./words.ts";

type Titles = Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>;
const wordOf = (titles: Titles, code: string | null, language: "zh" | "en") =>
  code === null ? "" : (titles[code]?.[language] ?? code);

const asked = (query: Readonly<Record<string, string>>): Tried => ({
  act: "search",
  form: new URLSearchParams(query),
  trouble: { status: 200, reason: { zh: "", en: "" }, findings: [], faults: [] },
});

export const showOrganizations = async (work: Work): Promise<WorkAnswer> => {
  const { place, platform, viewer, query } = work;
  const words = wordsFor(place).organizations;
  const rows = await listOrganizations(platform, viewer.actor, organizationsAsked(work));
  const field = fieldsOf(place, "search", asked(query));
  const { columns } = words;
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/organizations" full>
      <Done place={place} done={query["done"]} />
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>{words.found(rows.length)}</p>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/organizations" />
        </div>
      </div>
      <Filters action={`${place.home}/organizations`}>
        {field.line("search", words.search)}
        {field.select("kind", words.kind, optionsOf(place, organizationKindTitles, words.all))}
        {field.select("standing", words.standing, optionsOf(place, organizationStandingTitles, words.all))}
        <Button kind="secondary" small>
          {words.act}
        </Button>
      </Filters>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table class="zn-dense zn-cards zn-regtable">
          <TableHead names={columns} />
          <tbody>
            {rows.map((one) => (
              <tr>
                <th scope="row">
                  <a href={`${place.home}/organizations/${one.id}`}>{one.name}</a>
                </th>
                <td data-k={columns[1]} class="nw">
                  {one.uscc ?? ""}
                </td>
                <td data-k={columns[2]}>
                  {one.kind === "INSTITUTION"
                    ? wordOf(organizationTypeTitles, one.type, place.language)
                    : wordOf(organizationKindTitles, one.kind, place.language)}
                </td>
                <td data-k={columns[3]}>
                  {one.departmentName ?? (one.kind === "INSTITUTION" ? words.unplaced : "")}
                </td>
                <td data-k={columns[4]}>
                  {groupTitle(work, one.quotaGroup) ?? (one.kind === "INSTITUTION" ? words.alone : "")}
                </td>
                <td data-k={columns[5]} class={one.standing === "ACTIVE" ? "quiet nw" : "nw"}>
                  {wordOf(organizationStandingTitles, one.standing, place.language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};

const rowOf = async ({ platform, viewer, params }: Work): Promise<OrganizationRow> => {
  const id = params["id"] ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Missing("organization");
  const [row] = await listOrganizations(platform, viewer.actor, { id });
  if (row === undefined) throw new Missing("organization");
  return row;
};

const PlaceForm = async (work: Work, one: OrganizationRow, tried: Tried | null) => {
  const { place, platform, viewer } = work;
  const words = wordsFor(place).organizations;
  const field = fieldsOf(place, "place", tried);
  const [departments, institutions] = await Promise.all([
    listOrganizations(platform, viewer.actor, { kind: "DEPARTMENT", standing: "ACTIVE" }),
    listOrganizations(platform, viewer.actor, { kind: "INSTITUTION", standing: "ACTIVE" }),
  ]);
  const groups = new Map(
    platform.policies.flatMap(({ programme }) => programme.quota.groups).map(({ id, title }) => [id, title]),
  );
  const none = { value: "", text: words.noneChosen };
  const named = (rows: readonly OrganizationRow[]) =>
    rows.filter(({ id }) => id !== one.id).map(({ id, name }) => ({ value: id, text: name }));
  return (
    <Form
      action={`${place.home}/organizations/${one.id}/place`}
      csrf={frameOf(work).csrf}
      hidden={{ version: one.version }}
    >
      <p class="govuk-hint">{words.placeLead}</p>
      <div class="zn-regpairs">
        {field.select("department", words.department, [none, ...named(departments)], {
          fallback: one.department ?? "",
        })}
        {field.select("basis", words.basis, optionsOf(place, departmentBasisTitles, words.noneChosen), {
          fallback: one.basis ?? "",
        })}
        {field.select(
          "quotaGroup",
          words.quotaGroup,
          [
            { value: "", text: words.alone },
            ...[...groups].map(([value, title]) => ({ value, text: say(place, title) })),
          ],
          { fallback: one.quotaGroup ?? "" },
        )}
        {field.select("parent", words.parent, [none, ...named(institutions)], { fallback: one.parent ?? "" })}
        {field.select("type", wordsFor(place).register.type, optionsOf(place, organizationTypeTitles), {
          fallback: one.type ?? "OTHER",
        })}
        {field.line("region", wordsFor(place).register.region, {
          fallback: one.region ?? "",
          numeric: true,
        })}
      </div>
      {field.area("platforms", words.platforms, {
        hint: words.platformsHint,
        fallback: one.platforms.join("\n"),
      })}
      {field.area("bases", words.bases, {
        hint: words.basesHint,
        fallback: one.bases
          .map(({ id, level }) => `${id} ${wordOf(baseLevelTitles, level, place.language)}`)
          .join("\n"),
      })}
      {field.line("medicalLicence", words.medicalLicence, { fallback: one.medicalLicence ?? "" })}
      <Button>{words.savePlace}</Button>
    </Form>
  );
};

const organizationPage = async (work: Work, tried: Tried | null = null) => {
  const { place, viewer } = work;
  const all = wordsFor(place);
  const words = all.organizations;
  const one = await rowOf(work);
  const { csrf } = frameOf(work);
  const base = `${place.home}/organizations/${one.id}`;
  const subject = { organization: one.id, department: one.department };
  const can = (action: string) =>
    one.kind === "INSTITUTION" && may(`registration.${action}`, viewer.actor, subject).allowed;
  const hidden = { version: one.version };
  const comma = place.language === "zh" ? "、" : ", ";
  const facts: readonly (readonly [string, string])[] = [
    [
      words.standing,
      `${wordOf(organizationStandingTitles, one.standing, place.language)} ${one.standingReason}`,
    ],
    [words.kind, wordOf(organizationKindTitles, one.kind, place.language)],
    [all.register.uscc, one.uscc ?? ""],
    [all.register.type, wordOf(organizationTypeTitles, one.type, place.language)],
    [all.register.region, one.region ?? ""],
    [beforeBracket(all.register.unitNameEn), one.nameEn],
    [all.register.address, one.address],
    [all.register.legalPerson, one.legalPerson],
    [
      words.department,
      `${one.departmentName ?? words.unplaced} ${wordOf(departmentBasisTitles, one.basis, place.language)}`,
    ],
    [words.quotaGroup, groupTitle(work, one.quotaGroup) ?? words.alone],
    [words.parent, one.parentName ?? ""],
    [words.platforms, one.platforms.join(comma)],
    [
      words.bases,
      one.bases.map(({ id, level }) => `${id} ${wordOf(baseLevelTitles, level, place.language)}`).join(comma),
    ],
    [beforeBracket(words.medicalLicence), one.medicalLicence ?? ""],
  ];
  const update = fieldsOf(place, "update", tried);
  const placing = can("placeInstitution") ? await PlaceForm(work, one, tried) : null;
  return (
    <WorkPage frame={frameOf(work)} title={one.name} here="/organizations" error={tried !== null}>
      <div class="zn-head">
        <WhyNot place={place} tried={tried} />
        <Done place={place} done={work.query["done"]} />
        <h1>{one.name}</h1>
      </div>
      <div class="zn-regcolumns">
        <div>
          <h2>{words.facts}</h2>
          <dl class="zn-regfacts">
            {facts
              .filter((_, index) => one.kind === "INSTITUTION" || index < 3)
              .map(([name, value]) => (
                <div>
                  <dt>{name}</dt>
                  <dd>{value.trim() === "" ? wordsOf(place).work.none : value}</dd>
                </div>
              ))}
          </dl>
        </div>
        <div>
          {one.standing === "PENDING" && can("activateInstitution") && (
            <section>
              <Form action={`${base}/activate`} csrf={csrf} hidden={hidden}>
                <Button>{words.activate}</Button>
              </Form>
              <Fold title={words.refuse} open={tried?.act === "refuse"}>
                <Form action={`${base}/refuse`} csrf={csrf} hidden={hidden}>
                  {fieldsOf(place, "refuse", tried).line("reason", words.reason)}
                  <Button kind="secondary">{words.refuse}</Button>
                </Form>
              </Fold>
            </section>
          )}
          {can("updateInstitution") && (
            <section>
              <h2>{words.update}</h2>
              <Form action={`${base}/update`} csrf={csrf} hidden={hidden}>
                {update.line("nameEn", all.register.unitNameEn, { fallback: one.nameEn })}
                {update.line("address", all.register.address, { fallback: one.address })}
                {update.line("legalPerson", all.register.legalPerson, { fallback: one.legalPerson })}
                <Button>{words.saveUpdate}</Button>
              </Form>
            </section>
          )}
          {placing !== null && (
            <section>
              <h2>{words.place}</h2>
              {placing}
            </section>
          )}
        </div>
      </div>
    </WorkPage>
  );
};

export const showOrganization = (work: Work): Promise<WorkAnswer> => organizationPage(work);

const on = (work: Work) => ({ organization: work.params["id"] ?? "", version: versionOf(work.form) });

const act = <Input, Facts, Result>(
  work: Work,
  action: Action<Input, Facts, Result>,
  input: Readonly<Record<string, unknown>>,
  name: string,
  done: string,
): Promise<WorkAnswer> =>
  posting(
    work,
    action,
    { ...on(work), ...input },
    {
      act: name,
      to: `/organizations/${work.params["id"] ?? ""}?done=${done}`,
      again: organizationPage,
    },
  );

export const doActivate = (work: Work): Promise<WorkAnswer> =>
  act(work, activateInstitution, {}, "activate", "activated");
export const doRefuse = (work: Work): Promise<WorkAnswer> =>
  act(work, refuseInstitution, textsOf(work.form, "reason"), "refuse", "refused");
export const doUpdate = (work: Work): Promise<WorkAnswer> =>
  act(work, updateInstitution, textsOf(work.form, "nameEn", "address", "legalPerson"), "update", "updated");

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** `B-1 市级` or `B-1 Municipal`: the last word of a line is its level. */
const baseOf = (line: string): { readonly id: string; readonly level: string } | null => {
  const at = line.lastIndexOf(" ");
  const word = line.slice(at + 1).toLowerCase();
  const level = baseLevels.find((one) =>
    [baseLevelTitles[one].zh, baseLevelTitles[one].en.toLowerCase(), one.toLowerCase()].includes(word),
  );
  return at <= 0 || level === undefined ? null : { id: line.slice(0, at).trim(), level };
};

export const doPlace = async (work: Work): Promise<WorkAnswer> => {
  const texts = textsOf(
    work.form,
    "department",
    "basis",
    "quotaGroup",
    "parent",
    "type",
    "region",
    "platforms",
    "bases",
    "medicalLicence",
  );
  const chosen = (value: string) => (value === "" ? null : value);
  const bases = linesOf(texts.bases.replaceAll("\u3000", " ")).map(baseOf);
  if (bases.includes(null)) {
    const words = { zh: wordsFor({ language: "zh" }), en: wordsFor({ language: "en" }) };
    const trouble: Trouble = {
      status: 422,
      reason: { zh: "有几处需要改正，见下。", en: "Some entries need correction; see below." },
      findings: [],
      faults: [
        {
          place: "bases",
          reason: { zh: words.zh.organizations.basesWrong, en: words.en.organizations.basesWrong },
        },
      ],
    };
    return { status: 422, page: await organizationPage(work, { act: "place", form: work.form, trouble }) };
  }
  return act(
    work,
    placeInstitution,
    {
      department: chosen(texts.department),
      basis: chosen(texts.basis),
      quotaGroup: chosen(texts.quotaGroup),
      parent: chosen(texts.parent),
      type: texts.type,
      region: texts.region,
      platforms: linesOf(texts.platforms),
      bases,
      medicalLicence: chosen(texts.medicalLicence),
    },
    "place",
    "placed",
  );
};

/** The label without the remark in brackets that a form adds to it. */
const beforeBracket = (label: string): string => label.split(/[（(]/, 1)[0]?.trim() ?? label;
