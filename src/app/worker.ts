import { lineMailer, sendWaiting } from "../platform/outbox.ts";
import type { Platform } from "../platform/platform.ts";
import { sweep } from "../stages/acceptance/clock.ts";
import { handlers } from "../stages/acceptance/jobs.ts";

// No mail server yet: what would go out is told to the log.
const mailer = lineMailer((line) => console.log(line));

/** Milliseconds between two looks at what is due by the platform's clock. */
const pause = 20_000;

/**
 * Takes up the queues, and looks at once and every 20 s for what is due. Any number of processes may do so at the same time: each act
 * locks its application and looks again. `stop` waits for the sweep that is running; the queues end with the platform's jobs.
 */
export const startWorker = async (platform: Platform): Promise<() => Promise<void>> => {
  for (const [name, handle] of Object.entries(handlers))
    await platform.jobs.work(name, (payload) => handle(platform, payload));
  let running: Promise<void> | null = null;
  const look = () => {
    running ??= Promise.allSettled([sweep(platform), sendWaiting(platform, mailer)])
      .then((all) => {
        for (const one of all) if (one.status === "rejected") console.error(one.reason);
      })
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
