import type { Language } from "../../../ui/place.ts";

/** Words of the comparison of texts, for applicants and officers. */
const zh = {
  title: "查重",
  lead: "下面是已经提交的申报里，与你写的文字相同或相近的段落。由你决定是否修改、引用或说明；系统不据此作任何决定。",
  none: "与已经提交的申报没有达到列出标准的相同文字。",
  some: (count: number, most: string) => `与 ${count} 份已有申报有相同文字，最多 ${most}。`,
  open: "查看相同的段落",
  back: "回到申报",
  listed: (from: string) => `相同文字占你的申报 ${from} 以上的才列出，从多到少排列。`,
  counts:
    "不计：指南与表单的原文、标题、法规名称，以及许多申报都有的段落（如单位或实验室的惯用介绍）。同一申报的各个版本互不比较。",
  hidden: "另一项申报（已提交）",
  hiddenWhy: "为保护其他申报人，这里不显示对方的题目、单位、人员和编号；对方的文字只显示与你相同的部分。",
  noText: "对方的文字在这里不显示。",
  own: "你的申报",
  here: "本项目",
  coverage: (share: string) => `占你的申报 ${share}`,
  coverageHere: (share: string) => `占本项目 ${share}`,
  warn: (from: string) => `超过 ${from}，请重点核对`,
  sections: "各部分",
  section: "部分",
  share: "相同文字",
  counted: "计入比较",
  characters: (count: number) => `${count} 字`,
  passages: (count: number) => `相同的段落 ${count} 处`,
  passage: (at: number) => `第 ${at} 处`,
  same: "相同",
  reworded: "改写",
  legend: "实线为相同的文字，点线为改写的文字。",
  verbatim: (share: string) => `逐字相同 ${share}`,
  toOther: "看对方这一处",
  toOwn: "看自己这一处",
  unnamed: "未命名部分",
  attachment: (name: string) => `附件“${name}”`,
  notCounted: (count: number) => (count === 0 ? "粘贴的指南原文" : `没有计入比较的文字（${count} 处）`),
  pasted: "与所选方向的指南原文相同（很多人都会粘贴，不说明项目相似）",
  known: "指南、表单或法规里的文字",
  frequent: "许多申报都有的段落",
  reading: (count: number) => `还有 ${count} 个附件正在读取文字，读完后会一并比较。`,
  unreadable: "下面的附件没有可以比较的文字，没有参加比较：",
};

const en: typeof zh = {
  title: "Shared text",
  lead: "Passages of your application that also stand in applications filed before, word for word or nearly. Whether to change, cite or explain them is for you to decide; nothing is decided by this.",
  none: "No application filed before shares enough text to be listed.",
  some: (count, most) =>
    `${count} earlier ${count === 1 ? "application shares" : "applications share"} text with yours, at most ${most}.`,
  open: "See the shared passages",
  back: "Back to the application",
  listed: (from) => `Listed from ${from} of your own text on, most first.`,
  counts:
    "Not counted: text of the guide and the form, headings, names of laws, and passages that many applications have (such as a unit's usual introduction). Versions of one application are not compared with each other.",
  hidden: "Another application (filed)",
  hiddenWhy:
    "To protect other applicants, their title, unit, people and number are not shown; of their text only what is the same as yours.",
  noText: "The other text is not shown here.",
  own: "Your application",
  here: "This application",
  coverage: (share) => `${share} of your application`,
  coverageHere: (share) => `${share} of this application`,
  warn: (from) => `Above ${from}: look closely`,
  sections: "By section",
  section: "Section",
  share: "Shared text",
  counted: "Compared",
  characters: (count) => `${count} characters`,
  passages: (count) => `${count} shared ${count === 1 ? "passage" : "passages"}`,
  passage: (at) => `Passage ${at}`,
  same: "same",
  reworded: "rewritten",
  legend: "Solid underline: the same words. Dotted underline: rewritten.",
  verbatim: (share) => `${share} word for word`,
  toOther: "See the other side",
  toOwn: "See your side",
  unnamed: "Unnamed section",
  attachment: (name) => `Attachment "${name}"`,
  notCounted: (count) => (count === 0 ? "Text of the guide, pasted" : `Text that was not counted (${count})`),
  pasted: "The guide's own text of the chosen direction (many paste it; it says nothing about likeness)",
  known: "Text of the guide, the form or a law",
  frequent: "Passages that many applications have",
  reading: (count) =>
    `${count} ${count === 1 ? "attachment is" : "attachments are"} still being read and will be compared then.`,
  unreadable: "These attachments hold no text that could be compared and were left out:",
};

export type SimilarWords = typeof zh;
export const similarWords = ({ language }: { readonly language: Language }): SimilarWords =>
  language === "zh" ? zh : en;

/** A share as people read it: one decimal, none where it is whole. */
export const percent = (share: number): string => `${Math.round(share * 1_000) / 10}%`;
