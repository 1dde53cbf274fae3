import type { Language, Place } from "../../ui/place.ts";

/** A number and its unit. */
type Measure = readonly [string, string];

/** Words of the self-check's pages. Sentences about the guide come from the pack. */
const zh = {
  title: "我能申报吗",
  lead: (minutes: number) =>
    `回答几个问题，大约 ${minutes} 分钟，就知道哪些条件已经符合、哪一条还不行、怎么改。每个结论都注明指南条款。`,
  start: "开始自查",
  resume: "接着答",
  see: "查看结果",
  numbers: {
    time: "用时",
    minutes: (count: number): Measure => [`约 ${count}`, "分钟"],
    length: "问题",
    questions: (least: number, most: number): Measure => [
      least === most ? String(least) : `${least} 至 ${most}`,
      "题",
    ],
    record: "记录",
    none: ["不保存", "答案只在地址栏里"] as Measure,
  },
  prepareTitle: "最好先知道",
  prepare: [
    "申报哪一类、哪个方向",
    "由哪个单位申报",
    "项目负责人有没有在研项目，执行期到哪一天",
    "打算做到哪一天、申请多少经费",
  ],
  aboutTitle: "结果说明什么",
  about: [
    "自查按指南原文逐条判断，和正式申报时平台用的是同一套规则。",
    "答案写在网址里，平台不留记录；收藏网址就能下次接着答。",
    "结果供参考，以受理决定为准。内容是否合适由专家评审判断，自查不判断。",
  ],
  byCategory: "也可以直接从类别开始",
  brought: "已经带入",
  window: {
    before: (opens: string) => `还没有到申报时间，${opens}开始。可以先自查、先准备。`,
    open: (closes: string) => `现在处于申报时间内，${closes} 24:00 截止。`,
    after: (closes: string) => `申报已于${closes} 24:00 截止。仍可自查，为下一年度做准备。`,
  },
  absent: "这份指南没有自查题",
  absentText: "可以直接查看指南原文，每一条旁边都注明了平台如何执行。",
  progress: (number: number, total: number) => `第 ${number} 题，约 ${total} 题`,
  back: "上一题",
  backToStart: "返回",
  next: "下一题",
  toResult: "查看结果",
  answered: "已经回答",
  change: "修改",
  changeThis: (label: string) => `修改${label}`,
  guideSays: "指南原文",
  guideText: "看指南原文",
  directions: (count: number) => `${count} 个方向`,
  unsure: "拿不准选哪个方向？",
  findDirection: "按题目找方向",
  ceiling: (amount: string) => `每项不超过 ${amount}`,
  years: (years: number, exact: boolean) =>
    exact ? `执行期一般为 ${years} 年` : `执行期一般不超过 ${years} 年`,
  money: (category: string, amount: string) =>
    `${category}每项不超过 ${amount}，恰好等于可以。只填市财政资金，自筹资金不算在内。`,
  period: (start: string, end: string, years: number) =>
    `执行期从${start}开始，一般到${end}（${years} 年），当天也算。`,
  extended: (end: string, years: number) => `这个方向可以适当延长，不晚于${end}（${years} 年），要写明理由。`,
  usual: (end: string) => `就到${end}`,
  parts: { year: "年", month: "月", day: "日" },
  pick: "请选择",
  error: "错误",
  result: {
    title: "自查结果",
    verdict: {
      blocked: (count: number) => ["现在还不能申报，", `改好 ${count} 处即可`],
      confirm: (count: number) => ["可以申报，", `另有 ${count} 处请确认`],
      clear: () => ["条件都符合，", "可以申报"],
      soon: (opens: string) => ["条件都符合，", `${opens}起可以申报`],
      closed: () => ["条件都符合，", "但申报时间已过"],
      closedBlocked: (count: number) => ["申报时间已过，", `另有 ${count} 处不符合`],
    },
    judged: (answers: number, clauses: number) =>
      `按你填写的 ${answers} 项情况，对照指南 ${clauses} 处条款判断。自查不留记录，结果供参考，以受理决定为准。`,
    met: (count: number) => `已符合的 ${count} 项`,
    quotaTitle: (category: string, limit: number) => `你单位${category}限推 ${limit} 项，需先过单位遴选`,
    quotaText: (unit: string) => `${unit}的名额已用多少，以单位公布为准。请尽早与单位科研管理部门联系。`,
    quotaOwn:
      "没有在指南中列名的单位，各自计算。名额已用多少，以单位公布为准，请尽早与单位科研管理部门联系。",
    nextTitle: "接下来",
    again: "重新自查",
    print: "打印或存为 PDF",
    printHint: "打印或存为 PDF：按 Ctrl + P（苹果电脑按 Command + P）。",
    download: "下载自查结果 PDF",
    keep: "收藏这一页的网址，就能留下这些答案。网址里没有姓名和证件号码。",
    toCall: "查看申报步骤",
    facts: "你填写的情况",
    whoTitle: "问谁",
    who: (category: string, field: string) => `${category}（${field}）`,
    printed: (number: string, time: string, hash: string) =>
      `自查编号 ${number}　生成于${time}　指南版本 ${hash}`,
    printedNote: "本结果供申报人自查，不是受理决定。编号由答案和指南版本算出，平台没有记录。",
    open: "还没有答完",
    openText: (done: number, total: number) => `已经回答 ${done} 题，约 ${total} 题。答完就能看到结果。`,
  },
};

export type SelfCheckWords = typeof zh;

const en: SelfCheckWords = {
  title: "Can I apply?",
  lead: (minutes) =>
    `Answer a few questions, about ${minutes} minutes, and see which conditions you meet, which you do not, and what to change. Every result cites its clause of the guide.`,
  start: "Start the check",
  resume: "Continue",
  see: "See the result",
  numbers: {
    time: "Time",
    minutes: (count) => [`about ${count}`, "minutes"],
    length: "Questions",
    questions: (least, most) => [least === most ? String(least) : `${least} to ${most}`, ""],
    record: "Record",
    none: ["none kept", "answers stay in the address"],
  },
  prepareTitle: "Good to know beforehand",
  prepare: [
    "the category and the direction",
    "which organisation applies",
    "whether the investigator heads a running project, and until when",
    "when the project will end and how much you request",
  ],
  aboutTitle: "What the result means",
  about: [
    "The check follows the guide clause by clause, with the same rules the platform applies to a real application.",
    "Answers are written into the address and nowhere else; keep the address to come back to them.",
    "The result is for guidance; acceptance decides. It does not judge the content, experts do.",
  ],
  byCategory: "Or start with the category",
  brought: "Already filled in",
  window: {
    before: (opens) => `Applications open on ${opens}. You can check and prepare now.`,
    open: (closes) => `Applications are open until ${closes}, 24:00.`,
    after: (closes) => `Applications closed on ${closes}, 24:00. The check still works, for next year.`,
  },
  absent: "This guide has no self-check",
  absentText: "Read the guide itself: beside each clause stands how the platform carries it out.",
  progress: (number, total) => `Question ${number} of about ${total}`,
  back: "Back",
  backToStart: "Back",
  next: "Next question",
  toResult: "See the result",
  answered: "Your answers so far",
  change: "Change",
  changeThis: (label) => `Change: ${label.toLowerCase()}`,
  guideSays: "The guide says",
  guideText: "Read the guide's text",
  directions: (count) => (count === 1 ? "1 direction" : `${count} directions`),
  unsure: "Not sure which direction?",
  findDirection: "Find one by your title",
  ceiling: (amount) => `up to ${amount} each`,
  years: (years, exact) =>
    `${exact ? "usually exactly" : "usually up to"} ${years} ${years === 1 ? "year" : "years"}`,
  money: (category, amount) =>
    `${category}: up to ${amount} each, the limit itself included. Count only the city's money, not your own funds.`,
  period: (start, end, years) =>
    `The period starts on ${start} and usually ends by ${end} (${years} ${years === 1 ? "year" : "years"}), that day included.`,
  extended: (end, years) =>
    ` This direction may run longer, until ${end} at the latest (${years} years), with a reason.`,
  usual: (end) => `Use ${end}`,
  parts: { year: "Year", month: "Month", day: "Day" },
  pick: "Choose",
  error: "Error",
  result: {
    title: "Result of the self-check",
    verdict: {
      blocked: (count) => [
        "You cannot apply yet: ",
        `${count} ${count === 1 ? "thing" : "things"} to change`,
      ],
      confirm: (count) => ["You can apply; ", `please confirm ${count} ${count === 1 ? "point" : "points"}`],
      clear: () => ["Every condition is met: ", "you can apply"],
      soon: (opens) => ["Every condition is met: ", `you can apply from ${opens}`],
      closed: () => ["Every condition is met, ", "but applications have closed"],
      closedBlocked: (count) => [
        "Applications have closed, ",
        `and ${count} ${count === 1 ? "condition is" : "conditions are"} not met`,
      ],
    },
    judged: (answers, clauses) =>
      `Judged on your ${answers} answers against ${clauses} places of the guide. No record is kept; the result is for guidance, acceptance decides.`,
    met: (count) => `Met: ${count}`,
    quotaTitle: (category, limit) =>
      `Your organisation may recommend ${limit} in ${category.toLowerCase()}: it selects first`,
    quotaText: (unit) =>
      `How many places of ${unit} are taken is announced by the organisation. Talk to its research office early.`,
    quotaOwn:
      "An organisation not named in the guide counts on its own. How many places are taken is announced by the organisation; talk to its research office early.",
    nextTitle: "Next",
    again: "Start again",
    print: "Print or save as PDF",
    printHint: "Print or save as PDF: press Ctrl + P (Command + P on a Mac).",
    download: "Download the result as PDF (in Chinese)",
    keep: "Keep the address of this page to keep these answers. It holds no name and no identity number.",
    toCall: "See how to apply",
    facts: "What you answered",
    whoTitle: "Whom to ask",
    who: (category, field) => `${category} (${field})`,
    printed: (number, time, hash) => `Check ${number} · made on ${time} · edition of the guide ${hash}`,
    printedNote:
      "For the applicant's own use, not a decision on acceptance. The number is computed from the answers and the edition; the platform keeps no record.",
    open: "Not finished yet",
    openText: (done, total) =>
      `${done} of about ${total} questions are answered. Answer the rest to see the result.`,
  },
};

const dictionaries: Readonly<Record<Language, SelfCheckWords>> = { zh, en };
export const wordsOf = (place: Pick<Place, "language">): SelfCheckWords => dictionaries[place.language];
