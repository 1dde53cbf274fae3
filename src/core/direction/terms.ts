/** Longest part of a text that is read: a title with a long abstract fits, a pasted book cannot hang the finder. */
export const READ_LIMIT = 4000;

/** A text as read: `lower` is matched; `shown` is the same, place by place, in its own case for people. */
export type Reading = { readonly lower: string; readonly shown: string };

/** Full-width forms become half-width, letters small. */
export const read = (text: string): Reading => {
  const shown = text.slice(0, READ_LIMIT).normalize("NFKC").slice(0, READ_LIMIT);
  const lower = shown.toLowerCase();
  return { lower, shown: lower.length === shown.length ? shown : lower };
};

/** Words that any title may contain: they hardly tell one direction from another and explain nothing. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `的 与 及 和 等 之 或 其 及其 以及 基于 面向 针对 围绕 通过 利用 采用 关于 用于 结合 下 中 上 在 对 为 将 从 向 型 类
  化 性 研究 研发 开发 应用 技术 关键技术 关键 方法 机理 机制 设计 制备 构建 建立 建设 实现 提升 提高 优化 分析 评价 评估
  系统 体系 平台 装备 设备 装置 产品 材料 新型 高效 高性能 性能 创新 示范 项目 工程 理论 基础 模型 策略 问题 影响 作用 过程
  特性 调控 控制 探索 重点 支持 推进 推动 开展 发展 加强 突破 领域 方向 需求 一种 若干 相关 不同 集成 工艺
  结构 研制 提出 进行 具有 实验 试验 本 项目组 以 并 了 是 有 由 于 可 能 个 各 被 把 这 那 也 都 而 但 因 所 拟 究 发`.split(
    /\s+/u,
  ),
);

/** A word with a meaning of its own, in jieba's cut: no single character, punctuation or number. */
export const isWord = (word: string): boolean => word.length > 1 && /\p{L}/u.test(word);

/** Inside a run of Chinese, these join phrases: a gram across them means nothing. */
const JOINT = /[的与及和等之或其]/u;
const RUN = /[a-z0-9]+|\p{Script=Han}+/gu;
const LETTER = /[a-z]/u;

/** `visit` hears Latin words whole and of Chinese runs every 2- and 3-gram, each with its place in the text. */
export const eachGram = (lower: string, visit: (gram: string, from: number) => void): void => {
  for (const { 0: run, index } of lower.matchAll(RUN)) {
    if (run.charCodeAt(0) < 0x80) {
      // A bare number says nothing about a field.
      if (run.length > 1 && LETTER.test(run)) visit(run, index);
      continue;
    }
    let from = 0;
    for (let to = 0; to <= run.length; to++) {
      if (to < run.length && !JOINT.test(run[to]!)) continue;
      for (let at = from; at + 2 <= to; at++) {
        visit(run.slice(at, at + 2), index + at);
        if (at + 3 <= to) visit(run.slice(at, at + 3), index + at);
      }
      from = to + 1;
    }
  }
};
