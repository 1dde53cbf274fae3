import { describe, expect, it } from "vitest";
import { knownOf } from "../../src/core/similarity/known.ts";
import { normalize } from "../../src/core/similarity/normalize.ts";
import { pastedFrom } from "../../src/core/similarity/pasted.ts";
import { teamSignal } from "../../src/core/similarity/teams.ts";
import { nearTitles, titleKey, titleLikeness } from "../../src/core/similarity/titles.ts";
import { loadFold } from "../../src/platform/similarity/fold.ts";

const fold = await loadFold();

describe("titles", () => {
  const like = (a: string, b: string) => titleLikeness(titleKey(fold, a), titleKey(fold, b));

  it("are the same whatever their script, width and empty words", () => {
    expect(like("面向深远海的网箱养殖关键技术研究", "面向深遠海網箱養殖技術及其應用")).toBe(1);
    expect(like("ＡＩ辅助诊断", "ai 辅助诊断")).toBe(1);
  });

  it("are near with one word changed, and far with another subject", () => {
    expect(like("基于声呐的海参底播密度监测方法研究", "基于声呐的海参底播密度评估方法研究")).toBeGreaterThan(
      0.7,
    );
    expect(like("基于声呐的海参底播密度监测方法研究", "基于肠道菌群的糖尿病早期筛查研究")).toBeLessThan(0.2);
  });

  it("of empty words only are compared as they stand; empty ones are like nothing", () => {
    expect(like("技术研究", "技术研究")).toBe(1);
    expect(like("", "")).toBe(0);
  });

  it("are listed most alike first", () => {
    const of = (id: string, title: string) => ({ id, title, key: titleKey(fold, title) });
    const others = [
      of("a", "海参底播密度声呐监测"),
      of("b", "钢结构焊缝无损检测"),
      of("c", "海参底播密度监测"),
    ];
    expect(nearTitles(titleKey(fold, "海参底播密度监测研究"), others, 0.6).map(({ id }) => id)).toEqual([
      "c",
      "a",
    ]);
  });
});

describe("teams", () => {
  it("the same investigator", () =>
    expect(teamSignal({ investigator: "a", members: [] }, { investigator: "a", members: ["b"] })).toEqual({
      kind: "same-investigator",
    }));

  it("the same people under another investigator", () =>
    expect(
      teamSignal({ investigator: "a", members: ["b", "c"] }, { investigator: "b", members: ["a", "c", "d"] }),
    ).toEqual({
      kind: "overlapping-team",
      shared: ["a", "b", "c"],
      share: 1,
    }));

  it("one shared person, and nobody, are no signal", () => {
    expect(
      teamSignal({ investigator: "a", members: ["b"] }, { investigator: "c", members: ["b"] }),
    ).toBeNull();
    expect(teamSignal({ investigator: "", members: [] }, { investigator: "", members: [] })).toBeNull();
  });
});

it("direction text that was pasted is shown with its place", () => {
  const direction = "开展海洋牧场生态环境实时监测与灾害预警技术的集成示范，形成标准体系。";
  const source = knownOf([normalize(fold, [{ name: "", text: direction }])], []);
  const text = normalize(fold, [
    { name: "a", text: "我们的想法与众不同，海洋牧场只是其中一例。" },
    { name: "b", text: `方向：${direction}以上为方向。` },
  ]);
  expect(pastedFrom(text, source)).toEqual([{ section: "b", from: 3, to: 3 + direction.length - 1 }]);
});
