import MailComposer from "nodemailer/lib/mail-composer";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Letter } from "./letter.ts";
import { type Mailer, NotTaken } from "./outbox.ts";

/** The mail server and the sender, as the environment gives them. */
export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly user: { readonly name: string; readonly password: string } | null;
  readonly from: { readonly name: string; readonly address: string };
  /** A certificate to trust beside those of the system, PEM. */
  readonly ca?: string;
};

/** What a letter says; the words are made elsewhere. */
export type Written = { readonly subject: string; readonly text: string; readonly html: string };

/** Milliseconds: to connect and be greeted, for each answer, and for everything (less than the lease of a letter). */
const patience = { connect: 10_000, answer: 20_000, whole: 120_000 } as const;

/** The same letter has the same Message-ID whenever it is tried; one sent anew on purpose has another. */
export const messageIdOf = ({ id, edition }: Pick<Letter, "id" | "edition">, from: string): string =>
  `<${id}${edition === 0 ? "" : `.${edition}`}@${from.slice(from.lastIndexOf("@") + 1)}>`;

/** One connection for each letter: what went wrong with one says nothing of the next. */
export const smtpMailer = (settings: SmtpSettings, write: (letter: Letter) => Written): Mailer => ({
  way: "SMTP",
  send: async (letter) => {
    const raw = await build(settings, letter, write(letter));
    await deliver(settings, letter.email, raw);
  },
});

/** A header has one line: whatever ends a line or directs writing is gone before the library encodes it. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]+/gu, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

const longestSubject = 120;
const shortened = (text: string): string => {
  const signs = Array.from(text);
  return signs.length > longestSubject ? `${signs.slice(0, longestSubject - 1).join("")}…` : text;
};

const build = ({ from }: SmtpSettings, letter: Letter, { subject, text, html }: Written): Promise<Buffer> =>
  new MailComposer({
    from: { name: oneLine(from.name), address: from.address },
    to: { name: oneLine(letter.name), address: oneLine(letter.email) },
    subject: shortened(oneLine(subject)),
    text,
    html,
    messageId: messageIdOf(letter, from.address),
    headers: {
      // RFC 3834: written by a machine; no holiday answers, please.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "List-Id": `<notices.${from.address.slice(from.address.lastIndexOf("@") + 1)}>`,
    },
    textEncoding: "base64",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();

type SmtpError = Error & {
  readonly response?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
};

/** Before the sender is named, and where the sender is refused, the fault is not the letter's: nobody's would be taken. */
const kindOf = ({ command, responseCode }: SmtpError): NotTaken["kind"] => {
  if (command === "MAIL FROM" || responseCode === 421) return "away";
  const aboutIt = command === "RCPT TO" || command === "DATA";
  return aboutIt && responseCode !== undefined && responseCode >= 500 && responseCode !== 503
    ? "never"
    : "later";
};

const deliver = ({ host, port, secure, user, from, ca }: SmtpSettings, to: string, raw: Buffer) =>
  new Promise<void>((resolve, reject) => {
    const connection = new SMTPConnection({
      host,
      port,
      secure,
      // A password never travels in the clear.
      requireTLS: !secure && user !== null,
      connectionTimeout: patience.connect,
      greetingTimeout: patience.connect,
      socketTimeout: patience.answer,
      dnsTimeout: patience.connect,
      logger: false,
      ...(ca === undefined ? {} : { tls: { ca } }),
    });
    let ready = false;
    const end = (error: SmtpError | null | undefined) => {
      clearTimeout(timer);
      if (error == null) {
        connection.quit();
        return resolve();
      }
      connection.close();
      // The server's own words where it said any; nothing of what was sent to it.
      reject(new NotTaken(ready ? kindOf(error) : "away", error.response ?? error.message));
    };
    const timer = setTimeout(() => end(new Error("the server took too long")), patience.whole);
    const send = () => {
      ready = true;
      connection.send({ from: from.address, to: [to], size: raw.length }, raw, (error) => end(error));
    };
    connection.on("error", end);
    connection.connect((error) => {
      if (error) return end(error);
      if (user === null) return send();
      return connection.login({ user: user.name, pass: user.password }, (refused) =>
        refused ? end(refused) : send(),
      );
    });
  });
