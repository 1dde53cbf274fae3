import { civilDateOf } from "../../core/calendar.ts";
import { roles } from "../../core/role.ts";
import { totpQr } from "../../platform/totp.ts";
import { Form } from "../../ui/form.tsx";
import { noticeOf } from "../../ui/notices.ts";
import { say, wordsOf } from "../../ui/place.ts";
import { TableHead } from "../../ui/table.tsx";
import { WorkPage } from "../../ui/work-page.tsx";
import { closeCalendar, openCalendar } from "./calendar.ts";
import { attempt, type Work, type WorkAnswer } from "./desk.ts";
import { colleaguesOf, markRead, type Own, readOwn } from "./own.ts";
import { setMail } from "./outbox.ts";
import { CalendarPart, mailedOf, MailPart } from "./outbox-own.tsx";
import { changePassword } from "./passwords.ts";
import { updateProfile } from "./people.ts";
import { Button, Done, fieldsOf, Fold, frameOf, momentOf, optionsOf, type Tried, WhyNot } from "./pieces.tsx";
import { posting, textsOf } from "./posting.ts";
import { delegate, endDelegation } from "./roles.ts";
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from "./second-factor.ts";
import { degreeTitles, identityTypeTitles, titleLevelTitles } from "./titles.ts";
import { createToken, endOwnSession } from "./tokens.ts";
import { wordsFor } from "./words.ts";

/** What is shown once, on the answer to the form that asked for it. */
type Once =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "calendar"; readonly address: string }
  | { readonly kind: "factor"; readonly secret: string; readonly uri: string };

type Part = { readonly work: Work; readonly own: Own; readonly tried: Tried | null };

const Notices = ({ work, own }: Part) => {
  const { place } = work;
  const words = wordsFor(place).me;
  const frame = frameOf(work);
  return (
    <section id="notices">
      <h2>{words.notices}</h2>
      {own.notices.length === 0 && <p>{words.noNotices}</p>}
      <ul class="zn-regnotices">
        {own.notices.map((one) => {
          const { subject, text } = noticeOf(place.language, one.template, one.facts);
          const unread = one.readAt === null;
          return (
            <li class={unread ? "is-new" : undefined}>
              <p class="zn-regnotices__top">
                <time>{momentOf(one.at)}</time>
                {unread && <strong class="govuk-tag">{words.unread}</strong>}
              </p>
              <div>
                <h3>
                  {one.link === "" ? (
                    subject
                  ) : (
                    <a class="govuk-link" href={place.home + one.link}>
                      {subject}
                    </a>
                  )}
                </h3>
                <p>{text}</p>
                <p class="zn-regquiet">{mailedOf(place, one)}</p>
                {unread && (
                  <Form
                    action={`${place.home}/me/notices/read`}
                    csrf={frame.csrf}
                    hidden={{ notice: one.id }}
                  >
                    <button class="zn-linklike">
                      {words.markOne}
                      <span class="govuk-visually-hidden">{words.which(subject)}</span>
                    </button>
                  </Form>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {own.notices.some(({ readAt }) => readAt === null) && (
        <Form action={`${place.home}/me/notices/read`} csrf={frame.csrf}>
          <Button kind="secondary" small>
            {words.markRead}
          </Button>
        </Form>
      )}
    </section>
  );
};

const Profile = ({ work, own: { about }, tried }: Part) => {
  const { place } = work;
  const all = wordsFor(place);
  const words = all.me;
  const field = fieldsOf(place, "profile", tried);
  const identity = identityTypeTitles[about.identityType as keyof typeof identityTypeTitles];
  return (
    <section id="profile">
      <h2>{words.profile}</h2>
      <dl class="zn-regfacts">
        <div>
          <dt>{all.register.name}</dt>
          <dd>{about.name}</dd>
        </div>
        <div>
          <dt>{all.register.login}</dt>
          <dd>{about.login}</dd>
        </div>
        <div>
          <dt>{words.identity}</dt>
          <dd>
            {identity === undefined ? "" : say(place, identity)} {about.identityMask}
          </dd>
        </div>
        <div>
          <dt>{words.organization}</dt>
          <dd>{about.organization ?? wordsOf(place).work.none}</dd>
        </div>
      </dl>
      <p class="govuk-hint">{words.fixed}</p>
      <Form action={`${place.home}/me/profile`} csrf={frameOf(work).csrf}>
        <div class="zn-regpairs">
          {field.select("titleLevel", all.register.titleLevel, optionsOf(place, titleLevelTitles), {
            fallback: about.titleLevel,
          })}
          {field.select("degree", all.register.degree, optionsOf(place, degreeTitles), {
            fallback: about.degree,
          })}
          {field.select(
            "adminRank",
            words.adminRank,
            [
              { value: "", text: words.adminRanks.none },
              { value: "DEPUTY_DIVISION_OR_ABOVE", text: words.adminRanks.deputy },
            ],
            { fallback: about.adminRank ?? "" },
          )}
          {field.select(
            "language",
            words.language,
            [
              { value: "zh", text: "中文" },
              { value: "en", text: "English" },
            ],
            { fallback: about.language },
          )}
          {field.line("email", all.register.email, { fallback: about.email, type: "email", auto: "email" })}
          {field.line("phone", all.register.phone, {
            hint: words.phoneHint(about.phoneMask),
            type: "tel",
            auto: "tel",
          })}
          {field.line("orcid", words.orcid, { fallback: about.orcid ?? "" })}
        </div>
        <Button kind="secondary">{words.saveProfile}</Button>
      </Form>
    </section>
  );
};

const Password = ({ work, tried }: Part) => {
  const { place } = work;
  const words = wordsFor(place).me;
  const field = fieldsOf(place, "password", tried);
  return (
    <section id="password">
      <h2>{words.password}</h2>
      <Form action={`${place.home}/me/password`} csrf={frameOf(work).csrf}>
        {field.line("current", words.current, { type: "password", auto: "current-password" })}
        {field.line("next", words.next, {
          type: "password",
          auto: "new-password",
          hint: wordsFor(place).register.passwordHint,
        })}
        <Button kind={work.viewer.passwordDue ? "primary" : "secondary"}>{words.changePassword}</Button>
      </Form>
    </section>
  );
};

const SecondFactor = ({ work, own: { about }, tried, once }: Part & { once: Once | null }) => {
  const { place } = work;
  const words = wordsFor(place).me;
  const { csrf } = frameOf(work);
  const waiting = once?.kind === "factor" || tried?.act === "confirm";
  return (
    <section id="factor">
      <h2>{words.factor}</h2>
      <p>{about.factorOn ? words.factorOn : waiting ? words.factorWaiting : words.factorOff}</p>
      {once?.kind === "factor" && (
        <div class="zn-regqr">
          <img
            src={`data:image/svg+xml;base64,${Buffer.from(totpQr(once.uri)).toString("base64")}`}
            alt={words.factorWaiting}
            width={200}
            height={200}
          />
          <p>
            {words.factorSecret}
            <br />
            <code class="zn-regsecret">{once.secret}</code>
          </p>
        </div>
      )}
      {about.factorOn ? (
        <Form action={`${place.home}/me/factor/remove`} csrf={csrf}>
          {fieldsOf(place, "remove", tried).line("password", words.confirmPassword, {
            type: "password",
            auto: "current-password",
          })}
          <Button kind="secondary">{words.factorRemove}</Button>
        </Form>
      ) : waiting ? (
        <Form action={`${place.home}/me/factor/confirm`} csrf={csrf}>
          {fieldsOf(place, "confirm", tried).line("code", words.code, {
            numeric: true,
            auto: "one-time-code",
          })}
          <Button>{words.factorConfirm}</Button>
        </Form>
      ) : (
        <Form action={`${place.home}/me/factor/begin`} csrf={csrf}>
          {fieldsOf(place, "begin", tried).line("password", words.confirmPassword, {
            type: "password",
            auto: "current-password",
          })}
          <Button kind="secondary">{words.factorBegin}</Button>
        </Form>
      )}
    </section>
  );
};

const Sessions = ({ work, own, tried, once }: Part & { once: Once | null }) => {
  const { place } = work;
  const words = wordsFor(place).me;
  const { csrf } = frameOf(work);
  const field = fieldsOf(place, "token", tried);
  return (
    <section id="sessions">
      <h2>{words.sessions}</h2>
      <p class="govuk-hint">{words.sessionsLead}</p>
      {once?.kind === "token" && (
        <div class="zn-regonce" role="status">
          <p>{words.tokenMade}</p>
          <code class="zn-regsecret">{once.token}</code>
        </div>
      )}
      <table class="zn-dense zn-cards">
        <TableHead names={[words.sessions, words.seen, words.until, words.endSession]} />
        <tbody>
          {own.sessions.map((one) => (
            <tr>
              <th scope="row">
                {one.kind === "TOKEN" ? `${words.token} ${one.label}` : words.web}
                {one.id === work.session && `（${words.thisOne}）`}
              </th>
              <td data-k={words.seen}>{momentOf(one.seenAt)}</td>
              <td data-k={words.until}>{momentOf(one.expiresAt)}</td>
              <td>
                {one.id !== work.session && (
                  <Form action={`${place.home}/me/sessions/end`} csrf={csrf} hidden={{ id: one.id }}>
                    <button class="zn-linklike">
                      {one.kind === "TOKEN" ? words.endToken : words.endSession}
                    </button>
                  </Form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Fold title={words.createToken} open={tried?.act === "token"}>
        <Form action={`${place.home}/me/tokens`} csrf={csrf}>
          <div class="zn-regpairs">
            {field.line("label", words.tokenLabel)}
            {field.line("days", words.tokenDays, { fallback: "30", numeric: true })}
          </div>
          <Button kind="secondary">{words.createToken}</Button>
        </Form>
      </Fold>
    </section>
  );
};

const Roles = async ({ work, own, tried }: Part) => {
  const { place, platform, viewer } = work;
  const words = wordsFor(place).me;
  const { csrf } = frameOf(work);
  const lendable = own.held.filter((one) => one.delegatedBy === null && roles[one.role].seat !== "SELF");
  const { organization } = viewer;
  const colleagues =
    lendable.length === 0 || organization === null
      ? []
      : await colleaguesOf(platform, organization.id, viewer.actor.account ?? "");
  const field = fieldsOf(place, "delegate", tried);
  const until = (instant: number | null) =>
    instant === null ? "" : `${words.until} ${civilDateOf(instant - 1)}`;
  return (
    <section id="roles">
      <h2>{words.roles}</h2>
      {own.held.length === 0 && <p>{words.noRoles}</p>}
      <ul class="zn-regroles">
        {own.held.map((one) => (
          <li>
            {say(place, roles[one.role].title)}{" "}
            <span class="zn-regquiet">
              {one.lentBy === null ? words.own : `${words.lentBy(one.lentBy)} ${until(one.until)}`}
            </span>
          </li>
        ))}
        {own.lent.map((one) => (
          <li>
            {say(place, roles[one.role].title)}{" "}
            <span class="zn-regquiet">
              {words.lentTo(one.holder)} {until(one.until)}
            </span>{" "}
            <Form action={`${place.home}/me/delegations/end`} csrf={csrf} hidden={{ grant: one.id }}>
              <button class="zn-linklike">{words.endDelegation}</button>
            </Form>
          </li>
        ))}
      </ul>
      {lendable.length > 0 && (
        <Fold title={words.delegate} open={tried?.act === "delegate"}>
          <p>{words.delegateLead}</p>
          {colleagues.length === 0 ? (
            <p>{words.noColleagues}</p>
          ) : (
            <Form action={`${place.home}/me/delegations`} csrf={csrf} hidden={{ key: crypto.randomUUID() }}>
              <div class="zn-regpairs">
                {field.select(
                  "grant",
                  words.role,
                  lendable.map((one) => ({ value: one.id, text: say(place, roles[one.role].title) })),
                )}
                {field.select(
                  "colleague",
                  words.colleague,
                  colleagues.map((one) => ({ value: one.id, text: `${one.name} ${one.login}` })),
                )}
                {field.line("until", words.lastDay, { type: "date" })}
              </div>
              <Button kind="secondary">{words.delegate}</Button>
            </Form>
          )}
        </Fold>
      )}
    </section>
  );
};

const mePage = async (work: Work, tried: Tried | null = null, once: Once | null = null) => {
  const { place, platform, viewer } = work;
  const words = wordsFor(place).me;
  const own = await readOwn(platform, viewer.actor);
  const part: Part = { work, own, tried };
  const rolesPart = await Roles(part);
  return (
    <WorkPage frame={frameOf(work)} title={words.title} here="/me" error={tried !== null}>
      <div class="zn-head">
        <WhyNot place={place} tried={tried} />
        <Done place={place} done={work.query["done"]} />
        <h1>{words.title}</h1>
        {viewer.passwordDue && <p class="zn-regonce">{words.due}</p>}
      </div>
      <div class="zn-regcolumns">
        <div>
          {viewer.passwordDue && <Password {...part} />}
          <Notices {...part} />
          {rolesPart}
          <Sessions {...part} once={once} />
        </div>
        <div>
          <Profile {...part} />
          {!viewer.passwordDue && <Password {...part} />}
          <MailPart work={work} own={own} />
          <CalendarPart work={work} own={own} address={once?.kind === "calendar" ? once.address : null} />
          <SecondFactor {...part} once={once} />
        </div>
      </div>
    </WorkPage>
  );
};

export const showMe = (work: Work): Promise<WorkAnswer> => mePage(work);

export const saveProfile = (work: Work): Promise<WorkAnswer> => {
  const { form } = work;
  const texts = textsOf(form, "titleLevel", "degree", "email", "phone", "orcid", "language");
  const adminRank = form.get("adminRank") ?? "";
  return posting(
    work,
    updateProfile,
    { ...texts, adminRank: adminRank === "" ? null : adminRank },
    {
      act: "profile",
      to: "/me?done=profile",
      again: mePage,
    },
  );
};

export const savePassword = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    changePassword,
    { ...textsOf(work.form, "current", "next"), session: work.session },
    {
      act: "password",
      to: "/me?done=password",
      again: mePage,
    },
  );

export const beginFactor = async (work: Work): Promise<WorkAnswer> => {
  const answer = await attempt(work, beginSecondFactor, textsOf(work.form, "password"));
  if ("done" in answer) return mePage(work, null, { kind: "factor", ...answer.done });
  const { trouble } = answer;
  return { status: trouble.status, page: await mePage(work, { act: "begin", form: work.form, trouble }) };
};

export const confirmFactor = (work: Work): Promise<WorkAnswer> =>
  posting(work, confirmSecondFactor, textsOf(work.form, "code"), {
    act: "confirm",
    to: "/me?done=factor-on",
    again: mePage,
  });

export const removeFactor = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    removeSecondFactor,
    { ...textsOf(work.form, "password"), account: work.viewer.actor.account },
    { act: "remove", to: "/me?done=factor-off", again: mePage },
  );

export const makeToken = async (work: Work): Promise<WorkAnswer> => {
  const days = Number((work.form.get("days") ?? "").normalize("NFKC").trim());
  const answer = await attempt(work, createToken, { ...textsOf(work.form, "label"), days });
  if ("done" in answer) return mePage(work, null, { kind: "token", token: answer.done.token });
  const { trouble } = answer;
  return { status: trouble.status, page: await mePage(work, { act: "token", form: work.form, trouble }) };
};

export const stopSession = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    endOwnSession,
    { session: work.form.get("id") ?? "" },
    {
      act: "session",
      to: "/me?done=ended",
      again: mePage,
    },
  );

export const lendRole = (work: Work): Promise<WorkAnswer> =>
  posting(work, delegate, textsOf(work.form, "grant", "colleague", "until"), {
    act: "delegate",
    to: "/me?done=lent",
    again: mePage,
  });

export const stopLending = (work: Work): Promise<WorkAnswer> =>
  posting(work, endDelegation, textsOf(work.form, "grant"), {
    act: "lent",
    to: "/me?done=lent-ended",
    again: mePage,
  });

export const readNotices = async (work: Work): Promise<WorkAnswer> => {
  const notice = work.form.get("notice");
  await markRead(work.platform, work.viewer.actor.account, notice);
  return { to: `${work.place.home}/me?done=${notice === null ? "read" : "read-one"}#notices` };
};

export const saveMail = (work: Work): Promise<WorkAnswer> =>
  posting(work, setMail, textsOf(work.form, "pace"), {
    act: "mail",
    to: "/me?done=mail#mail",
    again: mePage,
  });

export const makeCalendar = async (work: Work): Promise<WorkAnswer> => {
  const answer = await attempt(work, openCalendar, {});
  if ("done" in answer) {
    const address = `${work.platform.site ?? ""}/calendar/${answer.done.token}.ics`;
    return mePage(work, null, { kind: "calendar", address });
  }
  const { trouble } = answer;
  return { status: trouble.status, page: await mePage(work, { act: "calendar", form: work.form, trouble }) };
};

export const dropCalendar = (work: Work): Promise<WorkAnswer> =>
  posting(
    work,
    closeCalendar,
    {},
    {
      act: "calendar",
      to: "/me?done=calendar-closed#calendar",
      again: mePage,
    },
  );
