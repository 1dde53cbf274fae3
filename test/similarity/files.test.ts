import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Invalid } from "../../src/platform/errors.ts";
import { buildSimilarity, openSimilarity } from "../../src/platform/similarity.ts";
import { Damaged } from "../../src/platform/similarity/damaged.ts";
import { documentOf, documents, folder } from "./corpus.ts";

const root = path.resolve(import.meta.dirname, "../..");
const program = path.join(import.meta.dirname, "writer.ts");

const built = async (count = 12): Promise<string> => {
  const place = folder();
  await buildSimilarity(place, documents(0, count));
  return place;
};

const find = (place: string, ending: RegExp): string =>
  path.join(
    place,
    readdirSync(place).find((name) => ending.test(name))!,
  );

const flip = (file: string, at: number) => {
  const bytes = readFileSync(file);
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  writeFileSync(file, bytes);
};

const finds = async (place: string, number: number): Promise<boolean> => {
  const index = await openSimilarity(place);
  const [first] = index.query(documentOf(number), 1);
  index.close();
  return first?.id === `p${number}` && first.coverage === 1;
};

describe("damaged files", () => {
  it.each([
    ["one bit", (file: string) => flip(file, 900)],
    ["the last byte", (file: string) => flip(file, -1)],
    ["cut short", (file: string) => truncateSync(file, 700)],
    ["empty", (file: string) => truncateSync(file, 0)],
    ["gone", (file: string) => rmSync(file)],
  ])("a segment with %s is made again from the texts", async (_, damage) => {
    const place = await built();
    damage(find(place, /\.segment$/));
    expect(await finds(place, 5)).toBe(true);
    // A writer repairs it on disk: then the bytes are those of the first build.
    const whole = await built();
    (await openSimilarity(place, { write: true })).close();
    expect(readFileSync(find(place, /\.segment$/)).equals(readFileSync(find(whole, /\.segment$/)))).toBe(
      true,
    );
  });

  it("damaged texts are never answered from", async () => {
    const place = await built();
    const file = find(place, /\.texts$/);
    for (let at = 100; at < readFileSync(file).length; at += 3_000) flip(file, at);
    const index = await openSimilarity(place);
    expect(() => index.query(documentOf(5), 1)).toThrow(Damaged);
    index.close();
  });

  it("texts cut short, or a segment and its texts both damaged, are refused at the door", async () => {
    const place = await built();
    truncateSync(find(place, /\.texts$/), 5_000);
    await expect(openSimilarity(place)).rejects.toThrow(Damaged);
    const other = await built();
    flip(find(other, /\.segment$/), 900);
    flip(find(other, /\.texts$/), 900);
    await expect(openSimilarity(other)).rejects.toThrow(Damaged);
  });

  it("a damaged list or known text is refused, damaged frequencies are taken again", async () => {
    const place = await built();
    flip(find(place, /^frequency/), -1);
    expect(await finds(place, 5)).toBe(true);
    flip(find(place, /^known/), -1);
    await expect(openSimilarity(place)).rejects.toThrow(Damaged);
    const other = await built();
    flip(find(other, /^manifest/), 40);
    await expect(openSimilarity(other)).rejects.toThrow(Damaged);
  });
});

describe("writers", () => {
  it("only one at a time; readers do not wait", async () => {
    const place = await built();
    const writer = await openSimilarity(place, { write: true });
    await expect(openSimilarity(place, { write: true })).rejects.toThrow(Invalid);
    await expect(buildSimilarity(place, [])).rejects.toThrow(Invalid);
    expect(await finds(place, 5)).toBe(true);
    writer.close();
    (await openSimilarity(place, { write: true })).close();
  });

  it("the lock of a process that is no more does not hold", async () => {
    const place = await built();
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    writeFileSync(path.join(place, "writer.lock"), `${hostname()} ${gone}\n`);
    const index = await openSimilarity(place, { write: true });
    expect(index.documents()).toBe(12);
    index.close();
  });

  it("a reader goes on with what it opened while a writer merges", async () => {
    const place = await built();
    const reader = await openSimilarity(place);
    const writer = await openSimilarity(place, { write: true });
    for (const document of documents(12, 40)) writer.put(document);
    writer.save();
    expect(reader.query(documentOf(5), 1)[0]?.coverage).toBe(1);
    expect(reader.query(documentOf(20), 1)[0]?.coverage ?? 0).toBeLessThan(1);
    expect(await finds(place, 20)).toBe(true);
    reader.close();
    writer.close();
  });

  it("a writer killed at any moment loses nothing that was saved", async () => {
    const place = await built(8);
    for (const wait of [5, 30, 90]) {
      const child = spawn(process.execPath, [program, place, "8", "60"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let saved = 0;
      await new Promise<void>((resolve) => {
        child.stdout.on("data", (said: Buffer) => {
          for (const word of String(said).trim().split("\n")) saved = Number(word);
          if (saved >= 12) setTimeout(() => child.kill("SIGKILL"), wait);
        });
        child.on("close", () => resolve());
      });
      expect(saved).toBeGreaterThanOrEqual(12);
      for (const number of [0, 7, saved]) expect(await finds(place, number)).toBe(true);
      const index = await openSimilarity(place, { write: true });
      index.close();
      expect(readdirSync(place).filter((name) => name.endsWith(".unfinished"))).toEqual([]);
    }
  });

  it.skipIf(process.platform === "win32")(
    "no room for a merge: an error, and the index as it was",
    async () => {
      const place = await built(10);
      const before = readdirSync(place)
        .sort()
        .map((name) => [name, readFileSync(path.join(place, name)).toString("base64")]);
      // Blocks of 1024 bytes: the manifest fits, a part of fifty documents does not.
      const { status, stderr } = spawnSync(
        "bash",
        ["-c", `ulimit -f 64; exec "$@"`, "_", process.execPath, program, place, "10", "60", "at-once"],
        { encoding: "utf8" },
      );
      expect(status).not.toBe(0);
      expect(stderr).toMatch(/EFBIG|ENOSPC/);
      rmSync(path.join(place, "writer.lock"), { force: true });
      const after = readdirSync(place)
        .sort()
        .map((name) => [name, readFileSync(path.join(place, name)).toString("base64")]);
      expect(after).toEqual(before);
      expect(await finds(place, 5)).toBe(true);
    },
  );

  it("an index is put only where nothing else lies", async () => {
    const place = folder();
    copyFileSync(path.join(root, "LICENSE"), path.join(place, "LICENSE"));
    await expect(buildSimilarity(place, documents(0, 2))).rejects.toThrow(Invalid);
    expect(readdirSync(place)).toEqual(["LICENSE"]);
    await expect(openSimilarity(place)).rejects.toThrow(Invalid);
  });

  it("an index that cannot be finished leaves the old one", async () => {
    const place = await built();
    const broken = function* () {
      yield documentOf(30);
      throw new Error("the source ended early");
    };
    await expect(buildSimilarity(place, broken())).rejects.toThrow("ended early");
    expect(await finds(place, 5)).toBe(true);
    await buildSimilarity(place, documents(20, 22));
    expect(await finds(place, 21)).toBe(true);
  });
});

describe("odd texts", () => {
  const odd = (text: string) => ({ id: "odd", title: "", sections: [{ name: "a", text }] });

  it.each([
    ["nothing", ""],
    ["one character", "一"],
    ["punctuation", "。，、".repeat(50)],
    ["lone surrogates", "\ud83d\ude00\ud83d\udc00\udc00".repeat(40)],
  ])("%s: no hits, and none to it", async (_, text) => {
    const place = await built(6);
    const index = await openSimilarity(place, { write: true });
    index.put(odd(text));
    expect(index.query(odd(text), 5)).toEqual([]);
    expect(index.query(documentOf(3), 5).some(({ id }) => id === "odd")).toBe(false);
    index.save();
    index.close();
    expect(await finds(place, 3)).toBe(true);
  });

  it("ten megabytes of one character find themselves and nothing else", async () => {
    const place = await built(6);
    const index = await openSimilarity(place, { write: true });
    const text = "一".repeat(3_500_000);
    index.put(odd(text));
    expect(index.query(odd(text), 5).map(({ id, coverage }) => [id, coverage])).toEqual([["odd", 1]]);
    // It has no stretch that tells one place from another: nothing is said of a text that is not the same.
    expect(index.query(odd(`${text}二`), 5)).toEqual([]);
    index.close();
  });

  it("text of template words only is nobody's", async () => {
    const place = await built(10);
    const index = await openSimilarity(place);
    const template = documentOf(50).sections.map(({ name, text }) => ({
      name,
      text: text.slice(0, text.indexOf("）") + 1),
    }));
    expect(index.query({ id: "q", title: "", sections: template }, 5)).toEqual([]);
    index.close();
  });
});
