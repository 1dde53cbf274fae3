import { ownFaults } from "../../platform/outbox.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form } from "../../ui/form.tsx";
import { noticeKind } from "../../ui/notices.ts";
import { TableHead } from "../../ui/table.tsx";
import { WorkPage } from "../../ui/work-page.tsx";
import type { Work, WorkAnswer } from "./desk.ts";
import { exportOutbox } from "./outbox.export.ts";
import {
  letterStates,
  outboxAsked,
  type OutboxRow,
  outboxLimit,
  readOutbox,
  resendLetter,
} from "./outbox.ts";
import { outboxWordsFor } from "./outbox-words.ts";
import { Button, fieldsOf, Filters, frameOf, momentOf, type Tried, WhyNot } from "./pieces.tsx";
import { posting, textsOf } from "./posting.ts";

type Words = ReturnType<typeof outboxWordsFor>;

const noTrouble: Tried["trouble"] = { status: 200, reason: { zh: "", en: "" }, findings: [], faults: [] };

const remarkOf = (words: Words, row: OutboxRow): string => {
  if (row.past) return words.past;
  if (row.state === "LOGGED") return words.logged;
  const fault =
    row.fault === null
      ? ""
      : row.fault === ownFaults.noAddress
        ? words.noAddress
        : row.fault === ownFaults.unanswered
          ? words.unanswered
          : words.words(row.fault);
  return [
    row.edition > 0 ? words.again(row.edition) : "",
    row.state !== "SENT" && row.attempts > 0 && row.fault !== ownFaults.noAddress
      ? words.tried(row.attempts)
      : "",
    row.nextAt !== null && row.fault !== null ? words.next(momentOf(row.nextAt)) : "",
    fault,
  ].join("");
};

const Line = ({ work, row, words }: { work: Work; row: OutboxRow; words: Words }) => {
  const { place } = work;
  const { columns } = words;
  return (
    <tr>
      <th scope="row">
        <a href={`${place.home}/accounts/${row.account}`}>{row.name}</a>
        <span class="zn-regquiet">
          {" "}
          {row.login}
          {row.organization === null ? "" : ` · ${row.organization}`}
        </span>
      </th>
      <td data-k={columns[1]}>{row.address}</td>
      <td data-k={columns[2]}>
        {row.kind === "DIGEST" && <span class="zn-regquiet">{words.digest} </span>}
        {row.templates
          .slice(0, 3)
          .map(
            ({ template, count }) =>
              `${noticeKind(place.language, template)}${count > 1 ? ` ${words.times(count)}` : ""}`,
          )
          .join(place.language === "zh" ? "；" : "; ")}
        {row.templates.length > 3 && "……"}
      </td>
      <td data-k={columns[3]} class="nw">
        {momentOf(row.sentAt ?? row.at)}
      </td>
      <td data-k={columns[4]} class={row.state === "SENT" ? "quiet nw" : "nw"}>
        {words.states[row.state]}
      </td>
      <td data-k={columns[5]}>{remarkOf(words, row)}</td>
      <td data-k={columns[6]} class="nw">
        {row.state !== "WAITING" && (
          <Form
            action={`${place.home}/outbox/resend`}
            csrf={frameOf(work).csrf}
            hidden={{ letter: row.id, key: crypto.randomUUID() }}
          >
            <button class="zn-linklike">
              {words.resend}
              <span class="govuk-visually-hidden">{words.resendOf(row.name)}</span>
            </button>
          </Form>
        )}
      </td>
    </tr>
  );
};

const outboxPage = async (work: Work, tried: Tried | null = null) => {
  const { place, platform, viewer, query } = work;
  const words = outboxWordsFor(place);
  const { rows, counts } = await readOutbox(platform, viewer.actor, outboxAsked(query));
  const asked = { act: "search", form: new URLSearchParams(query), trouble: noTrouble };
  const field = fieldsOf(place, "search", asked);
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/outbox" error={tried !== null} full>
      <WhyNot place={place} tried={tried} />
      {query["done"] === "resent" && (
        <p class="zn-regdone" role="status">
          {words.resent}
        </p>
      )}
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <p>
          {letterStates
            .filter((one) => (counts[one] ?? 0) > 0)
            .map((one) => `${words.states[one]} ${words.count(counts[one] ?? 0)}`)
            .join(place.language === "zh" ? "，" : ", ")}
        </p>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/outbox" />
        </div>
      </div>
      <Filters action={`${place.home}/outbox`}>
        {field.line("search", words.search)}
        {field.select("state", words.state, [
          { value: "", text: words.all },
          ...letterStates.map((one) => ({ value: one, text: words.states[one] })),
        ])}
        <Button kind="secondary" small>
          {words.act}
        </Button>
      </Filters>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p class="zn-regquiet">{words.listed(rows.length, outboxLimit)}</p>
          <table class="zn-dense zn-cards zn-regtable">
            <TableHead names={words.columns} />
            <tbody>
              {rows.map((row) => (
                <Line work={work} row={row} words={words} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </WorkPage>
  );
};

/** What the list shows, every letter of it, as a workbook. */
export const saveOutbox = (work: Work): Promise<WorkAnswer> => {
  const words = outboxWordsFor(work.place);
  return exportOutbox(work, (row) => remarkOf(words, row));
};

export const showOutbox = (work: Work): Promise<WorkAnswer> => outboxPage(work);

export const doResend = (work: Work): Promise<WorkAnswer> =>
  posting(work, resendLetter, textsOf(work.form, "letter"), {
    act: "resend",
    to: "/outbox?done=resent",
    again: outboxPage,
  });
