import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mailerOf } from "../../src/app/worker.ts";
import { inTransaction } from "../../src/platform/database/connect.ts";
import { notify } from "../../src/platform/mail.ts";
import { countMailer, lineMailer } from "../../src/platform/mailers.ts";
import { type Mailer, NotTaken, sendWaiting, settlePast } from "../../src/platform/outbox.ts";
import { newsTemplates, urgentTemplates } from "../../src/ui/notice-paces.ts";
import { openWorld, type Someone, type World } from "../world/world.ts";
import { type MailServer, openMailServer, readLetter } from "./server.ts";

let world: World;
let zh: Someone;
let en: Someone;
let silent: Someone;
const paces = { urgent: urgentTemplates, news: newsTemplates };
const site = "https://zhinan.example.cn";
const from = { name: "指南平台", address: "noreply@mail.example.cn" };

beforeAll(async () => {
  world = await openWorld();
  zh = await world.someone({ name: "申报人甲", roles: ["PI"] });
  en = await world.someone({ name: "Applicant B", roles: ["PI"] });
  silent = await world.someone({ name: "没有邮箱", roles: ["PI"] });
  await sql`update person set email = 'jia@example.cn' where id = ${zh.person}`.execute(db());
  await sql`update person set email = 'b@example.cn' where id = ${en.person}`.execute(db());
  await sql`update account set language = 'en' where id = ${en.account}`.execute(db());
}, 120_000);
afterAll(() => world?.close());

let servers: MailServer[] = [];
const serve = async (options: Parameters<typeof openMailServer>[0] = {}) => {
  const server = await openMailServer(options);
  servers.push(server);
  return { server, mailer: to(server.port) };
};
const to = (port: number) =>
  mailerOf({ mail: { host: "127.0.0.1", port, secure: false, user: null, from }, site, demo: false });
const db = () => world.platform.database.kysely;
const send = (mailer: Mailer, limit?: number) =>
  sendWaiting(world.platform, mailer, { paces, ...(limit === undefined ? {} : { limit }) });

type Facts = Readonly<Record<string, string | number>>;
const tell = (who: Someone, template = "notAccepted", facts: Facts = { title: "甲", appeal: "2024-07-10" }) =>
  inTransaction(world.platform.database, {}, (tx) =>
    notify(tx, world.platform.funder, [{ account: who.account }], {
      template,
      facts,
      link: "/applications/1",
    }),
  );
const letters = async () =>
  (
    await sql<{
      id: string;
      sent: boolean;
      stopped: boolean;
      attempts: number;
      fault: string | null;
      way: string | null;
      kind: string;
    }>`
      select id, sent_at is not null as sent, stopped_at is not null as stopped, attempts, fault, way, kind
      from letter order by created_at, id`.execute(db())
  ).rows;
const later = (minutes: number) =>
  sql`update platform_clock set clock_offset = clock_offset + make_interval(mins => ${minutes})`.execute(
    db(),
  );

beforeEach(async () => {
  await sql`delete from mail`.execute(db());
  await sql`delete from letter`.execute(db());
  await sql`update account set mail_pace = 'ACTION'`.execute(db());
  await world.at("2024-06-10T10:00:00+08:00");
});
afterEach(async () => {
  await Promise.all(servers.map((one) => one.close()));
  servers = [];
});

describe("a letter at a real server", () => {
  it("comes in the person's language, with its next step, as text and as HTML", async () => {
    const { server, mailer } = await serve();
    await tell(zh);
    await tell(en);
    expect(await send(mailer)).toBe(2);
    const read = (address: string) => {
      const found = server.taken.filter((one) => one.to[0] === address);
      expect(found).toHaveLength(1);
      expect(found[0]?.from).toBe(from.address);
      return readLetter(found[0]?.raw ?? "");
    };
    const first = read("jia@example.cn");
    expect(first.header("subject")).toEqual(["【指南】《甲》不予受理"]);
    expect(first.header("from")[0]).toBe("指南平台 <noreply@mail.example.cn>");
    expect(first.header("to")[0]).toBe("申报人甲 <jia@example.cn>");
    expect(first.header("auto-submitted")).toEqual(["auto-generated"]);
    expect(first.header("list-id")).toEqual(["<notices.mail.example.cn>"]);
    expect(first.header("message-id")[0]).toMatch(/^<[0-9a-f-]{36}@mail\.example\.cn>$/);
    for (const text of [first.text(), first.html()]) {
      expect(text).toContain("申报人甲，你好：");
      expect(text).toContain("2024年7月10日 24:00 前申请复审");
      expect(text).toContain("https://zhinan.example.cn/applications/1");
      expect(text).toContain("https://zhinan.example.cn/me#mail");
    }
    const second = read("b@example.cn");
    expect(second.header("subject")).toEqual(["[Zhinan] “甲” is not accepted"]);
    expect(second.text()).toContain("Dear Applicant B,");
    expect(second.text()).toContain("https://zhinan.example.cn/en/applications/1");
    expect(second.html()).toContain('<html lang="en">');
    expect(await letters()).toMatchObject([
      { sent: true, way: "SMTP", attempts: 1, fault: null },
      { sent: true, way: "SMTP", attempts: 1, fault: null },
    ]);
    expect(await send(mailer)).toBe(0);
  });

  it("is one for all that waits for the same person", async () => {
    const { server, mailer } = await serve();
    for (let count = 0; count < 60; count += 1)
      await tell(zh, "endorsed", {
        organization: "示例大学",
        title: `第${count}项`,
        investigator: "乙",
        receipt: "R",
      });
    expect(await send(mailer)).toBe(1);
    const letter = readLetter(server.taken[0]?.raw ?? "");
    expect(letter.header("subject")).toEqual(["【指南】示例大学报送了《第0项》（共 60 项通知）"]);
    expect(letter.text()).toContain("50. 示例大学报送了《第49项》");
    expect(letter.text()).not.toContain("第50项");
    expect(letter.text()).toContain("另有 10 项");
    const { rows } = await sql<{
      count: number;
    }>`select count(*) from mail where sent_at is not null`.execute(db());
    expect(rows).toEqual([{ count: 60 }]);
  });

  it("has no header but its own, whatever stands in a title, a name or an address", async () => {
    const { server, mailer } = await serve();
    const evil = "甲\r\nBcc: thief@example.com\r\n\r\n<script>alert(1)</script>\u202e\u2028\u0000";
    const person = await world.someone({ name: `乙\r\nX-Evil: 1 "<x@y.z>`, roles: ["PI"] });
    await sql`update person set email = ${"c@example.cn\r\nRCPT TO:<thief@example.com>"} where id = ${person.person}`.execute(
      db(),
    );
    await tell(zh, "notAccepted", { title: evil, appeal: "2024-07-10" });
    await tell(person);
    await send(mailer);
    const found = server.taken.find((one) => one.to[0] === "jia@example.cn");
    const letter = readLetter(found?.raw ?? "");
    expect(found?.to).toEqual(["jia@example.cn"]);
    expect(letter.header("bcc")).toEqual([]);
    expect(letter.header("subject")).toHaveLength(1);
    expect(letter.header("subject")[0]).toBe(
      "【指南】《甲 Bcc: thief@example.com <script>alert(1)</script> 》不予受理",
    );
    expect(letter.html()).not.toContain("<script");
    expect(letter.html()).toContain("&lt;script>alert(1)");
    for (const one of server.taken) {
      expect(one.to).not.toContain("thief@example.com");
      expect(readLetter(one.raw).names).not.toContain("x-evil");
    }
  });

  it("is cut in its subject only, however long a title is", async () => {
    const { server, mailer } = await serve();
    await tell(zh, "notAccepted", { title: "长".repeat(5_000), appeal: "2024-07-10" });
    await send(mailer);
    const raw = server.taken[0]?.raw ?? "";
    expect(raw.split("\r\n").every((line) => line.length <= 998)).toBe(true);
    expect(Array.from(readLetter(raw).header("subject")[0] ?? "")).toHaveLength(120);
  });

  it("names the date of the call where its next step has one", async () => {
    const { server, mailer } = await serve();
    const { id } = await db()
      .insertInto("application")
      .values({
        funder: world.platform.funder,
        call: world.call,
        number: 1,
        state: "ORG_REVIEW",
        investigator: zh.person,
        investigator_hash: Buffer.alloc(32),
        lead_organization: world.organizations.university.id,
        created_by: zh.account,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await inTransaction(world.platform.database, {}, (tx) =>
      notify(tx, world.platform.funder, [{ account: zh.account }], {
        template: "submitted",
        facts: { title: "甲", investigator: "乙" },
        link: `/institution/${id}`,
        application: id,
      }),
    );
    await send(mailer);
    const { closes } = world.platform.policies[0]!.programme.windows.application;
    const [year, month, day] = closes.split("-").map(Number);
    expect(readLetter(server.taken[0]?.raw ?? "").text()).toContain(
      `办理截止：${year}年${month}月${day}日 24:00（北京时间）`,
    );
  });
});

describe("when letters leave", () => {
  const subjects = (server: MailServer) =>
    server.taken.map(({ raw }) => readLetter(raw).header("subject")[0]);

  it("what only informs waits for eight in the morning, with all else that came until then", async () => {
    const { server, mailer } = await serve();
    await tell(zh, "initialReviewPassed", { title: "甲" });
    await tell(zh, "recommended", { title: "甲" });
    expect(await send(mailer)).toBe(0);
    await tell(zh, "accepted", { title: "乙", number: "N1" });
    expect(await send(mailer)).toBe(1);
    expect(subjects(server)).toEqual(["【指南】《乙》已受理，编号 N1"]);
    await world.at("2024-06-11T07:59:00+08:00");
    expect(await send(mailer)).toBe(0);
    await world.at("2024-06-11T08:00:01+08:00");
    expect(await send(mailer)).toBe(1);
    expect(subjects(server)[1]).toBe("【指南】今日通知 2 项：《甲》通过初审");
    expect((await letters()).map(({ kind }) => kind).toSorted((a, b) => a.localeCompare(b))).toEqual([
      "DIGEST",
      "NOTICE",
    ]);
  });

  it("as the person chose: everything at once, or once a day except what is urgent", async () => {
    const { mailer } = await serve();
    await sql`update account set mail_pace = 'ALL' where id = ${zh.account}`.execute(db());
    await sql`update account set mail_pace = 'DAILY' where id = ${en.account}`.execute(db());
    await tell(zh, "recommended", { title: "甲" });
    await tell(en, "accepted", { title: "乙", number: "N1" });
    expect(await send(mailer)).toBe(1);
    await tell(en, "correctionRequested", { title: "乙", due: "2024-06-20", count: 1, codes: "R01" });
    expect(await send(mailer)).toBe(1);
    await world.at("2024-06-11T09:00:00+08:00");
    expect(await send(mailer)).toBe(1);
  });
});

describe("a letter that is not taken", () => {
  it("for now is tried again later under the same Message-ID, and not for ever", async () => {
    let code: number | null = 451;
    const seen: string[] = [];
    const { server, mailer } = await serve({
      data: ({ raw }) => {
        seen.push(readLetter(raw).header("message-id")[0] ?? "");
        return code;
      },
    });
    await tell(zh);
    await send(mailer);
    expect(await letters()).toMatchObject([
      { sent: false, stopped: false, attempts: 1, fault: "451 not now" },
    ]);
    await send(mailer);
    expect(seen).toHaveLength(1);
    await later(2);
    code = null;
    expect(await send(mailer)).toBe(1);
    expect(server.taken).toHaveLength(1);
    expect(seen).toHaveLength(2);
    expect(new Set(seen).size).toBe(1);

    code = 451;
    await tell(en);
    for (let day = 0; day < 12; day += 1) {
      await send(mailer);
      await later(1_500);
    }
    expect(seen).toHaveLength(2 + 7);
    expect((await letters()).find(({ sent }) => !sent)).toMatchObject({ stopped: true, attempts: 7 });
  });

  it("for good stops at once with the server's words, and holds up nobody else", async () => {
    const { server, mailer } = await serve({
      answer: (address) => (address === "jia@example.cn" ? 550 : null),
    });
    await tell(zh);
    await tell(silent);
    await tell(en);
    expect(await send(mailer)).toBe(1);
    expect(server.taken.map(({ to: [address] }) => address)).toEqual(["b@example.cn"]);
    const faults = (await letters()).filter(({ stopped }) => stopped).map(({ fault }) => fault);
    expect(faults.toSorted((a, b) => (a ?? "").localeCompare(b ?? ""))).toEqual([
      "550 … is not taken here",
      "NO_ADDRESS",
    ]);
    await later(60);
    expect(await send(mailer)).toBe(0);
  });

  it("because no server is there costs no attempt, and everything goes out once when it is back", async () => {
    const { server } = await serve();
    await server.close();
    await tell(zh);
    await tell(en);
    for (let hour = 0; hour < 100; hour += 1) {
      expect(await send(to(server.port))).toBe(0);
      await later(60);
    }
    expect(await letters()).toMatchObject([
      { stopped: false, attempts: 0 },
      { stopped: false, attempts: 0 },
    ]);
    const back = await serve();
    expect(await send(back.mailer)).toBe(2);
    expect(back.server.taken).toHaveLength(2);
  });

  it("because the sender may not sign in costs no attempt, and the password stands nowhere", async () => {
    const { server } = await serve({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error("wrong")),
      secure: true,
      ...(await certificate()),
    });
    await tell(zh);
    const mailer = mailerOf({
      mail: {
        host: "127.0.0.1",
        port: server.port,
        secure: true,
        user: { name: "u", password: "s3cret-word" },
        from,
        ca: (await certificate()).cert,
      },
      site,
      demo: false,
    });
    expect(await send(mailer)).toBe(0);
    const [letter] = await letters();
    expect(letter).toMatchObject({ attempts: 0, stopped: false });
    expect(letter?.fault).toContain("535");
    expect(letter?.fault).not.toContain("s3cret-word");
  });

  it("because the line was cut in the middle is tried again with the same Message-ID", async () => {
    let cut = true;
    const { server, mailer } = await serve({ data: () => (cut ? "drop" : null) });
    await tell(zh);
    expect(await send(mailer)).toBe(0);
    cut = false;
    await later(5);
    expect(await send(mailer)).toBe(1);
    const ids = server.taken.map(({ raw }) => readLetter(raw).header("message-id")[0]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("encryption", () => {
  it("holds from the first byte, or after STARTTLS, with a certificate that is trusted and only then", async () => {
    const { key, cert } = await certificate();
    for (const secure of [true, false]) {
      await sql`delete from mail`.execute(db());
      await sql`delete from letter`.execute(db());
      const { server } = await serve({
        secure,
        key,
        cert,
        authOptional: false,
        onAuth: ({ username, password }, _session, done) =>
          username === "u" && password === "p@ss" ? done(null, { user: "u" }) : done(new Error("wrong")),
      });
      const mail = {
        host: "127.0.0.1",
        port: server.port,
        secure,
        user: { name: "u", password: "p@ss" },
        from,
      };
      await tell(zh);
      expect(await send(mailerOf({ mail, site, demo: false }))).toBe(0);
      await later(5);
      expect(await send(mailerOf({ mail: { ...mail, ca: cert }, site, demo: false }))).toBe(1);
      expect(server.taken).toHaveLength(1);
    }
  });

  it("is asked for before a password is said", async () => {
    let asked = false;
    const { server } = await serve({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => {
        asked = true;
        done(null, { user: "u" });
      },
    });
    await tell(zh);
    const mail = {
      host: "127.0.0.1",
      port: server.port,
      secure: false,
      user: { name: "u", password: "p" },
      from,
    };
    expect(await send(mailerOf({ mail, site, demo: false }))).toBe(0);
    expect(asked).toBe(false);
  });
});

describe("senders at the same time", () => {
  it("never have the same letter in their hands", async () => {
    const people: Someone[] = [];
    for (let at = 0; at < 12; at += 1) people.push(await world.someone({ name: `同时${at}`, roles: ["PI"] }));
    await sql`update person set email = id || '@example.cn' where name like '同时%'`.execute(db());
    for (const one of people) await tell(one);
    const { server, mailer } = await serve();
    const counts = await Promise.all([1, 2, 3, 4].map(() => send(mailer)));
    // Who came while another gathered found nothing yet.
    counts.push(await send(mailer));
    expect(counts.reduce((a, b) => a + b)).toBe(12);
    expect(server.taken).toHaveLength(12);
    expect(new Set(server.taken.map(({ to: [address] }) => address)).size).toBe(12);
  });

  it("leave a letter alone while its lease runs; a dead sender's is sent once more, and not a third time", async () => {
    await tell(zh);
    const dying = () =>
      new Promise<void>((resolve) => {
        void sendWaiting(
          world.platform,
          { way: "SMTP", send: () => (resolve(), new Promise(() => {})) },
          { paces, limit: 1 },
        );
      });
    await dying();
    const { server, mailer } = await serve();
    expect(await send(mailer)).toBe(0);
    await later(6);
    await dying();
    await later(6);
    expect(await send(mailer)).toBe(0);
    expect(server.taken).toEqual([]);
    expect(await letters()).toMatchObject([{ sent: false, stopped: true, fault: "UNANSWERED" }]);

    await tell(en);
    await dying();
    await later(6);
    expect(await send(mailer)).toBe(1);
    expect(server.taken).toHaveLength(1);
  });
});

describe("without a server", () => {
  it("each letter is a line with nothing of a person, or one line for all; the outbox says so", async () => {
    await tell(zh);
    await tell(zh, "accepted", { title: "甲", number: "1" });
    await tell(silent);
    const lines: string[] = [];
    await send(lineMailer((line) => lines.push(line)));
    expect(new Set(lines)).toEqual(
      new Set([
        `mail notAccepted accepted account ${zh.account}`,
        `mail notAccepted account ${silent.account}`,
      ]),
    );
    expect((await letters()).map(({ way }) => way)).toEqual(["LOG", "LOG"]);
    lines.length = 0;
    for (const who of [zh, en, silent]) await tell(who);
    const mailer = countMailer((line) => lines.push(line));
    await send(mailer);
    await send(mailer);
    expect(lines).toEqual(["mail, not sent for want of a server: 3 (notAccepted 3)"]);
  });

  it("the past of a demonstration is settled as it was said", async () => {
    await tell(zh);
    await later(120);
    await tell(zh);
    await settlePast(world.platform);
    const rows = await letters();
    expect(rows).toMatchObject([{ way: "PAST" }, { way: "PAST" }]);
    expect(await send({ way: "LOG", send: () => Promise.reject(new NotTaken("never", "asked")) })).toBe(0);
  });
});

/** Signed by itself, for this machine's own address. */
const certificate = async (): Promise<{ key: string; cert: string }> => (made ??= await makeCertificate());
let made: { key: string; cert: string } | undefined;
const makeCertificate = async () => {
  const { execFile } = await import("node:child_process");
  const { promisify } = await import("node:util");
  const { mkdtemp, readFile } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const path = await import("node:path");
  const folder = await mkdtemp(path.join(tmpdir(), "zhinan-mail-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => path.join(folder, name)) as [string, string];
  await promisify(execFile)("openssl", [
    ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2".split(" "),
    ..."-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1".split(" "),
    ...`-keyout ${key} -out ${cert}`.split(" "),
  ]);
  return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
};
