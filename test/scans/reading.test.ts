import { createHash } from "node:crypto";
import { mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import type { Canvas } from "@napi-rs/canvas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ScanPage, type ScanReading, showsSeal } from "../../src/core/document/scan.ts";
import { openFiles, type FileStore } from "../../src/platform/files.ts";
import { openScans, type Scans } from "../../src/platform/scans.ts";
import { footOf } from "../../src/platform/scans/foot.ts";
import { pictureSize } from "../../src/platform/scans/picture-size.ts";
import type { Database } from "../../src/platform/database/connect.ts";
import { freshDatabase } from "../database.ts";
import * as hostile from "./hostile.ts";
import { boundOf, openPrinter, rasterOf, scannedOf, sideBySide, worn } from "./papers.ts";

const code = "3F2A-7C01-99AB";
let database: Database;
let files: FileStore;
let scans: Scans;
let printer: Awaited<ReturnType<typeof openPrinter>>;
let paper: Buffer;
let pages: readonly Canvas[];
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  await database.kysely.insertInto("funder").values({ id: "test", name: "{}" }).execute();
  folder = await mkdtemp(path.join(tmpdir(), "zhinan-scans-"));
  files = await openFiles(folder);
  scans = openScans({ database, funder: "test", files });
  printer = await openPrinter();
  paper = await printer.print(code, 3);
  pages = await rasterOf(paper);
}, 120_000);
afterAll(async () => {
  await Promise.all([printer.close(), scans.close()]);
  await database.close();
});

const read = async (bytes: Buffer, mime = "application/pdf", by = scans): Promise<ScanReading> => {
  const { sha256 } = await files.put(Readable.from(bytes.length === 0 ? [] : [bytes]), 30_000_000);
  return by.read(sha256, mime);
};
const pagesOf = (reading: ScanReading): readonly ScanPage[] => {
  if ("fault" in reading) throw new Error(reading.fault);
  return reading.pages;
};
const seen = (reading: ScanReading) =>
  pagesOf(reading).map((one) => [one.code, one.kind, one.number, one.by] as const);
const all = (by: "text" | "square") =>
  [1, 2, 3].map((page) => ["3F2A7C0199AB", "application-form", page, by]);

describe("a paper that was never printed", () => {
  it("is read by its text, with its length", async () => {
    const reading = await read(paper);
    expect(seen(reading)).toEqual(all("text"));
    expect(pagesOf(reading).map((one) => one.of)).toEqual([3, 3, 3]);
    expect(pagesOf(reading).some(showsSeal)).toBe(false);
  });
  it("is opened once, whoever asks", async () => {
    const { sha256 } = await files.put(Readable.from([paper]), 30_000_000);
    const first = await scans.read(sha256, "application/pdf");
    await files.remove(sha256);
    expect(await scans.read(sha256, "application/pdf")).toEqual(first);
    expect(await scans.known(sha256)).toEqual(first);
    expect(await scans.known("0".repeat(64))).toBeNull();
  });
});

describe("a paper that was stamped and scanned", () => {
  for (const [name, wear] of [
    ["straight, with a red seal", { seal: true }],
    ["two degrees askew", { turn: 2, seal: true }],
    ["lying on its side", { turn: 90 }],
    ["upside down", { turn: 180 }],
    ["leaning, on grey paper", { skew: 0.05, grey: 0.8 }],
    ["with specks, as a poor JPEG", { noise: 0.05, quality: 40, turn: -3, seal: true }],
  ] as const)
    it(`is read by its squares: ${name}`, async () => {
      const reading = await read(await scannedOf(pages, wear));
      expect(seen(reading)).toEqual(all("square"));
      expect(pagesOf(reading).map(showsSeal)).toEqual(pages.map(() => "seal" in wear));
    });

  it("is read at 100 and at 300 dpi", async () => {
    for (const dpi of [100, 300])
      expect(seen(await read(await scannedOf([(await rasterOf(paper, dpi))[1]!], { turn: 1 }, dpi)))).toEqual(
        [["3F2A7C0199AB", "application-form", 2, "square"]],
      );
  });
  it("is read as one picture, PNG or JPEG", async () => {
    const page = worn(pages[1]!, { turn: 2, seal: true });
    for (const [mime, bytes] of [
      ["image/png", page.toBuffer("image/png")],
      ["image/jpeg", page.toBuffer("image/jpeg", 60)],
    ] as const) {
      const reading = await read(bytes, mime);
      expect(seen(reading)).toEqual([["3F2A7C0199AB", "application-form", 2, "square"]]);
      expect(pagesOf(reading).every(showsSeal)).toBe(true);
    }
  });
  it("is read where two pages lie side by side", async () => {
    const both = sideBySide(pages[0]!, pages[1]!);
    const reading = await read(
      boundOf([{ jpeg: both.toBuffer("image/jpeg", 80), width: both.width, height: both.height }]),
    );
    expect(
      pagesOf(reading)
        .map((one) => `${one.page} ${one.number}`)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(["1 1", "1 2"]);
  });
  it("is read under the ink of the seal, where that covers the square", async () => {
    const covered = worn(pages[0]!, {});
    const context = covered.getContext("2d");
    context.globalCompositeOperation = "multiply";
    context.fillStyle = "#e8404a";
    context.fillRect(covered.width * 0.6, covered.height * 0.85, covered.width * 0.4, covered.height * 0.15);
    expect(seen(await read(covered.toBuffer("image/png"), "image/png"))[0]?.[2]).toBe(1);
  });
  it("names the page that cannot be read, and no other", async () => {
    const torn = worn(pages[1]!, {});
    torn.getContext("2d").fillRect(0, torn.height * 0.8, torn.width, torn.height * 0.2);
    const sheets = [pages[0]!, torn, pages[2]!].map((one) => ({
      jpeg: one.toBuffer("image/jpeg", 80),
      width: one.width,
      height: one.height,
    }));
    expect(seen(await read(boundOf(sheets))).map(([, , number]) => number)).toEqual([1, null, 3]);
  });
  it("believes the square before a scanner's program that mistook a letter", async () => {
    const page = worn(pages[0]!, {});
    const bound = boundOf(
      [{ jpeg: page.toBuffer("image/jpeg", 80), width: page.width, height: page.height }],
      150,
      "BT 3 Tr /F 9 Tf 60 40 Td (3F2A) Tj ET",
    );
    expect(seen(await read(bound))).toEqual([["3F2A7C0199AB", "application-form", 1, "square"]]);
  });
});

describe("the hint of a red seal", () => {
  it("is not given for a red heading, a red photograph or black ink", async () => {
    const drawn = async (draw: (context: ReturnType<Canvas["getContext"]>, width: number) => void) => {
      const page = worn(pages[0]!, {});
      const context = page.getContext("2d");
      context.fillStyle = "#c8161d";
      draw(context, page.width);
      return pagesOf(await read(page.toBuffer("image/png"), "image/png")).map(showsSeal);
    };
    expect(await drawn((c, width) => c.fillRect(width * 0.1, 60, width * 0.8, 50))).toEqual([false]);
    expect(await drawn((c, width) => c.fillRect(width * 0.3, 200, width * 0.3, width * 0.3))).toEqual([
      false,
    ]);
    const grey = worn(pages[0]!, { seal: true });
    const context = grey.getContext("2d");
    context.globalCompositeOperation = "saturation";
    context.fillStyle = "#808080";
    context.fillRect(0, 0, grey.width, grey.height);
    expect(pagesOf(await read(grey.toBuffer("image/png"), "image/png")).map(showsSeal)).toEqual([false]);
  });
});

describe("a file that came to harm or means harm", () => {
  for (const [name, make, fault] of [
    ["0 bytes", () => Buffer.alloc(0), "empty"],
    ["cut off", () => paper.subarray(0, 2_000), "damaged"],
    ["a password", hostile.encrypted, "encrypted"],
    ["no pages", hostile.withoutPages, "empty"],
    ["300 pages", () => hostile.plain(300), "too-many-pages"],
    ["a page tree that leads back to itself", hostile.circle, "damaged"],
  ] as const)
    it(`is refused: ${name}`, async () => {
      expect(await read(make())).toEqual({ fault });
    });

  it("is refused for its size by the head of the picture alone", async () => {
    expect(await read(hostile.pngOf(50_000), "image/png")).toEqual({ fault: "too-large" });
    expect(await read(Buffer.from("not a picture"), "image/png")).toEqual({ fault: "damaged" });
  });
  it("is a page to look at, no more: a deep tree, a huge page, a huge picture, a broken picture", async () => {
    for (const made of [hostile.deep(2_000), hostile.hugePage(), hostile.hugePicture()])
      expect(seen(await read(made))).toEqual([[null, null, null, null]]);
  }, 60_000);
  it("is told to hold programs, which are not run", async () => {
    expect(await read(hostile.active())).toMatchObject({ active: true, pages: [{ code: null }] });
    expect(await read(hostile.plain())).toMatchObject({ active: false });
  });
  it("is read as what it says it is, whatever else it is as well", async () => {
    expect(seen(await read(hostile.polyglot(paper)))).toEqual(all("text"));
  });
  it("ends its process when it unfolds beyond its memory, and the next is read", async () => {
    expect(await read(hostile.bomb())).toEqual({ fault: "heavy" });
    expect(seen(await read(await scannedOf(pages.slice(0, 1), {})))).toHaveLength(1);
  }, 60_000);
  it("ends its process when it takes too long, and is tried again only later", async () => {
    const hasty = openScans({ database, funder: "test", files }, { timeout: 0.001 });
    const bytes = Buffer.concat([paper, Buffer.from("\n%%EOF\n")]);
    expect(await read(bytes, "application/pdf", hasty)).toEqual({ fault: "slow" });
    await hasty.close();
    const file = createHash("sha256").update(bytes).digest("hex");
    expect(await scans.known(file)).toEqual({ fault: "slow" });
    await database.kysely
      .updateTable("scan_reading")
      .set({ read_at: "2020-01-01T00:00:00Z" })
      .where("file", "=", file)
      .execute();
    expect(await scans.known(file)).toBeNull();
    expect(seen(await scans.read(file, "application/pdf"))).toEqual(all("text"));
  });
  it("leaves nothing beside the store", async () => {
    expect(await readdir(path.join(folder, "incoming"))).toEqual([]);
  });
});

describe("parts", () => {
  it("read the size of a picture without unpacking it", () => {
    expect(pictureSize(hostile.pngOf(321))).toEqual({ width: 321, height: 321 });
    const jpeg = worn(pages[0]!, {}).toBuffer("image/jpeg", 50);
    expect(pictureSize(jpeg)).toEqual({ width: pages[0]!.width, height: pages[0]!.height });
    expect(pictureSize(jpeg.subarray(0, 3))).toBeNull();
    expect(pictureSize(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]))).toBeNull();
  });
  it("take a code from the foot of the page only", () => {
    const at = (str: string, y: number) => ({ str, hasEOL: true, transform: [1, 0, 0, 1, 0, y] });
    const view = [0, 0, 595, 842];
    expect(footOf([at("版本码 1111-2222-3333", 400)], view).code).toBeNull();
    expect(footOf([at("版本码 1111-2222-3333", 40), at("第 2 页　共 9 页", 40)], view)).toEqual({
      code: "111122223333",
      number: 2,
      of: 9,
    });
    expect(footOf([at("推荐函编号 2024-B0007", 40), at("— 3 —", 40)], view)).toEqual({
      code: "2024B0007",
      number: 3,
      of: null,
    });
  });
});
