import { renderToString } from "preact-render-to-string";
import { dateOf } from "./notice-paces.ts";
import { instantText, noticeOf } from "./notices.ts";
import type { Language } from "./place.ts";

/** What of a letter goes into its words. */
export type LetterFacts = {
  readonly name: string;
  readonly language: Language;
  readonly kind: "NOTICE" | "DIGEST";
  readonly notices: readonly {
    readonly template: string;
    readonly facts: Readonly<Record<string, string | number>>;
    readonly link: string;
    readonly dates: { readonly apply: number | null; readonly recommend: number | null };
  }[];
  readonly more: number;
};

const words = {
  zh: {
    tag: "【指南】",
    several: (first: string, count: number) => `${first}（共 ${count} 项通知）`,
    digest: (first: string, count: number) => `今日通知 ${count} 项：${first}`,
    greeting: (name: string) => `${name}，你好：`,
    count: (count: number) => `有 ${count} 项通知。`,
    until: (date: string) => `办理截止：${date}（北京时间）`,
    open: "打开办理页面",
    more: (count: number) => `另有 ${count} 项，见“我的账户”里的通知。`,
    why: "这封信由“指南”项目申报与评审平台自动发出，请不要直接回复。发给你，是因为这些事项与你在平台上的账户有关。",
    change: "修改收信方式和语言",
    colon: "：",
  },
  en: {
    tag: "[Zhinan] ",
    several: (first: string, count: number) => `${first} (${count} notices)`,
    digest: (first: string, count: number) =>
      count === 1 ? `Today: ${first}` : `Today's ${count} notices: ${first}`,
    greeting: (name: string) => `Dear ${name},`,
    count: (count: number) => `There are ${count} notices for you.`,
    until: (date: string) => `To be done by ${date} (Beijing time)`,
    open: "Open the page of the next step",
    more: (count: number) => `${count} more stand among the notices of your account.`,
    why: "Zhinan, the platform for applications and review, sends this by itself; please do not reply. You get it because these matters concern your account there.",
    change: "Change when and in which language you get mail",
    colon: ": ",
  },
} as const;

/** A person's name can be anything they typed. */
const plain = (text: string): string => text.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");

/** The words of a letter; `site` is the platform's own address without a slash at its end. */
export const letterOf = (
  { name, language, kind, notices, more }: LetterFacts,
  site: string,
): { readonly subject: string; readonly text: string; readonly html: string } => {
  const say = words[language];
  const home = `${site}${language === "zh" ? "" : "/en"}`;
  const points = notices.map(({ template, facts, link, dates }) => {
    const { subject, text } = noticeOf(language, template, facts);
    const kept = dateOf(template);
    const until = kept === null ? null : dates[kept];
    return {
      subject: plain(subject),
      text: plain(text),
      until: until === null ? null : say.until(instantText(until, language)),
      // Only a path of our own is put behind our own address.
      href: link.startsWith("/") ? `${home}${link}` : home,
    };
  });
  const total = points.length + more;
  const first = points[0]?.subject ?? "";
  const subject =
    kind === "DIGEST" ? say.digest(first, total) : total === 1 ? first : say.several(first, total);
  const settings = `${home}/me#mail`;
  const greeting = say.greeting(plain(name));
  const text = [
    greeting,
    "",
    ...(total > 1 ? [say.count(total), ""] : []),
    ...points.flatMap((point, index) => [
      total > 1 ? `${index + 1}. ${point.subject}` : point.subject,
      point.text,
      ...(point.until === null ? [] : [point.until]),
      `${say.open}${say.colon}${point.href}`,
      "",
    ]),
    ...(more > 0 ? [say.more(more), ""] : []),
    "-- ",
    say.why,
    `${say.change}${say.colon}${settings}`,
    "",
  ].join("\n");
  const html = renderToString(
    <html lang={language === "zh" ? "zh-CN" : "en"}>
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body style="margin:0;padding:24px;background:#fff;color:#1c2733;font:16px/1.7 sans-serif">
        <div style="max-width:640px">
          <p>{greeting}</p>
          {total > 1 && <p>{say.count(total)}</p>}
          {points.map((point) => (
            <div style="margin:0 0 24px;padding:0 0 0 12px;border-left:4px solid #1a4a8f">
              <h2 style="margin:0 0 4px;font-size:18px">{point.subject}</h2>
              <p style="margin:0 0 4px">{point.text}</p>
              {point.until !== null && (
                <p style="margin:0 0 4px">
                  <strong>{point.until}</strong>
                </p>
              )}
              <p style="margin:0">
                <a href={point.href} style="color:#1a4a8f">
                  {say.open}
                </a>
              </p>
            </div>
          ))}
          {more > 0 && <p>{say.more(more)}</p>}
          <hr style="border:0;border-top:1px solid #c8d0d9" />
          <p style="color:#4a5866;font-size:14px">
            {say.why}{" "}
            <a href={settings} style="color:#1a4a8f">
              {say.change}
            </a>
          </p>
        </div>
      </body>
    </html>,
  );
  return { subject: say.tag + subject, text, html: `<!doctype html>\n${html}\n` };
};
