/** Words of the interface. What the guide says comes from the pack, never from here. */
export const zh = {
  brand: "指南",
  skip: "跳到正文",
  nav: {
    label: "主导航",
    call: "申报通知",
    guide: "指南原文",
    directions: "找方向",
    coverage: "如何执行",
    contacts: "咨询",
    selfCheck: "我能申报吗",
    policies: "全部指南",
  },
  position: "位置",
  otherLanguage: "English",
  otherLanguageHint: "English",
  large: "大字版",
  normal: "标准字号",
  demo: {
    label: "演示环境",
    clock: "平台时钟",
    note: "时钟为演示设定，不是现在的时间",
  },
  footer: {
    label: "页脚",
    host: "主办：",
    hash: "指南版本摘要",
    unpublished: "未发布",
    publishedOn: (date: string) => `${date}发布`,
    notice: "平台说明、旁注与译文由平台提供，以指南原文为准。",
  },
  guideWord: "指南",
  guideLanguage: "",
  yearTitle: (year: number) => `${year}年度申报通知`,
  severity: { must: "必须改", ask: "请确认", ok: "已符合", info: "告知" },
  kind: { rule: "机审", step: "人工确认", attestation: "声明", information: "告知" },
  kindMeans: {
    rule: "平台自动判断",
    step: "由人核定",
    attestation: "由申报人或单位承诺",
    information: "供知悉",
  },
  errorSummary: "请先改这几处",
  tenThousand: "万元",
  moneyTicks: (unit: number, count: number) => `每格 ${unit} 万元，共 ${count} 格`,
  days: "天",
  weekday: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
  trouble: {
    missing: {
      title: "没有找到这个页面",
      what: "地址可能有误，或页面已经移走。请核对地址，或从下面的页面进入。",
    },
    unreadable: {
      title: "没有读懂这次请求",
      what: "地址里有平台认不出的字符，多半是复制时多了或少了几个字。请从下面的页面重新进入。",
    },
    tooLong: {
      title: "地址太长",
      what: "填写的文字超过了一次能查的长度。请删短一些再查，一两句话就够。",
    },
    tooLarge: {
      title: "提交的内容太大",
      what: "一次最多提交 1 MB。请删减后再提交，已填内容仍在上一页。",
    },
    method: {
      title: "这个地址不接受这样的操作",
      what: "这里只能查看。请从下面的页面重新进入。",
    },
    ours: {
      title: "平台出了问题",
      what: "不是你的操作造成的。请过几分钟再试；急需办理的，可按咨询页的电话联系。",
    },
  },
  phone: "电话",
  phoneMissing: "指南未列电话",
};

export type Words = typeof zh;
