import { civilDateOf } from "../../core/calendar.ts";
import { may } from "../../core/permission/permission.ts";
import { type Role, roleCodes, roles } from "../../core/role.ts";
import { Missing } from "../../platform/errors.ts";
import { ExportLink } from "../../ui/export-link.tsx";
import { Form } from "../../ui/form.tsx";
import { say, wordsOf } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { WorkPage } from "../../ui/work-page.tsx";
import { accountsAsked } from "./accounts.export.ts";
import { attempt, type Work, type WorkAnswer } from "./desk.ts";
import { resetPassword } from "./passwords.ts";
import { activatePerson, refusePerson, restore, suspend, unmask } from "./people.ts";
import {
  Button,
  Done,
  fieldsOf,
  Filters,
  Fold,
  frameOf,
  momentOf,
  optionsOf,
  type Tried,
  WhyNot,
} from "./pieces.tsx";
import { posting, textsOf, versionOf } from "./posting.ts";
import { type AccountRow, listAccounts } from "./queries.ts";
import { grantRole, revokeRole } from "./roles.ts";
import { removeSecondFactor } from "./second-factor.ts";
import { accountStandingTitles, degreeTitles, identityTypeTitles, titleLevelTitles } from "./titles.ts";
import { wordsFor } from "./words.ts";

const wordOf = (
  titles: Readonly<Record<string, { readonly zh: string; readonly en: string } | undefined>>,
  code: string,
  language: "zh" | "en",
) => titles[code]?.[language] ?? "";

export const showAccounts = async (work: Work): Promise<WorkAnswer> => {
  const { place, platform, viewer, query } = work;
  const words = wordsFor(place).accounts;
  const rows = await listAccounts(platform, viewer.actor, accountsAsked(work));
  const asked = { act: "search", form: new URLSearchParams(query), trouble: noTrouble };
  const field = fieldsOf(place, "search", asked);
  const { columns } = words;
  const comma = place.language === "zh" ? "、" : ", ";
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/accounts" full>
      <Done place={place} done={query["done"]} />
      <div class="zn-pagehead">
        <h1>{words.title}</h1>
        <p>{words.found(rows.length)}</p>
        <div class="zn-pagehead__end">
          <ExportLink place={place} path="/accounts" />
        </div>
      </div>
      <Filters action={`${place.home}/accounts`}>
        {field.line("search", words.search)}
        {field.select("standing", words.standing, optionsOf(place, accountStandingTitles, words.all))}
        {field.select(
          "role",
          words.role,
          optionsOf(
            place,
            Object.fromEntries(Object.entries(roles).map(([code, { title }]) => [code, title])),
            words.all,
          ),
        )}
        <Button kind="secondary" small>
          {words.act}
        </Button>
      </Filters>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table class="zn-dense zn-cards zn-regtable">
          <TableHead names={columns} />
          <tbody>
            {rows.map((one) => (
              <tr>
                <th scope="row">
                  <a href={`${place.home}/accounts/${one.id}`}>{one.name}</a>
                </th>
                <td data-k={columns[1]} class="nw">
                  {one.login}
                </td>
                <td data-k={columns[2]}>{one.organizationName ?? ""}</td>
                <td data-k={columns[3]}>
                  {one.roles.map((held) => say(place, roles[held.role].title)).join(comma)}
                </td>
                <td data-k={columns[4]} class="nw">
                  {one.secondFactor ? wordsOf(place).work.yes : wordsOf(place).work.no}
                </td>
                <td data-k={columns[5]} class={one.standing === "ACTIVE" ? "quiet nw" : "nw"}>
                  {say(place, accountStandingTitles[one.standing])}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkPage>
  );
};

const noTrouble: Tried["trouble"] = { status: 200, reason: { zh: "", en: "" }, findings: [], faults: [] };

const rowOf = async ({ platform, viewer, params }: Work): Promise<AccountRow> => {
  const id = params["id"] ?? "";
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Missing("account");
  const [row] = await listAccounts(platform, viewer.actor, { id });
  if (row === undefined) throw new Missing("account");
  return row;
};

/** Each administrator sees and does only what is theirs: the matrix decides which parts are there. */
const accountPage = async (work: Work, tried: Tried | null = null, password: string | null = null) => {
  const { place, platform, viewer } = work;
  const all = wordsFor(place);
  const words = all.accounts;
  const one = await rowOf(work);
  const { csrf } = frameOf(work);
  const base = `${place.home}/accounts/${one.id}`;
  const subject = { account: one.id, organization: one.organization };
  const can = (action: string) =>
    one.id !== viewer.actor.account && may(`registration.${action}`, viewer.actor, subject).allowed;
  const security = viewer.actor.grants.some(({ role }) => role === "SEC_ADMIN");
  const grantable = roleCodes.filter(
    (role) => role !== "PUBLIC" && (security || roles[role].seat === "INSTITUTION"),
  );
  const hidden = { version: one.version };
  const divisions = platform.policies.flatMap(({ programme }) => programme.divisions);
  const divisionTitle = (code: string | null) => {
    const found = divisions.find((division) => division.code === code);
    return found === undefined ? "" : `（${say(place, found.title)}）`;
  };
  const facts: readonly (readonly [string, string])[] = [
    [all.register.login, one.login],
    [all.me.organization, one.organizationName ?? ""],
    [words.standing, `${say(place, accountStandingTitles[one.standing])} ${one.standingReason}`],
    [all.me.identity, `${wordOf(identityTypeTitles, one.identityType, place.language)} ${one.identityMask}`],
    [all.register.titleLevel, wordOf(titleLevelTitles, one.titleLevel, place.language)],
    [all.register.degree, wordOf(degreeTitles, one.degree, place.language)],
    [all.register.email, one.email],
    [all.register.phone, one.phoneMask],
    [all.me.factor, one.secondFactor ? wordsOf(place).work.yes : wordsOf(place).work.no],
  ];
  const grantField = fieldsOf(place, "grant", tried);
  return (
    <WorkPage
      frame={frameOf(work)}
      title={one.name}
      here={viewer.actor.grants.some(({ role }) => role === "ORG_ADMIN") ? "/people" : "/accounts"}
      error={tried !== null}
    >
      <div class="zn-head">
        <WhyNot place={place} tried={tried} />
        <Done place={place} done={work.query["done"]} />
        <h1>{one.name}</h1>
      </div>
      <div class="zn-regcolumns">
        <div>
          <dl class="zn-regfacts">
            {facts.map(([name, value]) => (
              <div>
                <dt>{name}</dt>
                <dd>{value.trim() === "" ? wordsOf(place).work.none : value}</dd>
              </div>
            ))}
          </dl>
          {may("registration.unmask", viewer.actor, subject).allowed && (
            <p>
              <a class="govuk-link" href={`${place.home}/numbers/${one.person}`}>
                {words.number}
              </a>
            </p>
          )}
        </div>
        <div>
          <section>
            <h2>{words.roles}</h2>
            {one.roles.length === 0 && <p>{words.noRoles}</p>}
            <ul class="zn-regroles">
              {one.roles.map((held) => (
                <li>
                  {say(place, roles[held.role].title)}
                  {divisionTitle(held.division)}{" "}
                  {held.lentBy !== null && held.until !== null && (
                    <span class="zn-regquiet">{words.lent(held.lentBy, civilDateOf(held.until - 1))}</span>
                  )}
                  {can("revokeRole") && (security || roles[held.role].seat === "INSTITUTION") && (
                    <Form action={`${base}/revoke`} csrf={csrf} hidden={{ grant: held.id }}>
                      <button
                        class="zn-linklike"
                        aria-label={`${words.revoke} ${say(place, roles[held.role].title)}`}
                      >
                        {words.revoke}
                      </button>
                    </Form>
                  )}
                </li>
              ))}
            </ul>
            {can("grantRole") && one.standing === "ACTIVE" && (
              <Form action={`${base}/grant`} csrf={csrf} hidden={{ key: crypto.randomUUID() }}>
                <div class="zn-regpairs">
                  {grantField.select(
                    "role",
                    words.role,
                    grantable.map((role: Role) => ({ value: role, text: say(place, roles[role].title) })),
                  )}
                  {security &&
                    grantField.select("division", words.division, [
                      { value: "", text: words.noDivision },
                      ...divisions.map(({ code, title }) => ({ value: code, text: say(place, title) })),
                    ])}
                </div>
                <Button kind="secondary">{words.grant}</Button>
              </Form>
            )}
          </section>
          {one.standing === "PENDING" && can("activatePerson") && (
            <section>
              <Form action={`${base}/activate`} csrf={csrf} hidden={hidden}>
                <Button>{all.people.activate}</Button>
              </Form>
              <Fold title={all.people.refuse} open={tried?.act === "refuse"}>
                <Form action={`${base}/refuse`} csrf={csrf} hidden={hidden}>
                  {fieldsOf(place, "refuse", tried).line("reason", words.standingReason)}
                  <Button kind="secondary">{all.people.refuse}</Button>
                </Form>
              </Fold>
            </section>
          )}
          {one.standing === "ACTIVE" && can("resetPassword") && (
            <section id="reset">
              <h2>{words.reset}</h2>
              {password === null ? (
                <Form action={`${base}/reset`} csrf={csrf}>
                  <p>{words.resetLead}</p>
                  <Button kind="secondary">{words.reset}</Button>
                </Form>
              ) : (
                <div class="zn-regonce" role="status">
                  <p>{words.resetDone}</p>
                  <code class="zn-regsecret">{password}</code>
                </div>
              )}
            </section>
          )}
          {one.secondFactor && can("removeSecondFactor") && (
            <section>
              <h2>{all.me.factor}</h2>
              <Form action={`${base}/factor`} csrf={csrf}>
                <p>{words.removeFactorLead}</p>
                <Button kind="secondary">{words.removeFactor}</Button>
              </Form>
            </section>
          )}
          {one.standing === "ACTIVE" && can("suspend") && (
            <section>
              <Fold title={words.suspend} open={tried?.act === "suspend"}>
                <Form action={`${base}/suspend`} csrf={csrf} hidden={hidden}>
                  {fieldsOf(place, "suspend", tried).line("reason", words.standingReason)}
                  <Button kind="warning">{words.suspend}</Button>
                </Form>
              </Fold>
            </section>
          )}
          {one.standing === "SUSPENDED" && can("restore") && (
            <section>
              <Form action={`${base}/restore`} csrf={csrf} hidden={hidden}>
                <Button kind="secondary">{words.restore}</Button>
              </Form>
            </section>
          )}
          {viewer.actor.grants.every(({ role }) => role === "AUDIT_ADMIN") && <p>{words.readOnly}</p>}
        </div>
      </div>
    </WorkPage>
  );
};

export const showAccount = (work: Work): Promise<WorkAnswer> => accountPage(work);

const onAccount = (work: Work) => ({ account: work.params["id"] ?? "", version: versionOf(work.form) });
const back = (work: Work, done: string) => `/accounts/${work.params["id"] ?? ""}?done=${done}`;

export const doSuspend = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    suspend,
    { ...onAccount(work), ...textsOf(work.form, "reason") },
    {
      act: "suspend",
      to: back(work, "suspended"),
      again: accountPage,
    },
  );
export const doRestore = (work: Work): Promise<WorkAnswer> =>
  posting(work, restore, onAccount(work), { act: "restore", to: back(work, "restored"), again: accountPage });
export const doActivateAccount = (work: Work): Promise<WorkAnswer> =>
  posting(work, activatePerson, onAccount(work), {
    act: "activate",
    to: back(work, "activated"),
    again: accountPage,
  });
export const doRefuseAccount = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    refusePerson,
    { ...onAccount(work), ...textsOf(work.form, "reason") },
    {
      act: "refuse",
      to: back(work, "refused"),
      again: accountPage,
    },
  );
export const doGrant = (work: Work): Promise<WorkAnswer> => {
  const division = work.form.get("division") ?? "";
  const { role } = textsOf(work.form, "role");
  const seat = roleCodes.find((one) => one === role);
  return posting(
    work,
    grantRole,
    {
      account: work.params["id"] ?? "",
      role,
      division: seat !== undefined && roles[seat].seat === "DIVISION" && division !== "" ? division : null,
    },
    { act: "grant", to: back(work, "granted"), again: accountPage },
  );
};
export const doRevoke = (work: Work): Promise<WorkAnswer> =>
  posting(work, revokeRole, textsOf(work.form, "grant"), {
    act: "revoke",
    to: back(work, "revoked"),
    again: accountPage,
  });
export const doRemoveFactor = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    removeSecondFactor,
    { account: work.params["id"] ?? "" },
    {
      act: "factor",
      to: back(work, "factor-off"),
      again: accountPage,
    },
  );
export const doReset = async (work: Work): Promise<WorkAnswer> => {
  const answer = await attempt(work, resetPassword, { account: work.params["id"] ?? "" });
  if ("done" in answer) return accountPage(work, null, answer.done.password);
  const { trouble } = answer;
  return {
    status: trouble.status,
    page: await accountPage(work, { act: "reset", form: work.form, trouble }),
  };
};

type Shown = { readonly identityNo: string; readonly phone: string };

const numberPage = async (work: Work, tried: Tried | null = null, shown: Shown | null = null) => {
  const { place, platform, viewer, params } = work;
  const words = wordsFor(place).number;
  const id = params["person"] ?? "";
  const person = /^[0-9a-f-]{36}$/.test(id)
    ? await platform.database.kysely
        .selectFrom("person")
        .select(["name", "organization", "identity_mask"])
        .where("funder", "=", platform.funder)
        .where("id", "=", id)
        .executeTakeFirst()
    : undefined;
  if (
    person === undefined ||
    !may("registration.unmask", viewer.actor, { organization: person.organization }).allowed
  )
    throw new Missing("person");
  return (
    <WorkPage frame={frameOf(work)} title={words.title} error={tried !== null}>
      <div class="zn-head zn-regentrance">
        <WhyNot place={place} tried={tried} />
        <h1>{words.title}</h1>
        <p>
          {person.name} {person.identity_mask}
        </p>
        {shown === null ? (
          <Form action={`${place.home}/numbers/${id}`} csrf={frameOf(work).csrf}>
            <p>{words.lead}</p>
            {fieldsOf(place, "number", tried).line("purpose", words.purpose, { hint: words.purposeHint })}
            <Button>{words.act}</Button>
          </Form>
        ) : (
          <div class="zn-regonce" role="status">
            <dl class="zn-regfacts">
              <div>
                <dt>{words.identity}</dt>
                <dd>{shown.identityNo}</dd>
              </div>
              <div>
                <dt>{words.phone}</dt>
                <dd>{shown.phone === "" ? words.none : shown.phone}</dd>
              </div>
            </dl>
            <p>
              {words.shown} {momentOf(work.now)}
            </p>
          </div>
        )}
      </div>
    </WorkPage>
  );
};

export const showNumber = (work: Work): Promise<WorkAnswer> => numberPage(work);
export const doShowNumber = async (work: Work): Promise<WorkAnswer> => {
  const answer = await attempt(work, unmask, {
    person: work.params["person"] ?? "",
    ...textsOf(work.form, "purpose"),
  });
  if ("done" in answer) return numberPage(work, null, answer.done);
  const { trouble } = answer;
  return {
    status: trouble.status,
    page: await numberPage(work, { act: "number", form: work.form, trouble }),
  };
};
