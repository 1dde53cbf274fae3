import { charactersOf } from "../../../core/application/clean.ts";
import type { Bilingual } from "../../../core/policy/words.ts";
import type { LeftOut, WordParagraph, WordText } from "../../../platform/word-text.ts";
import { languages } from "../../../ui/place.ts";
import type { Question, Writing } from "../form/writing.ts";
import { bareHeading, headingsNear, type Known, type Titled } from "./headings.ts";
import { speaking, wordPlan } from "./plan.ts";
import { both, type Reading } from "./reading.ts";
import { readStamp } from "./stamp.ts";
import { judgeStamp } from "./stamp-judge.ts";
import { bookmarkOf, hintOf, ownStyles } from "./word-out.ts";

/** A Word document read as answers: the text below the heading of each question. */

type Found = { readonly at: number; readonly known: Known };

const titlesOf = (writing: Writing): readonly Titled[] => {
  const names = ({ zh, en }: Bilingual) => [bareHeading(zh), bareHeading(en)];
  // Also of what may not be changed now: the text below it is no part of the answer before it.
  return writing.form.sections.flatMap((section) => {
    const questions = section.questions.filter((one) => one.kind === "narrative");
    if (questions.length === 0) return [];
    const first: Titled = { known: { kind: "section", section }, names: names(section.title) };
    return [first].concat(
      questions.map((question) => ({ known: { kind: "question", question }, names: names(question.title) })),
    );
  });
};

/** A section and a question may be called the same: the deeper heading is the question, else the section comes first. */
const chosen = (near: readonly Known[], level: number | null, seen: ReadonlySet<Known>): Known | null => {
  const kind = (one: Known["kind"]) => near.filter((known) => known.kind === one);
  const [question, second] = kind("question");
  const [section] = kind("section");
  if (second !== undefined) return null;
  if (question === undefined) return section ?? null;
  if (section === undefined || (level !== null && level >= 2)) return question;
  return seen.has(section) ? question : section;
};

const headingsIn = (writing: Writing, paragraphs: readonly WordParagraph[]): readonly Found[] => {
  const titles = titlesOf(writing);
  const questions = titles.flatMap(({ known }) => (known.kind === "question" ? [known] : []));
  const found: Found[] = [];
  const seen = new Set<Known>();
  const take = (at: number, known: Known) => {
    found.push({ at, known });
    seen.add(known);
  };
  for (const [at, { text, level, bookmarks }] of paragraphs.entries()) {
    if (text.trim() === "") continue;
    const marked = questions.find(({ question }) => bookmarks.includes(bookmarkOf(question)));
    const near = level === null ? [] : headingsNear(titles, text, false);
    // A bookmark names its question unless the heading now says, word for word, another one.
    const known =
      marked !== undefined && (level !== null || headingsNear([...titles], text, false).includes(marked))
        ? marked
        : chosen(near, level, seen);
    if (known !== null) take(at, known);
  }
  // Whose heading lost its look: only the very words count, so that a sentence is not taken for one.
  const isFound = (known: Known) => found.some((one) => one.known === known);
  const lost = titles.filter(({ known }) => !isFound(known));
  for (const [at, { text, level }] of paragraphs.entries()) {
    if (level !== null || text.trim() === "") continue;
    const known = chosen(headingsNear(lost, text, true), null, seen);
    if (known !== null) take(at, known);
  }
  return found.toSorted((a, b) => a.at - b.at);
};

const leftWords: Readonly<Record<LeftOut, Bilingual>> = {
  table: both("表格", "table"),
  picture: both("图片", "picture"),
  formula: both("公式", "formula"),
  textBox: both("文本框", "text box"),
  footnote: both("脚注或尾注", "footnote or endnote"),
  comment: both("批注", "comment"),
  object: both("嵌入对象", "embedded object"),
};
const revisionWords = {
  insertion: both("插入", "inserted"),
  deletion: both("删除", "deleted"),
  move: both("移动", "moved"),
} as const;

const beginning = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);

/** Where a paragraph stands, as its reader would look for it. */
const placeIn = (found: readonly Found[], at: number): Bilingual => {
  const last = found.findLast((one) => one.at <= at);
  if (last === undefined) return both("开头", "the beginning");
  const { zh, en } = last.known.kind === "question" ? last.known.question.title : last.known.section.title;
  return both(`“${zh}”`, `“${en}”`);
};

/** What the reader did not take over, counted by its place. */
const leftNotices = (found: readonly Found[], { left }: WordText): readonly Bilingual[] => {
  const counts = new Map<string, { kind: LeftOut; place: Bilingual; count: number }>();
  for (const { kind, at } of left) {
    const place = placeIn(found, at);
    const key = `${kind} ${place.zh}`;
    counts.set(key, { kind, place, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].map(({ kind, place, count }) => {
    const name = leftWords[kind];
    const more = ["table", "picture", "object", "formula"].includes(kind);
    return both(
      `${place.zh}处有 ${count} 处${name.zh}，没有取入。${more ? "需要的，请改写成文字，或在“附件”里上传。" : ""}`,
      `${count} ${name.en}(s) at ${place.en} were not taken over.${more ? " Put it into words, or upload it among the attachments." : ""}`,
    );
  });
};

const textBelow = (writing: Writing, question: Question, paragraphs: readonly WordParagraph[]): string => {
  const hints = new Set(languages.map((one) => bareHeading(hintOf(speaking(writing, one), question))));
  return paragraphs
    .filter(({ text }) => text.trim() === "" || !hints.has(bareHeading(text)))
    .map(({ text, label }) => label + text)
    .join("\n")
    .trim();
};

/** Reads the answers; what cannot be told for sure is a fault at its heading, and nothing is guessed. */
export const readWordAnswers = (writing: Writing, text: WordText, name: string): Reading => {
  const { facts } = writing;
  const { paragraphs, revisions } = text;
  const stamp = readStamp(text.properties);
  const judged = judgeStamp(writing, stamp, "word");
  const found = headingsIn(writing, paragraphs);
  const faults: Reading["faults"] = [...judged.faults];
  const notices: Reading["notices"] = [...judged.notices];
  const fields: [string, string][] = [];
  const paths: string[] = [];
  const questions = wordPlan(writing).flatMap((one) => one.questions);

  const before = paragraphs
    .slice(0, found[0]?.at ?? paragraphs.length)
    .filter((one) => !ownStyles.includes(one.style) && one.text.trim() !== "");
  if (found.length > 0 && before.length > 0)
    notices.push(
      both(
        `第一个标题之前有 ${before.length} 段文字（“${beginning(before[0]?.text ?? "")}”），没有取入。`,
        `${before.length} paragraphs before the first heading (“${beginning(before[0]?.text ?? "")}”) were not taken over.`,
      ),
    );
  for (const [index, { at, known }] of found.entries()) {
    const below = paragraphs.slice(at + 1, found[index + 1]?.at ?? paragraphs.length);
    if (known.kind === "section") {
      const loose = below.filter((one) => !ownStyles.includes(one.style) && one.text.trim() !== "");
      if (loose.length > 0)
        notices.push(
          both(
            `大标题“${known.section.title.zh}”下有 ${loose.length} 段文字（“${beginning(loose[0]?.text ?? "")}”）不在任何一题里，没有取入。请移到题目的标题下面。`,
            `${loose.length} paragraphs below “${known.section.title.en}” (“${beginning(loose[0]?.text ?? "")}”) belong to no question and were not taken over. Move them below the heading of a question.`,
          ),
        );
      continue;
    }
    const { question } = known;
    const { zh, en } = question.title;
    if (found.findIndex((one) => one.known === known) !== index) {
      faults.push({
        place: both(`第 ${at + 1} 段`, `paragraph ${at + 1}`),
        field: null,
        text: both(
          `标题“${zh}”出现了不止一次，不知道用哪一处。请合并到一处，删去多余的标题。`,
          `The heading “${en}” stands more than once, so it is unclear which text is meant. Join them and remove the other heading.`,
        ),
      });
      continue;
    }
    const strange = below.find((one) => one.level !== null && one.level <= 2 && one.text.trim() !== "");
    if (strange !== undefined)
      notices.push(
        both(
          `“${beginning(strange.text)}”不是申报书里的标题，它和下面的文字算在“${zh}”里。`,
          `“${beginning(strange.text)}” is no heading of the form; it and what follows count as part of “${en}”.`,
        ),
      );
    const answer = textBelow(writing, question, below);
    if (!questions.includes(question)) {
      if (answer !== "")
        notices.push(
          both(
            `“${zh}”现在不能修改（不在补正范围，或本项申报不用填），没有取入。`,
            `“${en}” cannot be changed now (not part of the correction, or not asked), so it was not taken over.`,
          ),
        );
      continue;
    }
    const count = charactersOf(answer);
    if (question.maximum !== undefined && count > question.maximum)
      notices.push(
        both(
          `“${zh}”写了 ${count} 字，建议不超过 ${question.maximum} 字，超出 ${count - question.maximum} 字。可以先保存，再删短。`,
          `“${en}” has ${count} characters, ${count - question.maximum} more than the ${question.maximum} asked for. It can be saved and shortened later.`,
        ),
      );
    if (answer === "" && stamp === null) continue;
    fields.push([question.path, answer]);
    paths.push(question.path);
  }
  const missing = questions.filter(
    (question) => !found.some(({ known }) => known.kind === "question" && known.question === question),
  );
  if (missing.length === questions.length)
    faults.push({
      place: both("全文", "the whole document"),
      field: null,
      text: both(
        "没有找到申报书的任何一个标题。请下载本页的 Word 文件，在各标题下面填写，保留标题不动。",
        "None of the form's headings was found. Download the Word file of this page, write below its headings and leave them in place.",
      ),
    });
  else if (missing.length > 0)
    notices.push(
      both(
        `没有找到这些标题，平台上的内容保持不变：${missing.map((one) => one.title.zh).join("、")}。`,
        `These headings were not found; what is on the platform stays: ${missing.map((one) => one.title.en).join(", ")}.`,
      ),
    );
  return {
    kind: "word",
    name,
    fields,
    paths,
    base: { ...stamp?.base },
    category: facts.content.category,
    faults,
    notices: [...notices, ...leftNotices(found, text)],
    revisions: revisions.map(({ kind, text: words, at }) => {
      const place = placeIn(found, at);
      const mark =
        words === "¶"
          ? both("段落标记", "paragraph mark")
          : both(`“${beginning(words)}”`, `“${beginning(words)}”`);
      return both(
        `${place.zh}：${revisionWords[kind].zh} ${mark.zh}`,
        `${place.en}: ${revisionWords[kind].en} ${mark.en}`,
      );
    }),
    version: facts.draftVersion,
  };
};
