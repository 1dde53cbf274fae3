import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { zhinan } from "../cli/process.ts";
import { documentOf, documents, folder, textOf } from "./corpus.ts";

const line = (document: unknown) => `${JSON.stringify(document)}\n`;
const asLine = ({ id, title, sections }: ReturnType<typeof documentOf>) =>
  line({ id, title, sections: Object.fromEntries(sections.map(({ name, text }) => [name, text])) });

const corpus = (place: string, from: number, to: number): string => {
  const file = path.join(place, `corpus-${from}.jsonl`);
  writeFileSync(file, documents(from, to).map(asLine).join(""));
  return file;
};

describe("zhinan similar", () => {
  it("indexes, answers as the contract says, adds, changes and removes in place", async () => {
    const place = folder();
    const out = path.join(place, "index");
    const query = (text: string) =>
      zhinan(["similar", "query", "--index", out, "--top", "3", "--json"], text);
    expect(
      (await zhinan(["similar", "index", "--corpus", corpus(place, 0, 10), "--out", out, "--json"])).code,
    ).toBe(0);
    const text = asLine(documentOf(4)).replace('"p4"', '"q1"');
    const { code, out: said } = await query(text + asLine(documentOf(20)));
    const answers = said
      .trim()
      .split("\n")
      .map((one) => JSON.parse(one));
    expect([code, answers.map(({ id }) => id)]).toEqual([0, ["q1", "p20"]]);
    expect(Object.keys(answers[0])).toEqual(["id", "seconds", "hits"]);
    const [hit] = answers[0].hits;
    expect(hit).toMatchObject({ id: "p4", coverage: 1 });
    expect(Object.keys(hit)).toEqual(["id", "coverage", "passages"]);
    for (const { section, from, to, inSection, inFrom, inTo } of hit.passages)
      expect(textOf(documentOf(4), section).slice(from, to)).toBe(
        textOf(documentOf(4), inSection).slice(inFrom, inTo),
      );

    const added = await zhinan(
      ["similar", "add", "--index", out, "--json"],
      asLine(documentOf(20)) + asLine({ ...documentOf(21), id: "p4" }),
    );
    expect(JSON.parse(added.out)).toEqual({ added: 1, changed: 1, documents: 11 });
    const after = (await query(text + asLine(documentOf(20)))).out
      .trim()
      .split("\n")
      .map((one) => JSON.parse(one));
    expect(after[1].hits[0]).toMatchObject({ id: "p20", coverage: 1 });
    expect(after[0].hits[0]?.coverage ?? 0).toBeLessThan(1);

    const removed = await zhinan(["similar", "remove", "--index", out, "--json"], "p20\np99\n");
    expect(JSON.parse(removed.out)).toEqual({ removed: 1, absent: 1, documents: 10 });
    expect(JSON.parse((await query(asLine(documentOf(20)))).out).hits[0]?.coverage ?? 0).toBeLessThan(1);
  });

  it("refuses malformed lines with their places, and leaves what is there", async () => {
    const place = folder();
    const out = path.join(place, "index");
    const good = corpus(place, 0, 3);
    await zhinan(["similar", "index", "--corpus", good, "--out", out]);
    const bad = path.join(place, "bad.jsonl");
    writeFileSync(
      bad,
      asLine(documentOf(0)) +
        "{\n" +
        line({ id: "x", title: "", sections: { a: 3 } }) +
        line({ id: "y", title: "", sections: {}, extra: 1 }) +
        asLine(documentOf(0)),
    );
    for (const words of [
      ["similar", "index", "--corpus", bad, "--out", out],
      ["similar", "add", bad, "--index", out],
    ]) {
      const { code, out: said, error } = await zhinan(words);
      expect([code, said]).toEqual([2, ""]);
      for (const at of ["line 2", "line 3 sections.a", "line 4 extra", "line 5 id"])
        expect(error).toContain(at);
    }
    const query = await zhinan(
      ["similar", "query", "--index", out, "--json"],
      `${asLine(documentOf(1))}\nnot json\n`,
    );
    expect([query.code, query.out]).toEqual([2, ""]);
    expect(query.error).toContain("line 3");
    expect(
      JSON.parse((await zhinan(["similar", "query", "--index", out, "--json"], asLine(documentOf(2)))).out)
        .hits[0].id,
    ).toBe("p2");
    expect((await zhinan(["similar", "query", "--index", path.join(place, "none")], "")).code).toBe(2);
    expect((await zhinan(["similar", "query", "--index", out, "--top", "0"], "")).code).toBe(2);
    expect(
      (await zhinan(["similar", "index", "--corpus", path.join(place, "none"), "--out", out])).code,
    ).toBe(2);
  });
});
