import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../src/platform/action.ts";
import type { Refused } from "../../src/platform/errors.ts";
import { attachScan, prepareBatch } from "../../src/stages/recommendation/prepare.ts";
import { recallLetter } from "../../src/stages/recommendation/recall.ts";
import { emptyPage } from "../endorsement/filed.ts";
import { type Crew, creditOf, crewOf, issue, passed } from "../recommendation/ahead.ts";
import { openWorld, type World } from "../world/world.ts";
import { openPrinter, rasterOf, scannedOf } from "./papers.ts";

let world: World;
let crew: Crew;
let printer: Awaited<ReturnType<typeof openPrinter>>;
beforeAll(async () => {
  [world, printer] = await Promise.all([openWorld(), openPrinter()]);
  crew = await crewOf(world);
  await creditOf(world, crew);
}, 120_000);
afterAll(async () => {
  await printer?.close();
  await world?.close();
});

type Kind = "SEALED_LETTER" | "SEALED_LIST";
const scanOf = async (code: string, kind: Kind) => {
  const paper = kind === "SEALED_LETTER" ? "recommendation-letter" : "recommended-project-list";
  return scannedOf(await rasterOf(await printer.print(code, 1, paper), 120), { seal: true }, 120);
};
const attach = async (batch: string, version: number, kind: Kind, bytes: Buffer) => {
  const { files, scans } = world.platform;
  const { sha256, mime } = await files.put(Readable.from([bytes]), 20_000_000);
  await scans.read(sha256, mime);
  return perform(world.platform, attachScan, crew.reviewers.education, {
    batch,
    version,
    kind,
    filename: "盖章件.pdf",
    file: sha256,
  });
};
const refusal = (promise: Promise<unknown>): Promise<Refused> =>
  promise.then(
    () => Promise.reject(new Error("it was taken")),
    (error: Refused) => error,
  );

describe("the sealed letter and list", () => {
  it("are read, told apart, and refused once their letter was recalled", async () => {
    const { platform } = world;
    const by = crew.reviewers.education;
    const applications = [await passed(world, crew)];
    const { batch, code } = await perform(platform, prepareBatch, by, { call: world.call, applications });
    const letter = await scanOf(code, "SEALED_LETTER");
    const mistaken = await refusal(attach(batch, 1, "SEALED_LIST", letter));
    expect(mistaken.findings.map((one) => one.rule)).toEqual(["scan-paper"]);
    expect(mistaken.findings[0]?.message.zh).toContain("扫描件里只有《推荐函》");
    expect((await attach(batch, 1, "SEALED_LETTER", letter)).scan).toMatchObject({
      checked: "READ",
      pages: 1,
    });
    const list = await attach(batch, 2, "SEALED_LIST", await scanOf(code, "SEALED_LIST"));
    expect(list.scan.findings).toEqual([]);
    await issue(platform, crew.approvers.education, { batch, version: 3 });
    const { prepared } = await perform(platform, recallLetter, crew.approvers.education, {
      batch,
      version: 4,
      reason: "清单有误",
    });
    const stale = await refusal(attach(prepared, 1, "SEALED_LETTER", letter));
    expect(stale.findings[0]?.rule).toBe("scan-stale");
    expect(stale.findings[0]?.message.zh).toContain(`已撤回的推荐函 ${code}`);
    expect(
      (await refusal(attach(prepared, 1, "SEALED_LETTER", await scanOf("2024-B9999", "SEALED_LETTER"))))
        .findings[0]?.rule,
    ).toBe("scan-foreign");
    // A letter without a code of ours is a person's to compare.
    const unread = await attach(prepared, 1, "SEALED_LETTER", Buffer.from(emptyPage));
    expect(unread.scan).toMatchObject({ checked: "BY_HAND", pages: 0 });
  }, 120_000);
});
