import type { Chance } from "../random.ts";
import { chanceOf } from "./chance.ts";
import type { Vocabulary } from "./vocabulary.ts";

/**
 * A world of synthetic applications at word level: fields, topics, laboratories and institutions; a template that all use, a
 * paragraph that an institution's applications share, one that a laboratory's share, clauses of a common pattern.
 * One seed, one world; a document is made from its number alone, so nothing is kept.
 */

/** Whose words a sentence holds: the author's own, or shared on purpose. */
export type Origin = "own" | "template" | "institution" | "laboratory";
/** Words, and punctuation marks as words of their own; the last is a full stop. */
export type Sentence = { readonly words: readonly string[]; readonly origin: Origin };
export type Part = { readonly name: string; readonly sentences: readonly Sentence[] };
export type Draft = { readonly id: string; readonly title: string; readonly parts: readonly Part[] };

const sectionNames = ["background", "objectives", "content", "plan", "foundation"] as const;
const headings = [
  "一、项目的立项依据与意义",
  "二、研究目标及拟突破的瓶颈",
  "三、主要研究任务与内容",
  "四、技术路线及实施安排",
  "五、已有工作基础与条件保障",
];
const guidance = [
  "（请结合国家和地方发展需求，说明国内外研究现状、发展动态及主要文献出处，限两千字以内。）",
  "（目标应当明确、具体、可以考核，避免空泛的表述，并与后面的指标逐条对应。）",
  "（请分条说明研究任务之间的逻辑关系，突出重点，不要罗列与本项目无关的工作。）",
  "（包括研究方法、试验手段、关键步骤的说明，以及按年度列出的工作安排和阶段成果。）",
  "（说明申请人与参加人员以往的工作、依托单位的设备条件，以及尚缺少的条件和解决途径。）",
];
const citations = [
  "本项目依据《中华人民共和国科学技术进步法》第三十二条和有关实施办法的规定组织开展。",
  "涉及数据采集和使用的，遵守《中华人民共和国数据安全法》《中华人民共和国个人信息保护法》的要求。",
  "涉及实验动物的，按照《实验动物管理条例》执行并经伦理委员会审查同意后方可实施。",
];

/** Clauses: T a term of the topic, F a term of the field, G a general word; sentences are made of two to five of them. */
const clauses =
  `针对 T 在 G 中 的 G|提出 基于 T 的 G 方法|实现 对 T 的 G|近年来 F G G|T 与 T 之间 的 G 日益 G|目前 T 的 G 集中 在 F|缺乏 对 G 的 系统 G
拟 通过 T 试验 获取 G|结合 T 模型 G T|首先 建立 T 的 G|其次 研究 T G 机制|最后 在 F 中 G|以 T 为 对象|围绕 T 的 G 展开|阐明 T G 的 规律|采用 T 手段 G F
比较 T 条件 下 的 G|确定 G 的 T|与 传统 T 相比|G 能够 使 T 更加 G|设计 G 的 T|将 T 引入 G|从而 G F|T 是 F 的 G|其 G 影响 T|为 解决 T 的 G|从 T 和 F 层面 G
根据 T 的 G|制定 T 方案|由于 T G G|现有 T 难以 满足 G|形成 T G 一套|揭示 T 与 T 的 关系|为 F 提供 G|G 表明 T 随 T 而 G|这 与 F 有关|G T 和 T|T G T|G G T 的 G
F G 了 T|G G F 和 G|T 、 T 以及 G 的 T|对 T G G 以后|在 G T 的 同时|G 地 G T|不 G T 就 G F|一方面 G T|另一方面 G F 的 G|T 及其 G 的 G|按照 G 的 T G|经 T G 得到 G
每 G 次 T 都 G|利用 F 的 G 优势|T 的 G 比 F G|仍 有 G 未 G|G 于 T 的 G 较 少|若 G T 则 G|T 中 G 含有 G|考察 G 对 T 的 G|记录 T 的 G 变化|修正 T 的 G|G 来自 F 的 T|使 G 与 T 一致
T 经 F G 之后|G G G|T G F G|F T G|G G T|T T G|G F 的 T|T 的 G G|G T G|F G G T`
    .split(/[|\n]/)
    .map((clause) => clause.split(" "));

const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const pickSome = <T>(chance: Chance, from: readonly T[], count: number): readonly T[] =>
  times(count, () => chance.pick(from));
/** Frequent ones far more often than rare ones. */
const zipf = <T>(chance: Chance, from: readonly T[]): T =>
  from[Math.floor(from.length * chance.next() ** 2.2)]!;

export const worldOf = (seed: number, documents: number, { general, terms }: Vocabulary) => {
  const chance = chanceOf(seed, 1);
  const fields = times(30, () => pickSome(chance, terms, 220));
  const topics = times(Math.max(60, Math.round(documents / 9)), () => {
    const field = chance.below(fields.length);
    // Terms are also compounds, as they are in real subjects.
    const words = times(48, () =>
      chance.happens(0.4) ? chance.pick(terms) + chance.pick(fields[field]!) : chance.pick(terms),
    );
    return { field, words };
  });

  const writer = (from: Chance, topic: (typeof topics)[number]) => {
    const favourites = pickSome(from, general, 260);
    return (origin: Origin = "own"): Sentence => {
      const words: string[] = [];
      const count = from.between(2, 5);
      for (let at = 1; at <= count; at += 1) {
        for (const slot of from.pick(clauses))
          words.push(
            slot === "T"
              ? zipf(from, topic.words)
              : slot === "F"
                ? zipf(from, fields[topic.field]!)
                : slot === "G"
                  ? zipf(from, from.happens(0.5) ? general : favourites)
                  : slot,
          );
        words.push(at === count ? "。" : "，");
      }
      return { words, origin };
    };
  };

  const paragraph = (own: Chance, origin: Origin, count: number): readonly Sentence[] => {
    const write = writer(own, own.pick(topics));
    return times(count, () => write(origin));
  };
  const institutions = times(40, (at) => paragraph(chanceOf(seed, 1_000 + at), "institution", 6));
  const laboratoryCount = Math.max(8, Math.round(documents / 12));
  const laboratories = times(laboratoryCount, (at) => ({
    institution: chance.below(institutions.length),
    paragraph: paragraph(chanceOf(seed, 10_000_000 + at), "laboratory", 3),
    topics: pickSome(
      chance,
      times(topics.length, (index) => index),
      4,
    ),
  }));

  const lengthOf = (sentence: Sentence) => sentence.words.reduce((sum, word) => sum + word.length, 0);

  /** Own sentences of about so many characters, in one author's manner. */
  const prose = (own: Chance, topic: number, characters: number): readonly Sentence[] => {
    const write = writer(own, topics[topic]!);
    const sentences: Sentence[] = [];
    for (let size = 0; size < characters;) {
      const sentence = write();
      sentences.push(sentence);
      size += lengthOf(sentence);
    }
    return sentences;
  };

  /** Puts own sentences into the template, with what institution and laboratory always write. */
  const fileUp = (
    own: Chance,
    id: string,
    laboratory: number,
    topic: number,
    sentences: readonly Sentence[],
  ): Draft => {
    const lab = laboratories[laboratory]!;
    const parts = sectionNames.map((name, at) => {
      const share = sentences.slice(
        Math.floor((sentences.length * at) / sectionNames.length),
        Math.floor((sentences.length * (at + 1)) / sectionNames.length),
      );
      const before: Sentence[] = [
        { words: [`${headings[at]!}\n`], origin: "template" },
        { words: [`${guidance[at]!}\n`], origin: "template" },
      ];
      const after: Sentence[] =
        name === "foundation"
          ? [...lab.paragraph, ...institutions[lab.institution]!]
          : name === "plan"
            ? [{ words: [own.pick(citations)], origin: "template" }]
            : [];
      return { name, sentences: [...before, ...share, ...after] };
    });
    const title = `${topics[topic]!.words[own.below(6)]!}${own.pick(general)}的${topics[topic]!.words[own.below(12)]!}研究`;
    return { id, title, parts };
  };

  const charactersOf = (own: Chance) => Math.round(4_300 * 4 ** own.next());

  /** Document `number`; from `documents` on they are new ones that no corpus holds. */
  const documentOf = (number: number): Draft => {
    const own = chanceOf(seed, 100_000_000 + number);
    const laboratory = own.below(laboratories.length);
    const topic = own.happens(0.7) ? own.pick(laboratories[laboratory]!.topics) : own.below(topics.length);
    return fileUp(own, `p${number}`, laboratory, topic, prose(own, topic, charactersOf(own)));
  };
  return { seed, documents, documentOf, fileUp, prose, laboratories, topics, charactersOf };
};

export type World = ReturnType<typeof worldOf>;

export const ownSentences = ({ parts }: Draft): readonly Sentence[] =>
  parts.flatMap(({ sentences }) => sentences.filter(({ origin }) => origin === "own"));

export const sectionsOf = ({ parts }: Draft) =>
  parts.map(({ name, sentences }) => ({
    name,
    text: sentences.map(({ words }) => words.join("")).join(""),
  }));

/** Characters that count: no punctuation, no white space. */
export const countedCharacters = (words: readonly string[]): number =>
  words.reduce((sum, word) => sum + word.replaceAll(/[^\p{L}\p{N}]/gu, "").length, 0);
