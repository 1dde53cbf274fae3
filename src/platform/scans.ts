import { sql } from "kysely";
import type { ScanReading } from "../core/document/scan.ts";
import { Ended, openApart } from "./apart.ts";
import type { Database } from "./database/connect.ts";
import { jsonText } from "./database/values.ts";
import { Busy } from "./errors.ts";
import type { FileStore } from "./files.ts";
import type { ScanOrder } from "./scans/child.ts";

/** Reads scans: which code stands on which page. */
export type Scans = {
  /**
   * Of a file in the store, by its SHA-256 in hex; from the table where it was read before. `mime`: what the file is by its content.
   * Throws `Busy` where too many wait, and what the store throws where the file is not there. `patience`: milliseconds after which the
   * reading goes on and the asker is sent away with `Busy`, to come again.
   */
  readonly read: (file: string, mime: string, patience?: number) => Promise<ScanReading>;
  /** What was read before; null where nothing was. Opens nothing. */
  readonly known: (file: string) => Promise<ScanReading | null>;
  readonly close: () => Promise<void>;
};

/** Raised when the reader reads more than before. */
const reader = "pdfjs-6/zxing-3/1";
const waitingMost = 30;

const within = async <Value>(running: Promise<Value>, patience: number): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Busy()), patience);
  });
  // Whoever left does not hear how it ended.
  running.catch(() => undefined);
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
};

const bytesOf = async (files: FileStore, file: string): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  for await (const chunk of files.read(file) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

export const openScans = (
  {
    database: { kysely },
    funder,
    files,
  }: { readonly database: Database; readonly funder: string; readonly files: FileStore },
  { memory = 640, timeout = 60 }: { readonly memory?: number; readonly timeout?: number } = {},
): Scans => {
  const apart = openApart<ScanOrder, ScanReading>(new URL("scans/child.ts", import.meta.url), {
    processes: 1,
    recycleAfter: 20,
    timeout: timeout * 1_000,
    memory: memory * 1_048_576,
    waiting: 1,
  });
  const beingRead = new Map<string, Promise<ScanReading>>();
  // One file at a time stands in memory; the others wait as names.
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let closed = false;

  const known = async (file: string): Promise<ScanReading | null> => {
    const row = await kysely
      .selectFrom("scan_reading")
      .select("result")
      .where("funder", "=", funder)
      .where("file", "=", file)
      .where("read_by", "=", reader)
      // What took too long on a busy machine may be tried again.
      .where(
        sql<boolean>`(result->>'fault' is distinct from 'slow' or read_at > platform_now() - interval '10 minutes')`,
      )
      .executeTakeFirst();
    return row === undefined ? null : (row.result as ScanReading);
  };

  const keep = async (file: string, result: ScanReading): Promise<ScanReading> => {
    await kysely
      .insertInto("scan_reading")
      .values({ funder, file, read_by: reader, result: jsonText(result) })
      .onConflict((on) =>
        on.columns(["funder", "file"]).doUpdateSet({
          read_by: reader,
          result: jsonText(result),
          read_at: sql<string>`platform_now()`,
        }),
      )
      .execute();
    return result;
  };

  const look = async (file: string, mime: string): Promise<ScanReading> => {
    try {
      return await apart.ask({ bytes: await bytesOf(files, file), mime });
    } catch (error) {
      if (!(error instanceof Ended) || closed) throw error;
      // A process that died by itself ran out of what it was given.
      return { fault: error.by === "time" ? "slow" : "heavy" };
    }
  };

  const inTurn = async (file: string, mime: string): Promise<ScanReading> => {
    if (waiting >= waitingMost) throw new Busy();
    waiting += 1;
    const turn = last.then(() => look(file, mime)).finally(() => (waiting -= 1));
    last = turn.catch(() => undefined);
    return keep(file, await turn);
  };

  return {
    known,
    read: async (file, mime, patience) => {
      const before = await known(file);
      if (before !== null) return before;
      const running = beingRead.get(file) ?? inTurn(file, mime).finally(() => beingRead.delete(file));
      beingRead.set(file, running);
      return patience === undefined ? running : within(running, patience);
    },
    close: () => {
      closed = true;
      return apart.close();
    },
  };
};
