import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/app/config.ts";

const whole = {
  ZHINAN_SMTP_URL: "smtps://sender%40example.cn:p%40ss%2Fword@smtp.example.cn",
  ZHINAN_MAIL_FROM: "指南平台 <noreply@example.cn>",
  ZHINAN_SITE_URL: "https://zhinan.example.cn/",
};

describe("the mail settings of the environment", () => {
  it("name a server, a sender and the platform's own address", () => {
    expect(readConfig(whole)).toMatchObject({
      mail: {
        host: "smtp.example.cn",
        port: 465,
        secure: true,
        user: { name: "sender@example.cn", password: "p@ss/word" },
        from: { name: "指南平台", address: "noreply@example.cn" },
      },
      site: "https://zhinan.example.cn",
    });
    expect(
      readConfig({ ...whole, ZHINAN_SMTP_URL: "smtp://[::1]:25", ZHINAN_MAIL_FROM: "a@b.cn" }).mail,
    ).toMatchObject({
      host: "::1",
      port: 25,
      secure: false,
      user: null,
      from: { name: "", address: "a@b.cn" },
    });
    expect(readConfig({ ZHINAN_SMTP_URL: " " })).toMatchObject({ mail: null, site: "http://127.0.0.1:8080" });
  });

  it("are refused where they are malformed, by the variable's name and without what it holds", () => {
    const wrong: readonly (readonly [keyof typeof whole, string])[] = [
      ...[
        "smtp.example.cn",
        "http://u:hidden@h",
        "smtps://u:hidden@",
        "smtps://u@h",
        "smtps://:hidden@h",
        "smtps://u:hidden@h/path",
        "smtps://u:hidden@h?tls=no",
        "smtps://u:%E0%A4@h",
        "smtps://u:hidden@h:99999",
        "smtps://u:hid den@h:0",
      ].map((value) => ["ZHINAN_SMTP_URL", value] as const),
      ...[
        "",
        "nobody",
        "a@b",
        "x <a@b.cn",
        "a@b.cn, c@d.cn",
        "x\r\nBcc: y <a@b.cn>",
        "<a@b.cn\r\nBcc: x@y.cn>",
      ].map((value) => ["ZHINAN_MAIL_FROM", value] as const),
      ...[
        "",
        "zhinan.example.cn",
        "ftp://x.cn",
        "https://x.cn/path",
        "https://u:hidden@x.cn",
        "https://x.cn/?a=1",
      ].map((value) => ["ZHINAN_SITE_URL", value] as const),
    ];
    for (const [name, value] of wrong) {
      const said = saidOf({ ...whole, [name]: value });
      expect([value, said.startsWith(`${name} `), said.includes("hid")]).toEqual([value, true, false]);
    }
  });
});

const saidOf = (environment: Readonly<Record<string, string>>): string => {
  try {
    readConfig(environment);
    return "";
  } catch (error) {
    return error instanceof RangeError ? error.message : "";
  }
};
