import { passwordExpired, type PasswordProfile, passwordProfiles } from "../../core/password.ts";

/** ZHINAN_PASSWORD_PROFILE: `asvs` unless told, `mlps` for 等级保护. */
export const passwordProfile = (name = process.env["ZHINAN_PASSWORD_PROFILE"]): PasswordProfile =>
  name === "mlps" ? passwordProfiles.mlps : passwordProfiles.asvs;

/** Whether nothing else is to be done before a new password is chosen. */
export const isPasswordDue = (
  row: { readonly password_due: boolean; readonly password_set_at: number },
  now: number,
): boolean => row.password_due || passwordExpired(passwordProfile(), row.password_set_at, now);
