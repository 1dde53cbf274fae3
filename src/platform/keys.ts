/** The platform's own keys, one file each: `<name>.<id>`, mode 0600. The highest id of a name is used, older ones still open and verify. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import type { Bilingual } from "../core/policy/words.ts";
import type { Signer } from "./ledger/heads.ts";

/** 32 secret bytes, under the id that ciphertexts name. */
export type NumberedKey = { readonly id: number; readonly secret: Uint8Array };

export type Keys = {
  /** AES-256-GCM for fields; the first seals, all open. */
  readonly identity: readonly [NumberedKey, ...NumberedKey[]];
  /** HMAC-SHA-256 for blind indexes. Never rotated without computing every index anew. */
  readonly blindIndex: Uint8Array;
  readonly session: Uint8Array;
  /** Ed25519, for heads of the ledger. */
  readonly ledger: Signer;
  /** All public keys that signed or sign heads, hexadecimal. */
  readonly ledgerPublic: ReadonlySet<string>;
  /** For the electronic seals that software makes (SM2); null where none was supplied: those papers are then sealed by hand alone. */
  readonly seal: Uint8Array | null;
};

/** The platform must not start. `reason` says what to do, in both languages. */
export class KeysRefused extends Error {
  readonly reason: Bilingual;
  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`);
    this.name = "KeysRefused";
    this.reason = { zh, en };
  }
}

const names = ["identity", "blind-index", "session", "ledger", "seal"] as const;
type Name = (typeof names)[number];

/**
 * Reads the keys of a folder. A demonstration makes them at its first start; anywhere else they must have been supplied.
 * Throws `KeysRefused` where one is missing, damaged, or readable by others.
 */
export const loadKeys = (folder: string, { demo }: { readonly demo: boolean }): Keys => {
  if (!demo && filesOf(folder).length === 0)
    throw new KeysRefused(
      `正式运行需要预先备好密钥：文件夹 ${folder} 中没有。请先运行 zhinan keys new FOLDER 生成一套，妥善备份，再用环境变量 ZHINAN_KEYS 指明文件夹。`,
      `Keys must be supplied outside the demonstration, and ${folder} holds none. Make a set with zhinan keys new FOLDER, keep a copy in a safe place, and name the folder in ZHINAN_KEYS.`,
    );
  if (demo && !existsSync(path.join(folder, complete))) makeKeys(folder);
  const [identity, ...older] = secretsOf(folder, "identity");
  const pairs = privateOf(folder);
  const [current] = pairs;
  if (identity === undefined || current === undefined) throw missing(folder, "identity");
  return {
    identity: [identity, ...older],
    blindIndex: secretsOf(folder, "blind-index")[0]!.secret,
    session: secretsOf(folder, "session")[0]!.secret,
    ledger: { publicKey: publicOf(current), sign: (message) => sign(null, message, current) },
    ledgerPublic: new Set(pairs.map((pair) => publicOf(pair).toString("hex"))),
    seal: idsOf(folder, "seal").length === 0 ? null : secretsOf(folder, "seal")[0]!.secret,
  };
};

/** Makes what is missing of a first set. Killed half way it is finished by the next start; two at once end with the same set. */
export const makeKeys = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of names) if (idsOf(folder, name).length === 0) writeKey(folder, name, 1);
  // From now on a key that is missing was lost, and must not be replaced by another.
  publish(
    folder,
    complete,
    "The keys of this platform are complete. Keep a copy: a lost one cannot be made again.\n",
  );
};

/** Adds a newer key of a name; a restart takes it up. Old fields are sealed anew by `resealFields`. Returns its id. */
export const addKey = (folder: string, name: "identity" | "ledger"): number => {
  const id = (idsOf(folder, name)[0] ?? 0) + 1;
  writeKey(folder, name, id);
  return id;
};

const complete = "complete";

const writeKey = (folder: string, name: Name, id: number): void => {
  const text =
    name === "ledger"
      ? generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })
      : `${randomBytes(32).toString("base64")}\n`;
  publish(folder, `${name}.${id}`, String(text));
};

/** Writes a file that appears whole or not at all; one that another start published stays. */
const publish = (folder: string, name: string, text: string): void => {
  const draft = path.join(folder, `.${name}.${randomBytes(6).toString("hex")}`);
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
    linkSync(draft, path.join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    closeSync(file);
    rmSync(draft, { force: true });
  }
};

const filesOf = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((file) => names.some((name) => file.startsWith(`${name}.`)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
};

/** Highest first. */
const idsOf = (folder: string, name: Name): readonly number[] =>
  filesOf(folder)
    .filter((file) => file.startsWith(`${name}.`))
    .map((file) => Number(file.slice(name.length + 1)))
    .filter((id) => Number.isInteger(id) && id > 0 && id < 2 ** 32)
    .sort((one, other) => other - one);

const read = <Key>(
  folder: string,
  name: Name,
  parse: (text: string, id: number) => Key | null,
): readonly Key[] => {
  const ids = idsOf(folder, name);
  if (ids.length === 0) throw missing(folder, name);
  return ids.map((id) => {
    const file = path.join(folder, `${name}.${id}`);
    if ((statSync(file).mode & 0o077) !== 0)
      throw new KeysRefused(
        `密钥文件 ${file} 可被他人读取。请运行 chmod 600 收回权限后再启动。`,
        `The key file ${file} can be read by others. Run chmod 600 on it and start again.`,
      );
    const key = parse(readFileSync(file, "utf8"), id);
    if (key === null)
      throw new KeysRefused(
        `密钥文件 ${file} 已损坏，请从备份恢复。`,
        `The key file ${file} is damaged. Restore it from your copy.`,
      );
    return key;
  });
};

const secretsOf = (folder: string, name: Name): readonly NumberedKey[] =>
  read(folder, name, (text, id) => {
    const secret = Buffer.from(text.trim(), "base64");
    return secret.length === 32 ? { id, secret } : null;
  });

const privateOf = (folder: string): readonly KeyObject[] =>
  read(folder, "ledger", (text) => {
    try {
      const key = createPrivateKey(text);
      return key.asymmetricKeyType === "ed25519" ? key : null;
    } catch {
      return null;
    }
  });

const publicOf = (key: KeyObject): Buffer =>
  Buffer.from(createPublicKey(key).export({ format: "jwk" }).x ?? "", "base64url");

const missing = (folder: string, name: Name): KeysRefused =>
  new KeysRefused(
    `文件夹 ${folder} 中缺少密钥 ${name}。已加密的内容要靠它才能读出，平台不会另造一把。请从备份恢复。`,
    `The key ${name} is missing in ${folder}. What is encrypted can only be read with it, so the platform does not make another. Restore it from your copy.`,
  );
