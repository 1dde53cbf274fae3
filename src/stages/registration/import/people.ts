import type { ImportKind } from "./kind.ts";
import { type PersonKey, personColumns } from "./people.columns.ts";
import { judgePeople } from "./people.judge.ts";

export const people: ImportKind<PersonKey> = {
  code: "people",
  action: "registration.importPeople",
  title: { zh: "单位人员", en: "People of the institution" },
  lead: {
    zh: "登记本单位的项目负责人和成员，或更新他们的职称、学位和联系方式。",
    en: "Register investigators and members, or bring their title, degree and contacts up to date.",
  },
  count: (count) => ({ zh: `${count} 人`, en: count === 1 ? "1 person" : `${count} people` }),
  columns: () => personColumns,
  notes: [
    {
      zh: "平台上没有的人会新登记并启用，同时给出账号和一次性密码，由你转交本人；已有的人按证件号码找到，只改填了的几项。",
      en: "People who are not here are registered and activated, each with a first password for you to hand over; those who are here are found by their number, and only what is filled in changes.",
    },
    {
      zh: "姓名和证件号码不能用导入更改。",
      en: "Names and document numbers cannot be changed by an import.",
    },
  ],
  undo: {
    zh: "登记错了的人，请系统管理员在“账户”里暂停；改错了的，改好工作簿再导入一次，或由本人在“我的账户”里更正。",
    en: "Somebody registered by mistake is suspended by the system administrator; a wrong change is put right by another import, or by the person under their account.",
  },
  judge: judgePeople,
};
