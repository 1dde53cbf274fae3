import { ExportLink } from "../../ui/export-link.tsx";
import { Choices, TextArea } from "../../ui/field.tsx";
import { Form, TroubleSummary } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { type Frame, WorkPage } from "../../ui/work-page.tsx";
import { Notice, type NoticeProps } from "../acceptance/notice.tsx";
import { deadlineText, shortText } from "../endorsement/moment.ts";
import type { Trouble } from "../registration/desk.ts";
import type { AppealRow } from "./queries.ts";
import { appealWords } from "./words.ts";

export const AppealsPage = ({ frame, rows }: { frame: Frame; rows: readonly AppealRow[] }) => {
  const { place } = frame;
  const words = appealWords(place).list;
  return (
    <WorkPage frame={frame} title={words.title} here="/appeals" full>
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/appeals" />
        </div>
      </div>
      {rows.length === 0 ? (
        <p class="zn-empty">{words.none}</p>
      ) : (
        <table class="zn-dense zn-cards">
          <caption class="govuk-visually-hidden">{words.title}</caption>
          <thead>
            <tr>
              {words.columns.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <td class="nw quiet">{row.label}</td>
                <td class="clip">
                  <a href={`${place.home}/appeals/${row.application}`}>{row.title}</a>
                </td>
                <td class="nw">{row.unit}</td>
                <td class="nw quiet" data-k={words.columns[3]}>
                  {shortText(row.filedAt)}
                </td>
                <td class="nw">
                  {row.outcome !== null
                    ? words.outcomes[row.outcome]
                    : row.mayDecide
                      ? words.waiting
                      : words.tied}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};

const Done = ({ frame, text }: { frame: Frame; text: string }) => (
  <div class="zn-done" role="status">
    <Icon place={frame.place} name="ok" /> {text}
  </div>
);

type First = Omit<NoticeProps, "place">;

/** One appeal: the refusal, the grounds against it, the decision of somebody else. */
export const AppealPage = ({
  frame,
  row,
  first,
  version,
  typed,
  trouble,
  done,
}: {
  frame: Frame;
  row: AppealRow;
  first: First | null;
  version: number;
  typed: { readonly outcome: string; readonly reason: string };
  trouble: Trouble | null;
  done: boolean;
}) => {
  const { place, csrf } = frame;
  const { item: words, list } = appealWords(place);
  return (
    <WorkPage frame={frame} title={row.title} here="/appeals" error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} hrefOf={(path) => `#${path}`} />
      {done && <Done frame={frame} text={words.done} />}
      <div class="zn-pagehead">
        <h1>{row.title}</h1>
        <p class="zn-sub">
          {row.label}　{row.unit}　{shortText(row.filedAt)}
        </p>
        <p class="zn-pagehead__end">
          <a class="govuk-link" href={`${place.home}/applications/${row.application}`}>
            {words.read}
          </a>
          <a class="govuk-link" href={`${place.home}/appeals`}>
            {words.back}
          </a>
        </p>
      </div>
      <section class="zn-panel zn-case" aria-labelledby="first">
        <div class="zn-panel__head">
          <h2 id="first">{words.first}</h2>
        </div>
        {first !== null && (
          <div class="zn-panel__body zn-notice">
            <Notice place={place} {...first} />
          </div>
        )}
      </section>
      <section class="zn-panel zn-case" aria-labelledby="grounds">
        <div class="zn-panel__head">
          <h2 id="grounds">{words.grounds}</h2>
        </div>
        <p class="zn-panel__body zn-words">{row.grounds}</p>
      </section>
      <section class="zn-panel zn-case" aria-labelledby="decide">
        <div class="zn-panel__head">
          <h2 id="decide">{words.decide}</h2>
        </div>
        <div class="zn-panel__body">
          {row.outcome !== null ? (
            <>
              <p>
                <strong class="zn-strong">{list.outcomes[row.outcome]}</strong>　
                {row.decidedAt === null ? "" : shortText(row.decidedAt)}
              </p>
              <p class="zn-words">{row.reason}</p>
            </>
          ) : row.mayDecide ? (
            <Form
              action={`${place.home}/appeals/${row.application}`}
              csrf={csrf}
              hidden={{ version, key: crypto.randomUUID() }}
            >
              <Choices
                id="outcome"
                kind="radio"
                label={words.outcome}
                values={[typed.outcome]}
                options={[
                  { value: "upheld", text: words.upheld },
                  { value: "dismissed", text: words.dismissed },
                ]}
              />
              <TextArea
                id="reason"
                label={words.reason}
                hint={words.reasonHint}
                rows={6}
                value={typed.reason}
              />
              <button class="govuk-button">{words.doIt}</button>
            </Form>
          ) : (
            <p>{list.tied}</p>
          )}
        </div>
      </section>
    </WorkPage>
  );
};

/** The unit files for the investigator, with the refusal before its eyes. */
export const FilePage = ({
  frame,
  application,
  version,
  title,
  first,
  due,
  standing,
  grounds,
  trouble,
}: {
  frame: Frame;
  application: string;
  version: number;
  title: string;
  first: First | null;
  due: number | null;
  standing: "open" | "over" | "closed" | "filed";
  grounds: string;
  trouble: Trouble | null;
}) => {
  const { place, csrf } = frame;
  const words = appealWords(place).file;
  return (
    <WorkPage frame={frame} title={words.title} here="/institution" error={trouble !== null}>
      <TroubleSummary place={place} trouble={trouble} hrefOf={(path) => `#${path}`} />
      {standing === "filed" && <Done frame={frame} text={words.done} />}
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>{title}</p>
        <p class="zn-pagehead__end">
          <a class="govuk-link" href={`${place.home}/applications/${application}`}>
            {words.back}
          </a>
        </p>
      </div>
      {standing === "over" && <p>{words.over}</p>}
      {standing === "closed" && <p>{words.closed}</p>}
      {standing === "open" && due !== null && (
        <p class="zn-banner">
          <span class="due">{words.lead(deadlineText(place, due))}</span> {words.scope}
        </p>
      )}
      {first !== null && (
        <div class="zn-panel zn-panel__body zn-notice zn-case">
          <Notice place={place} {...first} />
        </div>
      )}
      {standing === "open" && (
        <Form
          action={`${place.home}/applications/${application}/appeal`}
          csrf={csrf}
          hidden={{ version, key: crypto.randomUUID() }}
        >
          <TextArea id="grounds" label={words.grounds} hint={words.hint} rows={8} value={grounds} />
          <button class="govuk-button">{words.doIt}</button>
        </Form>
      )}
    </WorkPage>
  );
};
