import { isCivilDate } from "../../core/calendar.ts";
import { isResidentNumber, isUscc, normalizeIdentifier } from "../../core/identifiers.ts";
import { type InputFault, Invalid } from "../../platform/errors.ts";
import type { Bilingual } from "../../core/policy/words.ts";

/** Reads what people typed: normalised as it is kept, each fault at its field. All faults are thrown together by `settle`. */
export type Entries = {
  readonly fault: (place: string, zh: string, en: string) => void;
  /** One line: spaces of any kind become one, invisible marks go, control characters are refused. */
  readonly line: (place: string, value: string, title: Bilingual, limits: Limits) => string;
  /** Several lines. */
  readonly text: (place: string, value: string, title: Bilingual, limits: Limits) => string;
  readonly uscc: (place: string, value: string) => string;
  readonly identity: (place: string, type: string, value: string) => string;
  readonly login: (place: string, value: string) => string;
  readonly email: (place: string, value: string) => string;
  /** Digits, with a plus before them for a foreign one; "" where it may be left out and is. */
  readonly phone: (place: string, value: string, required?: boolean) => string;
  readonly date: (place: string, value: string, title: Bilingual) => string;
  readonly region: (place: string, value: string) => string;
  /** Throws `Invalid` when anything was wrong. */
  readonly settle: () => void;
};
type Limits = { readonly most: number; readonly least?: number };

/** As people write numbers: full-width digits are digits. */
export const plainDigits = (value: string): string => value.normalize("NFKC").trim();

/** How a login is compared and kept. */
export const normalizeLogin = (value: string): string => value.normalize("NFKC").trim().toLowerCase();

export const entries = (): Entries => {
  const faults: InputFault[] = [];
  const fault = (place: string, zh: string, en: string) => {
    faults.push({ place, reason: { zh, en } });
  };
  const measured = (place: string, value: string, title: Bilingual, { most, least = 1 }: Limits): string => {
    const { length } = Array.from(value);
    const en = title.en.toLowerCase();
    if (hidden.test(value))
      fault(
        place,
        `${title.zh}里有看不见的控制字符，多半是复制时带来的。请删去后重新键入。`,
        `The ${en} contains invisible control characters, probably from copying. Type it anew.`,
      );
    else if (length === 0 && least > 0) fault(place, `请填写${title.zh}。`, `Enter the ${en}.`);
    else if (length < least)
      fault(
        place,
        `${title.zh}至少要 ${least} 个字，现在有 ${length} 个。请写得具体一些。`,
        `The ${en} needs at least ${least} characters and has ${length}. Say a little more.`,
      );
    else if (length > most)
      fault(
        place,
        `${title.zh}最多 ${most} 个字，现在有 ${length} 个。请缩短。`,
        `The ${en} may have ${most} characters and has ${length}. Shorten it.`,
      );
    return value;
  };
  return {
    fault,
    line: (place, value, title, limits) =>
      measured(place, value.normalize("NFC").replace(marks, "").replace(/\s+/g, " ").trim(), title, limits),
    text: (place, value, title, limits) =>
      measured(
        place,
        value.normalize("NFC").replace(marks, "").replace(/\r\n?/g, "\n").replace(/\t/g, " ").trim(),
        title,
        limits,
      ),
    uscc: (place, value) => {
      const code = normalizeIdentifier(value);
      if (code === "") fault(place, "请填写统一社会信用代码。", "Enter the unified social credit code.");
      else if (!isUscc(code))
        fault(
          place,
          `统一社会信用代码应为 18 位，由数字和大写字母组成，末位是校验码；你填写的有 ${code.length} 位，没有通过校验。请对照证照逐位核对。`,
          `A unified social credit code has 18 signs, the last of which checks the others; yours has ${code.length} and does not agree with itself. Compare it with the certificate.`,
        );
      return code;
    },
    identity: (place, type, value) => {
      const number = normalizeIdentifier(value);
      if (number === "") fault(place, "请填写证件号码。", "Enter the number of the document.");
      else if (type === "RESIDENT_ID" ? !isResidentNumber(number) : !/^[0-9A-Z]{5,30}$/.test(number))
        fault(
          place,
          "证件号码与证件类型对不上，或者有一位写错了。请对照证件逐位核对。",
          "The number does not fit the kind of document, or one of its signs is wrong. Compare it with the document.",
        );
      return number;
    },
    login: (place, value) => {
      const login = normalizeLogin(value);
      if (!/^[a-z][a-z0-9._-]{3,39}$/.test(login))
        fault(
          place,
          "账号由 4 至 40 个小写字母、数字、点、下划线或短横组成，以字母开头。请按此填写。",
          "An account name has 4 to 40 small letters, digits, dots, underscores or hyphens and begins with a letter.",
        );
      return login;
    },
    email: (place, value) => {
      const email = value.normalize("NFKC").trim();
      if (
        email.length > 254 ||
        !/^[!-?A-~]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}$/.test(email)
      )
        fault(
          place,
          "电子邮箱的写法应如 name@example.cn。请核对；通知会发到这里。",
          "An e-mail address looks like name@example.cn. Check it: notices are sent there.",
        );
      return email;
    },
    phone: (place, value, required = true) => {
      const phone = value.normalize("NFKC").replace(/[\s()\p{Pd}]/gu, "");
      if (phone === "" && !required) return "";
      if (!/^\+?\d{7,15}$/.test(phone))
        fault(
          place,
          "电话应为 7 至 15 位数字，可以带区号。请核对。",
          "A telephone number has 7 to 15 digits, the area code included. Check it.",
        );
      return phone;
    },
    date: (place, value, title) => {
      const date = plainDigits(value);
      if (!isCivilDate(date))
        fault(
          place,
          `${title.zh}应为日历上有的日期，写法如 2020-05-06。请核对。`,
          `The ${title.en.toLowerCase()} must be a day of the calendar, written like 2020-05-06.`,
        );
      return date;
    },
    region: (place, value) => {
      const region = plainDigits(value);
      if (!/^\d{6}$/.test(region))
        fault(
          place,
          "行政区划代码是 6 位数字，见统一社会信用代码的第 3 至 8 位。请核对。",
          "An area code has 6 digits: the third to the eighth of the social credit code.",
        );
      return region;
    },
    settle: () => {
      if (faults.length > 0) throw new Invalid(faults);
    },
  };
};

const marks = /\p{Cf}/gu;
/** Control characters but the line feed. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const hidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;
