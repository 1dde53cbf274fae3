import { Readable } from "node:stream";
import { Document, Packer, Paragraph } from "docx";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Changes } from "../../src/core/application/content.ts";
import { directionTexts } from "../../src/core/direction/texts.ts";
import { perform } from "../../src/platform/action.ts";
import { ask } from "../../src/platform/query.ts";
import { proposePurge, purge } from "../../src/stages/acceptance/purge.ts";
import { similarOf } from "../../src/stages/acceptance/similar.ts";
import { submitApplication } from "../../src/stages/application/actions.ts";
import { attach } from "../../src/stages/application/attach.ts";
import { applicationFacts } from "../../src/stages/application/facts.ts";
import { attachedTexts } from "../../src/stages/application/similar/attached.ts";
import { fillSimilar } from "../../src/stages/application/similar/fill.ts";
import { compared, pastedDirection } from "../../src/stages/application/similar/find.ts";
import { readAttachment } from "../../src/stages/application/similar/read-attachment.ts";
import { similarityRead } from "../../src/stages/application/similar/read.ts";
import { atTheDesk, drafted, type Filed, submitted, versionOf } from "../acceptance/forward.ts";
import { openWorld, type World } from "../world/world.ts";
import { ownContent, shared } from "./texts.ts";

/** Attachments take part in the comparison, what counts for nobody is told apart, and near titles and teams are signals of their own. */

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const put = async (bytes: Buffer) =>
  (await world.platform.files.put(Readable.from([bytes]), 1_000_000)).sha256;
const wordFile = async (...paragraphs: readonly string[]) =>
  put(
    await Packer.toBuffer(
      new Document({ sections: [{ children: paragraphs.map((text) => new Paragraph(text)) }] }),
    ),
  );
const attached = async ({ id, pi }: Filed, file: string, filename: string) => {
  await perform(world.platform, attach, pi, { application: id, type: "OTHER", filename, file });
};
const textsFor = (id: string) => attachedTexts(world.platform.database.kysely, world.platform.funder, id);
const contentOf = async (id: string) =>
  (await applicationFacts(world.platform, world.platform.database.kysely, "system", id)).content;
const comparedAs = async (id: string) => compared(world.platform, id, await contentOf(id), 0.01);
const file = async (one: Filed) =>
  perform(world.platform, submitApplication, one.pi, { application: one.id, version: 1, draftVersion: 2 });

it("finds a paragraph that stands in an attachment, read before filing or after", async () => {
  const { platform } = world;
  const theirs = await submitted(world, {
    content: ownContent(21, { route: shared }),
    organization: "institute",
  });
  const mine = await drafted(world, { content: ownContent(22) });
  const report = await wordFile(ownContent(23).abstract!, shared);
  await attached(mine, report, "可行性报告.docx");
  expect((await textsFor(mine.id)).waiting).toBe(1);
  expect((await comparedAs(mine.id)).hits).toEqual([]);

  await readAttachment(platform, report);
  await readAttachment(platform, report);
  const { read, waiting } = await textsFor(mine.id);
  expect([read.length, waiting]).toEqual([1, 0]);
  const [hit] = (await comparedAs(mine.id)).hits;
  expect(hit?.id).toBe(theirs.id);
  const [passage] = hit!.passages;
  expect(passage?.section).toBe(read[0]!.section);
  expect(shared).toContain(read[0]!.text.slice(passage!.from, passage!.to).slice(0, -1));

  // What is filed holds it too: the other side now finds the attachment.
  await file(mine);
  expect((await comparedAs(theirs.id)).hits.map(({ id }) => id)).toEqual([mine.id]);

  // Filed first, read afterwards.
  const late = await drafted(world, { content: ownContent(24) });
  const second = await wordFile(ownContent(25).abstract!, shared.slice(0, 90));
  await attached(late, second, "附件.docx");
  await file(late);
  expect((await comparedAs(theirs.id)).hits.map(({ id }) => id)).toEqual([mine.id]);
  await readAttachment(platform, second);
  expect((await comparedAs(theirs.id)).hits.map(({ id }) => id).sort()).toEqual([mine.id, late.id].sort());
});

it("names the files that hold no text, with the reason", async () => {
  const one = await drafted(world, { content: ownContent(26) });
  const scan = await put(
    Buffer.from(
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    ),
  );
  await attached(one, scan, "扫描件.pdf");
  await readAttachment(world.platform, scan);
  const { unreadable } = await textsFor(one.id);
  expect(unreadable).toEqual([
    { title: "扫描件.pdf", reason: expect.objectContaining({ zh: expect.stringContaining("图像") }) },
  ]);
});

it("destroys the text of attachments with the application", async () => {
  const { platform } = world;
  const one = await drafted(world, { content: ownContent(27) });
  const report = await wordFile(ownContent(28).abstract!);
  await attached(one, report, "涉密.docx");
  await readAttachment(platform, report);
  await file(one);
  const officers = [];
  for (let count = 0; count < 2; count += 1)
    officers.push(await world.actorOf(await world.someone({ roles: ["SEC_ADMIN"], organization: "bureau" })));
  const { purge: id } = await perform(platform, proposePurge, officers[0]!, {
    application: one.id,
    reason: "内容涉密",
  });
  await perform(platform, purge, officers[1]!, {
    purge: id,
    version: await versionOf(world, one.id),
  });
  const left = await platform.database.kysely
    .selectFrom("attachment_text")
    .select("file")
    .where("file", "=", report)
    .execute();
  expect(left).toEqual([]);
  await readAttachment(platform, report);
  expect((await textsFor(one.id)).read).toEqual([]);
});

it("makes comparable what was filed before texts were compared", async () => {
  const { platform } = world;
  const one = await submitted(world, { content: ownContent(29, { route: shared }) });
  await platform.database.kysely.deleteFrom("similar_document").where("id", "=", one.id).execute();
  expect(await fillSimilar(platform)).toBe(1);
  expect(await fillSimilar(platform)).toBe(0);
  const other = await drafted(world, { content: ownContent(30, { content: shared }) });
  expect((await comparedAs(other.id)).hits.map(({ id }) => id)).toContain(one.id);
});

it("shows what was pasted from the guide, and does not count it", async () => {
  const { platform } = world;
  const [policy] = platform.policies;
  const content = ownContent(31);
  const { body } = directionTexts(policy!).find(({ code }) => code === content.direction)!;
  const text = body.replaceAll("\n", "").slice(0, 120);
  const one = await drafted(world, { content: ownContent(31, { content: `本项目面向：${text}` }) });
  const [place] = await pastedDirection(policy!, await contentOf(one.id));
  expect(place?.section).toBe("content");
  expect(place!.to - place!.from).toBeGreaterThan(80);
  const { uncounted } = await comparedAs(one.id);
  expect(uncounted).toContainEqual(expect.objectContaining({ section: "content", why: "known" }));
});

it("tells near titles and shared teams apart from text, and warns from the pack's threshold on", async () => {
  const { platform } = world;
  const title = "基于声呐的海参底播密度监测方法研究";
  const member = {
    key: "m1",
    name: "演示成员",
    identityType: "PASSPORT",
    identityNo: "E12345678",
    organization: null,
    side: "DOMESTIC",
    role: "MEMBER",
    consent: "WRITTEN",
  };
  const team = [member, { ...member, key: "m2", identityNo: "E12345679" }] as unknown as Changes["members"];
  const officer = await world.actorOf(
    await world.someone({ roles: ["ACCEPTANCE_OFFICER"], organization: "bureau" }),
  );
  const first = await atTheDesk(world, { content: { ...ownContent(32), title, members: team! } });
  const second = await atTheDesk(world, {
    content: { ...ownContent(33), title: "面向示范区的声呐海参底播密度监测方法", members: team! },
    organization: "institute",
  });
  const third = await atTheDesk(world, {
    content: { ...ownContent(34), sections: ownContent(32).sections! },
    organization: "institute",
  });
  const facts = await applicationFacts(platform, platform.database.kysely, officer, first.id);
  const { near, signals } = await similarOf(platform, officer, facts);
  expect(near.map(({ hit }) => hit.id)).toEqual([third.id]);
  expect(near[0]!.hit.coverage).toBeGreaterThan(facts.call.policy.review.similarity.warnFrom);
  const signal = signals.find((one) => one.facts.id === second.id);
  expect(signal?.titleLikeness).toBeGreaterThan(0.75);
  expect(signal?.people).toEqual({ shared: 2 });
  expect(signals.find((one) => one.facts.id === third.id)).toBeUndefined();

  // The same question by the interface: officers learn which application, applicants do not.
  const seen = await ask(platform, similarityRead, officer, { application: first.id });
  expect(seen.near[0]).toMatchObject({ application: third.id });
  expect(seen.near[0]!.passages[0]).toHaveProperty("inSection");
  const own = await ask(platform, similarityRead, first.pi, { application: first.id });
  expect(own.near[0]).toMatchObject({ application: null });
  expect(own.near[0]!.passages[0]).not.toHaveProperty("inSection");
  await expect(ask(platform, similarityRead, second.pi, { application: first.id })).rejects.toThrow(
    "not there",
  );
});
