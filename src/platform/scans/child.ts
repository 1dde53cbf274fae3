import type { ScanReading } from "../../core/document/scan.ts";
import { serveApart } from "../apart-child.ts";
import { readPdfScan } from "./pdf.ts";
import { readPicture } from "./picture.ts";
import { Unreadable } from "./unreadable.ts";

/** Opens what strangers sent, in a process of its own: nothing of it reaches the server but the reading. */
export type ScanOrder = { readonly bytes: Uint8Array; readonly mime: string };

const read = async ({ bytes, mime }: ScanOrder): Promise<ScanReading> => {
  if (bytes.length === 0) return { fault: "empty" };
  try {
    return mime === "application/pdf" ? await readPdfScan(bytes) : await readPicture(bytes);
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.fault };
    throw error;
  }
};

serveApart(read);
