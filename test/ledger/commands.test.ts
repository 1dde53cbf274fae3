import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readHeader } from "../../src/core/ledger/export.ts";
import type { Database } from "../../src/platform/database/connect.ts";
import { loadKeys } from "../../src/platform/keys.ts";
import { receiptOf } from "../../src/platform/ledger/receipts.ts";
import { sequenceAll } from "../../src/platform/ledger/sequencer.ts";
import { zhinan } from "../cli/process.ts";
import { act, funder, ledgerDatabase, recordSome } from "./stored.ts";
import { chainOf, exportOf } from "./world.ts";

const folder = mkdtempSync(path.join(tmpdir(), "zhinan-ledger-"));
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const sound = exportOf(chainOf(20));
const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
const verify = (...words: readonly string[]) => zhinan(["ledger", "verify", ...words, "--json"]);
const head = readHeader(sound[0]!)!.head;

describe("zhinan ledger verify --file", () => {
  it("answers in the contract's words for a sound export, from a pipe too", async () => {
    const whole = file("whole.jsonl", text(sound));
    const [one, two] = await Promise.all([
      verify("--file", whole, "--head", `20:${head.root}`),
      zhinan(["ledger", "verify", "--file", "-", "--json"], text(sound)),
    ]);
    expect([one.code, one.error]).toEqual([0, ""]);
    expect(one.out).toBe(`{"entries":20,"verified":true,"root":"${head.root}","firstBad":null}\n`);
    expect([two.code, two.out]).toEqual([0, one.out]);
  });

  it.each([
    ["changed", text(sound.with(7, sound[7]!.replace("700", "701"))), 7],
    ["no JSON any more", text(sound.with(7, sound[7]!.slice(1))), 7],
    ["half a line", text(sound).slice(0, -40), 20],
    ["removed", text(sound.toSpliced(7, 1)), 7],
    ["twice", text(sound.toSpliced(8, 0, sound[7]!)), 8],
    ["exchanged", text(sound.with(7, sound[8]!).with(8, sound[7]!)), 7],
    ["cut", text(sound.slice(0, 8)), 8],
    ["an empty line", text(sound.toSpliced(7, 0, "")), 7],
  ])("names the first bad entry: %s", async (name, lines, firstBad) => {
    const { code, out, error } = await verify("--file", file(`${name}.jsonl`, lines));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ verified: false, firstBad });
    expect(error).toContain(`第 ${firstBad} 笔起`);
  });

  it("compares an older export with a head kept elsewhere, however that is given", async () => {
    const short = file("short.jsonl", text(exportOf(chainOf(12))));
    const kept = file("head.json", JSON.stringify(head, null, 2));
    const whole = file("kept.jsonl", text(sound));
    for (const words of [kept, whole, `20:${head.root}`]) {
      const { code, out } = await verify("--file", short, "--head", words);
      expect([code, JSON.parse(out).firstBad]).toEqual([1, 13]);
    }
    expect((await verify("--file", short)).code).toBe(0);
  });

  it("refuses what is neither an export nor a receipt, with the place", async () => {
    const other = file("other.json", '{"kind":"invoice"}');
    const forged = file("forged.json", JSON.stringify({ ...head, number: 21 }));
    const bytes = path.join(folder, "bytes");
    writeFileSync(bytes, Buffer.from([0xff, 0xfe, 0x0a]));
    const cases: readonly (readonly [readonly string[], string])[] = [
      [["--file", other], "neither an export"],
      [["--file", file("empty", "")], "the file is empty"],
      [["--file", file("words.txt", "hello\n")], "not JSON"],
      [["--file", bytes], "not UTF-8"],
      [["--file", path.join(folder, "nowhere")], "no such file"],
      [["--file", file("entries.jsonl", text(sound.slice(1)))], "the head that is the first line"],
      [["--file", file("whole2.jsonl", text(sound)), "--head", forged], "does not fit"],
      [["--file", file("whole3.jsonl", text(sound)), "--head", other], "signature  缺少此项"],
    ];
    const answers = await Promise.all(cases.map(([words]) => verify(...words)));
    for (const [index, { code, out, error }] of answers.entries()) {
      const [words, said] = cases[index]!;
      expect([code, out]).toEqual([2, ""]);
      expect(error).toContain(said);
      expect(error).toContain(words.at(-1));
    }
  });
});

describe("with a database", () => {
  const keys = path.join(folder, "keys");
  const before = { url: process.env["DATABASE_URL"], keys: process.env["ZHINAN_KEYS"] };
  let database: Database;
  beforeAll(async () => {
    database = await ledgerDatabase();
    await sql`delete from funder where id = 'other'`.execute(database.kysely);
    process.env["DATABASE_URL"] = database.url;
    process.env["ZHINAN_KEYS"] = keys;
    loadKeys(keys, { demo: true });
    await recordSome(database, 5);
  });
  afterAll(async () => {
    for (const [name, value] of [
      ["DATABASE_URL", before.url],
      ["ZHINAN_KEYS", before.keys],
    ] as const)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it("exports, verifies, and finds what was cut after the export", async () => {
    const out = path.join(folder, "export.jsonl");
    const exported = await zhinan(["ledger", "export", out]);
    expect([exported.code, exported.error]).toEqual([0, ""]);
    expect(readFileSync(out, "utf8").split("\n")).toHaveLength(7);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
    const [offline, online] = await Promise.all([verify("--file", out), verify("--head", out)]);
    expect([offline.code, online.code]).toEqual([0, 0]);
    expect(online.out).toBe(offline.out);
    await database.kysely.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`delete from ledger_entry where number = 5`.execute(tx);
      await sql`delete from ledger_head`.execute(tx);
    });
    const cut = await verify("--head", out);
    expect([cut.code, JSON.parse(cut.out)]).toEqual([
      1,
      expect.objectContaining({ entries: 4, verified: false, firstBad: 5 }),
    ]);
    expect((await verify()).code).toBe(0);
  });

  it("verifies a receipt without it, and says that it is one", async () => {
    const [id] = await recordSome(database, 1, 9);
    await sequenceAll(database, funder);
    const receipt = await receiptOf(database, funder, id!, loadKeys(keys, { demo: true }).ledger);
    const place = file("receipt.json", JSON.stringify(receipt, null, 2));
    const { number, root } = receipt!.head;
    const good = await verify("--file", place, "--head", `${number}:${root}`);
    expect([good.code, JSON.parse(good.out)]).toEqual([
      0,
      { entries: 1, verified: true, root, firstBad: null, kind: "receipt" },
    ]);
    const forged = { ...receipt, entry: { ...receipt!.entry, objectId: act(1).objectId } };
    const bad = await verify("--file", file("forged-receipt.json", JSON.stringify(forged)));
    expect([bad.code, JSON.parse(bad.out)]).toMatchObject([1, { verified: false, kind: "receipt" }]);
    expect((await verify("--file", place, "--head", `${number}:${"0".repeat(64)}`)).code).toBe(1);
    const apart = await verify("--file", place, "--head", `${number + 1}:${root}`);
    expect([apart.code, apart.error]).toEqual([2, expect.stringContaining("cannot be compared")]);
  });

  it("asks for keys and folders that are not there", async () => {
    mkdirSync(path.join(folder, "none"), { recursive: true });
    process.env["ZHINAN_KEYS"] = path.join(folder, "none");
    const keyless = await zhinan(["ledger", "export", path.join(folder, "x.jsonl")]);
    process.env["ZHINAN_KEYS"] = keys;
    expect([keyless.code, keyless.error]).toEqual([2, expect.stringContaining("zhinan keys new")]);
    const astray = await zhinan(["ledger", "export", path.join(folder, "nowhere/x.jsonl")]);
    expect([astray.code, astray.error]).toEqual([2, expect.stringContaining("no such folder")]);
    const made = await zhinan(["keys", "new", path.join(folder, "new")]);
    expect([made.code, readdirSync(path.join(folder, "new"))]).toEqual([
      0,
      expect.arrayContaining(["ledger.1"]),
    ]);
    expect((await zhinan(["keys", "new", path.join(folder, "new")])).code).toBe(2);
  });
});
