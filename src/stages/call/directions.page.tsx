import { type Category, type Field, leaves } from "../../core/policy/programme.ts";
import { ClauseChip, NodeChip } from "../../ui/clause.tsx";
import { Marked, spansOf, termsOf } from "../../ui/marked.tsx";
import { inTenThousands } from "../../ui/money.ts";
import { officialLang } from "../../ui/official.tsx";
import { Breadcrumbs, callCrumb, Page, Wrap } from "../../ui/page.tsx";
import { Phone } from "../../ui/phone.tsx";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import { divisionOf, type Leaf, leavesOf, selfCheckQuery } from "./leaves.ts";
import type { Render } from "./site.ts";

type Asked = { readonly q: string; readonly category: string; readonly terms: readonly string[] };

const matches = (place: Place, leaf: Leaf, asked: Asked): boolean => {
  if (asked.category !== "" && leaf.category.code !== asked.category) return false;
  const text = [leaf.title.zh, say(place, leaf.title), leaf.field.title.zh, ...leaf.paragraphs].join("\n");
  return asked.terms.every((term) => spansOf(text, [term]).length > 0);
};

const Filter = ({ place, asked }: { place: Place; asked: Asked }) => {
  const words = wordsOf(place).directions;
  return (
    <form class="zn-find" role="search" action={linkTo(place, "/directions")}>
      <div>
        <label class="govuk-label" for="q">
          {words.search}
        </label>
        <input class="govuk-input" id="q" name="q" type="search" value={asked.q} maxLength={100} />
      </div>
      <div>
        <label class="govuk-label" for="category">
          {words.category}
        </label>
        <select class="govuk-select" id="category" name="category">
          <option value="">{words.all}</option>
          {place.policy.programme.categories.map((one) => (
            <option value={one.code} selected={one.code === asked.category}>
              {say(place, one.title)}
            </option>
          ))}
        </select>
      </div>
      <button class="govuk-button govuk-button--secondary">{words.filter}</button>
    </form>
  );
};

const Direction = ({ place, leaf, asked }: { place: Place; leaf: Leaf; asked: Asked }) => {
  const words = wordsOf(place).directions;
  const inText = asked.terms.some((term) => spansOf(leaf.paragraphs.join("\n"), [term]).length > 0);
  return (
    <li>
      <details class="zn-dir" open={inText}>
        <summary>
          <span class="name">
            {leaf.marker}
            <Marked text={say(place, leaf.title)} terms={asked.terms} />
          </span>
        </summary>
        <div class="zn-dir__body">
          {leaf.paragraphs.map((text) => (
            <p lang={officialLang(place)}>
              <Marked text={text} terms={asked.terms} />
            </p>
          ))}
          <p class="acts">
            <a class="govuk-link" href={linkTo(place, "/self-check", selfCheckQuery(leaf))}>
              {words.check}
              <span class="govuk-visually-hidden">{say(place, leaf.title)}</span>
            </a>
            <NodeChip place={place} node={leaf.node} />
          </p>
        </div>
      </details>
    </li>
  );
};

type Group = { readonly field: Field; readonly found: readonly Leaf[] };

const FieldRow = ({ place, group, asked }: { place: Place; group: Group; asked: Asked }) => {
  const { field } = group;
  const own = field.directions.length === 0;
  return (
    <div class="zn-field">
      <div>
        <h3>{own ? say(place, divisionOf(place.policy, field)) : say(place, field.title)}</h3>
        <p>
          {!own && (
            <>
              {say(place, divisionOf(place.policy, field))}
              <br />
            </>
          )}
          <Phone place={place} number={field.phone} />
        </p>
      </div>
      <ul class="zn-dirs">
        {group.found.map((leaf) => (
          <Direction place={place} leaf={leaf} asked={asked} />
        ))}
      </ul>
    </div>
  );
};

/** Neighbouring fields without directions of their own stand together where one division answers for them. */
const groupsOf = (category: Category, found: readonly Leaf[]): readonly Group[] => {
  const groups: { field: Field; found: Leaf[] }[] = [];
  for (const field of category.fields) {
    const here = found.filter((leaf) => leaf.category === category && leaf.field === field);
    if (here.length === 0) continue;
    const last = groups.at(-1);
    const joins =
      last !== undefined &&
      field.directions.length === 0 &&
      last.field.directions.length === 0 &&
      last.field.division === field.division &&
      last.field.phone === field.phone;
    if (joins) last.found.push(...here);
    else groups.push({ field, found: here });
  }
  return groups;
};

const CategoryPart = ({
  place,
  category,
  found,
  asked,
}: {
  place: Place;
  category: Category;
  found: readonly Leaf[];
  asked: Asked;
}) => {
  const words = wordsOf(place);
  const groups = groupsOf(category, found);
  if (groups.length === 0) return null;
  return (
    <section class="zn-cat" id={category.code.toLowerCase()}>
      <h2>{say(place, category.title)}</h2>
      <p>
        {say(place, category.summary)}
        {words.directions.ceiling(`${inTenThousands(category.ceiling.amount)} ${words.tenThousand}`)}{" "}
        <ClauseChip place={place} id={category.ceiling.clause} short />{" "}
        <ClauseChip place={place} id={category.clause} short />
      </p>
      {groups.map((group) => (
        <FieldRow place={place} group={group} asked={asked} />
      ))}
    </section>
  );
};

/** The catalogue: categories, fields, directions with their text, division and telephone. */
export const renderDirections: Render = ({ place, query }) => {
  const words = wordsOf(place).directions;
  const { programme } = place.policy;
  const q = (query["q"] ?? "").slice(0, 100);
  const category = programme.categories.find((one) => one.code === query["category"])?.code ?? "";
  const asked: Asked = { q, category, terms: termsOf(q) };
  const all = leavesOf(place.policy);
  const found = all.filter((leaf) => matches(place, leaf, asked));
  const asks = q !== "" || category !== "";
  return (
    <Page place={place} title={words.title} here="directions">
      <Wrap>
        <Breadcrumbs place={place} items={[callCrumb(place)]} />
        <div class="zn-head">
          <h1 class="zn-phrase">{words.title}</h1>
          <p>
            {words.lead}
            <a class="govuk-link" href={linkTo(place, "/directions/find")}>
              {words.toFinder}
            </a>
          </p>
        </div>
        <Filter place={place} asked={asked} />
        <p class="zn-count-line" role="status">
          {found.length === 0
            ? words.none(all.length)
            : asks
              ? words.found(found.length, all.length)
              : words.total(
                  all.length,
                  programme.categories.length,
                  programme.categories.reduce(
                    (sum, one) => sum + one.fields.filter((field) => leaves(field)[0] !== field).length,
                    0,
                  ),
                )}{" "}
          {asks && (
            <a class="govuk-link" href={linkTo(place, "/directions")}>
              {words.clear}
            </a>
          )}
        </p>
        {programme.categories.map((one) => (
          <CategoryPart place={place} category={one} found={found} asked={asked} />
        ))}
      </Wrap>
    </Page>
  );
};
