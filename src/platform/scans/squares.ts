import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";
import { type PageCode, readPageCode } from "../../core/document/page-code.ts";

/** Square codes of ours on a picture of a page, at any turn. */

let ready: Promise<unknown> | null = null;
/** The reader comes from disk: nothing is fetched. */
const prepare = () =>
  (ready ??= readFile(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm")).then(
    (wasm) =>
      prepareZXingModule({
        overrides: {
          wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length),
        },
        fireImmediately: true,
      }),
  ));

export type Picture = {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};

/** The red part alone: black stays black, and the ink of a seal over the square turns to paper. */
const withoutRed = ({ data, width, height }: Picture): Picture => {
  const grey = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const value = data[at] ?? 255;
    grey[at] = value;
    grey[at + 1] = value;
    grey[at + 2] = value;
    grey[at + 3] = 255;
  }
  return { data: grey, width, height };
};

const options: ReaderOptions = {
  formats: ["QRCode"],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  maxNumberOfSymbols: 8,
};

/** `hard`: also after taking specks out, and with one threshold for the whole picture. */
export const squaresOn = async (picture: Picture, hard = false): Promise<readonly PageCode[]> => {
  await prepare();
  const grey = withoutRed(picture) as ImageData;
  const attempts: ReaderOptions[] = hard
    ? [options, { ...options, tryDenoise: true }, { ...options, binarizer: "GlobalHistogram" }]
    : [options];
  for (const attempt of attempts) {
    const codes = (await readBarcodes(grey, attempt)).flatMap(({ text }) => readPageCode(text) ?? []);
    if (codes.length > 0) return codes;
  }
  return [];
};
