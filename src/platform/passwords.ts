/** Passwords as argon2id in the PHC string format; `rounds` as OWASP recommends (19 MiB, 2 passes, 1 lane). */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number };
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const drawnCost: Cost = { memory: 64, passes: 1, parallelism: 1 };
const tagLength = 32;
const saltLength = 16;

/** `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<tag>`. The password is taken exactly as given. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(saltLength);
  const tag = await derive("argon2id", { message: password, nonce: salt, tagLength, ...cost });
  return phc(cost, salt, tag);
};

/** A password of ours with 80 random bits or more: nobody can try them all, so it needs no stretching, and many can be made at once. */
export const hashDrawnPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(saltLength);
  const tag = await derive("argon2id", { message: password, nonce: salt, tagLength, ...drawnCost });
  return phc(drawnCost, salt, tag);
};

/** Whether the password fits; false for a stored text that is no such hash. */
export const isPassword = async (stored: string, password: string): Promise<boolean> => {
  const parts = read(stored);
  if (parts === null) return spendTheSame(password);
  const { salt, tag, ...given } = parts;
  // How long the answer takes does not tell who has never signed in yet.
  if (given.memory < cost.memory) await spendTheSame(password);
  const found = await derive("argon2id", {
    message: password,
    nonce: salt,
    tagLength: tag.length,
    ...given,
  });
  return timingSafeEqual(found, tag);
};

/** For an account that is not there: the same work as for one that is, and always no. */
export const spendTheSame = async (password: string): Promise<false> => {
  await derive("argon2id", { message: password, nonce: nobody, tagLength, ...cost });
  return false;
};

/** A hash of another cost than today's is made anew at the next sign-in. */
export const needsRehash = (stored: string): boolean => {
  const parts = read(stored);
  return (
    parts === null ||
    parts.memory !== cost.memory ||
    parts.passes !== cost.passes ||
    parts.parallelism !== cost.parallelism ||
    parts.tag.length !== tagLength
  );
};

const nobody = randomBytes(saltLength);

const bare = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");

const phc = ({ memory, passes, parallelism }: Cost, salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(salt)}$${bare(tag)}`;

const form =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

const read = (stored: string): (Cost & { readonly salt: Buffer; readonly tag: Buffer }) | null => {
  const [, memory, passes, parallelism, salt = "", tag = ""] = form.exec(stored) ?? [];
  if (memory === undefined) return null;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
};
