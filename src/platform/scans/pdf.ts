import { createRequire } from "node:module";
import path from "node:path";
import { type Canvas, createCanvas, type SKRSContext2D } from "@napi-rs/canvas";
import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/types/src/display/api.js";
import { mostPages, type ScanPage, type ScanReading } from "../../core/document/scan.ts";
import { footOf, type TextPiece } from "./foot.ts";
import { lookAt } from "./looks.ts";
import { seenPages } from "./seen.ts";
import type { Picture } from "./squares.ts";
import { Unreadable } from "./unreadable.ts";

/** Milliseconds after which a page gets one look only, so that a long scan still comes to its end. */
const patience = 30_000;
/** Pixels of one picture on a page: A4 at 600 dpi in colour fits into the process; a larger one is left out. */
const mostInside = 40_000_000;
/** Pixels of a drawn page. */
const mostDrawn = 14_000_000;

const open = async (bytes: Uint8Array): Promise<PDFDocumentProxy> => {
  const { getDocument, VerbosityLevel } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  return getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    iccUrl: `${folder}/iccs/`,
    maxImageSize: mostInside,
    canvasMaxAreaInBytes: mostDrawn * 4,
    isImageDecoderSupported: false,
    isOffscreenCanvasSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    verbosity: VerbosityLevel.ERRORS,
  }).promise.catch((error: Error) => {
    throw new Unreadable(error.name === "PasswordException" ? "encrypted" : "damaged");
  });
};

/** What a PDF page paints is drawn on a canvas; `pictured` tells whether it laid a picture there. */
const drawPage = async (
  page: PDFPageProxy,
  longest: number,
): Promise<{ readonly picture: Picture; readonly pictured: boolean }> => {
  const whole = page.getViewport({ scale: 1 });
  const scale = Math.min(
    longest / Math.max(whole.width, whole.height),
    Math.sqrt(mostDrawn / (whole.width * whole.height)),
  );
  const viewport = page.getViewport({ scale });
  const canvas: Canvas = createCanvas(
    Math.max(1, Math.ceil(viewport.width)),
    Math.max(1, Math.ceil(viewport.height)),
  );
  const context: SKRSContext2D = canvas.getContext("2d");
  let pictured = false;
  const paint = context.drawImage.bind(context) as (...all: unknown[]) => void;
  context.drawImage = (...all: unknown[]) => {
    pictured = true;
    paint(...all);
  };
  await page.render({
    canvas: null,
    canvasContext: context as unknown as CanvasRenderingContext2D,
    viewport,
    background: "#fff",
  }).promise;
  return { picture: context.getImageData(0, 0, canvas.width, canvas.height), pictured };
};

const readPage = async (
  page: PDFPageProxy,
  number: number,
  hasTime: () => boolean,
): Promise<readonly ScanPage[]> => {
  const { items } = await page.getTextContent();
  const foot = footOf(
    items.filter((item): item is typeof item & TextPiece => "str" in item),
    page.view,
  );
  let pictured = false;
  const draw = async (longest: number) => {
    const drawn = await drawPage(page, longest);
    pictured ||= drawn.pictured;
    return drawn.picture;
  };
  // Where the foot is text, one look says which paper it is; without a picture on the page nothing is left to search for.
  const looked = await lookAt(draw, () => (foot.code === null || pictured) && hasTime());
  const square = looked.codes[0];
  if (foot.code === null || (square !== undefined && (pictured || looked.codes.length > 1)))
    return seenPages(number, looked);
  return [
    {
      page: number,
      ...foot,
      kind: square?.code === foot.code ? square.kind : null,
      // Words over a picture were guessed by a scanner's program.
      by: pictured ? "recognised" : "text",
      red: looked.red,
    },
  ];
};

const isActive = async (document: PDFDocumentProxy): Promise<boolean> => {
  try {
    return (
      (await document.getJSActions()) !== null ||
      (await document.getAttachments()) !== null ||
      (await document.getOpenAction())?.has("action") === true
    );
  } catch {
    return true;
  }
};

/** Page by page: the text at its foot first, the square where there is none. Throws `Unreadable`. */
export const readPdfScan = async (bytes: Uint8Array): Promise<ScanReading> => {
  const until = performance.now() + patience;
  const document = await open(bytes);
  if (document.numPages === 0) throw new Unreadable("empty");
  if (document.numPages > mostPages) throw new Unreadable("too-many-pages");
  const pages: ScanPage[] = [];
  let drawn = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    try {
      const page = await document.getPage(number);
      pages.push(...(await readPage(page, number, () => performance.now() < until)));
      page.cleanup();
      drawn += 1;
    } catch {
      pages.push(...seenPages(number, { codes: [], red: 0 }));
    }
  }
  // A page tree that promises pages and holds none.
  if (drawn === 0) throw new Unreadable("damaged");
  return { pages, active: await isActive(document) };
};
