import { Form } from "../../ui/form.tsx";
import { Page, Wrap } from "../../ui/page.tsx";
import type { Place } from "../../ui/place.ts";
import { Refused } from "../../platform/errors.ts";
import type { Door, DoorAnswer } from "./desk.ts";
import { troubleOf } from "./desk.ts";
import { Button, fieldsOf, type Tried, WhyNot } from "./pieces.tsx";
import { endSession } from "./sessions.ts";
import { Paused, signIn } from "./sign-in.ts";
import { wordsFor } from "./words.ts";

/** Only an address of our own, and not one that would sign out again. */
export const ownNext = (next: string, home: string): string => {
  const base = "http://own.invalid";
  const otherwise = `${home}/work`;
  if (!/^\/(?![/\\])/.test(next) || !URL.canParse(next, base)) return otherwise;
  const url = new URL(next, base);
  if (url.origin !== base || /^(?:\/en)?\/sign-(?:in|out)(?:\/|$)/.test(url.pathname)) return otherwise;
  return url.pathname + url.search;
};

const SignInPage = ({
  place,
  next,
  tried,
  ended,
}: {
  place: Place;
  next: string;
  tried: Tried | null;
  ended: boolean;
}) => {
  const words = wordsFor(place).signIn;
  const field = fieldsOf(place, "sign-in", tried);
  return (
    <Page place={place} title={words.title}>
      <Wrap>
        <link rel="stylesheet" href={place.assets.workCss} />
        <div class="zn-head zn-regentrance">
          <WhyNot place={place} tried={tried} />
          {ended && (
            <p class="zn-regdone" role="status">
              {words.ended}
            </p>
          )}
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
          <Form action={`${place.home}/sign-in`} csrf="" hidden={{ next }}>
            {field.line("account", words.account, { auto: "username" })}
            {field.line("password", words.password, { type: "password", auto: "current-password" })}
            {field.line("code", words.code, { hint: words.codeHint, numeric: true, auto: "one-time-code" })}
            <Button>{words.act}</Button>
          </Form>
          <p>
            <a class="govuk-link" href={`${place.home}/register`}>
              {words.register}
            </a>
          </p>
          <p>{words.lost}</p>
        </div>
      </Wrap>
    </Page>
  );
};

export const showSignIn = async ({ place, query, viewer }: Door): Promise<DoorAnswer> => {
  const next = ownNext(query["next"] ?? "", place.home);
  if (viewer !== null) return { to: viewer.passwordDue ? `${place.home}/me` : next };
  return <SignInPage place={place} next={next} tried={null} ended={query["ended"] === "1"} />;
};

export const doSignIn = async (door: Door): Promise<DoorAnswer> => {
  const { platform, place, form, address, session } = door;
  const next = ownNext(form.get("next") ?? "", place.home);
  try {
    const opened = await signIn(platform, {
      account: form.get("account") ?? "",
      password: form.get("password") ?? "",
      code: form.get("code") ?? "",
      address,
    });
    // What the browser brought along ends: nobody goes on in a session that another began.
    if (session !== null) await endSession(platform.database.kysely, platform.funder, session);
    return { to: opened.passwordDue ? `${place.home}/me` : next, token: opened.token };
  } catch (error) {
    const trouble = error instanceof Refused ? troubleOf(error) : null;
    if (trouble === null) throw error;
    form.delete("code");
    return {
      status: error instanceof Paused ? 429 : trouble.status,
      page: <SignInPage place={place} next={next} tried={{ act: "sign-in", form, trouble }} ended={false} />,
    };
  }
};

/** A post from another site was refused by its origin before; the browser forgets its cookie on the way out. */
export const doSignOut = async ({ platform, place, session }: Door): Promise<DoorAnswer> => {
  if (session !== null) await endSession(platform.database.kysely, platform.funder, session);
  return { to: `${place.home}/sign-in?ended=1`, token: null };
};
