import { type Category, leaves } from "../../core/policy/programme.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { inTenThousands, tickOf } from "../../ui/money.ts";
import { linkTo, type Place, say, wordsOf } from "../../ui/place.ts";
import { Ticks } from "../../ui/ticks.tsx";
import { TableHead } from "../../ui/table.tsx";

/** Clauses that several categories share are cited once, above the table. */
const clausesOf = (place: Place): readonly string[] => {
  const { categories, quota } = place.policy.programme;
  const ids = [
    ...categories.map((one) => one.ceiling.clause),
    ...categories.map((one) => one.period.end.clause),
    ...(categories.some((one) => one.quota) ? [quota.otherwise.clause] : []),
  ];
  const seen = new Set<string>();
  return ids.filter((id) => {
    const node = place.policy.clauses.find((clause) => clause.id === id)?.node ?? id;
    return seen.has(node) ? false : seen.add(node);
  });
};

const Row = ({ place, category, unit }: { place: Place; category: Category; unit: number }) => {
  const words = wordsOf(place).call.table;
  const { quota } = place.policy.programme;
  const amount = inTenThousands(category.ceiling.amount);
  const { end, extension } = category.period;
  const limits = [...quota.groups.map((group) => group.limit), quota.otherwise.limit];
  return (
    <tr>
      <th scope="row" class="govuk-table__header">
        <a class="govuk-link" href={`${linkTo(place, "/directions")}#${category.code.toLowerCase()}`}>
          {say(place, category.title)}
        </a>
      </th>
      <td class="govuk-table__cell cap" data-k={words.ceiling}>
        <b>{amount}</b> {wordsOf(place).tenThousand}
        <Ticks small count={amount / unit} label={wordsOf(place).moneyTicks(unit, amount / unit)} />
      </td>
      <td class="govuk-table__cell" data-k={words.period}>
        {end.exact ? words.exactly(end.years) : words.upTo(end.years)}
        {extension !== null && <small>{words.extended(extension.years)}</small>}
      </td>
      <td class="govuk-table__cell" data-k={words.who}>
        {say(place, category.summary)}
      </td>
      <td class="govuk-table__cell" data-k={words.quota}>
        {category.quota ? words.limited(Math.min(...limits), Math.max(...limits)) : words.unlimited}
      </td>
      <td class="govuk-table__cell zn-nowrap" data-k={words.directions}>
        {words.count(category.fields.reduce((sum, field) => sum + leaves(field).length, 0))}
      </td>
    </tr>
  );
};

/** Categories with ceiling, period, quota and number of directions. */
export const CategoryTable = ({ place }: { place: Place }) => {
  const words = wordsOf(place).call.table;
  const { categories } = place.policy.programme;
  const unit = tickOf(place.policy.programme);
  return (
    <section>
      <div class="zn-sec-head">
        <h2 class="govuk-heading-m">{words.title(categories.length)}</h2>
        <span class="zn-sub">
          {words.sub}{" "}
          {clausesOf(place).map((id) => (
            <>
              <ClauseChip place={place} id={id} short />{" "}
            </>
          ))}
        </span>
      </div>
      <table class="govuk-table zn-cats zn-cards">
        <caption class="govuk-visually-hidden">{words.title(categories.length)}</caption>
        <TableHead
          names={[words.category, words.ceiling, words.period, words.who, words.quota, words.directions]}
        />
        <tbody>
          {categories.map((category) => (
            <Row place={place} category={category} unit={unit} />
          ))}
        </tbody>
      </table>
    </section>
  );
};
