import type { Bilingual } from "../../core/policy/words.ts";

type Step = { readonly action: string; readonly title: Bilingual; readonly path: (id: string) => string };

/** Where each act is done, in the order of urgency: the first that the reader may do is the page's one primary link. */
const steps: readonly Step[] = [
  {
    action: "application.submit",
    title: { zh: "继续填写申报书", en: "Go on writing" },
    path: (id) => `/applications/${id}/form`,
  },
  {
    action: "application.attach",
    title: { zh: "补充材料", en: "Add the missing material" },
    path: (id) => `/applications/${id}/form`,
  },
  {
    action: "endorsement.approve",
    title: { zh: "审核这项申报", en: "Review this application" },
    path: (id) => `/institution/${id}`,
  },
  {
    action: "endorsement.resubmitCorrection",
    title: { zh: "提交补正", en: "Submit the correction" },
    path: (id) => `/institution/${id}`,
  },
  {
    action: "recommendation.pass",
    title: { zh: "初审这项申报", en: "Do the initial review" },
    path: (id) => `/department/${id}`,
  },
  {
    action: "recommendation.issue",
    title: { zh: "编入推荐函", en: "Put it into a letter" },
    path: () => "/batches",
  },
  {
    action: "acceptance.accept",
    title: { zh: "审查并决定是否受理", en: "Decide on acceptance" },
    path: (id) => `/acceptance/${id}`,
  },
  {
    action: "appeal.decide",
    title: { zh: "处理复审", en: "Decide the appeal" },
    path: (id) => `/appeals/${id}`,
  },
  { action: "appeal.file", title: { zh: "申请复审", en: "Appeal" }, path: (id) => `/institution/${id}` },
  {
    action: "application.confirmPartnership",
    title: { zh: "确认合作", en: "Confirm the partnership" },
    path: (id) => `/partnerships#${id}`,
  },
];

/** Only for a member who does not lead it: the investigator's own step comes first. */
const consent: Step = {
  action: "application.consent",
  title: { zh: "确认是否参加", en: "Say whether you take part" },
  path: (id) => `/consents#${id}`,
};

export const nextStepFor = (
  id: string,
  mayDo: readonly string[],
  isMember: boolean,
): { readonly title: Bilingual; readonly path: string } | null => {
  const found = [...steps, ...(isMember ? [consent] : [])].find(({ action }) => mayDo.includes(action));
  return found === undefined ? null : { title: found.title, path: found.path(id) };
};
