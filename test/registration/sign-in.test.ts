import { generateSync } from "otplib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform, platformNow } from "../../src/platform/action.ts";
import { Invalid, Refused } from "../../src/platform/errors.ts";
import { changePassword, resetPassword } from "../../src/stages/registration/passwords.ts";
import { suspend } from "../../src/stages/registration/people.ts";
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
} from "../../src/stages/registration/second-factor.ts";
import { sessionOf } from "../../src/stages/registration/sessions.ts";
import { Paused, signIn } from "../../src/stages/registration/sign-in.ts";
import { createToken, endOwnSession } from "../../src/stages/registration/tokens.ts";
import { openWorld, type World } from "../world/world.ts";
import { refusal, withPassword } from "./people.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const home = "192.0.2.1";
const codeOf = async (secret: string, seconds = 0) =>
  generateSync({
    secret,
    epoch: Math.floor((await platformNow(world.platform.database.kysely)) / 1000) + seconds,
  });

describe("signing in", () => {
  it("opens a new session each time", async () => {
    const own = await withPassword(world, await world.someone({ roles: ["PI"] }));
    const first = await signIn(world.platform, { ...own, address: home });
    // As people type it: capitals, full-width, spaces around it.
    const second = await signIn(world.platform, {
      ...own,
      account: ` ${own.account.toUpperCase()}　`,
      address: home,
    });
    expect(second.token).not.toBe(first.token);
    expect((await sessionOf(world.platform, first.token))?.viewer.login).toBe(own.account);
  });

  it("says the same of what is unknown, wrong, waiting and suspended", async () => {
    const known = await withPassword(world, await world.someone({ roles: ["PI"] }));
    const out = await world.someone({ roles: ["PI"] });
    const suspended = await withPassword(world, out);
    const system = await world.actorOf(await world.someone({ organization: "bureau", roles: ["SYS_ADMIN"] }));
    await perform(world.platform, suspend, system, {
      account: out.account,
      version: 1,
      reason: "账号疑似被盗",
    });
    const errors = [];
    for (const attempt of [
      { account: "nobody-at-all", password: "x" },
      { ...known, password: "wrong" },
      suspended,
      { account: "", password: "" },
      { account: "'; drop table account; --", password: "\u0000" },
    ])
      errors.push(await refusal(signIn(world.platform, { ...attempt, address: "192.0.2.2" })));
    expect(errors.every((one) => one instanceof Refused && !(one instanceof Paused))).toBe(true);
    expect(new Set(errors.map((one) => JSON.stringify((one as Refused).reason))).size).toBe(1);
  });

  it("pauses where the attempts come from, and never the owner elsewhere", async () => {
    const own = await withPassword(world, await world.someone({ roles: ["PI"] }));
    const attacker = "198.51.100.7";
    const looked: unknown[] = [];
    for (let index = 0; index < 12; index += 1)
      looked.push(
        await refusal(signIn(world.platform, { ...own, password: `guess ${index}`, address: attacker })),
      );
    expect(looked.filter((one) => !(one instanceof Paused))).toHaveLength(5);
    // The right password does not help there, and the owner comes in from home.
    expect(await refusal(signIn(world.platform, { ...own, address: attacker }))).toBeInstanceOf(Paused);
    await signIn(world.platform, { ...own, address: home });
    // An unknown account pauses in the same way.
    const unknown: unknown[] = [];
    for (let index = 0; index < 6; index += 1)
      unknown.push(
        await refusal(signIn(world.platform, { account: "ghost", password: "x", address: attacker })),
      );
    expect(unknown.map((one) => one instanceof Paused)).toEqual([false, false, false, false, false, true]);
    expect((unknown[5] as Paused).seconds).toBeLessThanOrEqual(60);
    // The pause ends, and grows.
    await world.at("2024-06-10T09:05:00+08:00");
    expect(
      await refusal(signIn(world.platform, { ...own, password: "x", address: attacker })),
    ).not.toBeInstanceOf(Paused);
    expect(
      ((await refusal(signIn(world.platform, { ...own, address: attacker }))) as Paused).seconds,
    ).toBeGreaterThan(60);
  });

  it("counts attempts that come all at once", async () => {
    const own = await withPassword(world, await world.someone({ roles: ["PI"] }));
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        refusal(signIn(world.platform, { ...own, password: `guess ${index}`, address: "198.51.100.8" })),
      ),
    );
    expect(all.filter((one) => !(one instanceof Paused)).length).toBeLessThanOrEqual(5);
  });
});

describe("a second factor", () => {
  it("is asked for once it is confirmed, and each code opens once", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const own = await withPassword(world, who);
    const actor = await world.actorOf(who);
    const address = "192.0.2.9";
    expect(
      await refusal(perform(world.platform, beginSecondFactor, actor, { password: "no" })),
    ).toBeInstanceOf(Invalid);
    const { secret, uri } = await perform(
      world.platform,
      beginSecondFactor,
      actor,
      { password: own.password },
      { key: "totp-key" },
    );
    expect(uri).toContain("otpauth://totp/");
    const kept = await world.platform.database.kysely
      .selectFrom("idempotency_key")
      .select("result")
      .where("key", "=", "totp-key")
      .executeTakeFirstOrThrow();
    expect(kept.result).toEqual({});
    // Not confirmed: not asked for.
    await signIn(world.platform, { ...own, address });
    expect(
      await refusal(perform(world.platform, confirmSecondFactor, actor, { code: "000000x" })),
    ).toBeInstanceOf(Invalid);
    const used = await codeOf(secret);
    await perform(world.platform, confirmSecondFactor, actor, { code: used });
    const without = (await refusal(signIn(world.platform, { ...own, address }))) as Refused;
    const wrong = (await refusal(signIn(world.platform, { ...own, password: "x", address }))) as Refused;
    expect(without.reason).toEqual(wrong.reason);
    expect(await refusal(signIn(world.platform, { ...own, code: used, address }))).toBeInstanceOf(Refused);
    const next = await codeOf(secret, 30);
    await signIn(world.platform, { ...own, code: next, address });
    expect(await refusal(signIn(world.platform, { ...own, code: next, address }))).toBeInstanceOf(Refused);
    expect(
      await refusal(
        perform(world.platform, removeSecondFactor, actor, { account: who.account, password: "x" }),
      ),
    ).toBeInstanceOf(Invalid);
    const security = await world.actorOf(
      await world.someone({ organization: "bureau", roles: ["SEC_ADMIN"] }),
    );
    await perform(world.platform, removeSecondFactor, security, { account: who.account });
    await signIn(world.platform, { ...own, address });
  });
});

describe("a password", () => {
  it("changes with the present one, and ends the other sessions", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const own = await withPassword(world, who);
    const actor = await world.actorOf(who);
    const address = "192.0.2.20";
    const here = await signIn(world.platform, { ...own, address });
    const there = await signIn(world.platform, { ...own, address });
    const input = { current: own.password, next: "quite another phrase", session: here.session };
    for (const wrong of [
      { current: "x" },
      { next: "short" },
      { next: "password1" },
      { next: "长".repeat(129) },
    ])
      expect(
        await refusal(perform(world.platform, changePassword, actor, { ...input, ...wrong })),
      ).toBeInstanceOf(Invalid);
    await perform(world.platform, changePassword, actor, input);
    expect(await sessionOf(world.platform, here.token)).not.toBeNull();
    expect(await sessionOf(world.platform, there.token)).toBeNull();
    await signIn(world.platform, { account: own.account, password: "quite another phrase", address });
  });

  it("that was reset serves for its own change alone", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const own = await withPassword(world, who);
    const system = await world.actorOf(await world.someone({ organization: "bureau", roles: ["SYS_ADMIN"] }));
    const address = "192.0.2.21";
    const before = await signIn(world.platform, { ...own, address });
    const { password } = await perform(world.platform, resetPassword, system, { account: who.account });
    expect(await sessionOf(world.platform, before.token)).toBeNull();
    const opened = await signIn(world.platform, { account: own.account, password, address });
    expect(opened.passwordDue).toBe(true);
    const session = await sessionOf(world.platform, opened.token);
    expect(session?.viewer).toMatchObject({ passwordDue: true, actor: { grants: [] } });
    await perform(world.platform, changePassword, session?.viewer.actor ?? system, {
      current: password,
      next: "quite another phrase",
      session: opened.session,
    });
    expect((await sessionOf(world.platform, opened.token))?.viewer.actor.grants).toHaveLength(1);
  });

  it("of another administrator is not reset without a second factor", async () => {
    const system = await world.actorOf(await world.someone({ organization: "bureau", roles: ["SYS_ADMIN"] }));
    const audit = await world.someone({ organization: "bureau", roles: ["AUDIT_ADMIN"] });
    expect(
      await refusal(perform(world.platform, resetPassword, system, { account: audit.account })),
    ).toBeInstanceOf(Refused);
  });
});

describe("a token", () => {
  it("is shown once, works until it is ended, by its owner only", async () => {
    const who = await world.someone({ roles: ["PI"] });
    const actor = await world.actorOf(who);
    const made = await perform(
      world.platform,
      createToken,
      actor,
      { label: "脚本", days: 30 },
      { key: "token-key" },
    );
    expect((await sessionOf(world.platform, made.token))?.kind).toBe("TOKEN");
    const again = await perform(
      world.platform,
      createToken,
      actor,
      { label: "脚本", days: 30 },
      { key: "token-key" },
    );
    expect(again).toEqual({ session: made.session });
    const other = await world.actorOf(await world.someone({ roles: ["PI"] }));
    expect(
      await refusal(perform(world.platform, endOwnSession, other, { session: made.session })),
    ).toHaveProperty("name", "Missing");
    await perform(world.platform, endOwnSession, actor, { session: made.session });
    expect(await sessionOf(world.platform, made.token)).toBeNull();
  });
});
