import { rename, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { startOf } from "../../core/calendar.ts";
import { type Role, roles } from "../../core/role.ts";
import type { Bilingual } from "../../core/policy/words.ts";
import { platformNow } from "../../platform/action.ts";
import { jsonText } from "../../platform/database/values.ts";
import { settlePast } from "../../platform/outbox.ts";
import { sequenceAll } from "../../platform/ledger/sequencer.ts";
import type { Platform } from "../../platform/platform.ts";
import { type DemonstrationData, readDemonstration } from "./data.ts";
import { fillRegisters, registerEverybody, registerWaiting } from "./people.ts";
import { openStage, passwordOf, setClock, type Stage } from "./stage.ts";
import { stepsOf } from "./timeline.ts";
import { markFinished, whilePlaying } from "./unfinished.ts";

export type ListedAccount = {
  readonly role: Role;
  readonly account: string;
  readonly password: string;
  readonly organization: string;
};
export type Playing = {
  /** Other data than that of the pack. */
  readonly given?: DemonstrationData;
  /** Stops between two acts; what was made so far is cleared away by the next start. */
  readonly signal?: AbortSignal;
};
type Say = (words: Bilingual) => void;

const day = 86_400_000;

/**
 * Makes the demonstration world through the ordinary acts, from some months before up to the instant at which the clock stands now,
 * where it stands again afterwards. Throws outside a demonstration and where the data is not new.
 */
export const playDemonstration = (
  platform: Platform,
  dataFolder: string,
  say: Say,
  { given, signal }: Playing = {},
): Promise<void> =>
  whilePlaying(platform, async () => {
    signal?.throwIfAborted();
    const until = await platformNow(platform.database.kysely);
    const { kysely } = platform.database;
    const open = await kysely
      .selectFrom("call")
      .select(["id", "policy", "policy_hash", "apply_open_on", "apply_close_on"])
      .where("funder", "=", platform.funder)
      .executeTakeFirstOrThrow();
    const data = given ?? (await readDemonstration(open.policy));
    const stage = openStage(platform, data, signal);
    const { closed } = data.calls;
    await setClock(platform, Math.min(until, startOf(closed.opens) - data.preparationDays * day), {
      back: true,
    });
    say({
      zh: "正在准备演示数据：登记单位和人员……",
      en: "Making the demonstration: institutions and people…",
    });
    await registerEverybody(stage);
    await fillRegisters(stage);
    const { id: before } = await kysely
      .insertInto("call")
      .values({
        funder: platform.funder,
        code: closed.code,
        policy: open.policy,
        policy_hash: open.policy_hash,
        title: jsonText(closed.title),
        apply_open_on: closed.opens,
        apply_close_on: closed.closes,
        recommend_close_on: closed.recommends,
        accept_close_on: closed.accepts,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    stage.calls.set("closed", before).set("open", open.id);
    say({ zh: "正在演示已截止的一批申报……", en: "Playing the call that has closed…" });
    await playCall(stage, "closed", closed, until);
    say({ zh: "正在演示当前的申报……", en: "Playing the present call…" });
    await playCall(stage, "open", { opens: open.apply_open_on, closes: open.apply_close_on }, until);
    await registerWaiting(stage);
    await setClock(platform, until);
    await sequenceAll(platform.database, platform.funder);
    await settlePast(platform);
    await writeAccounts(stage, dataFolder);
    await markFinished(platform);
    say({
      zh: `演示数据已就绪：${stage.players.size} 人，${stage.applications.size} 项申报。`,
      en: `The demonstration is ready: ${stage.players.size} people, ${stage.applications.size} applications.`,
    });
  });

const playCall = async (
  stage: Stage,
  call: "closed" | "open",
  dates: Parameters<typeof stepsOf>[2],
  until: number,
): Promise<void> => {
  for (const step of stepsOf(stage, call, dates, until)) {
    await setClock(stage.platform, step.at);
    try {
      await step.run();
    } catch (error) {
      if (stage.signal?.aborted === true) throw error;
      throw new Error(`the demonstration stopped at "${step.what}": ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
};

const fileOf = (dataFolder: string) => path.join(dataFolder, "accounts.json");

const writeAccounts = async ({ data, players, platform }: Stage, dataFolder: string): Promise<void> => {
  const accounts = data.listed.map(([role, login]): ListedAccount => ({
    role,
    account: login,
    password: passwordOf(platform.keys, login),
    organization: players.get(login)?.unitName ?? "",
  }));
  const file = fileOf(dataFolder);
  await writeFile(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
};

/** Prints one account of each role, the first of those that were told. */
export const announce = async (dataFolder: string): Promise<void> => {
  let accounts: readonly ListedAccount[];
  try {
    accounts = JSON.parse(await readFile(fileOf(dataFolder), "utf8")) as readonly ListedAccount[];
  } catch (error) {
    // Somebody has put the passwords away: nothing to tell.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const first = accounts.filter(
    (one, index) => accounts.findIndex(({ role }) => role === one.role) === index,
  );
  const rows = first.map(({ role, account, password, organization }) => [
    account,
    password,
    `${roles[role].title.zh} ${roles[role].title.en}`,
    organization,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  console.log(`\n演示账号（全部见 ${fileOf(dataFolder)}） · Demonstration accounts:`);
  for (const row of rows)
    console.log(
      `  ${row.map((text, column) => text + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text)))).join("  ")}`.trimEnd(),
    );
};

/** Columns on a terminal: a Chinese sign takes two. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((width, sign) => width + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
