import { z } from "zod";
import type { Platform } from "../../platform/platform.ts";
import { Invalid } from "../../platform/errors.ts";
import { faultsOf } from "../../platform/json.ts";
import { endSession, type Session } from "../../stages/registration/sessions.ts";
import { signIn } from "../../stages/registration/sign-in.ts";

/** Signing in and out over the API: no action of the procedure, so not in its table. */

const createInput = z.strictObject({
  account: z.string().min(1).max(200),
  password: z.string().min(1).max(1_000),
  code: z.string().max(20).optional(),
});

export const sessionCreate = {
  name: "session.create",
  title: { zh: "登录", en: "Sign in" },
  input: createInput,
  /** `{ token }`, sent as `Authorization: Bearer` from then on. */
  run: async (platform: Platform, raw: unknown, address: string) => {
    const parsed = createInput.safeParse(raw);
    if (!parsed.success) throw new Invalid(faultsOf(parsed.error));
    const { token, passwordDue } = await signIn(platform, { ...parsed.data, address }, "TOKEN");
    return { token, passwordDue };
  },
};

export const sessionEnd = {
  name: "session.end",
  title: { zh: "退出", en: "Sign out" },
  input: z.strictObject({}),
  run: async (platform: Platform, session: Session) => {
    await endSession(platform.database.kysely, platform.funder, session.id);
    return { session: session.id };
  },
};
