import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileTypeFromFile } from "file-type";

/** A file as it was received: named by its content. `size` in bytes; `mime` by content, never by name. */
export type StoredFile = { readonly sha256: string; readonly size: number; readonly mime: string };

export type FileStore = {
  /** Streams to disk; throws `FileTooLarge` as soon as the limit is crossed, and keeps nothing. */
  readonly put: (source: Readable, limit: number) => Promise<StoredFile>;
  readonly read: (sha256: string) => Readable;
  /** False where the store was restored from an older copy than the database. */
  readonly has: (sha256: string) => Promise<boolean>;
  readonly remove: (sha256: string) => Promise<void>;
};

export class FileTooLarge extends Error {
  readonly limit: number;
  constructor(limit: number) {
    super(`larger than ${limit} bytes`);
    this.name = "FileTooLarge";
    this.limit = limit;
  }
}

/** Content-addressed files in a folder: `ab/cdef…`, written aside and renamed, so that a half file is never there. */
export const openFiles = async (folder: string): Promise<FileStore> => {
  const aside = path.join(folder, "incoming");
  await mkdir(aside, { recursive: true });
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError("not the name of a file");
    return path.join(folder, sha256.slice(0, 2), sha256.slice(2));
  };
  return {
    put: async (source, limit) => {
      const temporary = path.join(aside, randomUUID());
      const hash = createHash("sha256");
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          if (size > limit) return done(new FileTooLarge(limit));
          hash.update(chunk);
          return done(null, chunk);
        },
      });
      try {
        await pipeline(source, measure, createWriteStream(temporary, { flags: "wx" }));
        const mime = (await fileTypeFromFile(temporary))?.mime ?? "application/octet-stream";
        const sha256 = hash.digest("hex");
        const handle = await open(temporary, "r+");
        await handle.sync().finally(() => handle.close());
        const target = pathOf(sha256);
        await mkdir(path.dirname(target), { recursive: true });
        await rename(temporary, target);
        return { sha256, size, mime };
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    read: (sha256) => createReadStream(pathOf(sha256)),
    has: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  };
};
