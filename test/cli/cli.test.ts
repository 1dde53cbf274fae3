import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { zhinan as run } from "./process.ts";
import { loadPolicy } from "../../src/platform/policies.ts";

const folder = mkdtempSync(path.join(tmpdir(), "zhinan-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const zhinan = (words: readonly string[], input: string | Buffer = "") => run(words, input, folder);
const file = (name: string, content: string | Buffer): string => {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
};

const policy = await loadPolicy("dalian-2024");
const requestOf = (name: string): Record<string, unknown> => {
  const one = policy.cases.find((each) => each.case === name);
  if (one === undefined) throw new Error(`no case ${name}`);
  return structuredClone<Record<string, unknown>>(one.request);
};
const sound = JSON.stringify(requestOf("clear-applied_basic"));

describe("help", () => {
  it("lists the commands, and explains each", async () => {
    const all = await zhinan(["--help"]);
    expect(all.code).toBe(0);
    for (const name of ["guide parse", "guide coverage", "check", "direction suggest"]) {
      expect(all.out).toContain(name);
      const one = await zhinan([...name.split(" "), "--help"]);
      expect(one.code).toBe(0);
      expect(one.out).toContain(`zhinan ${name}`);
    }
  });

  it.each([
    [["nothing"]],
    [["guide"]],
    [["check", "--colour"]],
    [["guide", "parse"]],
    [["guide", "coverage", "a", "b"]],
  ])("refuses the call %j", async (words) => {
    const { code, out, error } = await zhinan(words);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(error).not.toBe("");
  });
});

describe("check", () => {
  it("gives one document in the form agreed", async () => {
    const { code, out, error } = await zhinan(
      ["check", "-", "--json"],
      JSON.stringify(requestOf("grant-applied-35")),
    );
    expect(code).toBe(1);
    expect(error).toBe("");
    const [finding] = JSON.parse(out).findings;
    expect(JSON.parse(out)).toMatchObject({ policy: "dalian-2024", stage: "submit", verdict: "blocked" });
    expect(Object.keys(finding)).toEqual(["rule", "clause", "severity", "overridable", "path", "message"]);
    expect(finding).toMatchObject({
      rule: "grant-ceiling",
      clause: "G3.c",
      severity: "error",
      overridable: false,
    });
    expect(finding.message.zh).toBe("你申请 35 万元，应用基础研究不超过 30 万元，超出 5 万元。");
  });

  it("exits with 0 for clear and for confirm, reads files, and speaks plainly without --json", async () => {
    const clear = await zhinan(["check", file("clear.json", sound)]);
    expect(clear.code).toBe(0);
    expect(clear.out).toContain("可以通过");
    const confirm = await zhinan(["check", "-", "--json"], JSON.stringify(requestOf("ethics")));
    expect([confirm.code, JSON.parse(confirm.out).verdict]).toEqual([0, "confirm"]);
  });

  const change = (path: readonly string[], value: unknown): string => {
    const request = requestOf("clear-applied_basic");
    let place = request;
    for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>;
    place[path.at(-1) ?? ""] = value;
    return JSON.stringify(request);
  };
  it.each([
    ["an unknown key", change(["application", "colour"], 1), "application.colour"],
    ["an unknown key at the root", change(["colour"], 1), "colour"],
    ["a wrong type", change(["application", "title"], 7), "application.title"],
    ["an impossible date", change(["application", "periodEnd"], "2027-02-30"), "application.periodEnd"],
    ["no whole fen", change(["application", "requestedGrant"], 1.5), "application.requestedGrant"],
    ["an unsafe amount", change(["application", "requestedGrant"], 1e300), "application.requestedGrant"],
    ["an unknown policy", change(["policy"], "atlantis-2024"), "policy"],
    ["a policy that is a path", change(["policy"], "../dalian-2024"), "policy"],
    ["an unknown stage", change(["stage"], "later"), "stage"],
    ["a time without its offset", change(["at"], "2024-06-20T10:00:00"), "at"],
    ["an impossible time", change(["at"], "2024-06-31T10:00:00+08:00"), "at"],
    ["a missing part", JSON.stringify({ policy: "dalian-2024" }), "stage"],
    ["no JSON", "{", "stdin"],
    ["nothing", "", "stdin"],
    ["a list", "[]", ""],
    ["a prototype key", sound.replace('"title"', '"__proto__"'), "__proto__"],
    ["an escaped prototype key", sound.replace('"title"', '"\\u005f_proto__"'), "__proto__"],
    ["a constructor key", `{"constructor":{"prototype":{"a":1}},${sound.slice(1)}`, "constructor"],
    ["deep nesting", `${"[".repeat(200_000)}${"]".repeat(200_000)}`, ""],
  ])("refuses %s", async (_, input, place) => {
    const { code, out, error } = await zhinan(["check", "-", "--json"], input);
    expect([code, out]).toEqual([2, ""]);
    expect(error).toContain(place);
    expect(error).not.toMatch(/\n\s+at /);
  });

  it("refuses bytes that are no text, a folder, a missing file, and 200 MB", async () => {
    const large = file("large.json", "");
    truncateSync(large, 200 * 1024 * 1024);
    for (const name of [
      file("binary.json", Buffer.from([0xff, 0xfe, 0x00, 0x80])),
      folder,
      "missing.json",
      large,
    ]) {
      const { code, out, error } = await zhinan(["check", name, "--json"]);
      expect([code, out]).toEqual([2, ""]);
      expect(error).toContain(name);
    }
  });

  it("takes a wrong value for a finding, not for a fault", async () => {
    for (const path of [["category"], ["field"], ["direction"], ["leadOrganization"]]) {
      const { code, out } = await zhinan(
        ["check", "-", "--json"],
        change(["application", ...path], "NOWHERE"),
      );
      expect([code, JSON.parse(out).verdict]).toEqual([1, "blocked"]);
    }
  });
});

describe("check --batch", () => {
  it("answers line by line, in order, and names the malformed ones", async () => {
    const blocked = JSON.stringify(requestOf("grant-applied-35"));
    const { code, out } = await zhinan(
      ["check", "--batch"],
      [sound, "{", blocked, sound.replace("submit", "?"), sound].join("\n"),
    );
    const answers = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(2);
    expect(answers.map((one) => one.verdict ?? "error")).toEqual([
      "clear",
      "error",
      "blocked",
      "error",
      "clear",
    ]);
    expect(answers[1].error.line).toBe(2);
    expect(answers[3].error.faults[0].path).toBe("stage");
  });

  it("exits with 0 where every line could be judged, blocked or not", async () => {
    const lines = `${policy.cases.map((one) => JSON.stringify(one.request)).join("\n")}\n`;
    const { code, out } = await zhinan(["check", "-", "--batch", "--json"], lines);
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(policy.cases.length);
  });

  it("passes over a line of 10 MB and goes on", async () => {
    const { code, out } = await zhinan(["check", "--batch"], `${"x".repeat(10 * 1024 * 1024)}\n${sound}\n`);
    const answers = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(2);
    expect(answers.map((one) => one.verdict ?? "error")).toEqual(["error", "clear"]);
  });
});

describe("guide", () => {
  it("parses a text from standard input", async () => {
    const { code, out } = await zhinan(
      ["guide", "parse", "-", "--json"],
      "某市指南\n一、依据\n依据办法。\n二、要求\n1.申请人应当在职。\n",
    );
    expect(code).toBe(0);
    const guide = JSON.parse(out);
    expect(guide.title).toBe("某市指南");
    expect(guide.nodes.map((node: { id: string }) => node.id)).toEqual(["一", "二"]);
    expect(guide.nodes[1].children[0]).toEqual({
      id: "二/1",
      marker: "1.",
      heading: "",
      text: "申请人应当在职。",
      line: 5,
      children: [],
    });
  });

  it("refuses what is no guide", async () => {
    const large = file("large.txt", "");
    truncateSync(large, 200 * 1024 * 1024);
    const inputs = [
      file("empty.txt", ""),
      file("binary.txt", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0xff, 0xfe])),
      file("long-line.txt", `一、${"长".repeat(4_000_000)}`),
      large,
      folder,
      "missing.txt",
    ];
    for (const name of inputs) {
      const { code, out, error } = await zhinan(["guide", "parse", name, "--json"]);
      expect([name, code, out]).toEqual([name, 2, ""]);
      expect(error.trim()).not.toBe("");
      expect(error).not.toMatch(/\n\s+at /);
    }
  });

  it("accounts for every clause of the pack", async () => {
    const { code, out } = await zhinan(["guide", "coverage", "dalian-2024", "--json"]);
    const coverage = JSON.parse(out);
    expect([code, coverage.clauses.length, coverage.unaccounted]).toEqual([0, 90, []]);
    expect(coverage.clauses.every((one: { enforcement: unknown[] }) => one.enforcement.length > 0)).toBe(
      true,
    );
  });
});

describe("direction suggest", () => {
  const suggest = (input: string | Buffer, ...more: string[]) =>
    zhinan(["direction", "suggest", "--policy", "dalian-2024", "--top", "3", "--json", ...more], input);

  it("answers a line each, best first", async () => {
    const { code, out } = await suggest("水产预制菜贮藏期间质构劣变机制\n\n低空无人机集群通信\n");
    const answers = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(answers.map((one) => one.suggestions[0]?.code)).toEqual(["AB-35", undefined, "AB-19"]);
    expect(answers[0].suggestions.length).toBeLessThanOrEqual(3);
    expect(answers[0].suggestions[0].why).not.toEqual([]);
  });

  it.each([
    ["no number", ["--top", "many"]],
    ["zero", ["--top", "0"]],
    ["an unknown policy", ["--policy", "nowhere"]],
  ])("refuses %s", async (_, more) => {
    const { code, out } = await suggest("标题\n", ...more);
    expect([code, out]).toEqual([2, ""]);
  });

  it("refuses bytes and lines of 10 MB, and answers nothing then", async () => {
    for (const input of [Buffer.from([0xff, 0xfe, 0x0a]), `标题\n${"长".repeat(4_000_000)}\n`]) {
      const { code, out, error } = await suggest(input);
      expect([code, out]).toEqual([2, ""]);
      expect(error).toContain("line");
    }
  });
});
