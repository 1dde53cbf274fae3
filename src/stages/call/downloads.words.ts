import type { Language } from "../../ui/place.ts";

const zh = {
  title: "模板下载",
  lead: "起草申报材料用的参考模板。标有“平台参考模板”的由平台编写，不是指南的官方附件；主管部门发布正式文本的，以正式文本为准。",
  none: "这份指南没有可以下载的模板。",
  whose: { PLATFORM: "平台参考模板，非官方附件", BUREAU: "主管部门提供" },
  act: (ending: string) => `下载 ${ending}`,
  actOf: (title: string) => `：${title}`,
  named: "指南所附、平台没有收录的",
  more: "模板下载",
  moreText: (titles: string) => `${titles}。`,
  moreAct: "查看和下载模板",
};
type DownloadsWords = typeof zh;
const en: DownloadsWords = {
  title: "Templates",
  lead: "Samples for drafting. Those marked as samples of the platform are ours and no attachments of the guide; where the authority issues its own text, that text counts. The files are in Chinese.",
  none: "This guide has no templates to download.",
  whose: { PLATFORM: "sample of the platform, not official", BUREAU: "issued by the authority" },
  act: (ending) => `Download ${ending}`,
  actOf: (title) => `: ${title}`,
  named: "Attached to the guide, not kept here",
  more: "Templates",
  moreText: (titles) => `${titles}.`,
  moreAct: "See and download templates",
};
const dictionaries: Readonly<Record<Language, DownloadsWords>> = { zh, en };
export const downloadsWords = (place: { readonly language: Language }): DownloadsWords =>
  dictionaries[place.language];
