import { applicationStates, applicationTransitions } from "../../core/lifecycle/application.ts";
import { permits } from "../../core/permission/matrix.ts";
import { type Actor, may } from "../../core/permission/permission.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { type Role, roles } from "../../core/role.ts";
import { Invalid } from "../../platform/errors.ts";
import { ask } from "../../platform/query.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { type Place, say } from "../../ui/place.ts";
import { WorkPage } from "../../ui/work-page.tsx";
import { troubleOf, type Work, type WorkAnswer } from "./desk.ts";
import { kindTitles, ledgerWords } from "./ledger-words.ts";
import { exportLedger } from "./ledger.export.ts";
import { ledgerHead, ledgerList, type LedgerRow } from "./ledger.ts";
import { Button, fieldsOf, Filters, frameOf, momentOf, type Tried, WhyNot } from "./pieces.tsx";

/** Titles of actions by their names; those of later stages come from the wiring. */
export type ActionTitles = ReadonlyMap<string, Bilingual>;

const filters = ["action", "object", "account", "from", "until"] as const;

/** Where an object is read, and the row of the matrix that lets one read it; for others, all entries about it. */
const readers: Readonly<Record<string, readonly [path: string, row: string] | undefined>> = {
  application: ["/applications", "application.read"],
  account: ["/accounts", "account.list"],
  organization: ["/organizations", "organization.list"],
  batch: ["/batches", "batch.read"],
};
const linkOf = (place: Place, actor: Actor, { kind, object }: LedgerRow): string => {
  const reader = readers[kind];
  const about = `${place.home}/ledger?${new URLSearchParams({ object })}`;
  if (reader === undefined) return about;
  const held = new Set(actor.grants.map(({ role }) => role));
  const seen = permits[reader[1]]?.permits.some(({ role }) => held.has(role)) ?? false;
  return seen ? `${place.home}${reader[0]}/${object}` : about;
};

/** Below it a number counts; from it on it is an instant in milliseconds. */
const firstInstant = 1e12;

const valueText = (place: Place, key: string, value: unknown): string => {
  if (value === null || value === "") return "—";
  if (typeof value === "number" && value >= firstInstant) return momentOf(value);
  if ((key === "from" || key === "to") && typeof value === "string" && value in applicationStates)
    return say(place, applicationStates[value as keyof typeof applicationStates]);
  if (Array.isArray(value))
    return value.length === 0 ? "—" : value.map((one) => valueText(place, key, one)).join(", ");
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
};

/** The first signs of a hash say enough in a list; the export has it whole. */
const Value = ({ place, name, value }: { place: Place; name: string; value: unknown }) => {
  const text = valueText(place, name, value);
  return /^[0-9a-f]{64}$/.test(text) ? <code title={text}>{text.slice(0, 16)}…</code> : <>{text}</>;
};

const By = ({ work, row }: { work: Work; row: LedgerRow }) => {
  const { place, viewer } = work;
  const words = ledgerWords(place);
  if (row.actor === null && row.role === null) return <>{words.byClock}</>;
  const accounts = may("account.list", viewer.actor, {}).allowed;
  const who = (account: string | null, login: string | null) =>
    account !== null && (
      <a
        class="govuk-link"
        href={accounts ? `${place.home}/accounts/${account}` : `${place.home}/ledger?account=${account}`}
        title={account}
      >
        {login ?? words.accountOf(account.slice(0, 8))}
      </a>
    );
  const role =
    row.role !== null && row.role in roles ? say(place, roles[row.role as Role].title) : words.noRole;
  return (
    <>
      {role}
      <span class="zn-regquiet zn-ledger__who">
        {who(row.actor, row.login)}
        {row.actingFor !== null && (
          <>
            {" "}
            {words.actingFor} {who(row.actingFor, row.forLogin)}
          </>
        )}
      </span>
    </>
  );
};

const Entries = ({
  work,
  rows,
  titleOf,
}: {
  work: Work;
  rows: readonly LedgerRow[];
  titleOf: (name: string) => string;
}) => {
  const { place, viewer } = work;
  const words = ledgerWords(place);
  const columns = words.columns;
  return (
    <table class="zn-dense zn-cards zn-regtable zn-ledger">
      <caption class="govuk-visually-hidden">{words.caption}</caption>
      <thead>
        <tr>
          {columns.map((name, index) => (
            <th scope="col" class={index === 0 ? "num" : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const kind = kindTitles[row.kind];
          return (
            <tr>
              <th scope="row" class="num">
                {row.number}
              </th>
              <td data-k={columns[1]} class="nw">
                {momentOf(row.at)}
              </td>
              <td data-k={columns[2]} class="zn-ledger__act" title={row.action}>
                {titleOf(row.action)}
              </td>
              <td data-k={columns[3]}>
                <By work={work} row={row} />
              </td>
              <td data-k={columns[4]}>
                {kind === undefined ? row.kind : say(place, kind)}{" "}
                <a class="govuk-link" href={linkOf(place, viewer.actor, row)} title={row.object}>
                  <code>{row.object.length > 12 ? `${row.object.slice(0, 8)}…` : row.object}</code>
                </a>
              </td>
              <td data-k={columns[5]}>
                <ul class="zn-ledger__body">
                  {Object.entries(row.body).map(([key, value]) => (
                    <li>
                      <code>{key}</code> <Value place={place} name={key} value={value} />
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const HeadPart = async ({ work }: { work: Work }) => {
  const { place, platform, viewer } = work;
  const words = ledgerWords(place);
  const { entries, waiting, head } = await ask(platform, ledgerHead, viewer.actor, {});
  return (
    <section class="zn-regpart zn-ledgerhead">
      <h2>{words.head}</h2>
      <p>
        {words.entries(entries)}
        {waiting > 0 && words.waiting(waiting)}
        {place.language === "zh" ? "。" : ". "}
        {words.headLead}
      </p>
      {head === null ? (
        <p>{words.noHead}</p>
      ) : (
        <dl class="zn-regfacts">
          {(
            [
              [words.headNumber, String(head.number)],
              [words.root, head.root],
              [words.key, head.key],
              [words.signedAt, momentOf(Date.parse(head.at))],
            ] as const
          ).map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value.length === 64 ? <code class="zn-hash">{value}</code> : value}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul class="zn-ledgeracts">
        <li>
          <a class="govuk-button govuk-button--secondary zn-button--s" href={`${place.home}/ledger/check`}>
            {words.check}
          </a>
          <span>{words.checkHint}</span>
        </li>
        <li>
          <a class="govuk-button govuk-button--secondary zn-button--s" href={`${place.home}/ledger/export`}>
            {words.exportAct}
          </a>
          <span>{words.exportHint}</span>
        </li>
      </ul>
    </section>
  );
};

/** With what the platform does by its clock. */
const withClock = (titles: ActionTitles): ActionTitles =>
  new Map([
    ...applicationTransitions
      .filter(({ action }) => action.startsWith("system."))
      .map(({ action, title }) => [action, title] as const),
    ...titles,
  ]);
const titled =
  (place: Place, titles: ActionTitles) =>
  (name: string): string => {
    const title = titles.get(name);
    return title === undefined ? name : say(place, title);
  };

/** What the list shows, as a workbook; a filter that cannot be read is said on the page. */
export const saveLedger =
  (titles: ActionTitles) =>
  async (work: Work): Promise<WorkAnswer> => {
    try {
      return await exportLedger(work, titled(work.place, withClock(titles)));
    } catch (error) {
      if (error instanceof Invalid) return { to: `${work.place.home}/ledger${work.place.search}` };
      throw error;
    }
  };

/** The list with its filters; `titles` names what later stages do. */
export const showLedger =
  (titles: ActionTitles) =>
  async (work: Work): Promise<WorkAnswer> => {
    const { place, platform, viewer, query } = work;
    const words = ledgerWords(place);
    const all = withClock(titles);
    const titleOf = titled(place, all);
    const form = new URLSearchParams(filters.map((name) => [name, query[name] ?? ""]));
    const before = query["before"] ?? "";
    let tried: Tried = {
      act: "ledger",
      form,
      trouble: { status: 200, reason: { zh: "", en: "" }, findings: [], faults: [] },
    };
    let found: Awaited<ReturnType<typeof ledgerList.run>> = { entries: [], next: null };
    try {
      const asked = { ...Object.fromEntries(form), ...(before === "" ? {} : { before }) };
      found = await ask(platform, ledgerList, viewer.actor, asked);
    } catch (error) {
      const trouble = error instanceof Invalid ? troubleOf(error) : null;
      if (trouble === null) throw error;
      tried = { act: "ledger", form, trouble };
    }
    const failed = tried.trouble.status !== 200;
    const filtered = filters.some((name) => (form.get(name) ?? "") !== "");
    const hrefOf = (cursor: number | null) => {
      const kept = new URLSearchParams([...form].filter(([, value]) => value !== ""));
      if (cursor !== null) kept.set("before", String(cursor));
      return `${place.home}/ledger${kept.size === 0 ? "" : `?${kept}`}`;
    };
    const field = fieldsOf(place, "ledger", tried);
    const options = [...all].map(([value, title]) => ({ value, text: say(place, title) }));
    const page = (
      <WorkPage frame={frameOf(work)} title={words.title} here="/ledger" error={failed} full>
        {failed && (
          <div class="zn-head">
            <WhyNot place={place} tried={tried} />
          </div>
        )}
        <div class="zn-pagehead">
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
          <div class="zn-pagehead__end">
            <ExportLink place={place} path="/ledger" />
          </div>
        </div>
        <Filters action={`${place.home}/ledger`}>
          {field.select("action", words.action, [{ value: "", text: words.every }, ...options])}
          {field.line("object", words.object)}
          {field.line("account", may("account.list", viewer.actor, {}).allowed ? words.login : words.account)}
          {field.line("from", words.from, { type: "date" })}
          {field.line("until", words.until, { type: "date" })}
          <Button kind="secondary" small>
            {words.show}
          </Button>
          {filtered && (
            <a class="govuk-link" href={`${place.home}/ledger`}>
              {words.clear}
            </a>
          )}
        </Filters>
        {!failed && found.entries.length === 0 && (
          <p class="zn-empty">{filtered || before !== "" ? words.none : words.nothing}</p>
        )}
        {found.entries.length > 0 && <Entries work={work} rows={found.entries} titleOf={titleOf} />}
        {(found.next !== null || before !== "") && (
          <nav class="zn-ledgerpages" aria-label={words.pages}>
            {before !== "" && (
              <a class="govuk-link" href={hrefOf(null)}>
                {words.newest}
              </a>
            )}
            {found.next !== null && (
              <a class="govuk-link" rel="next" href={hrefOf(found.next)}>
                {words.older}
              </a>
            )}
          </nav>
        )}
        {await HeadPart({ work })}
      </WorkPage>
    );
    return failed ? { status: tried.trouble.status, page } : page;
  };
