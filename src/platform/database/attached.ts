import path from "node:path";
import process from "node:process";
import type { Bilingual } from "../../core/policy/words.ts";
import { Invalid, invalid } from "../errors.ts";
import { connect, type Database } from "./connect.ts";
import { migrate } from "./migrate.ts";
import { DatabaseRefused } from "./refused.ts";
import { openDatabase } from "./server.ts";

type Environment = Readonly<Record<string, string | undefined>>;
const given = (value: string | undefined): string | undefined => (value === "" ? undefined : value);

/** `ZHINAN_DATA`, else a folder inside the checkout that git ignores. Holds `db/ files/ keys/`. */
export const dataFolderOf = (environment: Environment = process.env): string =>
  path.resolve(given(environment["ZHINAN_DATA"]) ?? path.resolve(import.meta.dirname, "../../../.data"));

/** `ZHINAN_KEYS`, else `keys` in the data folder. */
export const keysFolderOf = (environment: Environment = process.env): string =>
  path.resolve(given(environment["ZHINAN_KEYS"]) ?? path.join(dataFolderOf(environment), "keys"));

/**
 * Work of a single command on the platform's database: the running one, else started for the command and stopped after it. Migrated.
 * The funder is the only one, or the one that ZHINAN_FUNDER names. Throws `Invalid` where there is no database to be had, or no funder.
 */
export const withDatabase = async <T>(
  work: (database: Database, funder: string) => Promise<T>,
): Promise<T> => {
  const say = ({ zh, en }: Bilingual) => void process.stderr.write(`${zh}\n${en}\n`);
  try {
    const open = await openDatabase({ dataFolder: dataFolderOf(), url: process.env["DATABASE_URL"], say });
    const database = connect(open.url, { max: 4, applicationName: "zhinan command" });
    try {
      await migrate(database);
      return await work(database, await funderOf(database));
    } finally {
      await database.close();
      await open.stop();
    }
  } catch (error) {
    if (error instanceof DatabaseRefused) throw new Invalid([{ place: "database", reason: error.words }]);
    throw error;
  }
};

const funderOf = async (database: Database): Promise<string> => {
  const rows = await database.kysely.selectFrom("funder").select("id").orderBy("id").execute();
  const named = given(process.env["ZHINAN_FUNDER"]);
  const found = named === undefined ? rows : rows.filter(({ id }) => id === named);
  const [one, other] = found;
  if (one === undefined && named === undefined)
    throw invalid(
      "database",
      "库里还没有基金，请先用 npm start 启动一次",
      "there is no funder in it yet; run npm start once",
    );
  if (one === undefined)
    throw invalid("ZHINAN_FUNDER", "库里没有这个基金", "there is no such funder in the database");
  if (other !== undefined)
    throw invalid(
      "ZHINAN_FUNDER",
      `库里有 ${rows.length} 个基金，请指明一个`,
      `the database holds ${rows.length} funders; name one`,
    );
  return one.id;
};
