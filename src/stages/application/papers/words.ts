import type { Language } from "../../../ui/place.ts";

const zh = {
  title: "文件",
  lead: "这些文件按已提交的内容生成。每页都有版本码和二维码，扫描件上传后据此核对。",
  columns: ["文件", "谁来签", "页数与大小", "操作"],
  signs: {
    "application-form": "负责人签字，单位盖章",
    "budget-explanation": "负责人、财务负责人签字，单位盖章",
    "investigator-commitment": "负责人签字",
    "organization-commitment": "法定代表人或授权代表签字，单位盖章",
    receipt: "不用签",
  },
  versionOf: (number: number) => `第 ${number} 版`,
  codeOf: (code: string) => `版本码 ${code}`,
  latest: "当前版本",
  draft: "草稿",
  draftText: "草稿可以先看样子，不能签字盖章。提交给单位之后，这里有带版本码的正式文件。",
  print: "打印要盖章的文件",
  save: "下载 PDF",
  ofPaper: (title: string) => `：${title}`,
  made: (pages: number, size: string) => `${pages} 页，${size}`,
  unmade: "下载时生成",
  next: "下一步怎么办",
  steps: [
    "下载下面的文件，用 A4 纸单面打印。",
    "负责人和单位按各文件末页签字、盖章。",
    "彩色扫描为一个 PDF，页数齐全，由单位上传。不用送交纸质材料。",
  ],
  receipts: "回执",
  receiptOf: (act: string) => `${act}的回执`,
  waiting: "台账编号正在生成，稍后再看。",
  back: "全部文件",
  shown: "下面是网页上的预览，排版以 PDF 为准。",
  destroyed: "这一版的内容已按保存期限销毁，不能再生成文件。",
  noVersion: "还没有提交过，也没有可以看的草稿。",
};
export type PaperWords = typeof zh;

const en: PaperWords = {
  title: "Papers",
  lead: "Drawn from what was submitted. Every page carries the version code and a square code by which a scan is checked. The papers are in Chinese.",
  columns: ["Paper", "Who signs", "Pages and size", "Get it"],
  signs: {
    "application-form": "investigator signs, institution seals",
    "budget-explanation": "investigator and finance sign, institution seals",
    "investigator-commitment": "investigator signs",
    "organization-commitment": "legal representative signs, institution seals",
    receipt: "nobody",
  },
  versionOf: (number) => `Version ${number}`,
  codeOf: (code) => `code ${code}`,
  latest: "current",
  draft: "Draft",
  draftText:
    "A draft shows how it will look; it cannot be signed. After submission the papers with their code stand here.",
  print: "Print what is to be sealed",
  save: "Download PDF",
  ofPaper: (title) => `: ${title}`,
  made: (pages, size) => `${pages} ${pages === 1 ? "page" : "pages"}, ${size}`,
  unmade: "drawn when downloaded",
  next: "What to do next",
  steps: [
    "Download the papers below and print them on A4, one side.",
    "The investigator and the institution sign and seal where each paper ends.",
    "Scan all of it in colour into one PDF, no page missing; the institution uploads it. No paper is sent.",
  ],
  receipts: "Receipts",
  receiptOf: (act) => `Receipt: ${act}`,
  waiting: "The ledger number is being made; look again in a moment.",
  back: "All papers",
  shown: "This is a preview; the PDF has the exact layout.",
  destroyed: "The content of this version was destroyed when its time was over; no paper can be drawn of it.",
  noVersion: "Nothing was submitted yet, and there is no draft that you may read.",
};

export const paperWords: Readonly<Record<Language, PaperWords>> = { zh, en };
