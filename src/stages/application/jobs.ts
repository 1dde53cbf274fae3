import { z } from "zod";
import type { Platform } from "../../platform/platform.ts";
import { readAttachment } from "./similar/read-attachment.ts";

/** Every handler may be run twice. */
export const handlers: Readonly<Record<string, (platform: Platform, payload: unknown) => Promise<void>>> = {
  "application.readAttachment": async (platform, payload) =>
    readAttachment(platform, z.object({ file: z.string() }).parse(payload).file),
};
