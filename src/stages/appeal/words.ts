import type { Language } from "../../ui/place.ts";

const zh = {
  list: {
    title: "复审",
    none: "没有等你办理的复审。单位申请后会出现在这里。",
    columns: ["编号", "项目名称", "申报单位", "申请时间", "结果"],
    waiting: "待决定",
    tied: "你参与过原决定，由他人办理",
    outcomes: { UPHELD: "改为受理", DISMISSED: "维持原决定" },
  },
  item: {
    first: "原决定",
    grounds: "复审理由",
    decide: "复审决定",
    outcome: "决定",
    upheld: "改为受理，生成受理编号",
    dismissed: "维持不予受理，此为最终决定",
    reason: "决定的理由",
    reasonHint: "逐条回应复审理由，写明事实和条款。会写进告知书。",
    doIt: "作出复审决定，告知单位和负责人",
    done: "复审决定已作出，单位和负责人已收到通知。",
    read: "查看申报与检查结果",
    back: "返回复审列表",
    missing: { outcome: "请选择改为受理或维持原决定。", reason: "请写明决定的理由。" },
  },
  file: {
    title: "申请复审",
    lead: (due: string) => `可在 ${due} 前申请，只有一次。复审由没有参与原决定的人办理。`,
    scope: "请针对事实和条款写明理由。复审不涉及对科学价值的判断。",
    over: "申请复审的时间已过，不予受理的决定已经生效。",
    closed: "这项申报现在不能申请复审。",
    grounds: "复审理由",
    hint: "对照下面每一条原因，写明哪一处事实与决定不符，依据在哪里。",
    doIt: "代负责人提交复审申请",
    done: "复审申请已提交，正在由复审处理人办理。",
    back: "返回申报",
    missing: "请写明复审理由。",
  },
};
type Words = typeof zh;
const en: Words = {
  list: {
    title: "Appeals",
    none: "No appeal waits for you. Appeals of institutions appear here.",
    columns: ["Number", "Title", "Applicant", "Filed", "Outcome"],
    waiting: "to be decided",
    tied: "you had a part in the decision; another person decides",
    outcomes: { UPHELD: "accepted", DISMISSED: "refusal stands" },
  },
  item: {
    first: "The first decision",
    grounds: "Grounds of the appeal",
    decide: "Decision on the appeal",
    outcome: "Decision",
    upheld: "Accept; a number is given",
    dismissed: "The refusal stands; this is final",
    reason: "Reasons of the decision",
    reasonHint: "Answer each ground with facts and clauses. It stands in the notice.",
    doIt: "Decide the appeal and tell institution and investigator",
    done: "The appeal is decided; institution and investigator were told.",
    read: "See the application and what the rules say",
    back: "Back to the appeals",
    missing: {
      outcome: "Choose whether to accept or to let the refusal stand.",
      reason: "Give the reasons.",
    },
  },
  file: {
    title: "Appeal",
    lead: (due) => `Possible once, before ${due}. It is decided by somebody who had no part in the refusal.`,
    scope: "Argue from facts and clauses. Scientific merit is not reconsidered.",
    over: "The time to appeal has passed; the refusal stands.",
    closed: "There is nothing to appeal against now.",
    grounds: "Grounds",
    hint: "For each reason below: which fact differs from the decision, and where that can be seen.",
    doIt: "File the appeal for the investigator",
    done: "The appeal is filed and is being decided.",
    back: "Back to the application",
    missing: "Give the grounds.",
  },
};

export const appealWords = ({ language }: { readonly language: Language }): Words =>
  language === "zh" ? zh : en;
