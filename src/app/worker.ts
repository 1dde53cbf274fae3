import type { Mailer } from "../platform/outbox.ts";
import { sendWaiting } from "../platform/outbox.ts";
import { countMailer, lineMailer } from "../platform/mailers.ts";
import type { Platform } from "../platform/platform.ts";
import { smtpMailer } from "../platform/smtp.ts";
import { sweep } from "../stages/acceptance/clock.ts";
import { handlers } from "../stages/acceptance/jobs.ts";
import { handlers as applicationHandlers } from "../stages/application/jobs.ts";
import { fillSimilar } from "../stages/application/similar/fill.ts";
import { forgetImports } from "../stages/registration/import/store.ts";
import { newsTemplates, urgentTemplates } from "../ui/notice-paces.ts";
import { letterOf } from "../ui/notices-letter.tsx";
import type { Config } from "./config.ts";

/** The mail server of the environment; without one, what would go out is told to the log. */
export const mailerOf = ({ mail, site, demo }: Pick<Config, "mail" | "site" | "demo">): Mailer => {
  if (mail !== null) return smtpMailer(mail, (letter) => letterOf(letter, site));
  return (demo ? countMailer : lineMailer)((line) => console.log(line));
};

/** Milliseconds between two looks at what is due by the platform's clock. */
const pause = 20_000;

/** Runs now and every 20 s, never twice at the same time; `stop` waits for the run that is under way. */
const repeatedly = (run: () => Promise<unknown>): (() => Promise<void>) => {
  let running: Promise<void> | null = null;
  const look = () => {
    running ??= run()
      .then(
        () => undefined,
        (error: unknown) => console.error(error),
      )
      .finally(() => {
        running = null;
      });
  };
  look();
  const timer = setInterval(look, pause);
  return async () => {
    clearInterval(timer);
    await running;
  };
};

/**
 * Takes up the queues, and looks at once and every 20 s for what is due. Any number of processes may do so at the same time: each act
 * locks its application and looks again, each letter is claimed. A slow mail server holds up letters only. `stop` waits for what is
 * under way; the queues end with the platform's jobs.
 */
export const startWorker = async (
  platform: Platform,
  mailer: Mailer = countMailer((line) => console.log(line)),
): Promise<() => Promise<void>> => {
  for (const [name, handle] of Object.entries({ ...applicationHandlers, ...handlers }))
    await platform.jobs.work(name, (payload) => handle(platform, payload));
  // Once: what was filed before texts were compared.
  const filled = fillSimilar(platform).catch((error: unknown) => console.error(error));
  const closing = new AbortController();
  const paces = { urgent: urgentTemplates, news: newsTemplates };
  const stops = [
    repeatedly(() => sweep(platform)),
    repeatedly(() => forgetImports(platform)),
    repeatedly(() => sendWaiting(platform, mailer, { paces, signal: closing.signal })),
  ];
  return async () => {
    closing.abort();
    await Promise.all([filled, ...stops.map((stop) => stop())]);
  };
};
