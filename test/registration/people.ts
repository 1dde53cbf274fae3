import type { World } from "../world/world.ts";
import { hashPassword } from "../../src/platform/passwords.ts";
import { identityNumber, uscc } from "../world/numbers.ts";
import type { Someone } from "../world/world.ts";

/** What somebody enters who registers; `serial` from 500 on belongs to nobody of the world. */
export const newcomer = (serial: number, over: Record<string, unknown> = {}) => ({
  name: `新人${serial}`,
  identityType: "RESIDENT_ID",
  identityNo: identityNumber(serial),
  titleLevel: "SENIOR",
  degree: "DOCTOR",
  email: `n${serial}@example.cn`,
  phone: "13800000000",
  login: `newcomer${serial}`,
  password: "correct horse battery",
  language: "zh",
  ...over,
});

export const newInstitution = (serial: number, over: Record<string, unknown> = {}) => ({
  uscc: uscc(serial),
  name: `虚构研究院${serial}`,
  type: "RESEARCH_INSTITUTE",
  region: "210200",
  address: "示例路 1 号",
  legalPerson: "法人甲",
  ...over,
});

/** Gives somebody of the world a password; their login. */
export const withPassword = async (
  world: World,
  who: Someone,
  password = "correct horse battery",
): Promise<{ account: string; password: string }> => {
  const row = await world.platform.database.kysely
    .updateTable("account")
    .set({ password_hash: await hashPassword(password) })
    .where("id", "=", who.account)
    .returning("login")
    .executeTakeFirstOrThrow();
  return { account: row.login, password };
};

/** What was thrown; fails where nothing was. */
export const refusal = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("nothing was refused");
};
