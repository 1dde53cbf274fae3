import { ownFaults } from "../../platform/outbox.ts";
import { Choices } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import type { Place } from "../../ui/place.ts";
import type { Work } from "./desk.ts";
import { mailPaces } from "./outbox.ts";
import { outboxWordsFor } from "./outbox-words.ts";
import type { Own } from "./own.ts";
import { Button, frameOf, momentOf } from "./pieces.tsx";

/** Whether a notice of one's own went out by mail. */
export const mailedOf = (place: Place, { sentAt, way, stoppedAt, fault }: Own["notices"][number]): string => {
  const words = outboxWordsFor(place).mine;
  if (way === "LOG") return words.logged;
  if (sentAt !== null) return words.sent(momentOf(sentAt));
  if (stoppedAt === null) return words.waiting;
  return fault === ownFaults.noAddress ? words.noAddress : words.stopped;
};

type Part = { readonly work: Work; readonly own: Own };

/** Which notices leave at once. */
export const MailPart = ({ work, own: { about } }: Part) => {
  const { place } = work;
  const words = outboxWordsFor(place).mine;
  return (
    <section id="mail">
      <h2>{words.title}</h2>
      {about.email === "" && (
        <p>
          <a class="govuk-link" href="#profile-email">
            {words.noEmail}
          </a>
        </p>
      )}
      <p class="govuk-hint">{words.lead}</p>
      <Form action={`${place.home}/me/mail`} csrf={frameOf(work).csrf}>
        <Choices
          id="mail-pace"
          name="pace"
          kind="radio"
          label={words.pace}
          hint={words.paceHint}
          values={[about.mailPace]}
          options={mailPaces.map((one) => ({ value: one, text: words.paces[one] }))}
        />
        <Button kind="secondary">{words.save}</Button>
      </Form>
    </section>
  );
};

/** The calendar's secret address; `address` right after it was made, and never again. */
export const CalendarPart = ({ work, own: { calendar }, address }: Part & { address: string | null }) => {
  const { place } = work;
  const words = outboxWordsFor(place).calendar;
  const { csrf } = frameOf(work);
  return (
    <section id="calendar">
      <h2>{words.title}</h2>
      <p class="govuk-hint">{words.lead}</p>
      {address !== null && (
        <div class="zn-regonce" role="status">
          <p>{words.once}</p>
          <code class="zn-regsecret">{address}</code>
        </div>
      )}
      <p>
        {calendar === null
          ? words.none
          : words.made(momentOf(calendar.madeAt)) +
            (calendar.readAt === null ? words.unread : words.read(momentOf(calendar.readAt)))}
      </p>
      <Form action={`${place.home}/me/calendar`} csrf={csrf}>
        {calendar !== null && <p class="govuk-hint">{words.renewHint}</p>}
        <Button kind="secondary">{calendar === null ? words.open : words.renew}</Button>
      </Form>
      {calendar !== null && (
        <Form action={`${place.home}/me/calendar/remove`} csrf={csrf}>
          <button class="zn-linklike">{words.close}</button>
        </Form>
      )}
    </section>
  );
};
