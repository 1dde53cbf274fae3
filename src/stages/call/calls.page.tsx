import { civilDateOf } from "../../core/calendar.ts";
import { may } from "../../core/permission/permission.ts";
import { type Call, callById, callsOf } from "../../platform/calls.ts";
import { Missing } from "../../platform/errors.ts";
import { Form } from "../../ui/form.tsx";
import { say } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { WorkPage } from "../../ui/work-page.tsx";
import type { Work, WorkAnswer } from "../registration/desk.ts";
import { Button, fieldsOf, frameOf, momentOf, type Tried, WhyNot } from "../registration/pieces.tsx";
import { posting, textsOf, versionOf } from "../registration/posting.ts";
import { extendCall } from "./actions.ts";
import { openApplications } from "./extension.ts";
import { wordsFor } from "./extension.words.ts";

const allowed = ({ viewer }: Work) => {
  if (!may("call.extend", viewer.actor, {}).allowed) throw new Missing("page");
};
const lastDay = (closesAt: number) => civilDateOf(closesAt - 1);

export const showCalls = async (work: Work): Promise<WorkAnswer> => {
  allowed(work);
  const { place, platform, query } = work;
  const words = wordsFor(place);
  const calls = await callsOf(platform, platform.database.kysely);
  const { columns } = words;
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/calls" full>
      {query["done"] === "extended" && (
        <p class="zn-regdone" role="status">
          {words.done}
        </p>
      )}
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      {calls.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table class="zn-dense zn-cards zn-regtable">
          <TableHead names={columns} />
          <tbody>
            {calls.map((call) => (
              <tr>
                <th scope="row">
                  <a href={`${place.home}/calls/${call.id}`}>{say(place, call.title)}</a>
                </th>
                <td data-k={columns[1]} class="nw">
                  {civilDateOf(call.opensAt)}
                </td>
                <td data-k={columns[2]} class="nw">
                  {lastDay(call.applyClosesAt)}
                </td>
                <td data-k={columns[3]} class="nw">
                  {lastDay(call.recommendClosesAt)}
                </td>
                <td data-k={columns[4]} class="nw">
                  {lastDay(call.acceptClosesAt)}
                </td>
                <td data-k={columns[5]} class="nw">
                  {call.begunBefore === null ? words.everybody : momentOf(call.begunBefore)}
                </td>
                <td>
                  <a class="zn-regmanage" href={`${place.home}/calls/${call.id}`}>
                    {words.extend}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};

const callOfPath = (work: Work): Promise<Call> => {
  allowed(work);
  const id = work.params["id"] ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Missing("call");
  return callById(work.platform, work.platform.database.kysely, id);
};

const callPage = async (work: Work, tried: Tried | null = null) => {
  const call = await callOfPath(work);
  const { place, platform } = work;
  const words = wordsFor(place);
  const counts = await openApplications(platform.database.kysely, platform.funder, call.id);
  const field = fieldsOf(place, "extend", tried);
  const facts = [
    [words.applyCloseOn, `${lastDay(call.applyClosesAt)} 24:00`],
    [words.recommendCloseOn, `${lastDay(call.recommendClosesAt)} 24:00`],
    [words.acceptCloseOn, `${lastDay(call.acceptClosesAt)} 24:00`],
    [words.drafts, words.items(counts.drafts)],
    [words.reviewing, words.items(counts.reviewing)],
    [words.lapsed, words.items(counts.lapsed)],
  ] as const;
  return (
    <WorkPage
      frame={frameOf(work)}
      title={words.head(say(place, call.title))}
      here="/calls"
      error={tried !== null}
    >
      <div class="zn-head">
        <WhyNot place={place} tried={tried} />
        <h1>{words.head(say(place, call.title))}</h1>
        <p>{words.lead}</p>
      </div>
      <div class="zn-regcolumns">
        <div>
          <h2>{words.now}</h2>
          <dl class="zn-regfacts">
            {facts.map(([name, value]) => (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <h2>{words.after}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {words.afterText.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </div>
        <div>
          <Form
            action={`${place.home}/calls/${call.id}`}
            csrf={frameOf(work).csrf}
            hidden={{ version: call.version, key: crypto.randomUUID() }}
          >
            {field.line("applyCloseOn", words.applyCloseOn, {
              fallback: lastDay(call.applyClosesAt),
              type: "date",
            })}
            {field.line("recommendCloseOn", words.recommendCloseOn, {
              fallback: lastDay(call.recommendClosesAt),
              type: "date",
            })}
            {field.line("acceptCloseOn", words.acceptCloseOn, {
              fallback: lastDay(call.acceptClosesAt),
              type: "date",
            })}
            {field.line("begunBefore", words.begunBefore, {
              hint: words.begunBeforeHint,
              fallback: call.begunBefore === null ? "" : momentOf(call.begunBefore),
            })}
            {field.area("reason", words.reason, { hint: words.reasonHint })}
            <Button>{words.act}</Button>
          </Form>
        </div>
      </div>
    </WorkPage>
  );
};

export const showCall = (work: Work): Promise<WorkAnswer> => callPage(work);

/** `2020-05-06 17:00` in the civil time of the guide; what is no such moment stays as it is and is refused with its field. */
const instantText = (typed: string): string => {
  const text = typed.normalize("NFKC").trim().replace(/\s+/, "T");
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? `${text}:00+08:00` : text;
};

export const doExtend = async (work: Work): Promise<WorkAnswer> => {
  const { begunBefore, ...texts } = textsOf(
    work.form,
    "applyCloseOn",
    "recommendCloseOn",
    "acceptCloseOn",
    "begunBefore",
    "reason",
  );
  const call = await callOfPath(work);
  const input = {
    ...texts,
    call: call.id,
    version: versionOf(work.form),
    begunBefore: begunBefore.trim() === "" ? null : instantText(begunBefore),
  };
  return posting(work, extendCall, input, { act: "extend", to: "/calls?done=extended", again: callPage });
};
