import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

/** Files are written beside their place, flushed, then renamed: whoever looks sees the old file or the whole new one. */

const suffix = ".unfinished";
export const isUnfinished = (name: string): boolean => name.endsWith(suffix);

export type Aside = {
  readonly write: (bytes: Uint8Array) => void;
  /** Puts the file in its place. */
  readonly finish: () => void;
  /** Takes back what was written. */
  readonly abandon: () => void;
};

/** Throws what the file system says (ENOSPC, EACCES, EFBIG); the place then holds what it held. */
export const writeAside = (file: string): Aside => {
  const beside = `${file}${suffix}`;
  const descriptor = openSync(beside, "w", 0o644);
  let open = true;
  const close = () => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return {
    write: (bytes) => {
      for (let at = 0; at < bytes.length;)
        at += writeSync(descriptor, bytes, at, Math.min(bytes.length - at, 2 ** 26));
    },
    finish: () => {
      fsyncSync(descriptor);
      close();
      renameSync(beside, file);
      flushFolder(path.dirname(file));
    },
    abandon: () => {
      close();
      rmSync(beside, { force: true });
    },
  };
};

/** Writes a whole file aside; on any fault nothing of it stays. */
export const writeWhole = (file: string, parts: readonly Uint8Array[]): void => {
  const aside = writeAside(file);
  try {
    for (const part of parts) aside.write(part);
    aside.finish();
  } catch (error) {
    aside.abandon();
    throw error;
  }
};

const flushFolder = (folder: string): void => {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Some file systems cannot flush a folder; the rename itself is whole all the same.
    if ((error as NodeJS.ErrnoException).code !== "EINVAL") throw error;
  } finally {
    closeSync(descriptor);
  }
};
