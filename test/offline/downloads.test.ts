import { unzipSync, strFromU8 } from "fflate";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../src/app/web.ts";
import { loadPolicy } from "../../src/platform/policies.ts";

const packs = [await loadPolicy("dalian-2024"), await loadPolicy("yunzhou-2025")];
let app: FastifyInstance;
beforeAll(async () => {
  app = await buildServer({ clock: () => Date.parse("2024-06-10T09:00:00+08:00") });
}, 120_000);
afterAll(() => app?.close());

describe.each(packs.map((pack, at) => ({ pack, root: at === 0 ? "" : `/policies/${pack.id}` })))(
  "templates of $pack.id",
  ({ pack, root }) => {
    it("are listed in both languages as what they are", async () => {
      const [zh, en] = [
        (await app.inject(`${root}/downloads`)).body,
        (await app.inject(`/en${root}/downloads`)).body,
      ];
      for (const one of pack.downloads.files) {
        expect(zh).toContain(one.title.zh);
        expect(en).toContain(one.title.en);
        expect(zh).toContain(`${root}/downloads/${one.file}`);
      }
      for (const one of pack.downloads.named) expect(zh).toContain(one.title.zh);
      expect(zh).toContain("平台参考模板，非官方附件");
    });

    it.each(pack.downloads.files)("$file comes with its name and type, and says whose it is", async (one) => {
      const answer = await app.inject(`${root}/downloads/${one.file}`);
      expect(answer.statusCode).toBe(200);
      expect(answer.headers["content-type"]).toContain("openxmlformats");
      expect(answer.headers["content-disposition"]).toContain(encodeURIComponent(one.title.zh));
      const inside = Object.entries(unzipSync(answer.rawPayload))
        .filter(([name]) => name.endsWith(".xml"))
        .map(([, bytes]) => strFromU8(bytes))
        .join("");
      expect(inside).toContain("平台参考模板，非官方附件");
    });
  },
);

it("nothing else of a pack can be fetched", async () => {
  for (const path of [
    "/downloads/rules.json",
    "/downloads/..%2Frules.json",
    "/policies/yunzhou-2025/downloads/feasibility-outline.docx",
  ])
    expect((await app.inject(path)).statusCode).toBe(404);
});
