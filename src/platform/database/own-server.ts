import { ask } from "./cluster.ts";
import { DatabaseRefused } from "./refused.ts";

const oldest = 15;

/** Checks a server of the operator's own: reachable, PostgreSQL 15 or newer, UTF-8. Throws DatabaseRefused without the password in its words. */
export const checkOwnServer = async (url: string): Promise<void> => {
  let told: Record<string, unknown> | undefined;
  try {
    [told] = await ask(
      url,
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as version, current_setting('server_encoding') as encoding",
    );
  } catch (cause) {
    const why =
      cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);
    throw new DatabaseRefused(
      "unreachable",
      {
        zh: `连接不上 DATABASE_URL 所指的数据库 ${shown(url)}：${why}。请检查地址、口令和网络；不设 DATABASE_URL 则使用内置的 PostgreSQL。`,
        en: `The database of DATABASE_URL, ${shown(url)}, cannot be reached: ${why}. Check address, password and network; without DATABASE_URL the embedded PostgreSQL is used.`,
      },
      { cause },
    );
  }
  const version = String(told?.["version"]);
  const encoding = String(told?.["encoding"]);
  if (Number(told?.["number"]) < oldest * 10_000)
    throw new DatabaseRefused("too old", {
      zh: `DATABASE_URL 所指的 PostgreSQL 是 ${version}，需要 ${oldest} 或更新版本。`,
      en: `The PostgreSQL of DATABASE_URL is ${version}; ${oldest} or newer is needed.`,
    });
  if (encoding !== "UTF8")
    throw new DatabaseRefused("encoding", {
      zh: `DATABASE_URL 所指的数据库编码是 ${encoding}，需要 UTF8：create database zhinan encoding 'UTF8' template template0`,
      en: `The database of DATABASE_URL is encoded in ${encoding}; it must be UTF8: create database zhinan encoding 'UTF8' template template0`,
    });
};

/** Host and name only: words end in logs. */
const shown = (url: string): string => {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return "(?)";
  }
};
