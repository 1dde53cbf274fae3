import * as fc from "fast-check";

/** A clause tree to print, and the ways a document may be set. */
export type Clause = {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly children: readonly Clause[];
};

const WORDS = [
  "科研项目",
  "申报单位",
  "应当",
  "符合",
  "有关要求",
  "技术研究",
  "开展",
  "支持",
  "经费管理",
  "人工智能",
  "评审专家",
  "按照规定",
  "数据",
  "AI 算法",
  "每项资助不超过",
  "3.5万元",
  "2024年",
  "第四条规定的",
  "（一）项所列",
  "1.5倍",
  "5.2 亿元",
  "合作单位",
  "成果",
  "第二章",
  "见附件1",
  "不少于3人",
  "10%以上",
  "6月30日",
  "（含本数）",
  "《管理办法》",
  "CRISPR",
  "一等奖",
  "2、3年",
];
/** A paragraph of a real text does not begin with half a sentence. */
const OPENERS = ["科研项目", "申报单位", "支持", "评审专家", "合作单位", "开展"];
const HEADINGS = [
  "总体要求",
  "支持方向",
  "申报条件",
  "人工智能",
  "生命健康",
  "经费",
  "附则",
  "组织实施与管理",
  "智能制造",
  "海洋经济",
];

const word = fc.constantFrom(...WORDS);
const opener = fc.constantFrom(...OPENERS);

const sentence = fc
  .tuple(
    opener,
    fc.array(fc.tuple(word, fc.constantFrom("", "", "", "，", "、")), { minLength: 1, maxLength: 18 }),
  )
  .map(
    ([first, rest]) =>
      `${first}${rest
        .map(([text, mark]) => text + mark)
        .join("")
        .replace(/[，、]$/, "")}。`,
  );

const paragraph = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((sentences) => sentences.join(""));
const heading = fc.constantFrom(...HEADINGS);

/** `headedFirst`: the outermost clauses have headings, as bare numbers always do. */
export const clauses = (depth: number, headedFirst = false): fc.Arbitrary<Clause[]> => {
  const children = depth === 0 ? fc.constant([]) : fc.oneof(fc.constant([]), clauses(depth - 1));
  const headed = fc.record({ heading, paragraphs: fc.array(paragraph, { maxLength: 2 }), children });
  const plain = fc.record({
    heading: fc.constant(""),
    paragraphs: paragraph.map((text) => [text]),
    children,
  });
  const titled = fc.array(headed, { minLength: 2, maxLength: 12 });
  return headedFirst ? titled : fc.oneof(titled, fc.array(plain, { minLength: 2, maxLength: 12 }));
};

const CN = "零一二三四五六七八九";
const chinese = (n: number): string =>
  n < 10
    ? CN.charAt(n)
    : `${n < 20 ? "" : CN.charAt(Math.floor(n / 10))}十${n % 10 === 0 ? "" : CN.charAt(n % 10)}`;

type Mark = (path: readonly number[], running: number) => string;
const last = (path: readonly number[]): number => path.at(-1)!;

export const STYLES: Readonly<Record<string, readonly Mark[]>> = {
  official: [
    (path) => `${chinese(last(path))}、`,
    (path) => `（${chinese(last(path))}）`,
    (path) => `${last(path)}.`,
    (path) => `（${last(path)}）`,
  ],
  regulation: [
    (path) => `第${chinese(last(path))}章 `,
    (_, running) => `第${chinese(running)}条 `,
    (path) => `（${chinese(last(path))}）`,
    (path) => `${last(path)}．`,
  ],
  decimal: [
    (path) => `${path.join(".")} `,
    (path) => `${path.join(".")} `,
    (path) => `${path.join(".")} `,
    (path) => `(${last(path)})`,
  ],
  digits: [
    (path) => `${last(path)}、`,
    (path) => `（${last(path)}）`,
    (path) => `${last(path)}）`,
    (path) => String.fromCharCode(0x245f + last(path)),
  ],
};

export type Setting = {
  readonly columns: number;
  readonly indent: boolean;
  readonly blanks: "none" | "all" | "paragraphs";
  readonly page: number;
  readonly head: boolean;
  readonly newline: string;
};

export const setting: fc.Arbitrary<Setting> = fc.record({
  columns: fc.integer({ min: 44, max: 76 }),
  indent: fc.boolean(),
  blanks: fc.constantFrom("none", "all", "paragraphs"),
  page: fc.constantFrom(0, 12, 30),
  head: fc.boolean(),
  newline: fc.constantFrom("\n", "\r\n"),
});

const width = (text: string): number =>
  Array.from(text, (char) => (char.charCodeAt(0) < 0x2010 ? 1 : 2)).reduce<number>((a, b) => a + b, 0);

/** Breaks as type is set: no mark that closes begins a line, no latin word is cut. */
const wrap = (text: string, columns: number): string[] => {
  const lines: string[] = [];
  let line = "";
  for (const [piece] of text.matchAll(/[A-Za-z0-9.%]+|.[，。、；：）》”]*/gu)) {
    if (width((line + piece).trimEnd()) > columns && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line.trimEnd()];
};

export type Row = {
  readonly id: string;
  readonly marker: string;
  readonly heading: string;
  readonly text: string;
};
export type Printed = { readonly source: string; readonly rows: readonly Row[] };

/** The document, and what reading it must give back. White space inside paragraphs is not compared. */
export const print = (tree: readonly Clause[], marks: readonly Mark[], set: Setting): Printed => {
  const rows: Row[] = [];
  const blocks: string[] = ["某市科技计划项目申报指南"];
  let running = 0;
  const visit = (clauses: readonly Clause[], path: readonly number[], parent: string): void => {
    for (const [at, { heading, paragraphs, children }] of clauses.entries()) {
      const own = [...path, at + 1];
      if (path.length === 1) running += 1;
      const mark = marks[path.length]!(own, running);
      const marker = mark.trim();
      const id = `${parent}${marker.replace(/[、.．]$/, "")}`;
      rows.push({ id, marker, heading, text: paragraphs.join("").replace(/\s/g, "") });
      if (heading === "") blocks.push(mark + paragraphs.join("\n"));
      else blocks.push(mark + heading, ...paragraphs);
      visit(children, own, `${id}/`);
    }
  };
  visit(tree, [], "");
  const lines: string[] = set.head && set.page > 0 ? ["某市科学技术局文件"] : [];
  let page = 1;
  let room = set.page;
  const turn = (): void => {
    lines.push("", `- ${page} -`, "");
    page += 1;
    room = set.page;
    if (set.head) lines.push("某市科学技术局文件");
  };
  for (const [at, block] of blocks.entries()) {
    const indent = set.indent && at > 0 ? "　　" : "";
    if (set.blanks === "paragraphs" && at > 0) lines.push("");
    for (const line of wrap(indent + block, set.columns)) {
      if (set.page > 0 && room === 0) turn();
      lines.push(line);
      if (set.blanks === "all") lines.push("");
      room -= 1;
    }
  }
  return { source: lines.join(set.newline), rows };
};
