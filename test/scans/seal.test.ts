import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessionCookie } from "../../src/app/desk.ts";
import { buildServer } from "../../src/app/web.ts";
import type { Actor } from "../../src/core/permission/permission.ts";
import { perform, platformNow } from "../../src/platform/action.ts";
import type { Refused } from "../../src/platform/errors.ts";
import { applicationFacts } from "../../src/stages/application/facts.ts";
import { casefileOf } from "../../src/stages/application/casefile.ts";
import { orderOf } from "../../src/stages/application/papers/orders.ts";
import { paperSource } from "../../src/stages/application/papers/source.ts";
import { confirmationsOf } from "../../src/stages/endorsement/confirmations.ts";
import { returnToInvestigator } from "../../src/stages/endorsement/decide.ts";
import { seal } from "../../src/stages/endorsement/seal.ts";
import { submitApplication } from "../../src/stages/application/actions.ts";
import { csrfOf, openSession } from "../../src/stages/registration/sessions.ts";
import { codeOf, emptyPage, filed, type Filed, rowOf } from "../endorsement/filed.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { rasterOf, scannedOf } from "./papers.ts";

/** From the printed form to the stamped scan, by the real papers. */

let world: World;
let app: FastifyInstance;
let keeper: Actor;
let person: Someone;
let one: Filed;
let printed: Buffer;
beforeAll(async () => {
  world = await openWorld();
  person = await world.someone({ roles: ["ORG_SEAL"] });
  keeper = await world.actorOf(person);
  one = await filed(world);
  printed = await print(one, 1);
  const now = await platformNow(world.platform.database.kysely);
  app = await buildServer({ platform: world.platform, clock: () => now, policies: ["dalian-2024"] });
}, 180_000);
afterAll(async () => {
  await app?.close();
  await world?.close();
});

const print = async (of: Filed, version: number): Promise<Buffer> => {
  const { platform } = world;
  const facts = await applicationFacts(platform, platform.database.kysely, keeper, of.id);
  const order = orderOf("application-form", await paperSource(platform, keeper, facts, version));
  const chunks: Buffer[] = [];
  const { sha256 } = await platform.documents.make(order);
  for await (const chunk of platform.files.read(sha256) as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const kept = async (bytes: Buffer) => {
  const { files, scans } = world.platform;
  const { sha256, mime } = await files.put(Readable.from([bytes]), 20_000_000);
  await scans.read(sha256, mime);
  return sha256;
};
const sealing = async (of: Filed, bytes: Buffer, over: object = {}) =>
  perform(world.platform, seal, keeper, {
    application: of.id,
    version: (await rowOf(world, of.id)).version,
    commitment: true,
    file: await kept(bytes),
    filename: "盖章件.pdf",
    ...over,
  });
const refusal = (promise: Promise<unknown>): Promise<Refused> =>
  promise.then(
    () => Promise.reject(new Error("it was taken")),
    (error: Refused) => error,
  );

describe("the stamped scan of an application", () => {
  it("is taken without any typing when all its pages are those of the frozen version", async () => {
    const pages = await rasterOf(printed, 120);
    const done = await sealing(one, await scannedOf(pages, { seal: true, turn: 1 }, 120));
    expect(done.scan).toEqual({ checked: "READ", pages: pages.length, findings: [] });
    const { remark, hash } = await world.platform.database.kysely
      .selectFrom("confirmation")
      .select(["remark", "hash"])
      .where("application", "=", one.id)
      .where("kind", "=", "SEAL")
      .executeTakeFirstOrThrow();
    expect(remark).toBe(await codeOf(world, one.id));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  }, 120_000);

  it("is refused with its missing page named, by the clause of the seal", async () => {
    const pages = await rasterOf(printed, 120);
    const { findings, reason } = await refusal(sealing(one, await scannedOf(pages.slice(0, -1), {}, 120)));
    expect(reason.zh).toContain("没有保存");
    expect(findings.map((found) => [found.rule, found.clause])).toEqual([["scan-missing", "G6.2c"]]);
    expect(findings[0]?.message.zh).toContain(`共 ${pages.length} 页，缺第 ${pages.length} 页`);
  }, 120_000);

  it("is refused when it is another application's, though nobody typed a code", async () => {
    const other = await filed(world);
    const { findings } = await refusal(sealing(other, printed));
    expect(findings[0]).toMatchObject({ rule: "scan-foreign", severity: "error" });
    expect(findings[0]?.message.zh).toContain(await codeOf(world, other.id));
  }, 60_000);

  it("needs the typed code where no page could be read, and says afterwards that a person checked", async () => {
    const blank = Buffer.from(emptyPage);
    const { findings } = await refusal(sealing(one, blank));
    expect(findings.map((found) => found.rule)).toEqual(["scan-unread", "code"]);
    const done = await sealing(one, blank, { code: await codeOf(world, one.id) });
    expect(done.scan.checked).toBe("BY_HAND");
    const { remark } = await world.platform.database.kysely
      .selectFrom("confirmation")
      .select("remark")
      .where("application", "=", one.id)
      .where("kind", "=", "SEAL")
      .executeTakeFirstOrThrow();
    expect(remark).toContain("人工核对");
    const typed = { code: await codeOf(world, one.id) };
    const other = await filed(world);
    expect(
      (await refusal(sealing(other, printed, { code: await codeOf(world, other.id) }))).reason.zh,
    ).toContain("不符");
    expect((await refusal(sealing(other, blank, typed))).reason.zh).toContain("与这项申报不符");
  }, 60_000);

  it("is refused as stale once the application was returned and submitted anew; the commitment before does not count", async () => {
    const again = await filed(world);
    const before = await print(again, 1);
    await sealing(again, before);
    const admin = await world.actorOf(await world.someone({ roles: ["ORG_ADMIN"] }));
    const on = async () => ({ application: again.id, version: (await rowOf(world, again.id)).version });
    await perform(world.platform, returnToInvestigator, admin, { ...(await on()), reason: "请核对题目" });
    const { version } = await world.platform.database.kysely
      .selectFrom("draft")
      .select("version")
      .where("application", "=", again.id)
      .executeTakeFirstOrThrow();
    await perform(world.platform, submitApplication, again.pi, { ...(await on()), draftVersion: version });
    const { findings } = await refusal(sealing(again, before));
    expect(findings[0]?.rule).toBe("scan-stale");
    expect(findings[0]?.message.zh).toContain("是第 1 版的，现在是第 2 版");
    const facts = await applicationFacts(world.platform, world.platform.database.kysely, admin, again.id);
    const given = await confirmationsOf(world.platform.database.kysely, world.platform.funder, facts);
    expect(given.find((confirmed) => confirmed.kind === "SEAL")?.given).toBeNull();
  }, 60_000);

  it("does not count when the hash it was given for is not that of the frozen version", async () => {
    const bound = await filed(world);
    await sealing(bound, await print(bound, 1));
    const { platform } = world;
    const { kysely } = platform.database;
    const facts = await applicationFacts(platform, kysely, keeper, bound.id);
    const state = async () => ({
      given: (await confirmationsOf(kysely, platform.funder, facts)).find((c) => c.kind === "SEAL")?.given,
      committed: JSON.stringify(
        await casefileOf(platform, kysely, facts, "institution_review", Date.UTC(2024, 5, 10)),
      ).includes("LEAD_ORGANIZATION"),
    });
    expect((await state()).given).not.toBeNull();
    expect((await state()).committed).toBe(true);
    await kysely
      .updateTable("confirmation")
      .set({ hash: "0".repeat(64) })
      .where("application", "=", bound.id)
      .where("kind", "in", ["SEAL", "ORGANIZATION_COMMITMENT"])
      .execute();
    expect((await state()).given).toBeNull();
    expect((await state()).committed).toBe(false);
  }, 60_000);

  it("is refused when it is damaged, whatever is typed", async () => {
    const broken = Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
    const { findings } = await refusal(sealing(one, broken, { code: await codeOf(world, one.id) }));
    expect(findings[0]?.rule).toBe("scan-fault");
    expect(findings[0]?.message.zh).toContain("已损坏");
  });
});

const enter = async () => {
  const { platform } = world;
  const session = await openSession(platform.database.kysely, platform.funder, person.account, "WEB");
  const cookie = `${sessionCookie}=${session.token}`;
  const csrf = csrfOf(platform, session.id);
  return {
    get: (url: string) => app.inject({ url, headers: { cookie } }),
    post: (url: string, fields: Record<string, string>, file: { name: string; bytes: Buffer } | null) => {
      const edge = "----edge";
      const parts: Buffer[] = Object.entries({ csrf, ...fields }).map(([name, value]) =>
        Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
      );
      if (file !== null)
        parts.push(
          Buffer.from(
            `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/pdf\r\n\r\n`,
          ),
          file.bytes,
          Buffer.from("\r\n"),
        );
      return app.inject({
        url,
        method: "POST",
        headers: { cookie, "content-type": `multipart/form-data; boundary=${edge}` },
        payload: Buffer.concat([...parts, Buffer.from(`--${edge}--\r\n`)]),
      });
    },
  };
};

describe("the page of the seal", () => {
  it("shows what was read, keeps the file where only the code is wanting, and shows it again afterwards", async () => {
    const shown = await filed(world);
    const desk = await enter();
    const url = `/institution/${shown.id}/seal`;
    const version = String((await rowOf(world, shown.id)).version);
    const wrong = await desk.post(url, { version, commitment: "1" }, { name: "别的.pdf", bytes: printed });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain("不属于这里");
    expect(wrong.body).toContain("别的.pdf");
    const blank = { name: "模糊.pdf", bytes: Buffer.from(emptyPage) };
    const unread = await desk.post(url, { version, commitment: "1" }, blank);
    expect(unread.statusCode).toBe(422);
    expect(unread.body).toContain("没有读出码");
    const file = /name="kept" value="([0-9a-f]{64})"/.exec(unread.body)?.[1] ?? "";
    const code = await codeOf(world, shown.id);
    const done = await desk.post(
      url,
      { version, commitment: "1", code, kept: file, keptName: "模糊.pdf" },
      null,
    );
    expect(done.headers["location"]).toBe(`${url}?done=1`);
    const { body } = await desk.get(`${url}?done=1`);
    for (const words of ["模糊.pdf", "没有看到红色印章", "这只是提示，不作为依据"])
      expect(body).toContain(words);
    const right = await desk.post(
      url,
      { version, commitment: "1" },
      {
        name: "../../etc/‮fdp.盖章\u0007.pdf",
        bytes: await print(shown, 1),
      },
    );
    expect(right.headers["location"]).toBe(`${url}?done=1`);
    const page = (await desk.get(url)).body;
    expect(page).toContain(`读出编码 ${code}`);
    // The name stands by itself, so that what turns its direction turns nothing beside it.
    expect(page).toMatch(/<bdi>[^<]*盖章\.pdf<\/bdi>/);
    const attached = await world.platform.database.kysely
      .selectFrom("attachment")
      .select(["id", "filename"])
      .where("application", "=", shown.id)
      .where("removed_at", "is", null)
      .executeTakeFirstOrThrow();
    expect(attached.filename).not.toMatch(/\p{Cc}/u);
    const got = await desk.get(`/applications/${shown.id}/files/${attached.id}`);
    const name = /filename\*=UTF-8''(\S+)/.exec(String(got.headers["content-disposition"]))?.[1] ?? "";
    expect(decodeURIComponent(name)).toBe(attached.filename);
    expect(got.headers["content-disposition"]).toMatch(/^attachment; filename="file";/);
  }, 60_000);
});
