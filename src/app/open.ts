import path from "node:path";
import type { Bilingual } from "../core/policy/words.ts";
import { platformNow } from "../platform/action.ts";
import { connect } from "../platform/database/connect.ts";
import { dataFolderOf, keysFolderOf } from "../platform/database/attached.ts";
import { migrate } from "../platform/database/migrate.ts";
import { openDatabase } from "../platform/database/server.ts";
import { openDocuments } from "../platform/documents.ts";
import { fontFiles } from "../platform/documents/fonts.ts";
import { openFiles } from "../platform/files.ts";
import { openJobs } from "../platform/jobs.ts";
import { loadKeys } from "../platform/keys.ts";
import { loadPolicy, policyIds } from "../platform/policies.ts";
import type { Platform } from "../platform/platform.ts";
import { openScans } from "../platform/scans.ts";
import { softwareSeals } from "../platform/seals.ts";
import { openTexts } from "../platform/texts.ts";
import { openWordTexts } from "../platform/word-text.ts";
import { openWorkbooks } from "../platform/workbooks.ts";
import { clearUnfinished } from "./demonstration/unfinished.ts";
import { readConfig } from "./config.ts";
import { prepareFunder, theFunder } from "./prepare.ts";
import { queues } from "./queues.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export type OpenPlatform = {
  readonly platform: Platform;
  readonly dataFolder: string;
  /** The database's clock as a function of this machine's, for public pages; decisions ask the database. */
  readonly clock: () => Promise<() => number>;
  /** The data folder was made just now: a demonstration world is still to be played into it. */
  readonly fresh: boolean;
  readonly close: () => Promise<void>;
};

/**
 * A demonstration unless ZHINAN_MODE=production. Opens the database, runs the migrations, fixes the clock where the data is new,
 * loads keys and packs. Throws DatabaseRefused and KeysRefused, whose words say what to do.
 */
export const openPlatform = async (
  environment: Environment,
  now: number | null,
  say: (words: Bilingual) => void,
): Promise<OpenPlatform> => {
  const demo = environment["ZHINAN_MODE"] !== "production";
  const dataFolder = dataFolderOf(environment);
  // Without keys nothing else is worth starting.
  const keys = loadKeys(keysFolderOf(environment), { demo });
  const server = await openDatabase({ dataFolder, url: environment["DATABASE_URL"], say });
  const database = connect(server.url, { max: 20 });
  try {
    await migrate(database);
    const policies = await Promise.all((await policyIds()).map((id) => loadPolicy(id)));
    if (demo && (await clearUnfinished(database, theFunder)))
      say({
        zh: "上次的演示数据没有做完，重新准备。",
        en: "The demonstration was interrupted last time; making it anew.",
      });
    const { funder, fresh } = await prepareFunder(database, policies, { demo, now });
    const files = await openFiles(path.join(dataFolder, "files"));
    const documents = openDocuments({ database, funder, files }, { fonts: fontFiles(environment) });
    const scans = openScans({ database, funder, files });
    const workbooks = openWorkbooks(files);
    const wordTexts = openWordTexts();
    const texts = openTexts(files);
    const jobs = await openJobs(database, queues);
    const seals = keys.seal === null ? null : softwareSeals(keys.seal);
    return {
      platform: {
        database,
        funder,
        keys,
        files,
        documents,
        workbooks,
        wordTexts,
        scans,
        texts,
        jobs,
        seals,
        policies,
        demo,
        site: readConfig(environment).site,
      },
      dataFolder,
      clock: async () => {
        const from = await platformNow(database.kysely);
        const measured = performance.now();
        return () => from + performance.now() - measured;
      },
      fresh,
      close: async () => {
        await jobs.stop();
        await documents.close();
        await workbooks.close();
        await wordTexts.close();
        await scans.close();
        await texts.close();
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await database.close();
    await server.stop();
    throw error;
  }
};
