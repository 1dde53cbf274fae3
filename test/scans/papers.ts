import { cp, mkdtemp, mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Canvas, createCanvas } from "@napi-rs/canvas";
import type { DocumentKind } from "../../src/core/document/kind.ts";
import { openApart } from "../../src/platform/apart.ts";
import type { TypstAnswer, TypstOrder } from "../../src/platform/documents/typst.ts";

/** Papers as the platform prints them, and what scanners make of them. */

const root = path.resolve(import.meta.dirname, "../..");
const noto = "/usr/share/fonts/opentype/noto";
const fetched = path.join(root, "bootstrap/fonts/node_modules/@expo-google-fonts/noto-serif-sc");
export const fonts = existsSync(noto)
  ? ["NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"].map((name) => path.join(noto, name))
  : [path.join(fetched, "400Regular")];

const template = `#import "/_documents/paper.typ": *
#show: paper.with(title: data.title, code: data.code)
= #data.title
#for page in range(data.pages) {
  if page > 0 { pagebreak() }
  [第 #(page + 1) 部分。]
  lorem(120)
}
`;

/** Draws papers with the platform's own layout, by a template of the tests. */
export const openPrinter = async () => {
  const workspace = await mkdtemp(path.join(tmpdir(), "zhinan-papers-"));
  await cp(path.join(root, "policies/_documents"), path.join(workspace, "_documents"), { recursive: true });
  await mkdir(path.join(workspace, "test"));
  await writeFile(path.join(workspace, "test/paper.typ"), template);
  const apart = openApart<TypstOrder, TypstAnswer>(
    new URL("../../src/platform/documents/typst-process.ts", import.meta.url),
    { processes: 1, recycleAfter: 100, timeout: 60_000, memory: 1_500 * 1_048_576, waiting: 100 },
  );
  return {
    print: async (code: string, pages: number, kind: DocumentKind = "application-form"): Promise<Buffer> => {
      const answer = await apart.ask({
        as: "pdf",
        workspace,
        fonts,
        template: "test/paper.typ",
        data: JSON.stringify({ title: "申报书", code, pages }),
        at: Date.UTC(2024, 5, 10),
        code,
        kind,
      });
      if (!("bytes" in answer)) throw new TypeError("no paper");
      return Buffer.from(answer.bytes);
    },
    close: apart.close,
  };
};

/** Each page as a picture at `dpi`. */
export const rasterOf = async (pdf: Uint8Array, dpi = 150): Promise<Canvas[]> => {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const folder = path.join(root, "node_modules/pdfjs-dist");
  const document = await getDocument({
    data: new Uint8Array(pdf),
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
    wasmUrl: `${folder}/wasm/`,
    disableFontFace: true,
    verbosity: 0,
  }).promise;
  const pages: Canvas[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: dpi / 72 });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    await page.render({
      canvas: null,
      canvasContext: canvas.getContext("2d") as unknown as CanvasRenderingContext2D,
      viewport,
      background: "#fff",
    }).promise;
    pages.push(canvas);
  }
  await document.cleanup();
  return pages;
};

export type Wear = {
  /** Degrees. */
  readonly turn?: number;
  /** Part of the pixels that are wrong, 0 to 1. */
  readonly noise?: number;
  readonly seal?: boolean;
  /** JPEG, 1 to 100. */
  readonly quality?: number;
  readonly seed?: number;
  /** Brightness of the paper, 0 to 1. */
  readonly grey?: number;
  /** Share of the page's width by which its top leans. */
  readonly skew?: number;
};

const random = (seed: number) => {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
};

/** The page as a scanner gives it back: turned, leaning, with specks, with a red seal on it. */
export const worn = (
  page: Canvas,
  { turn = 0, noise = 0, seal = false, seed = 7, grey = 1, skew = 0 }: Wear,
): Canvas => {
  const angle = (turn * Math.PI) / 180;
  const [sin, cos] = [Math.abs(Math.sin(angle)), Math.abs(Math.cos(angle))];
  const width = Math.round(page.width * cos + page.height * sin);
  const height = Math.round(page.width * sin + page.height * cos);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  const paper = Math.round(255 * grey);
  context.fillStyle = `rgb(${paper},${paper},${paper})`;
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate(angle);
  context.transform(1, 0, skew, 1, 0, 0);
  context.globalCompositeOperation = "multiply";
  context.drawImage(page, -page.width / 2, -page.height / 2);
  if (seal) stamp(context, page.width);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalCompositeOperation = "source-over";
  if (noise > 0) {
    const pixels = context.getImageData(0, 0, width, height);
    const next = random(seed);
    for (let at = 0; at < pixels.data.length; at += 4)
      if (next() < noise) {
        const value = next() < 0.5 ? 0 : 255;
        pixels.data[at] = value;
        pixels.data[at + 1] = value;
        pixels.data[at + 2] = value;
      }
    context.putImageData(pixels, 0, 0);
  }
  return canvas;
};

/** A round seal of 4 cm on A4 with a star, as institutions have. */
const stamp = (context: ReturnType<Canvas["getContext"]>, width: number) => {
  const radius = (width * 2) / 21;
  context.strokeStyle = "#d8232a";
  context.fillStyle = "#d8232a";
  context.lineWidth = radius * 0.08;
  const [x, y] = [width * 0.2, width * 0.25];
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.stroke();
  context.beginPath();
  for (let point = 0; point < 10; point += 1) {
    const far = point % 2 === 0 ? radius * 0.35 : radius * 0.14;
    const turn = (point * Math.PI) / 5 - Math.PI / 2;
    context.lineTo(x + far * Math.cos(turn), y + far * Math.sin(turn));
  }
  context.fill();
  for (let letter = 0; letter < 12; letter += 1) {
    const turn = Math.PI * (0.75 + letter / 8);
    context.fillRect(
      x + radius * 0.75 * Math.cos(turn) - radius * 0.07,
      y + radius * 0.75 * Math.sin(turn) - radius * 0.07,
      radius * 0.14,
      radius * 0.14,
    );
  }
};

/** Pictures bound into a PDF without any text, as a scanner writes it. */
export const boundOf = (
  pictures: readonly { readonly jpeg: Buffer; readonly width: number; readonly height: number }[],
  dpi = 150,
  words = "",
): Buffer => {
  const parts: Buffer[] = [Buffer.from("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  const put = (...pieces: (string | Buffer)[]) => {
    for (const piece of pieces) {
      const bytes = typeof piece === "string" ? Buffer.from(piece, "latin1") : piece;
      parts.push(bytes);
      length += bytes.length;
    }
  };
  const object = (number: number, ...pieces: (string | Buffer)[]) => {
    offsets[number] = length;
    put(`${number} 0 obj\n`, ...pieces, "\nendobj\n");
  };
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  const kids = pictures.map((_, index) => `${3 + index * 3} 0 R`).join(" ");
  object(2, `<< /Type /Pages /Kids [${kids}] /Count ${pictures.length} >>`);
  for (const [index, { jpeg, width, height }] of pictures.entries()) {
    const at = 3 + index * 3;
    const [w, h] = [(width * 72) / dpi, (height * 72) / dpi];
    const content = `q ${w} 0 0 ${h} 0 0 cm /I Do Q ${words}`;
    object(
      at,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${at + 1} 0 R /Resources << /XObject << /I ${at + 2} 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>`,
    );
    object(at + 1, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    object(
      at + 2,
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
      jpeg,
      "\nendstream",
    );
  }
  const from = length;
  const count = pictures.length * 3 + 3;
  put(`xref\n0 ${count}\n0000000000 65535 f \n`);
  for (let number = 1; number < count; number += 1)
    put(`${String(offsets[number]).padStart(10, "0")} 00000 n \n`);
  put(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${from}\n%%EOF\n`);
  return Buffer.concat(parts);
};

/** A whole paper printed, stamped and scanned. */
export const scannedOf = async (pages: readonly Canvas[], wear: Wear, dpi = 150): Promise<Buffer> =>
  boundOf(
    pages.map((page) => {
      const one = worn(page, wear);
      return { jpeg: one.toBuffer("image/jpeg", wear.quality ?? 75), width: one.width, height: one.height };
    }),
    dpi,
  );

/** Two pages on one broad sheet. */
export const sideBySide = (left: Canvas, right: Canvas): Canvas => {
  const canvas = createCanvas(left.width + right.width, Math.max(left.height, right.height));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(left, 0, 0);
  context.drawImage(right, left.width, 0);
  return canvas;
};
