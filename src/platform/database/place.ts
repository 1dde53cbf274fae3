import { createHash, randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reaches, serverAccount, type Account } from "./account.ts";
import { DatabaseRefused } from "./refused.ts";

/** Where the embedded server keeps its data, and as whom it runs. */
export type Place = { readonly folder: string; readonly account: Account | null };

/**
 * `db` in the data folder. Where the server's OS user cannot reach that (root's own folders): a folder of the same name for
 * ever, made from the data folder's path, in /var/lib or /srv.
 */
export const placeOf = (dataFolder: string): Place => {
  const inside = path.join(dataFolder, "db");
  const owner = existsSync(path.join(inside, "PG_VERSION")) ? statSync(inside) : null;
  if (process.getuid?.() !== 0) {
    if (owner && process.getuid && owner.uid !== process.getuid()) throw foreign(inside);
    mkdirSync(inside, { recursive: true, mode: 0o700 });
    return { folder: inside, account: null };
  }
  // Data that an ordinary user made go on under that user.
  const account = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : serverAccount()!;
  if (owner) {
    if (!reaches(account, inside, "-w")) throw unreachable(inside);
    return { folder: inside, account };
  }
  const name = `zhinan-${createHash("sha256").update(dataFolder).digest("hex").slice(0, 12)}`;
  // Folders of root alone: elsewhere somebody could have laid a link of this name, or a restart would empty it.
  const outside = ["/var/lib", "/srv"].map((parent) => path.join(parent, name, "db"));
  const used = outside.find((folder) => existsSync(path.join(folder, "PG_VERSION")));
  if (used !== undefined) return { folder: used, account };
  for (const folder of [inside, ...outside]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch {
      continue;
    }
    for (const one of folder === inside ? [folder] : [path.dirname(folder), folder])
      chownSync(one, account.uid, account.gid);
    if (reaches(account, folder, "-w")) return { folder, account };
    rmdirSync(folder);
  }
  throw unreachable(inside);
};

/** The password of the server and the port it had last, in `keys/` (mode 0600), made at the first start. */
export type Secret = { readonly password: string; readonly port: number };

export const readSecret = (dataFolder: string, hasData: boolean): Secret => {
  const file = secretFile(dataFolder);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Secret;
  if (hasData)
    throw new DatabaseRefused("folder", {
      zh: `数据库已有数据，但缺少它的口令文件 ${file}。请从备份恢复 keys 目录。`,
      en: `The database has data, but the file with its password is missing: ${file}. Restore the folder keys from the backup.`,
    });
  return { password: randomBytes(24).toString("base64url"), port: 0 };
};

export const keepSecret = (dataFolder: string, secret: Secret): void => {
  mkdirSync(path.join(dataFolder, "keys"), { recursive: true, mode: 0o700 });
  writeFileSync(secretFile(dataFolder), `${JSON.stringify(secret)}\n`, { mode: 0o600 });
};

const secretFile = (dataFolder: string): string => path.join(dataFolder, "keys", "database.json");

const unreachable = (folder: string): DatabaseRefused =>
  new DatabaseRefused("folder", {
    zh: `数据库的系统用户进不了 ${folder}。请放开上级目录的执行权限（chmod o+x），或用 ZHINAN_DATA 指定别的目录。`,
    en: `The OS user of the database does not reach ${folder}. Let it pass the folders above (chmod o+x), or name another folder in ZHINAN_DATA.`,
  });

const foreign = (folder: string): DatabaseRefused =>
  new DatabaseRefused("folder", {
    zh: `${folder} 属于另一个系统用户。请用建立它的用户启动，或用 ZHINAN_DATA 指定别的目录。`,
    en: `${folder} belongs to another OS user. Start as the user who made it, or name another folder in ZHINAN_DATA.`,
  });
