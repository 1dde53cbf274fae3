import type { Category, Field } from "../../core/policy/programme.ts";
import { ClauseChip, NodeChip } from "../../ui/clause.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import { divisionOf } from "./leaves.ts";
import type { Render } from "./site.ts";
import { TableHead } from "../../ui/table.tsx";

const fieldsLeading = (category: Category): Field | undefined => {
  const [first, ...rest] = category.fields;
  return rest.every((one) => one.division === first?.division && one.phone === first.phone)
    ? first
    : undefined;
};

const Answer = ({
  place,
  category,
  asked,
}: {
  place: Place;
  category: Category | undefined;
  asked: string;
}) => {
  const words = wordsOf(place).contacts;
  if (category === undefined) return null;
  const chosen = category.fields.find((one) => one.code === asked);
  const field = chosen ?? fieldsLeading(category);
  if (field === undefined)
    return (
      <div class="zn-answer zn-answer--ask" role="status">
        <h2>{words.chooseField(say(place, category.title))}</h2>
        <p>{words.fieldsOf(category.fields.map((one) => say(place, one.title)).join(words.comma))}</p>
      </div>
    );
  return (
    <div class="zn-answer" role="status">
      <p class="zn-sub">
        {say(place, category.title)}
        {chosen === undefined ? "" : ` › ${say(place, field.title)}`}
      </p>
      <h2>{say(place, divisionOf(place.policy, field))}</h2>
      <p class="phone">
        <Phone place={place} number={field.phone} />
      </p>
      <p>
        <Source place={place} />
      </p>
    </div>
  );
};

/** The clause of the guide that lists the divisions: the first that the desks stand under. */
const Source = ({ place }: { place: Place }) => {
  const [desk] = place.policy.programme.desks;
  return desk === undefined ? (
    <NodeChip place={place} node={place.policy.programme.categories[0]?.node ?? ""} />
  ) : (
    <ClauseChip place={place} id={desk.clause} />
  );
};

const Chooser = ({
  place,
  category,
  field,
}: {
  place: Place;
  category: Category | undefined;
  field: string;
}) => {
  const words = wordsOf(place).contacts;
  const { categories } = place.policy.programme;
  return (
    <form class="zn-find" action={linkTo(place, "/contacts")}>
      <div>
        <label class="govuk-label" for="category">
          {words.category}
        </label>
        <select class="govuk-select" id="category" name="category">
          {categories.map((one) => (
            <option value={one.code} selected={one === category}>
              {say(place, one.title)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label class="govuk-label" for="field">
          {words.field}
        </label>
        <select class="govuk-select" id="field" name="field">
          <option value="">{words.anyField}</option>
          {(category === undefined ? categories : [category]).map((one) => (
            <optgroup label={say(place, one.title)}>
              {one.fields.map((entry) => (
                <option value={entry.code} selected={one === category && entry.code === field}>
                  {say(place, entry.title)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <button class="govuk-button">{words.act}</button>
    </form>
  );
};

type Line = {
  readonly phone: string | null;
  readonly parts: readonly { readonly category: Category; readonly fields: readonly Field[] }[];
};

/** What a division answers for: a line for each telephone. */
const linesOf = (place: Place, division: string): readonly Line[] => {
  const own = place.policy.programme.categories.flatMap((category) =>
    category.fields.filter((field) => field.division === division).map((field) => ({ category, field })),
  );
  return [...Map.groupBy(own, (one) => one.field.phone)].map(([phone, entries]) => ({
    phone,
    parts: [...Map.groupBy(entries, (one) => one.category)].map(([category, inside]) => ({
      category,
      fields: inside.map((one) => one.field),
    })),
  }));
};

const Divisions = ({ place }: { place: Place }) => {
  const words = wordsOf(place).contacts;
  const { divisions } = place.policy.programme;
  return (
    <table class="govuk-table zn-cover zn-cards">
      <caption class="govuk-table__caption govuk-table__caption--m">
        {words.all} <Source place={place} />
      </caption>
      <TableHead names={[words.division, words.answers, words.phone]} />
      <tbody>
        {divisions.flatMap((division) =>
          linesOf(place, division.code).map((line) => (
            <tr>
              <th scope="row" class="govuk-table__header">
                {say(place, division.title)}
              </th>
              <td class="govuk-table__cell" data-k={words.answers}>
                {line.parts.map(({ category, fields }) => (
                  <div>
                    {say(place, category.title)}
                    {fields.length < category.fields.length
                      ? words.bracket(fields.map((one) => say(place, one.title)).join(words.comma))
                      : ""}
                  </div>
                ))}
              </td>
              <td class="govuk-table__cell zn-nowrap" data-k={words.phone}>
                <Phone place={place} number={line.phone} />
              </td>
            </tr>
          )),
        )}
        {place.policy.programme.desks.map((desk) => (
          <tr>
            <th scope="row" class="govuk-table__header">
              {say(place, desk.title)}
            </th>
            <td class="govuk-table__cell" data-k={words.answers}>
              {say(place, desk.for)}
            </td>
            <td class="govuk-table__cell zn-nowrap" data-k={words.phone}>
              <Phone place={place} number={desk.phone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Who answers: the division is a function of category and field together. */
export const renderContacts: Render = ({ place, query }) => {
  const words = wordsOf(place).contacts;
  const category = place.policy.programme.categories.find((one) => one.code === query["category"]);
  const field = query["field"] ?? "";
  return (
    <Page place={place} title={words.title} here="contacts">
      <Wrap>
        <Breadcrumbs place={place} items={[callCrumb(place)]} />
        <div class="zn-head">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <Chooser place={place} category={category} field={field} />
        <Answer place={place} category={category} asked={field} />
        <Divisions place={place} />
      </Wrap>
    </Page>
  );
};
