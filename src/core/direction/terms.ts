/** Longest part of a text that is read: a title with a long abstract fits, a pasted book cannot hang the finder. */
export const READ_LIMIT = 4000;

/** A text as read: `lower` is matched, `shown` is the same with its own case, for people. */
export type Reading = { readonly lower: string; readonly shown: string };

/** Full-width forms become half-width, letters small; the original case is kept where positions still agree. */
export const read = (text: string): Reading => {
  const shown = text.slice(0, READ_LIMIT).normalize("NFKC").slice(0, READ_LIMIT);
  const lower = shown.toLowerCase();
  return { lower, shown: lower.length === shown.length ? shown : lower };
};

/** Words that any title may contain: they separate no direction from another. They break runs and never explain. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  (
    "的 与 及 和 等 之 或 其 及其 以及 基于 面向 针对 围绕 通过 利用 采用 关于 用于 结合 下 中 上 在 对 为 将 从 向 型 类 化 性 " +
    "研究 研发 开发 应用 技术 关键技术 关键 方法 机理 机制 设计 制备 构建 建立 实现 提升 提高 优化 分析 评价 系统 体系 平台 装备 " +
    "设备 装置 产品 材料 新型 高效 高性能 创新 示范 项目 工程 理论 基础 模型 策略 问题 影响 作用 过程 特性 性能 调控 控制 探索 " +
    "重点 支持 推进 推动 开展 发展 加强 突破 领域 方向 需求 一种 若干 相关 不同 新 高 低 大 多 及应用 研制 集成 工艺 结构"
  ).split(" "),
);

/** What separates pieces inside a sentence: a gram across these characters means nothing. */
const GLUE = /[的与及和等之或其]/u;
const RUN = /[a-z][a-z0-9]*|[0-9]+[a-z][a-z0-9]*|\p{Script=Han}+/gu;

export type Span = { readonly from: number; readonly to: number };

/** Latin words as wholes; of Chinese runs every 2- and 3-gram. `visit` hears each with its place in `lower`. */
export const eachGram = (lower: string, visit: (gram: string, from: number) => void): void => {
  for (const match of lower.matchAll(RUN)) {
    const run = match[0];
    const at = match.index;
    if (run.charCodeAt(0) < 0x80) {
      if (run.length > 1) visit(run, at);
      continue;
    }
    let from = 0;
    for (let i = 0; i <= run.length; i++) {
      if (i < run.length && !GLUE.test(run[i]!)) continue;
      for (let j = from; j + 2 <= i; j++) {
        visit(run.slice(j, j + 2), at + j);
        if (j + 3 <= i) visit(run.slice(j, j + 3), at + j);
      }
      from = i + 1;
    }
  }
};
