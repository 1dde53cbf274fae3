import { type Place, say, wordsOf } from "../../ui/place.ts";
import { Ticks } from "../../ui/ticks.tsx";

/** The quota groups of a programme, largest first: one tick is one place. */
export const QuotaTable = ({ place }: { place: Place }) => {
  const words = wordsOf(place).guide.quota;
  const { groups, otherwise } = place.policy.programme.quota;
  const rows = [...Map.groupBy([...groups, otherwise], (group) => group.limit)].sort(([a], [b]) => b - a);
  const comma = place.language === "zh" ? "，" : "; ";
  return (
    <table class="zn-quota" lang={place.language === "en" ? "en" : undefined}>
      <caption>{words.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.places}</th>
          <th scope="col">{words.units}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([limit, members]) => (
          <tr>
            <td class="lim">
              <b>{words.count(limit)}</b>
              <Ticks small count={limit} label={words.ticks(limit)} />
            </td>
            <td>{members.map((member) => say(place, member.title)).join(comma)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
