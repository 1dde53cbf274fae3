import { beforeAll, describe, expect, it } from "vitest";
import { type Comparison, comparer } from "../../src/core/similarity/compare.ts";
import type { Fold } from "../../src/core/similarity/fold.ts";
import { noFrequency } from "../../src/core/similarity/frequency.ts";
import { type Known, knownOf, nothingKnown } from "../../src/core/similarity/known.ts";
import { normalize } from "../../src/core/similarity/normalize.ts";
import { prepare } from "../../src/core/similarity/prepared.ts";
import type { Section } from "../../src/core/similarity/text.ts";
import { loadFold } from "../../src/platform/similarity/fold.ts";
import { loadSynonyms } from "../../src/platform/similarity/synonyms.ts";

let fold: Fold;
let compare: (query: readonly Section[], other: readonly Section[], known?: Known) => Comparison;

beforeAll(async () => {
  fold = await loadFold();
  const run = comparer(await loadSynonyms(fold));
  compare = (query, other, known = nothingKnown) =>
    run(prepare(normalize(fold, query), known, noFrequency), normalize(fold, other), noFrequency);
});

const shared = "利用声学遥测与数值模拟相结合的手段，查明增殖放流苗种在人工鱼礁区的滞留时间和扩散路径。";
const own = "本课题另辟蹊径，从渔民合作社的账册出发讨论收益分配。";
const other = "该申请关注极地破冰船的低温润滑，所用试验台由本单位自行搭建完成。";
const one = (text: string, name = "a"): readonly Section[] => [{ name, text }];

describe("passages by hand", () => {
  it("one copied sentence, with its offsets in both", () => {
    const { coverage, passages } = compare(one(own + shared), one(other + shared + other, "b"));
    expect(passages).toHaveLength(1);
    const [passage] = passages;
    // The full stop at the end is no character that counts.
    expect(passage).toMatchObject({
      section: "a",
      from: own.length,
      to: own.length + shared.length - 1,
      inSection: "b",
      inFrom: other.length,
      inTo: other.length + shared.length - 1,
      verbatim: 1,
    });
    const counted = (text: string) => text.replaceAll(/[，。]/g, "").length;
    expect(coverage).toBeCloseTo(counted(shared) / (counted(shared) + counted(own)), 12);
  });

  it("two sentences in the other order are two passages", () => {
    const next = "在此基础上编制海域承载力的分级图件，供主管部门逐年核定放流规模时直接采用。";
    const { coverage, passages } = compare(one(shared + next), one(next + other + shared));
    expect(coverage).toBe(1);
    expect(passages.map(({ from, inFrom }) => [from, inFrom])).toEqual([
      [0, next.length + other.length],
      [shared.length, 0],
    ]);
  });

  it("a copied passage never crosses a section, on either side", () => {
    const whole = shared + shared.replaceAll("苗种", "贝类").replaceAll("时间", "概率");
    const query = [
      { name: "x", text: whole.slice(0, 50) },
      { name: "y", text: whole.slice(50) },
    ];
    const { coverage, passages } = compare(query, one(whole));
    expect(passages.map(({ section }) => section)).toEqual(["x", "y"]);
    expect(coverage).toBe(1);
    const back = compare(one(whole), query);
    expect(new Set(back.passages.map(({ inSection }) => inSection))).toEqual(new Set(["x", "y"]));
  });

  it("traditional, full-width, radicals and line breaks change nothing", () => {
    const query = "利用聲學遙測與數值\n模擬相結合的手段,查明增殖放流苗種在⼈工⻥礁區的滯留時間和擴散路徑";
    const { coverage, passages } = compare(one(query), one(shared));
    expect(coverage).toBe(1);
    expect(passages[0]).toMatchObject({ from: 0, to: query.length, inFrom: 0, inTo: shared.length - 1 });
  });

  it("words put in, words replaced and characters misread stay inside the passage", () => {
    const changed = shared
      .replace("手段", "手段和方法")
      .replace("查明", "弄清")
      .replace("礁", "樵")
      .replace("路径", "途径");
    const { coverage, passages } = compare(one(own + changed), one(shared));
    expect(passages).toHaveLength(1);
    expect(passages[0]).toMatchObject({ from: own.length, to: own.length + changed.length - 1 });
    expect(passages[0]!.verbatim).toBeLessThan(1);
    expect(coverage).toBeGreaterThan(0.5);
  });

  it("a surrogate pair is never cut, a lone surrogate counts for nothing", () => {
    const text = `𠮷${shared.slice(0, -1)}𠮷`;
    const { passages, coverage } = compare(one(`${own}\ud842${text}`), one(text));
    expect(passages[0]).toMatchObject({
      from: own.length + 1,
      to: own.length + 1 + text.length,
      inFrom: 0,
      inTo: text.length,
    });
    expect(coverage).toBeLessThan(1);
  });

  it("nothing shorter than twenty characters is a passage", () => {
    expect(
      compare(one(own + shared.slice(0, 16) + own), one(other + shared.slice(0, 16) + other)).passages,
    ).toEqual([]);
    expect(compare(one("短句。"), one("短句。")).passages).toEqual([]);
  });

  it("known text does not count, headings of two characters neither", () => {
    const known = knownOf([normalize(fold, one(other))], [normalize(fold, one("目标"))]);
    const query = one(`目标：\n${other}${shared}`);
    const result = compare(query, one(`目标：${other}${own}`), known);
    expect(result).toMatchObject({ coverage: 0, passages: [] });
    expect(result.sections).toEqual([
      { section: "a", own: shared.replaceAll(/[，。]/g, "").length, coverage: 0 },
    ]);
    expect(compare(query, one(shared), known).coverage).toBe(1);
  });

  it("says coverage for each section", () => {
    const query = [...one(shared, "new"), ...one(own, "old")];
    expect(compare(query, one(shared)).sections.map(({ section, coverage }) => [section, coverage])).toEqual([
      ["new", 1],
      ["old", 0],
    ]);
  });
});

describe("the same in other words", () => {
  const text = [
    "为了提高浮式平台的可靠性，首先分析系泊系统在台风条件下的疲劳机制，建立损伤累积的预测模型。",
    "其次采用光纤传感技术获取关键节点的应力数据，比较不同工况对寿命的影响，确定需要更换的部件。",
    "最后开发集成监测与评价功能的软件平台，在两个示范海域开展应用，完善相关的技术标准。",
    "采用分布式存储保存长期观测资料，并通过统一接口向科研单位提供共享服务。",
  ].join("");
  const reworded = [
    "为了提升浮式平台的可信度，首要剖析系泊系统在台风条件下的疲劳原理，构建损伤累积的预估模型。",
    "其二使用光纤传感工艺采集核心节点的应力信息，对比各异工况对寿命的作用，明确需要替换的部件。",
    "最终研发集成检测与评估功能的软件平台，在两个示范海域进行运用，改良相关的技术规范。",
    text.split("。")[3]!,
  ].join("");

  it("is found sentence by sentence once something verbatim says where to look", () => {
    expect(compare(one(reworded), one(own + text + own)).coverage).toBeGreaterThan(0.9);
  });

  it("unrelated sentences are not, whatever stands beside them", () => {
    const { coverage } = compare(
      one(own + shared.slice(0, -1) + text.split("。")[3]!),
      one(`${text}${other}`),
    );
    const expected = text.split("。")[3]!.length / (own + shared + text.split("。")[3]!).length;
    expect(Math.abs(coverage - expected)).toBeLessThan(0.06);
  });
});
