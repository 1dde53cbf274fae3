import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { walk } from "../../src/core/guide/guide.ts";
import { parseGuide } from "../../src/core/guide/parse.ts";
import facts from "./fixtures/dalian-2024.json" with { type: "json" };
import { expected, held } from "./law.ts";

const source = readFileSync(new URL("../../policies/dalian-2024/guide.txt", import.meta.url), "utf8");
const guide = parseGuide(source);
const nodes = new Map(Array.from(walk(guide.nodes), (node) => [node.id, node]));
const text = (id: string): string => nodes.get(id)?.text ?? "";

describe("the real guide", () => {
  test("has every node that a clause stands in", () => {
    expect(facts.clauseNodes.filter((id) => !nodes.has(id))).toEqual([]);
  });

  test("has 89 leaves with their headings and lines", () => {
    const byLine = new Map(Array.from(nodes.values(), (node) => [node.line, node]));
    const wrong = facts.leaves.filter(([, title, line]) => byLine.get(Number(line))?.heading !== title);
    expect(facts.leaves).toHaveLength(89);
    expect(wrong).toEqual([]);
  });

  test("loses nothing and doubles nothing", () => {
    expect(held(guide)).toBe(expected(source, guide, (line) => /^- \d+ -$/.test(line)));
  });

  test("has unique ids, lines in order, and the outer sections of its numbering", () => {
    const lines = Array.from(nodes.values(), ({ line }) => line);
    expect(nodes.size).toBe([...walk(guide.nodes)].length);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(guide.title).toBe("附件2 2024");
    expect(guide.nodes.map(({ id }) => id)).toEqual(["一", "二", "三", "四", "五", "六", "七", "八", "附件"]);
    expect(nodes.get("四")?.children).toHaveLength(17);
    expect(nodes.get("四/2")?.children.map(({ id }) => id)).toEqual([
      "四/2/（1）",
      "四/2/（2）",
      "四/2/（3）",
    ]);
  });

  test("keeps sentences whole over lines and pages", () => {
    expect(text("四/4")).not.toContain("\n");
    expect(text("四/4")).toMatch(/^应用基础研究项目施行限项推荐.*每个单位不超过2项。$/);
    expect(text("五/2")).toContain("决策咨询报告，研究成果应被市委");
    expect(text("六/（二）/2").split("\n")).toHaveLength(2);
    expect(
      text("二/五/（九）")
        .split("\n")
        .map((line) => line.slice(0, 5)),
    ).toEqual(["研究目标：", "研究内容："]);
    expect(nodes.get("二/五/（九）")?.heading).toBe("大连市创建具有全国影响力的区域科技创新中心政策体系研究");
    expect(nodes.get("四/16")?.heading).toBe("");
    expect(nodes.get("四/13")?.heading).toBe("");
    expect(text("四/2")).toBe("项目执行期：");
  });

  test("keeps each desk's telephone lines apart", () => {
    expect(text("八")).toBe("业务咨询：");
    expect(text("八/3").split("\n")).toEqual([
      "科技成果转化促进处：",
      "洁净能源领域应用基础研究项目 联系电话：39989850。",
      "化工和新材料领域应用基础研究项目 联系电话：39989850。",
      "双碳领域应用基础研究项目 联系电话：39989850。",
    ]);
    expect(text("八/6").split("\n").slice(-3)).toEqual([
      "受理咨询：",
      "行政审批办公室：65851150",
      "大连市科技项目管理信息平台技术支持： 联系电话：（略）",
    ]);
  });

  test("lists its annexes", () => {
    expect(nodes.get("附件")?.marker).toBe("附件：");
    expect(nodes.get("附件")?.children.map(({ id, heading }) => [id, heading])).toEqual([
      ["附件/1", "可行性研究报告提纲"],
      ["附件/2", "推荐函"],
      ["附件/3", "大连市科技计划项目预算编制说明"],
      ["附件/4", "《大连市科技创新基金管理办法》（大科规发〔2023〕1号）"],
    ]);
  });

  test.each([
    ["without blank lines", source.replace(/\n+/g, "\n")],
    ["with Windows line ends and a mark in front", `\ufeff${source.replace(/\n/g, "\r\n")}`],
    ["with every line indented", source.replace(/^(?=.)/gm, "　　")],
    ["with spaces at the ends of lines", source.replace(/$/gm, "  ")],
  ])("reads the same %s", (_, changed) => {
    const words = (text: string): string[][] =>
      Array.from(walk(parseGuide(text).nodes), ({ id, heading, text: own }) => [id, heading, own]);
    expect(words(changed)).toEqual(words(source));
  });
});
