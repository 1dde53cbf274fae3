import { createCanvas, loadImage } from "@napi-rs/canvas";
import { mostPixels, type ScanReading } from "../../core/document/scan.ts";
import { lookAt } from "./looks.ts";
import { seenPages } from "./seen.ts";
import { pictureSize } from "./picture-size.ts";
import { Unreadable } from "./unreadable.ts";

/** One JPEG or PNG as a scan of one page. Its size is read from its head before anything is unpacked. */
export const readPicture = async (bytes: Uint8Array): Promise<ScanReading> => {
  const size = pictureSize(bytes);
  if (size === null) throw new Unreadable("damaged");
  if (size.width * size.height > mostPixels) throw new Unreadable("too-large");
  const image = await loadImage(Buffer.from(bytes)).catch(() => {
    throw new Unreadable("damaged");
  });
  if (image.width < 1 || image.height < 1) throw new Unreadable("damaged");
  const draw = async (longest: number) => {
    const scale = Math.min(longest / Math.max(image.width, image.height), 3);
    const width = Math.max(1, Math.round(image.width * scale));
    const height = Math.max(1, Math.round(image.height * scale));
    const context = createCanvas(width, height).getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  };
  const looked = await lookAt(draw, () => true);
  return { pages: seenPages(1, looked), active: false };
};
