import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive } from "./cluster.ts";

/** The server that runs on a data folder, as its `postmaster.pid` tells. */
export type Running = { readonly pid: number; readonly port: number };

/** The server of this data folder, or null: none, a stale file, or a number that meanwhile belongs to another program. */
export const runningServer = (folder: string): Running | null => {
  const lines = pidFile(folder);
  if (lines === null) return null;
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && isServerOf(pid, folder)
    ? { pid, port: Number(lines[3]) }
    : null;
};

/**
 * After a crash or a restart of the machine the file may name a process that has nothing to do with us; PostgreSQL would
 * refuse to start. With our own number there (a parent of the server to come) it knows the file as stale, and still uses it to see
 * that no process of the old server is left.
 */
export const disarmStaleFile = (folder: string): void => {
  const lines = pidFile(folder);
  if (lines === null || runningServer(folder) !== null || !isAlive(Number(lines[0]))) return;
  writeFileSync(path.join(folder, "postmaster.pid"), [String(process.pid), ...lines.slice(1)].join("\n"));
};

const pidFile = (folder: string): readonly string[] | null => {
  const file = path.join(folder, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : null;
};

/** Whether the process is a PostgreSQL started on this folder: its command line names both. */
const isServerOf = (pid: number, folder: string): boolean => {
  const command = commandOf(pid);
  return command === null || (command.includes("postgres") && command.includes(folder));
};

/** Null where the system does not say. */
const commandOf = (pid: number): string | null => {
  if (process.platform === "win32") return null;
  if (existsSync("/proc/self/cmdline")) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }
  const told = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return told.status === 0 ? told.stdout : "";
};
