import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { DocumentKind } from "../core/document/kind.ts";
import { openApart, type Lane } from "./apart.ts";
import type { Database } from "./database/connect.ts";
import { documentCache, type MadeDocument } from "./documents/cache.ts";
import { fontPrint } from "./documents/fonts.ts";
import type { TypstAnswer, TypstOrder } from "./documents/typst.ts";
import { refused } from "./errors.ts";
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

export type { MadeDocument } from "./documents/cache.ts";

export type Drawn = { readonly bytes: Uint8Array; readonly pages: number };

export type Documents = {
  /**
   * From the cache, or drawn now: PDF/A-2a. Throws `Busy` where too many wait, `Refused` where there is no font, and `Failed`, naming file,
   * line and column, where the template is wrong. A character that no font draws stands in it as 〔U+2XXXX〕.
   */
  readonly make: (order: DocumentOrder, lane?: Lane) => Promise<MadeDocument>;
  /** From the cache alone: null where it was not drawn yet. Waits for nothing, so it may be asked inside a transaction. */
  readonly known: (order: DocumentOrder) => Promise<MadeDocument | null>;
  /** Drawn and not kept: for what nobody may find again, and what speaks of many applications. */
  readonly drawn: (order: DocumentOrder, lane?: Lane) => Promise<Drawn>;
  /** The same paper as the body of a web page; no PDF is made. */
  readonly preview: (order: DocumentOrder) => Promise<string>;
  readonly close: () => Promise<void>;
};

export type DocumentOptions = {
  /** Font files; src/platform/documents/fonts.ts finds them. */
  readonly fonts: readonly string[];
  readonly processes?: number;
  /** Orders after which a process is replaced. */
  readonly recycleAfter?: number;
  /** Folder of the packs. */
  readonly workspace?: string;
};

/** Raised when a change of ours draws the same template and data differently. */
const drawnBy = "typst-0.14.2/2";

const readSources = async (workspace: string, policy: string): Promise<readonly string[]> => {
  const folders = ["_documents", `${policy}/documents`].map((one) => path.join(workspace, one));
  const parts: string[] = [];
  for (const folder of folders)
    for (const name of (await readdir(folder)).sort())
      parts.push(name, await readFile(path.join(folder, name), "utf8"));
  return parts;
};

const told = (unknown: readonly number[]) =>
  unknown.map((one) => `U+${one.toString(16).toUpperCase().padStart(4, "0")}`).join(" ");

export const openDocuments = (
  {
    database,
    funder,
    files,
  }: { readonly database: Database; readonly funder: string; readonly files: FileStore },
  {
    fonts,
    processes = 1,
    recycleAfter = 30,
    workspace = path.resolve(import.meta.dirname, "../../policies"),
  }: DocumentOptions,
): Documents => {
  const apart = openApart<TypstOrder, TypstAnswer>(new URL("documents/typst-process.ts", import.meta.url), {
    processes,
    recycleAfter,
    timeout: 60_000,
    memory: 1_500 * 1_048_576,
    // Who waits longer than a minute is cut off by the server and would have waited for nothing; half a second each on a busy machine.
    waiting: 120,
    environment: {
      FONTCONFIG_FILE: path.join(import.meta.dirname, "documents", "no-system-fonts.xml"),
    },
  });
  const cache = documentCache(database, funder, files);
  /** Read once: who edits a template starts anew to see it. */
  const sources = new Map<string, Promise<readonly string[]>>();
  const beingMade = new Map<string, Promise<MadeDocument>>();
  const print = fontPrint(fonts);

  const sourcesOf = (policy: string) => {
    const known = sources.get(policy) ?? readSources(workspace, policy);
    sources.set(policy, known);
    return known;
  };

  const keyOf = async ({ policy, kind, code, data, at }: DocumentOrder): Promise<string> =>
    createHash("sha256")
      .update(JSON.stringify([drawnBy, print, await sourcesOf(policy), policy, kind, code, data, at]))
      .digest("hex");

  const ask = async (as: TypstOrder["as"], order: DocumentOrder, lane?: Lane): Promise<TypstAnswer> => {
    const { policy, kind, code, data, at, application } = order;
    if (fonts.length === 0)
      throw refused(
        "这台服务器上没有中文字体，公文暂时不能生成。请系统管理员安装 fonts-noto-cjk，或用 ZHINAN_FONTS 指明字体文件夹后重新启动。",
        "This server has no Chinese font, so papers cannot be drawn. The system administrator installs fonts-noto-cjk or sets ZHINAN_FONTS, then starts again.",
      );
    const answer = await apart.ask(
      {
        as,
        workspace,
        fonts,
        template: `${policy}/documents/${kind}.typ`,
        data: JSON.stringify(data),
        code,
        kind,
        at,
      },
      lane,
    );
    if (answer.unknown.length > 0)
      console.error(`${kind} ${application ?? ""}: no font draws ${told(answer.unknown)}`);
    return answer;
  };

  const drawn = async (order: DocumentOrder, lane: Lane = "person"): Promise<Drawn> => {
    const answer = await ask("pdf", order, lane);
    if (!("bytes" in answer)) throw new TypeError("a page came back where a paper was asked for");
    return { bytes: answer.bytes, pages: answer.pages };
  };

  const draw = async (key: string, order: DocumentOrder, lane: Lane): Promise<MadeDocument> => {
    const { kind, application } = order;
    return cache.keep({ key, kind, application, ...(await drawn(order, lane)) });
  };

  return {
    make: async (order, lane = "person") => {
      const key = await keyOf(order);
      const known = await cache.find(key);
      if (known !== null) return known;
      // Two who ask at once wait for the same sheet.
      const running = beingMade.get(key) ?? draw(key, order, lane).finally(() => beingMade.delete(key));
      beingMade.set(key, running);
      return running;
    },
    known: async (order) => cache.find(await keyOf(order)),
    drawn,
    preview: async (order) => {
      const answer = await ask("html", order);
      if (!("html" in answer)) throw new TypeError("a paper came back where a page was asked for");
      return answer.html;
    },
    close: apart.close,
  };
};
