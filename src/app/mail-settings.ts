import type { SmtpSettings } from "../platform/smtp.ts";

export type MailSettings = SmtpSettings;

type Environment = Readonly<Record<string, string | undefined>>;

/** No message repeats the address: a password may stand in it. */
const refused = (variable: string, zh: string, en: string): RangeError =>
  new RangeError(`${variable} ${zh} / ${variable} ${en}`);

/** The mail server, or null where none is named. Throws RangeError, which says what is wrong with which variable. */
export const readMailSettings = (environment: Environment): MailSettings | null => {
  const address = environment["ZHINAN_SMTP_URL"]?.trim() ?? "";
  if (address === "") return null;
  const server = serverOf(address);
  const from = senderOf(environment["ZHINAN_MAIL_FROM"]?.trim() ?? "");
  if (readSite(environment) === null)
    throw refused(
      "ZHINAN_SITE_URL",
      "未设置：信里的链接需要平台的公开地址，如 https://zhinan.example.gov.cn",
      "is not set: links in letters need the platform's public address, such as https://zhinan.example.gov.cn",
    );
  return { ...server, from };
};

const serverOf = (address: string): Omit<SmtpSettings, "from"> => {
  const malformed = refused(
    "ZHINAN_SMTP_URL",
    "应写成 smtps://用户:密码@主机:465 或 smtp://主机:587，用户和密码里的特殊字符写成 %xx",
    "must look like smtps://user:password@host:465 or smtp://host:587, special signs in user and password as %xx",
  );
  if (!URL.canParse(address)) throw malformed;
  const url = new URL(address);
  const { protocol, hostname, username, password, pathname, search, hash } = url;
  if (!["smtp:", "smtps:"].includes(protocol) || hostname === "") throw malformed;
  if (!["", "/"].includes(pathname) || search !== "" || hash !== "") throw malformed;
  if ((username === "") !== (password === "")) throw malformed;
  const secure = protocol === "smtps:";
  const port = url.port === "" ? (secure ? 465 : 587) : Number(url.port);
  if (port === 0) throw malformed;
  let user: SmtpSettings["user"] = null;
  try {
    if (username !== "")
      user = { name: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    throw malformed;
  }
  return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port, secure, user };
};

const plainAddress = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/** `name@host` or `Name <name@host>`. */
const senderOf = (text: string): SmtpSettings["from"] => {
  const [, name = "", inside] = /^([^<>\p{C}]*)<([^<>]*)>$/u.exec(text) ?? [];
  const address = (inside ?? text).trim();
  if (!plainAddress.test(address))
    throw refused(
      "ZHINAN_MAIL_FROM",
      "应为发信地址，如 指南平台 <noreply@example.gov.cn>",
      "must be the sender, such as Zhinan <noreply@example.gov.cn>",
    );
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address };
};

/** The public address, or null where none is given. Throws RangeError. */
export const readSite = (environment: Environment): string | null => {
  const text = environment["ZHINAN_SITE_URL"]?.trim() ?? "";
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const whole =
    url !== null &&
    ["http:", "https:"].includes(url.protocol) &&
    url.pathname === "/" &&
    url.search + url.hash + url.username + url.password === "";
  if (!whole)
    throw refused(
      "ZHINAN_SITE_URL",
      "应为平台的公开地址，不带路径，如 https://zhinan.example.gov.cn",
      "must be the platform's public address without a path, such as https://zhinan.example.gov.cn",
    );
  return url.origin;
};
