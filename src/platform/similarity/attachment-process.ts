import { serveApart } from "../apart-child.ts";
import { attachmentText } from "./attachment.ts";

/** Attachments come from anybody: they are opened here, where a bomb takes no more than this process. */
serveApart((bytes: Uint8Array) => attachmentText("", Buffer.from(bytes)));
