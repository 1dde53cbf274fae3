import process from "node:process";
import { instantOf } from "../core/calendar.ts";
import type { Bilingual } from "../core/policy/words.ts";
import { DatabaseRefused } from "../platform/database/refused.ts";
import { KeysRefused } from "../platform/keys.ts";
import { startSequencer } from "../platform/ledger/sequencer.ts";
import { loadPolicy, defaultPolicyId } from "../platform/policies.ts";
import { readConfig } from "./config.ts";
import { announce, playDemonstration } from "./demonstration/play.ts";
import { openPlatform } from "./open.ts";
import { buildServer } from "./web.ts";
import { mailerOf, startWorker } from "./worker.ts";

/** `npm start`: everything in one process; Ctrl-C stops what it started. */

const say = ({ zh, en }: Bilingual) => void process.stderr.write(`${zh}\n${en}\n`);

/** The clock of a demonstration whose instant nobody gave: ten days before the call closes, in the morning. */
const usualInstant = async (): Promise<number> => {
  const { programme } = await loadPolicy(await defaultPolicyId());
  return (instantOf(`${programme.windows.application.closes}T09:00:00+08:00`) ?? 0) - 10 * 86_400_000;
};

const main = async () => {
  const config = readConfig(process.env);
  const open = await openPlatform(
    process.env,
    config.demo ? (config.now ?? (await usualInstant())) : null,
    say,
  );
  const { platform } = open;
  const closing = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => closing.abort());
  if (open.fresh && platform.demo)
    try {
      await playDemonstration(platform, open.dataFolder, say, { signal: closing.signal });
    } catch (error) {
      await open.close();
      if (!closing.signal.aborted) throw error;
      process.exitCode = 130;
      return;
    }
  const clock = await open.clock();
  const app = await buildServer({ clock, demo: platform.demo, platform, log: true });
  const sequencer = startSequencer(platform.database, platform.funder, {
    signer: platform.keys.ledger,
    onError: (error) => app.log.error(error),
  });
  const stopWorker = await startWorker(platform, mailerOf(config));
  const close = async () => {
    await app.close();
    await stopWorker();
    await sequencer.stop();
    await open.close();
  };
  try {
    const address = await app.listen({ host: config.host, port: config.port });
    console.log(`指南已启动：${address}\nZhinan is running: ${address}/en`);
    if (platform.demo) await announce(open.dataFolder);
  } catch (error) {
    await close();
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    say({
      zh: `端口 ${config.port} 已被占用，请换一个：PORT=8081`,
      en: `Port ${config.port} is taken; choose another: PORT=8081`,
    });
    process.exitCode = 1;
    return;
  }
  if (closing.signal.aborted) await close();
  else closing.signal.addEventListener("abort", () => void close(), { once: true });
};

try {
  await main();
} catch (error) {
  if (error instanceof DatabaseRefused) say(error.words);
  else if (error instanceof KeysRefused) say(error.reason);
  else if (error instanceof RangeError) process.stderr.write(`${error.message}\n`);
  else throw error;
  process.exitCode = 2;
}
