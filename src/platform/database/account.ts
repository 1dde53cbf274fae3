import { spawnSync } from "node:child_process";
import { DatabaseRefused } from "./refused.ts";

/** An OS user that the server runs as, because PostgreSQL refuses to run as root. */
export type Account = { readonly uid: number; readonly gid: number };

const name = "postgres";

/** The user `postgres` when root asks, made where it is missing; null for everybody else, who runs the server as themselves. */
export const serverAccount = (): Account | null => {
  if (process.getuid?.() !== 0) return null;
  const known = find();
  if (known) return known;
  // Debian's and Red Hat's tool first, then BusyBox's.
  const ways = [
    [
      "useradd",
      "--system",
      "--user-group",
      "--no-create-home",
      "--home-dir",
      "/nonexistent",
      "--shell",
      "/bin/false",
      name,
    ],
    ["adduser", "-S", "-D", "-H", "-h", "/nonexistent", "-s", "/bin/false", name],
  ] as const;
  for (const [command, ...rest] of ways) {
    spawnSync(command, rest, { stdio: "ignore" });
    const made = find();
    if (made) return made;
  }
  throw new DatabaseRefused("start", {
    zh: `PostgreSQL 不能以 root 身份运行，而系统用户 ${name} 无法建立。请建立该用户，或改用普通账户启动。`,
    en: `PostgreSQL does not run as root, and the system user ${name} could not be made. Make it, or start as an ordinary user.`,
  });
};

/** Whether the account can do `test` (-x, -w) to the path; the kernel answers, access lists included. */
export const reaches = (account: Account, target: string, test: "-x" | "-w"): boolean =>
  spawnSync("/bin/sh", ["-c", 'test "$0" "$1"', test, target], { ...account, cwd: "/", stdio: "ignore" })
    .status === 0;

const find = (): Account | null => {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
  return uid?.status === 0 && gid?.status === 0
    ? { uid: Number(uid.stdout.trim()), gid: Number(gid.stdout.trim()) }
    : null;
};
