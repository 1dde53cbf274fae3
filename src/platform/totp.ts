/** One-time codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds). */
import { generateSecret, generateURI, verifySync } from "otplib";
import { renderSVG } from "uqr";

const period = 30;

/** 160 random bits in Base32. */
export const newTotpSecret = (): string => generateSecret();

/** What the QR code says to the app. */
export const totpUri = (secret: string, { issuer, account }: { issuer: string; account: string }): string =>
  generateURI({ secret, issuer, label: account });

/** An SVG image; the secret is to be shown as text beside it. */
export const totpQr = (uri: string): string => renderSVG(uri, { ecc: "M", border: 2 });

/**
 * The time step in which the code is right, one step of tolerance either way; null where it is not, or where that step or a
 * later one (`lastStep`) was used before: keep what is returned. `now`: milliseconds since 1970 UTC.
 */
export const totpStep = (
  secret: string,
  code: string,
  now: number,
  lastStep: number | null,
): number | null => {
  const token = code.normalize("NFKC").replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(now / 1000);
  const result = verifySync({ secret, token, epoch, period, epochTolerance: period });
  if (!result.valid || !("timeStep" in result)) return null;
  return lastStep !== null && result.timeStep <= lastStep ? null : result.timeStep;
};
