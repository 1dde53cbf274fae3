import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive, pause } from "./cluster.ts";

/** Processes that share a data folder: one at a time opens or closes it; the last one out stops the server. */

/** Runs `work` while no other process does; waits for it, and takes over from one that died. */
export const inTurn = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  const lock = path.join(folder, "opening");
  for (let waited = 0; ; waited += 50) {
    try {
      writeFileSync(lock, mark(process.pid), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      // An empty file is being written just now, or by one that died at it.
      if (!isHeld(lock, waited < 2_000)) rmSync(lock, { force: true });
      else await pause(50);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
};

/** Notes that this process uses the server. */
export const enter = (folder: string): void =>
  writeFileSync(path.join(folder, String(process.pid)), mark(process.pid), { mode: 0o600 });

/** Takes the note back; whether nobody is left. */
export const leave = (folder: string): boolean => {
  rmSync(path.join(folder, String(process.pid)), { force: true });
  const others = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  return others.filter((name) => isHeld(path.join(folder, name), false)).length === 0;
};

/** Makes the folder of these notes. */
export const turnsFolder = (dataFolder: string): string => {
  const folder = path.join(dataFolder, "run");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
};

const isHeld = (file: string, whenEmpty: boolean): boolean => {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return false;
  }
  const pid = Number(text.split(" ")[0]);
  return text === "" ? whenEmpty : isAlive(pid) && mark(pid) === text;
};

/** A process id and, where the system tells, when it began: numbers are given again. */
const mark = (pid: number): string => {
  try {
    // Field 22 of /proc/<pid>/stat; the name before it may hold blanks.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return String(pid);
  }
};
