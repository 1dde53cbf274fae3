import type { Changes } from "../../src/core/application/content.ts";
import { completeContent } from "../world/content.ts";

/** Applications whose texts have nothing in common but what a test puts into them. */

const first = "膜酶岩藻煤桥泵窑浪翼轴铀萤鲸麦松盐雾沙";
const words =
  "测制成反组传荷损裂晶温压频谱粒孔界流场膜酶岩藻煤桥泵窑浪翼轴铀萤鲸麦松盐雾沙锈胶纤铸焊磁光声热";

/** The same text for the same seed; sentences of made-up compounds. */
const written = (seed: number, length: number): string => {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
  let text = "";
  while (text.length < length) {
    for (let at = 0; at < 9 + next(8); at += 1) text += words[next(words.length)];
    text += next(3) === 0 ? "。" : "，";
  }
  return `${text.slice(0, -1)}。`;
};

const names = [
  "rationale",
  "state",
  "objectives",
  "content",
  "problems",
  "route",
  "novelty",
  "schedule",
  "base",
  "risks",
  "results",
  "ownership",
];

export const shared =
  "采用原位变温栅应力平台分离界面陷阱与体陷阱的贡献，逐级改变偏压与温度，记录阈值电压在毫秒到小时尺度上的恢复过程，由恢复曲线反演陷阱能级分布，再以第一性原理计算核对缺陷构型，给出器件寿命的外推模型与置信区间，并在三家单位的样品上交叉验证。";

export const ownContent = (seed: number, sections: Record<string, string> = {}): Changes =>
  completeContent({
    title: `${first[seed % first.length]}质体系第${seed}号${written(seed * 101, 14).slice(0, 14)}探索`,
    abstract: written(seed * 103, 130),
    sections: {
      ...Object.fromEntries(names.map((name, at) => [name, written(seed * 1_000 + at, 130)])),
      ...sections,
    },
  });
