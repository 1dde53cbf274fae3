import type { Language } from "../../ui/place.ts";
import type { SimilarOutcome } from "./similar.ts";

const zh = {
  title: "相似申报",
  none: "没有达到列出标准的相似申报。",
  pasted: (count: number) => `有 ${count} 处粘贴了所选方向的指南原文，不计入相似。`,
  texts: "文字相同",
  titles: "题目相近",
  people: "人员相同",
  likeness: (share: string) => `题目相近 ${share}`,
  sameInvestigator: "同一负责人",
  sharedTeam: (count: number) => `另一负责人，团队有 ${count} 人相同`,
  unseen: "一项你的岗位看不到的申报",
  compare: "对照段落",
  compareAll: "对照两项申报",
  of: (share: string) => `占本项目 ${share}`,
  warn: (from: string) => `超过 ${from}`,
  note: "相似只是线索，是否重复由你判断；系统不据此退回或不予受理。",
  pageTitle: "相似申报对照",
  back: "回到受理审查",
  side: { number: "编号", title: "项目名称", unit: "申报单位", investigator: "负责人", state: "状态" },
  signals: "其他线索",
  noPassages: "两项申报没有相同的段落。",
  decision: "你的判断",
  decided: "已有的判断",
  undecided: "还没有判断",
  recorded: "判断已记录。",
  outcome: "这两项申报",
  outcomes: {
    NOT_SIMILAR: "不相似",
    RELATED_DECLARED: "有关联，已说明",
    DUPLICATE: "重复申报",
  } satisfies Record<SimilarOutcome, string>,
  reason: "理由",
  reasonHint: "写明依据，例如哪几段相同、负责人作了什么说明。",
  record: "记录判断",
  suggest: (code: string, title: string) =>
    `如不予受理，可在审查页选用原因 ${code}“${title}”。系统没有替你勾选。`,
};

const en: typeof zh = {
  title: "Similar applications",
  none: "No application is similar enough to be listed.",
  pasted: (count) =>
    `${count} ${count === 1 ? "passage is" : "passages are"} the guide's own text of the chosen direction; that does not count.`,
  texts: "Shared text",
  titles: "Near-equal title",
  people: "Same people",
  likeness: (share) => `Title ${share} alike`,
  sameInvestigator: "Same investigator",
  sharedTeam: (count) => `Another investigator, ${count} people of the team in common`,
  unseen: "An application that your post does not see",
  compare: "Compare passages",
  compareAll: "Compare the two",
  of: (share) => `${share} of this application`,
  warn: (from) => `Above ${from}`,
  note: "Likeness is a hint only. Whether it is a duplicate is for you to decide; nothing is refused by this.",
  pageTitle: "Two applications compared",
  back: "Back to the acceptance desk",
  side: { number: "Number", title: "Title", unit: "Unit", investigator: "Investigator", state: "State" },
  signals: "Other hints",
  noPassages: "The two share no passage.",
  decision: "Your decision",
  decided: "Decisions so far",
  undecided: "Not decided yet",
  recorded: "The decision is recorded.",
  outcome: "These two applications are",
  outcomes: {
    NOT_SIMILAR: "Not similar",
    RELATED_DECLARED: "Related, and declared",
    DUPLICATE: "A duplicate",
  },
  reason: "Reason",
  reasonHint: "Say what it rests on: which passages, what the investigator has declared.",
  record: "Record the decision",
  suggest: (code, title) =>
    `If you refuse, reason ${code} "${title}" is there on the desk's page. Nothing was ticked for you.`,
};

export const similarDeskWords = ({ language }: { readonly language: Language }): typeof zh =>
  language === "zh" ? zh : en;
