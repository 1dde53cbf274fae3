import { readFile } from "node:fs/promises";
import { packFile } from "../../platform/policies.ts";
import { say } from "../../ui/place.ts";
import { TroublePage } from "../../ui/trouble.tsx";
import { renderDownloads } from "./downloads.page.tsx";
import type { Answer, Render, Site } from "./site.ts";

const mimes: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
};

/** One file of the pack that the address stands under; its name comes from the pack, never from the address. */
const give =
  (name: string): Render =>
  async ({ place }): Promise<Answer> => {
    const one = place.policy.downloads.files.find(({ file }) => file === name);
    if (one === undefined) return { status: 404, page: TroublePage({ place, kind: "missing" }) };
    const ending = name.slice(name.lastIndexOf(".") + 1);
    return {
      bytes: await readFile(packFile(place.policy.id, `downloads/${name}`)),
      filename: `${say(place, one.title)}.${ending}`,
      mime: mimes[ending] ?? "application/octet-stream",
    };
  };

/** Templates of a pack: the page that lists them, and each file. */
export const registerDownloads = (site: Site): void => {
  site.get("/downloads", renderDownloads, "pack");
  for (const name of new Set(site.policies.flatMap((one) => one.downloads.files.map(({ file }) => file))))
    site.get(`/downloads/${name}`, give(name));
};
