import { Readable } from "node:stream";
import type { Bilingual } from "../../../core/policy/words.ts";
import { columnName } from "../../../core/workbook/sheet.ts";
import type { CellFault } from "../../../core/workbook/table.ts";
import { Missing } from "../../../platform/errors.ts";
import { workbookName, workbookType, writeWorkbook } from "../../../platform/spreadsheets.ts";
import { Form } from "../../../ui/form.tsx";
import { type Place, say } from "../../../ui/place.ts";
import { TableHead } from "../../../ui/table.tsx";
import { WorkPage } from "../../../ui/work-page.tsx";
import { attempt, type Work, type WorkAnswer } from "../desk.ts";
import { Button, frameOf, momentOf, type Tried, WhyNot } from "../pieces.tsx";
import { importActions } from "./actions.ts";
import type { ImportKind, PlannedRow, Said } from "./kind.ts";
import { markedOf } from "./sheets.ts";
import { handedOf, keptImport, type KeptImport, type Plan, planOf, throwAway } from "./store.ts";
import { importWords } from "./words.ts";

/** What a workbook would do, before it does it; afterwards, what it did. */

const perPage = 50;

const kept = (work: Work): Promise<KeptImport> => {
  const id = work.params["id"] ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Missing("import");
  return keptImport(work.platform, work.platform.database.kysely, work.viewer.actor, id);
};

const planned = (work: Work, one: KeptImport): Promise<Plan | null> =>
  planOf(work.platform, work.platform.database.kysely, work.viewer.actor, one);

const numberOf = (text: string | undefined): number => {
  const number = Number(text ?? 1);
  return Number.isInteger(number) && number > 0 ? number : 1;
};

/** One page of a long list, and the way to the others; `name` is the page's word in the address. */
const Pages = ({ work, name, count }: { work: Work; name: string; count: number }) => {
  const { place, query } = work;
  const words = importWords[place.language];
  const pages = Math.ceil(count / perPage);
  if (pages < 2) return null;
  const page = Math.min(numberOf(query[name]), pages);
  const to = (number: number) =>
    `?${new URLSearchParams({ ...query, [name]: String(number) }).toString()}#${name}`;
  return (
    <nav class="zn-importpages" aria-label={words.page(page, pages)}>
      {page > 1 && (
        <a class="govuk-link" href={to(page - 1)}>
          {words.previous}
        </a>
      )}
      <span>{words.page(page, pages)}</span>
      {page < pages && (
        <a class="govuk-link" href={to(page + 1)}>
          {words.next}
        </a>
      )}
    </nav>
  );
};

const pageOf = <Item,>(items: readonly Item[], page: string | undefined): readonly Item[] => {
  const from = (Math.min(numberOf(page), Math.max(1, Math.ceil(items.length / perPage))) - 1) * perPage;
  return items.slice(from, from + perPage);
};

const headOf = ({ table }: Plan, column: number): string =>
  table.sheet.rows.find(({ number }) => number === table.head)?.cells.find((one) => one.column === column)
    ?.text ?? "";

const Faults = ({ work, plan }: { work: Work; plan: Plan }) => {
  const { place, query } = work;
  const words = importWords[place.language];
  const byColumn = [...Map.groupBy(plan.faults, ({ column }) => column)].toSorted(([a], [b]) => a - b);
  const wanted = Number(query["column"] ?? 0);
  const shown = wanted === 0 ? plan.faults : plan.faults.filter(({ column }) => column === wanted);
  const [columns, cells] = [words.byColumnColumns, words.faultColumns];
  const title = (column: number) => `${columnName(column)} ${headOf(plan, column)}`.trim();
  const to = (column: number) => (column === 0 ? "?" : `?column=${column}#fault`);
  const first = (some: readonly CellFault[]) =>
    some[0] === undefined ? "" : `${columnName(some[0].column)}${some[0].row}：${say(place, some[0].reason)}`;
  return (
    <section class="zn-regpart" id="fault">
      <h2>{words.faults}</h2>
      {byColumn.length > 1 && (
        <table class="zn-dense zn-cards zn-regtable">
          <caption class="govuk-visually-hidden">{words.byColumn}</caption>
          <TableHead names={columns} />
          <tbody>
            {byColumn.map(([column, some]) => (
              <tr>
                <th scope="row" class="nw">
                  <a class="govuk-link" href={to(column)}>
                    {title(column)}
                  </a>
                </th>
                <td data-k={columns[1]} class="nw">
                  {words.places(some.length)}
                </td>
                <td data-k={columns[2]}>{first(some)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>
        {words.faultList}
        {wanted !== 0 && (
          <>
            ：{title(wanted)}{" "}
            <a class="govuk-link" href={to(0)}>
              {words.allColumns}
            </a>
          </>
        )}
      </h3>
      <table class="zn-dense zn-cards zn-regtable">
        <TableHead names={cells} />
        <tbody>
          {pageOf(shown, query["fault"]).map(({ row, column, found, reason }) => (
            <tr>
              <th scope="row" class="nw">
                {columnName(column)}
                {row}
              </th>
              <td data-k={cells[1]}>{headOf(plan, column)}</td>
              <td data-k={cells[2]} class="zn-importfound">
                {found === "" ? words.emptyCell : found.slice(0, 80)}
              </td>
              <td data-k={cells[3]}>{say(place, reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages work={work} name="fault" count={shown.length} />
    </section>
  );
};

const Changes = ({ work, rows }: { work: Work; rows: readonly PlannedRow[] }) => {
  const { place, query } = work;
  const words = importWords[place.language];
  const columns = words.changesColumns;
  const said = (one: Said) =>
    typeof one !== "string" ? say(place, one) : one === "" ? words.emptyCell : one;
  const lines = rows.flatMap((row) => row.changes.map((change) => ({ ...row, ...change })));
  if (lines.length === 0) return null;
  return (
    <section class="zn-regpart" id="change">
      <h2>{words.changesTitle}</h2>
      <table class="zn-dense zn-cards zn-regtable">
        <TableHead names={columns} />
        <tbody>
          {pageOf(lines, query["change"]).map(({ number, name, title, before, after }) => (
            <tr>
              <th scope="row" class="nw">
                {number}
              </th>
              <td data-k={columns[1]}>{name}</td>
              <td data-k={columns[2]}>{say(place, title)}</td>
              <td data-k={columns[3]}>{said(before)}</td>
              <td data-k={columns[4]}>{said(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages work={work} name="change" count={lines.length} />
    </section>
  );
};

const Additions = ({ work, rows }: { work: Work; rows: readonly PlannedRow[] }) => {
  const words = importWords[work.place.language];
  const added = rows.filter(({ act }) => act === "ADD");
  if (added.length === 0) return null;
  return (
    <section class="zn-regpart" id="add">
      <h2>{words.addsTitle}</h2>
      <table class="zn-dense zn-regtable zn-importadds">
        <TableHead names={words.addsColumns} />
        <tbody>
          {pageOf(added, work.query["add"]).map(({ number, name }) => (
            <tr>
              <th scope="row" class="nw">
                {number}
              </th>
              <td>{name}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pages work={work} name="add" count={added.length} />
    </section>
  );
};

const Counts = ({ place, kind, plan }: { place: Place; kind: ImportKind; plan: Plan }) => {
  const words = importWords[place.language];
  const { ADD, CHANGE, SAME } = plan.counts;
  const counts: readonly (readonly [string, string])[] = [
    [words.add, say(place, kind.count(ADD))],
    [words.change, say(place, kind.count(CHANGE))],
    [words.same, say(place, kind.count(SAME))],
    [words.faults, words.places(plan.faults.length)],
  ];
  return (
    <dl class="zn-importcounts">
      {counts.map(([title, count]) => (
        <div>
          <dt>{title}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
};

const Look = ({ work, one, plan }: { work: Work; one: KeptImport; plan: Plan }) => {
  const { place } = work;
  const { kind } = one;
  const words = importWords[place.language];
  const { csrf } = frameOf(work);
  const here = `${place.home}/imports/${one.id}`;
  const { ADD, CHANGE } = plan.counts;
  const notes: readonly Bilingual[] = plan.notes;
  return (
    <>
      <p>
        {words.from(one.filename, momentOf(one.uploadedAt))} <strong>{words.nothingYet}</strong>
      </p>
      <Counts place={place} kind={kind} plan={plan} />
      {notes.length > 0 && (
        <section class="zn-regpart">
          <h2>{words.notesTitle}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {notes.map((note) => (
              <li>{say(place, note)}</li>
            ))}
          </ul>
        </section>
      )}
      {plan.faults.length > 0 ? (
        <>
          <p>{words.toCorrect(plan.faults.length)}</p>
          <p class="zn-importacts">
            <a class="govuk-button" href={`${here}/marked`}>
              {words.marked}
            </a>
            <a class="govuk-link" href={`${place.home}/imports?kind=${kind.code}`}>
              {words.again}
            </a>
          </p>
          <Faults work={work} plan={plan} />
        </>
      ) : ADD + CHANGE === 0 ? (
        <p>{words.nothingToDo}</p>
      ) : (
        <Form action={`${here}/run`} csrf={csrf} hidden={{ key: crypto.randomUUID(), seen: plan.seen }}>
          <p>{words.runHint(say(place, kind.count(ADD)), say(place, kind.count(CHANGE)))}</p>
          <Button>{words.run(say(place, kind.count(ADD + CHANGE)))}</Button>
        </Form>
      )}
      <Changes work={work} rows={plan.rows} />
      <Additions work={work} rows={plan.rows} />
      <Form action={`${here}/discard`} csrf={csrf}>
        <Button kind="secondary">{words.discard}</Button>
      </Form>
    </>
  );
};

const Result = ({ work, one }: { work: Work; one: KeptImport }) => {
  const { place, viewer } = work;
  const words = importWords[place.language];
  const { kind, added, changed, unchanged } = one;
  const [add, change, same] = [added, changed, unchanged].map((count) => say(place, kind.count(count)));
  const isOwn = one.doneBy === viewer.actor.account;
  return (
    <>
      <p class="zn-regdone" role="status">
        {words.resultLead(add ?? "", change ?? "", same ?? "")}
      </p>
      {isOwn && kind.code === "people" && added > 0 && (
        <section class="zn-regpart">
          <h2>{words.accountsTitle}</h2>
          {one.handed === null ? (
            <p>{words.accountsGone}</p>
          ) : (
            <>
              <p>{words.accountsHint}</p>
              <a class="govuk-button" href={`${place.home}/imports/${one.id}/accounts`}>
                {words.accounts}
              </a>
            </>
          )}
        </section>
      )}
      <section class="zn-regpart">
        <h2>{words.undo}</h2>
        <p>{say(place, kind.undo)}</p>
      </section>
      <p>
        <a class="govuk-link" href={`${place.home}/imports?kind=${kind.code}`}>
          {words.more}
        </a>
      </p>
    </>
  );
};

const page = async (work: Work, tried: Tried | null = null) => {
  const { place } = work;
  const words = importWords[place.language];
  const one = await kept(work);
  const name = say(place, one.kind.title);
  const title = one.doneAt === null ? words.look(name) : words.result(name);
  const plan = one.doneAt === null ? await planned(work, one) : null;
  return (
    <WorkPage frame={frameOf(work)} title={title} here="/imports" error={tried !== null} full>
      <WhyNot place={place} tried={tried} />
      <div class="zn-pagehead">
        <h1>{title}</h1>
      </div>
      {one.doneAt !== null ? (
        <Result work={work} one={one} />
      ) : plan === null ? (
        <p>{words.gone}</p>
      ) : (
        <Look work={work} one={one} plan={plan} />
      )}
    </WorkPage>
  );
};

export const showImport = (work: Work): Promise<WorkAnswer> => page(work);

export const doImport = async (work: Work): Promise<WorkAnswer> => {
  const { kind, id } = await kept(work);
  const action = importActions.find(({ name }) => name === kind.action);
  if (action === undefined) throw new Missing("action");
  const answer = await attempt(work, action, { import: id, seen: work.form.get("seen") ?? "" });
  if ("done" in answer) return { to: `${work.place.home}/imports/${id}` };
  const { trouble } = answer;
  return { status: trouble.status, page: await page(work, { act: "import", form: work.form, trouble }) };
};

export const discardImport = async (work: Work): Promise<WorkAnswer> => {
  const { id } = await kept(work);
  await throwAway(work.platform, id);
  return { to: `${work.place.home}/imports?done=discarded` };
};

export const downloadMarked = async (work: Work): Promise<WorkAnswer> => {
  const { platform, place } = work;
  const one = await kept(work);
  const plan = await planned(work, one);
  if (plan === null || plan.faults.length === 0) throw new Missing("marked workbook");
  const bytes = await markedOf(platform, place, plan);
  const bare = one.filename.replace(/\.xlsx$/i, "");
  return {
    download: Readable.from([bytes]),
    filename: workbookName(`${bare} ${importWords[place.language].problem}`),
    size: bytes.length,
    mime: workbookType,
  };
};

/** First passwords, for whoever imported the people and nobody else. */
export const downloadAccounts = async (work: Work): Promise<WorkAnswer> => {
  const { platform, place, viewer, now } = work;
  const words = importWords[place.language];
  const one = await kept(work);
  if (one.handed === null || one.doneBy !== viewer.actor.account) throw new Missing("accounts");
  const handed = await handedOf(platform, one);
  return {
    download: writeWorkbook({
      title: words.accountsTitle,
      author: viewer.login,
      at: now,
      language: place.language,
      sheets: [
        {
          name: words.accountsTitle,
          columns: words.accountsColumns.map((header) => ({ header, width: 24, kind: "text" as const })),
          rows: handed.map(({ name, identity, login, password }) => [name, identity, login, password]),
        },
      ],
      about: [["", words.accountsHint]],
    }),
    filename: workbookName(words.accountsTitle),
    size: null,
    mime: workbookType,
  };
};
