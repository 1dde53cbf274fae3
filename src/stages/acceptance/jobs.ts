import { z } from "zod";
import type { Platform } from "../../platform/platform.ts";
import { beginAcceptance, expireCorrection, lapse } from "./clock.ts";
import { destroyFiles } from "./destroy.ts";

/** Every handler may be run twice: the act itself looks whether it is still due. */

const applications = z.union([
  z.object({ application: z.uuid() }).transform((one) => [one.application]),
  z.object({ applications: z.array(z.uuid()) }).transform((one) => one.applications),
]);
const files = z.object({ files: z.array(z.string()) });

type Handler = (platform: Platform, payload: unknown) => Promise<void>;

const each =
  (act: (platform: Platform, application: string) => Promise<boolean>): Handler =>
  async (platform, payload) => {
    for (const application of applications.parse(payload)) await act(platform, application);
  };

export const handlers: Readonly<Record<string, Handler>> = {
  "acceptance.begin": each(beginAcceptance),
  "application.lapse": each(lapse),
  "acceptance.expire": each(expireCorrection),
  "files.destroy": async (platform, payload) => destroyFiles(platform, files.parse(payload).files),
};
