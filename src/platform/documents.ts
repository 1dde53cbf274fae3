import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { DocumentKind } from "../core/document/kind.ts";
import { openApart, type Lane } from "./apart.ts";
import type { Database } from "./database/connect.ts";
import type { TypstAnswer, TypstOrder } from "./documents/typst.ts";
import type { FileStore } from "./files.ts";

/** A paper drawn from the data by a template of a policy pack: `policies/<policy>/documents/<kind>.typ`. */
export type DocumentOrder = {
  readonly policy: string;
  readonly kind: DocumentKind;
  /** Stands, with a square code, on every page; null for papers that do not come back. */
  readonly code: string | null;
  /** What the template reads: JSON, in the shape that its head describes. */
  readonly data: unknown;
  /** When what it says became so, milliseconds since 1970 UTC: the same order gives the same bytes. */
  readonly at: number;
  /** The application it speaks of, so that its copies can be destroyed with it; null where it speaks of none. */
  readonly application: string | null;
};

/** `sha256` names it in the file store; `size` in bytes. */
export type MadeDocument = { readonly sha256: string; readonly size: number; readonly pages: number };

export type Drawn = { readonly bytes: Uint8Array; readonly pages: number };

export type Documents = {
  /** From the cache, or drawn now: PDF/A-2a. Throws `Busy` where too many wait. */
  readonly make: (order: DocumentOrder, lane?: Lane) => Promise<MadeDocument>;
  /** Drawn and not kept: for what nobody may find again, and what speaks of many applications. */
  readonly drawn: (order: DocumentOrder, lane?: Lane) => Promise<Drawn>;
  /** The same paper as the body of a web page; no PDF is made. */
  readonly preview: (order: DocumentOrder) => Promise<string>;
  readonly close: () => Promise<void>;
};

const policies = path.resolve(import.meta.dirname, "../../policies");
/** Raised when a change of ours draws the same template and data differently. */
const drawnBy = "typst-0.14.2/1";
const largest = 64 * 1_048_576;

const readSources = async (policy: string): Promise<readonly string[]> => {
  const folders = ["_documents", `${policy}/documents`].map((one) => path.join(policies, one));
  const parts: string[] = [];
  for (const folder of folders)
    for (const name of (await readdir(folder)).sort())
      parts.push(name, await readFile(path.join(folder, name), "utf8"));
  return parts;
};

export const openDocuments = (
  {
    database,
    funder,
    files,
  }: { readonly database: Database; readonly funder: string; readonly files: FileStore },
  { fonts, processes = 1 }: { readonly fonts: readonly string[]; readonly processes?: number },
): Documents => {
  const apart = openApart<TypstOrder, TypstAnswer>(new URL("documents/typst-process.ts", import.meta.url), {
    processes,
    recycleAfter: 30,
    timeout: 60_000,
    memory: 1_500 * 1_048_576,
    waiting: 500,
  });
  const sources = new Map<string, Promise<readonly string[]>>();
  const beingMade = new Map<string, Promise<MadeDocument>>();

  const sourcesOf = (policy: string) => {
    const known = sources.get(policy) ?? readSources(policy);
    sources.set(policy, known);
    return known;
  };

  const keyOf = async ({ policy, kind, code, data, at }: DocumentOrder): Promise<string> =>
    createHash("sha256")
      .update(JSON.stringify([drawnBy, fonts, await sourcesOf(policy), kind, code, data, at]))
      .digest("hex");

  const orderOf = (as: TypstOrder["as"], { policy, kind, code, data, at }: DocumentOrder): TypstOrder => ({
    as,
    workspace: policies,
    fonts,
    template: `${policy}/documents/${kind}.typ`,
    data: JSON.stringify(data),
    code,
    kind,
    at,
  });

  const drawn = async (order: DocumentOrder, lane: Lane = "person"): Promise<Drawn> => {
    const answer = await apart.ask(orderOf("pdf", order), lane);
    if (!("bytes" in answer)) throw new TypeError("a page came back where a paper was asked for");
    return answer;
  };

  const draw = async (key: string, order: DocumentOrder, lane: Lane): Promise<MadeDocument> => {
    const answer = await drawn(order, lane);
    const { sha256, size, mime } = await files.put(Readable.from([Buffer.from(answer.bytes)]), largest);
    const { kysely } = database;
    await kysely
      .insertInto("stored_file")
      .values({ funder, sha256, size, mime })
      .onConflict((on) => on.columns(["funder", "sha256"]).doNothing())
      .execute();
    await kysely
      .insertInto("document")
      .values({
        funder,
        key,
        kind: order.kind,
        application: order.application,
        file: sha256,
        pages: answer.pages,
      })
      .onConflict((on) => on.columns(["funder", "key"]).doNothing())
      .execute();
    return { sha256, size, pages: answer.pages };
  };

  const cached = async (key: string): Promise<MadeDocument | null> => {
    const row = await database.kysely
      .selectFrom("document")
      .innerJoin("stored_file", (on) =>
        on
          .onRef("stored_file.funder", "=", "document.funder")
          .onRef("stored_file.sha256", "=", "document.file"),
      )
      .select(["document.file", "document.pages", "stored_file.size"])
      .where("document.funder", "=", funder)
      .where("document.key", "=", key)
      .where("stored_file.purged_at", "is", null)
      .executeTakeFirst();
    return row === undefined ? null : { sha256: row.file, size: row.size, pages: row.pages };
  };

  return {
    make: async (order, lane = "person") => {
      const key = await keyOf(order);
      const known = await cached(key);
      if (known !== null) return known;
      // Two who ask at once wait for the same sheet.
      const running = beingMade.get(key) ?? draw(key, order, lane).finally(() => beingMade.delete(key));
      beingMade.set(key, running);
      return running;
    },
    drawn,
    preview: async (order) => {
      const answer = await apart.ask(orderOf("html", order));
      if (!("html" in answer)) throw new TypeError("a paper came back where a page was asked for");
      return answer.html;
    },
    close: apart.close,
  };
};
