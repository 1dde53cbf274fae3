import {
  AlignmentType,
  Bookmark,
  Document,
  Footer,
  HeadingLevel,
  type IParagraphStyleOptions,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  TextRun,
} from "docx";
import { cleanText } from "../../../core/application/clean.ts";
import { say } from "../../../ui/place.ts";
import { directionText } from "../form/answers.tsx";
import type { Question, Writing } from "../form/writing.ts";
import { wordPlan } from "./plan.ts";
import { stampEntries, stampOf } from "./stamp.ts";
import { storedText } from "./stored-text.ts";
import { offlineWords } from "./words.ts";

/** Names of the styles that the reader knows again. */
export const noteStyle = "zhinan note";
const titleStyle = "zhinan title";
export const ownStyles: readonly string[] = [noteStyle, titleStyle];
/** Bookmark on the heading of a question; a leading low line hides it. */
export const bookmarkOf = (question: Question): string => `_zn_${question.id}`;

/** Numbers of headings, in both languages of the page: the document itself is a Chinese one. */
const chineseDigits = "一二三四五六七八九十";
/** 1 to 99. */
export const chineseNumber = (number: number): string => {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const last = ones === 0 ? "" : chineseDigits.charAt(ones - 1);
  return tens === 0 ? last : `${tens === 1 ? "" : chineseDigits.charAt(tens - 1)}十${last}`;
};

const song = { ascii: "Times New Roman", hAnsi: "Times New Roman", cs: "Times New Roman", eastAsia: "仿宋" };
const hei = { ...song, eastAsia: "黑体" };
const grey = "686158";
/** Half points: 四号, 小三, 二号 and so on. */
const size = { answer: 28, note: 21, first: 32, second: 30, title: 44 } as const;

const paragraphStyles: IParagraphStyleOptions[] = [
  {
    id: "ZhinanTitle",
    name: titleStyle,
    basedOn: "Normal",
    next: "Normal",
    run: { font: hei, size: size.title },
    paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 240, after: 240 } },
  },
  {
    id: "ZhinanNote",
    name: noteStyle,
    basedOn: "Normal",
    next: "Normal",
    run: { size: size.note, color: grey },
    paragraph: { spacing: { after: 60, line: 320 }, indent: { firstLine: 0 } },
  },
  {
    id: "ZhinanAnswer",
    name: "zhinan answer",
    basedOn: "Normal",
    // Two characters, as in official papers.
    paragraph: { indent: { firstLine: 560 } },
  },
];

const runsOf = (line: string): TextRun[] => {
  const children = line.split("\t").flatMap((piece, at) => (at === 0 ? [piece] : [new Tab(), piece]));
  return [new TextRun({ children })];
};

const note = (text: string) => new Paragraph({ style: "ZhinanNote", children: runsOf(text) });
const answer = (line: string) => new Paragraph({ style: "ZhinanAnswer", children: runsOf(line) });
const heading = (level: 1 | 2, children: ParagraphChild[]) =>
  new Paragraph({
    heading: level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
    keepNext: true,
    children,
  });

/** What stands in grey below the heading of a question; not part of the answer. */
export const hintOf = (writing: Writing, question: Question): string => {
  const words = offlineWords(writing.frame.place).word;
  return question.maximum === undefined ? words.hintPlain : words.hint(question.maximum);
};

/** The long texts of an application as a Word document: a heading for each question, the answers below. */
export const wordDocument = async (writing: Writing): Promise<Buffer> => {
  const { facts, frame } = writing;
  const { place } = frame;
  const words = offlineWords(place);
  const plan = wordPlan(writing);
  const stamp = stampOf(
    writing,
    plan.flatMap(({ questions }) => questions.map(({ path }) => path)),
  );
  const asked = (question: Question, at: number): Paragraph[] =>
    [
      heading(2, [
        new Bookmark({
          id: bookmarkOf(question),
          children: runsOf(words.word.second(chineseNumber(at + 1), say(place, question.title))),
        }),
      ]),
      note(hintOf(writing, question)),
    ].concat(cleanText(storedText(writing, question.path)).split("\n").map(answer));
  const body = plan.flatMap(({ section, questions }, at) =>
    [heading(1, runsOf(words.word.first(chineseNumber(at + 1), say(place, section.title))))].concat(
      questions.flatMap(asked),
    ),
  );
  const title = facts.content.title === "" ? writing.words.untitled : facts.content.title;
  const document = new Document({
    title: `${words.word.title} ${title}`,
    creator: say(place, facts.call.policy.programme.platform),
    customProperties: stampEntries(stamp).map(([name, value]) => ({ name, value })),
    styles: {
      default: {
        document: { run: { font: song, size: size.answer }, paragraph: { spacing: { line: 420 } } },
        heading1: {
          run: { font: hei, size: size.first, color: "000000" },
          paragraph: { spacing: { before: 360, after: 120 } },
        },
        heading2: {
          run: { font: hei, size: size.second, color: "000000" },
          paragraph: { spacing: { before: 240, after: 60 } },
        },
      },
      paragraphStyles,
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1_701, bottom: 1_701, left: 1_588, right: 1_474 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [new TextRun({ children: ["- ", PageNumber.CURRENT, " -"], size: size.note })],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ style: "ZhinanTitle", children: runsOf(words.word.title) }),
          note(words.word.about(title, directionText(writing, facts.content))),
          ...words.word.rules.map(note),
          ...body,
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
};
