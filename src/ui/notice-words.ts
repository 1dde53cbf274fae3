import type { Bilingual } from "../core/policy/words.ts";

/**
 * What a notice says, on the page and in a letter. `{fact}` is filled in; what stands in `[[…]]` is left out where a fact in it is
 * missing or empty. Facts: civil dates, instants (ms since 1970 UTC), role codes and plain text.
 */
export type NoticeWords = { readonly subject: Bilingual; readonly text: Bilingual };

const one = (zh: readonly [string, string], en: readonly [string, string]): NoticeWords => ({
  subject: { zh: zh[0], en: en[0] },
  text: { zh: zh[1], en: en[1] },
});

export const noticeTemplates: Readonly<Record<string, NoticeWords>> = {
  // registration
  institutionWaiting: one(
    ["{organization}登记了，等待启用", "请核对单位信息和证照，启用或者说明不启用的理由。"],
    [
      "{organization} has registered and waits",
      "Check its particulars, then activate it or say why it is not activated.",
    ],
  ),
  institutionActive: one(
    ["{organization}已启用", "你是它的科研管理员。接下来启用本单位登记的人员，请他们填写申报书。"],
    [
      "{organization} is active",
      "You are its research administrator. Next, activate the people of your institution who have registered.",
    ],
  ),
  personWaiting: one(
    ["{name}登记了，等待启用", "请核对身份和所在单位，启用或者说明不启用的理由。"],
    [
      "{name} has registered and waits",
      "Check identity and institution, then activate the account or say why not.",
    ],
  ),
  accountActive: one(
    [
      "你的账户已启用",
      "[[{organization}核对了你的登记。]]现在可以登录办理；个人信息有变动的，在“我的账户”里更新。",
    ],
    [
      "Your account is active",
      "[[{organization} checked your registration. ]]You can sign in and work; keep your particulars up to date under My account.",
    ],
  ),
  roleGranted: one(
    ["你有了新的角色：{role}", "待办和导航里已加上这个角色的事项。"],
    ["You were given a role: {role}", "Its work now stands in your list and navigation."],
  ),
  roleRevoked: one(
    ["你的角色已收回：{role}", "这个角色的事项不再由你办理。有疑问的，请联系授予角色的管理员。"],
    [
      "A role of yours was taken back: {role}",
      "Its work is no longer yours. Ask the administrator who gave it if in doubt.",
    ],
  ),
  roleLent: one(
    ["同事委托你代办：{role}", "委托到 {until} 为止，期间你办理的事项会记明是代谁办理的。"],
    ["A colleague lent you a role: {role}", "Until {until}; what you do under it names whom you act for."],
  ),
  // call
  callExtended: one(
    ["申报延期到 {until} 24:00", "[[原因：{reason}。]]还没有提交的申报书，请在这之前提交。"],
    [
      "Applications are taken until the end of {until}",
      "[[Reason: {reason}. ]]Submit what is still a draft by then.",
    ],
  ),
  // application
  submitted: one(
    [
      "{investigator}提交了《{title}》，等待单位审核",
      "请在申报截止前审核：同意后报送归口管理部门，要改的写明理由退回。",
    ],
    [
      "{investigator} submitted “{title}”; the institution's review is next",
      "Review it before applications close: endorse it, or return it with the reason.",
    ],
  ),
  withdrawalRequested: one(
    ["{investigator}申请撤回《{title}》", "是否撤回由单位决定。请与负责人核实后办理。"],
    [
      "{investigator} asks to withdraw “{title}”",
      "The institution decides. Speak with the investigator, then act.",
    ],
  ),
  consentGiven: one(
    ["{member}同意参加《{title}》", "其他成员都同意之后就可以提交。"],
    ["{member} agreed to take part in “{title}”", "It can be submitted once every member has agreed."],
  ),
  consentDeclined: one(
    ["{member}不同意参加《{title}》", "请与本人联系，或者在申报书里调整项目组成员后再提交。"],
    ["{member} declined to take part in “{title}”", "Speak with them, or change the team before you submit."],
  ),
  partnershipConfirmed: one(
    ["合作单位确认参加《{title}》", "确认已记入申报材料，合作内容再有改动的需要重新确认。"],
    [
      "A partner confirmed its part in “{title}”",
      "It is kept with the application; a change of its part needs a new confirmation.",
    ],
  ),
  partnershipDeclined: one(
    ["合作单位不同意参加《{title}》", "请与合作单位联系，或者在申报书里调整合作单位后再提交。"],
    [
      "A partner declined its part in “{title}”",
      "Speak with the partner, or change the partners before you submit.",
    ],
  ),
  exceptionRequested: one(
    ["{investigator}为《{title}》申请例外", "请看理由和附件，提请局领导决定或者说明不予例外。"],
    [
      "{investigator} asks for an exception for “{title}”",
      "Read the reason; propose it to the bureau's leader or say why not.",
    ],
  ),
  // endorsement
  sealed: one(
    ["《{title}》的盖章件已上传", "单位承诺已签署（项目负责人 {investigator}）。其他确认齐了就可以报送。"],
    [
      "The stamped pages of “{title}” have been added",
      "The unit's commitment is signed (investigator: {investigator}). Endorse it once the other confirmations are there.",
    ],
  ),
  confirmed: one(
    ["《{title}》有一项单位确认已完成", "项目负责人 {investigator}。确认齐了就可以报送。"],
    [
      "A confirmation for “{title}” was given",
      "Investigator: {investigator}. Endorse it once all confirmations are there.",
    ],
  ),
  notConfirmed: one(
    ["《{title}》有一项单位确认未同意", "请看确认人写的理由，需要修改的退回 {investigator}。"],
    [
      "A confirmation for “{title}” was withheld",
      "Read the reason; return it to {investigator} where it must be amended.",
    ],
  ),
  returned: one(
    [
      "《{title}》退回修改",
      "{organization}退回了申报书[[，标出 {marks} 处]]。[[理由：{reason}。]]请修改后在申报截止前再次提交。",
    ],
    [
      "“{title}” was returned for amendment",
      "{organization} returned it[[ with {marks} marked places]].[[ Reason: {reason}.]] Amend it and submit again before applications close.",
    ],
  ),
  rejectedByUnit: one(
    ["{organization}不同意申报《{title}》", "[[理由：{reason}。]]有疑问的，请与本单位科研管理部门联系。"],
    [
      "{organization} does not endorse “{title}”",
      "[[Reason: {reason}. ]]Ask the research office of your institution if in doubt.",
    ],
  ),
  withdrawn: one(
    ["《{title}》已由{organization}撤回", "[[理由：{reason}。]]这项申报不再往下办理。"],
    ["“{title}” was withdrawn by {organization}", "[[Reason: {reason}. ]]It goes no further."],
  ),
  withdrawnByUnit: one(
    ["{organization}撤回了《{title}》", "这项申报不再往下办理，你不需要再做什么。"],
    ["{organization} withdrew “{title}”", "It goes no further; there is nothing left for you to do."],
  ),
  endorsed: one(
    [
      "{organization}报送了《{title}》",
      "项目负责人 {investigator}，报送回执 {receipt}。请在推荐截止前初审。",
    ],
    [
      "{organization} endorsed “{title}”",
      "Investigator: {investigator}; receipt {receipt}. Review it before recommendations close.",
    ],
  ),
  endorsedToYou: one(
    ["《{title}》已报送归口管理部门", "本单位审核同意，报送回执 {receipt}。接下来由归口管理部门初审。"],
    [
      "“{title}” went on to the department",
      "Your institution endorsed it; receipt {receipt}. The department reviews it next.",
    ],
  ),
  remindToSubmit: one(
    ["请提交《{title}》", "本单位提醒：请在 {due} 之前提交，留出单位审核的时间。"],
    ["Submit “{title}”", "Your institution asks you to submit by {due}, so that its review has time."],
  ),
  corrected: one(
    ["{organization}交来了《{title}》的补正", "请对照补正通知审查补正后的版本。"],
    [
      "{organization} sent the correction of “{title}”",
      "Examine the corrected version against the notice of correction.",
    ],
  ),
  correctionSubmitted: one(
    ["《{title}》的补正已提交", "接下来由受理人员审查，结果会通知你。"],
    ["The correction of “{title}” was submitted", "Acceptance examines it next; you will be told."],
  ),
  // recommendation
  returnedByDepartment: one(
    [
      "《{title}》由归口管理部门退回修改",
      "[[标出 {marks} 处。]]请看退回理由，修改后再次提交，经单位审核在推荐截止前报送。",
    ],
    [
      "“{title}” was returned by the department",
      "[[{marks} places are marked. ]]Read the reason, amend it and submit again; your institution endorses it before recommendations close.",
    ],
  ),
  initialReviewPassed: one(
    ["《{title}》通过初审", "接下来由归口管理部门出具推荐函。"],
    ["“{title}” passed the initial review", "The department's letter of recommendation is next."],
  ),
  notRecommended: one(
    ["《{title}》不予推荐", "归口管理部门作出了决定[[（理由代码 {codes}）]]。理由全文见申报的办理记录。"],
    [
      "“{title}” is not recommended",
      "The department decided[[ (reasons {codes})]]. The history of the application gives the reasons in full.",
    ],
  ),
  recommended: one(
    ["《{title}》已推荐", "归口管理部门出具了推荐函[[ {letter}]]。接下来由受理人员审查。"],
    [
      "“{title}” was recommended",
      "The department issued its letter[[ {letter}]]. Acceptance examines it next.",
    ],
  ),
  recalled: one(
    [
      "推荐函收回，《{title}》待重新推荐",
      "归口管理部门收回了推荐函[[ {letter}]]，你不需要再做什么；重新出函后会通知你。",
    ],
    [
      "The letter was recalled; “{title}” waits for a new one",
      "The department recalled its letter[[ {letter}]]. There is nothing for you to do; you will be told of the new letter.",
    ],
  ),
  withdrawnByDepartment: one(
    ["《{title}》的推荐已撤回", "归口管理部门撤回了推荐，理由见申报的办理记录。这项申报不再往下办理。"],
    [
      "The recommendation of “{title}” was withdrawn",
      "The department withdrew it; the history gives the reason. The application goes no further.",
    ],
  ),
  letterIssued: one(
    ["{department}出具了推荐函 {letter}", "推荐 {count} 项，已转入受理。纸质函收到后请登记。"],
    [
      "{department} issued letter {letter}",
      "It recommends {count} applications, now at acceptance. Log the paper when it comes.",
    ],
  ),
  letterRecalled: one(
    ["{department}收回了推荐函[[ {letter}]]", "涉及 {count} 项，退回出函之前；以重新出具的函为准。"],
    [
      "{department} recalled its letter[[ {letter}]]",
      "It concerned {count} applications, now as before the letter; the new letter counts.",
    ],
  ),
  // acceptance
  correctionRequested: one(
    [
      "请补正《{title}》，{due} 24:00 截止",
      "受理审查指出 {count} 处需要补正[[（{codes}）]]。请只改列出的内容，经单位审核后在截止前交回；逾期不补正的不予受理。",
    ],
    [
      "Correct “{title}” by the end of {due}",
      "Acceptance names {count} defects[[ ({codes})]]. Amend the listed contents only and send them back through your institution in time; otherwise it is not accepted.",
    ],
  ),
  accepted: one(
    ["《{title}》已受理，编号 {number}", "受理审查通过，接下来进入评审。"],
    ["“{title}” was accepted: {number}", "It passed acceptance; review is next."],
  ),
  notAccepted: one(
    [
      "《{title}》不予受理",
      "理由和依据见通知书[[（{codes}）]]。有异议的，由单位在 {appeal} 24:00 前申请复审。",
    ],
    [
      "“{title}” is not accepted",
      "The notice gives reasons and clauses[[ ({codes})]]. Your institution may appeal until the end of {appeal}.",
    ],
  ),
  "lapsed.SUBMIT": one(
    ["《{title}》没有按时提交，已失效", "提交在 {closed} 24:00 截止。内容仍可查看，也可以复制为新的申报书。"],
    [
      "“{title}” was not submitted in time and lapsed",
      "Submission closed at the end of {closed}. You can still read it and copy it for another call.",
    ],
  ),
  "lapsed.ENDORSE": one(
    ["《{title}》单位没有按时报送，已失效", "报送在 {closed} 24:00 截止。请与本单位科研管理部门核实情况。"],
    [
      "“{title}” was not endorsed in time and lapsed",
      "Endorsement closed at the end of {closed}. Ask the research office of your institution.",
    ],
  ),
  "lapsed.INITIAL_REVIEW": one(
    [
      "《{title}》归口管理部门没有按时初审，已失效",
      "推荐在 {closed} 24:00 截止。请通过单位与归口管理部门核实情况。",
    ],
    [
      "“{title}” was not reviewed by the department in time and lapsed",
      "Recommendations closed at the end of {closed}. Ask the department through your institution.",
    ],
  ),
  "lapsed.RECOMMEND": one(
    [
      "《{title}》没有在推荐截止前推荐，已失效",
      "推荐在 {closed} 24:00 截止。请通过单位与归口管理部门核实情况。",
    ],
    [
      "“{title}” was not recommended in time and lapsed",
      "Recommendations closed at the end of {closed}. Ask the department through your institution.",
    ],
  ),
  correctionExpired: one(
    [
      "《{title}》逾期没有补正，不予受理",
      "补正在 {due} 24:00 截止[[（未补正：{codes}）]]。有异议的，由单位在 {appeal} 24:00 前申请复审。",
    ],
    [
      "“{title}” was not corrected in time and is not accepted",
      "Correction closed at the end of {due}[[ (open: {codes})]]. Your institution may appeal until the end of {appeal}.",
    ],
  ),
  purgeProposed: one(
    [
      "有一项清除待第二人办理[[：第 {number} 号申报]]",
      "同事提出清除涉密内容。请核对后办理；提出的人自己不能办理。",
    ],
    [
      "A purge waits for a second person[[: application no. {number}]]",
      "A colleague proposed to destroy classified content. Check it and act; the proposer cannot.",
    ],
  ),
  purged: one(
    [
      "[[第 {number} 号]]申报的内容已按保密规定清除",
      "涉密内容不能在平台上填报，已全部清除且不能恢复。需要线下办理的，请联系主办部门。",
    ],
    [
      "The content of an application[[, no. {number},]] was destroyed",
      "Classified content may not stand here; it is gone for good. Ask the organisers how to file it off the platform.",
    ],
  ),
  exceptionProposed: one(
    ["{unit}的[[第 {number} 号]]申报提请例外，等你决定", "请看依据条款和理由，准予或者不予例外。"],
    [
      "An exception for application[[ no. {number}]] of {unit} waits for you",
      "Read the clause and the reason, then grant or refuse it.",
    ],
  ),
  exceptionGranted: one(
    ["《{title}》的例外已准予", "[[依据 {clause}。]]检查时不再因这一条拦住，其他要求照旧。"],
    [
      "The exception for “{title}” was granted",
      "[[Clause {clause}. ]]This rule no longer stands in the way; all others do.",
    ],
  ),
  exceptionRefused: one(
    ["《{title}》的例外没有准予", "[[依据 {clause}。]]请按原要求修改后提交。"],
    [
      "The exception for “{title}” was refused",
      "[[Clause {clause}. ]]Amend the application as the rule asks.",
    ],
  ),
  // appeal
  appealFiled: one(
    ["{unit}为《{title}》申请复审", "请审查申请理由和原决定，作出复审决定。"],
    ["{unit} appeals for “{title}”", "Read the grounds and the first decision, then decide."],
  ),
  appealFiledForYou: one(
    ["单位已为《{title}》申请复审", "复审由没有参与原决定的人办理，结果会通知你。"],
    [
      "Your institution appealed for “{title}”",
      "Somebody who had no part in the first decision decides; you will be told.",
    ],
  ),
  appealDismissed: one(
    ["《{title}》复审维持原决定", "复审认定不予受理的决定成立，理由见通知书。"],
    ["The appeal for “{title}” was dismissed", "The refusal stands; the notice gives the reasons."],
  ),
  appealUpheld: one(
    ["《{title}》复审改为受理[[，编号 {number}]]", "原决定已撤销，接下来进入评审。"],
    ["The appeal for “{title}” was upheld[[: {number}]]", "The first decision is void; review is next."],
  ),
};
