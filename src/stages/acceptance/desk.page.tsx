import { applicationStates } from "../../core/lifecycle/application.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { inTenThousands } from "../../ui/money.ts";
import { say } from "../../ui/place.ts";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import { deadlineText } from "../endorsement/moment.ts";
import { type DeskRow, type DeskView, deskViews, inView } from "./queries.ts";
import { acceptanceWords } from "./words.ts";

export type DeskPageProps = {
  readonly frame: Frame;
  readonly rows: readonly DeskRow[];
  readonly view: DeskView;
  readonly division: string;
};

const day = 86_400_000;

/** Everything at the desk, what is due first first; four views, one division or all of those that one sees. */
export const DeskPage = ({ frame, rows, view, division }: DeskPageProps) => {
  const { place } = frame;
  const words = acceptanceWords(place).desk;
  const present = new Set(rows.map((one) => one.division));
  const divisions = place.policy.programme.divisions.filter((one) => present.has(one.code));
  const titleOf = (code: string | null) => {
    const found = place.policy.programme.divisions.find((one) => one.code === code);
    return found === undefined ? "" : say(place, found.title);
  };
  const shown = inView(rows, view, division);
  const hrefOf = (other: DeskView) =>
    `${place.home}/acceptance?${new URLSearchParams({ view: other, ...(division === "" ? {} : { division }) })}`;
  return (
    <WorkPage frame={frame} title={words.title} here="/acceptance" full>
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <ul class="zn-views">
          {(Object.keys(deskViews) as DeskView[]).map((one) => (
            <li>
              <a href={hrefOf(one)} aria-current={one === view ? "page" : undefined}>
                {words.views[one]} <span>{inView(rows, one, division).length}</span>
              </a>
            </li>
          ))}
        </ul>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/acceptance" />
        </div>
      </div>
      {divisions.length > 1 && (
        <form class="zn-filters" method="get" action={`${place.home}/acceptance`}>
          <input type="hidden" name="view" value={view} />
          <label class="govuk-label zn-filters__label" for="division">
            {words.division}
          </label>
          <select class="govuk-select" id="division" name="division">
            <option value="">{words.every}</option>
            {divisions.map((one) => (
              <option value={one.code} selected={one.code === division}>
                {say(place, one.title)}
              </option>
            ))}
          </select>
          <button class="govuk-button govuk-button--secondary zn-button--s">{words.show}</button>
        </form>
      )}
      {shown.length === 0 ? (
        <p class="zn-empty">{words.none[view]}</p>
      ) : (
        <table class="zn-dense zn-cards zn-atdesk">
          <caption class="govuk-visually-hidden">{words.caption}</caption>
          <thead>
            <tr>
              {words.columns.map((name, index) => (
                <th scope="col" class={index === 5 ? "num" : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr>
                <td class="nw quiet">{row.label}</td>
                <td class="clip">
                  <a href={`${place.home}/acceptance/${row.id}`}>{row.title}</a>
                </td>
                <td class="nw" data-k={words.columns[2]}>
                  {row.unit}
                </td>
                <td class="nw" data-k={words.columns[3]}>
                  {row.investigator}
                </td>
                <td class="nw quiet" data-k={words.columns[4]}>
                  {[row.category?.title, row.field]
                    .flatMap((one) => (one == null ? [] : [say(place, one)]))
                    .join(" · ")}
                </td>
                <td class="num" data-k={words.columns[5]}>
                  {row.grant === null ? "" : `${inTenThousands(row.grant)} ${words.tenThousand}`}
                </td>
                <td class="nw quiet" data-k={words.columns[6]}>
                  {titleOf(row.division)}
                </td>
                <td class="nw quiet" data-k={words.columns[7]}>
                  {row.letter}
                </td>
                <td class="nw" data-k={words.columns[8]}>
                  {row.due === null ? (
                    ""
                  ) : (
                    <span class={row.due - place.now < 3 * day ? "zn-duetext" : undefined}>
                      {words.soon(deadlineText(place, row.due))}
                    </span>
                  )}
                </td>
                <td class="nw">
                  {row.acceptanceNumber ?? say(place, applicationStates[row.state])}
                  {row.corrected && row.state === "ACCEPTANCE" && (
                    <span class="govuk-tag govuk-tag--grey zn-tag--after">{words.corrected}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};
