import { closeSync, linkSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import process from "node:process";
import { invalid } from "../errors.ts";

/** One writer at a time: the file names the process that writes. Readers need no lock. */

const nameOf = (folder: string) => path.join(folder, "writer.lock");

const alive = (id: number): boolean => {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

/** The holder, or null where there is none any more: a process of this machine that has ended. */
const holderOf = (file: string): string | null => {
  let words: string;
  try {
    words = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  const [host = "", id = ""] = words.trim().split(" ");
  if (host !== hostname() || !/^\d+$/.test(id)) return words.trim() || "?";
  return alive(Number(id)) ? words.trim() : null;
};

/** Throws `Invalid` while another process writes; gives back what ends the lock. */
export const lockForWriting = (folder: string): (() => void) => {
  const file = nameOf(folder);
  const mine = `${file}.${process.pid}`;
  const descriptor = openSync(mine, "w");
  writeSync(descriptor, `${hostname()} ${process.pid}\n`);
  closeSync(descriptor);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        // A link is made whole or not at all: two that try at once cannot both hold it.
        linkSync(mine, file);
        return () => rmSync(file, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = holderOf(file);
      if (holder !== null)
        throw invalid(
          folder,
          `另一个进程正在写入此索引（${holder}），请等它结束`,
          `another process is writing to this index (${holder}); wait until it has ended`,
        );
      rmSync(file, { force: true });
    }
    throw invalid(folder, "此索引正被写入，请稍后再试", "this index is being written to; try again");
  } finally {
    rmSync(mine, { force: true });
  }
};
