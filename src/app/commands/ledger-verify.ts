import process from "node:process";
import type { LedgerFault } from "../../core/ledger/chain.ts";
import { exportReader } from "../../core/ledger/export.ts";
import { type Receipt, verifyReceipt } from "../../core/ledger/receipt.ts";
import { withDatabase } from "../../platform/database/attached.ts";
import { invalid } from "../../platform/errors.ts";
import { verifyLedger } from "../../platform/ledger/exporting.ts";
import { isEd25519, sha256 } from "../../platform/ledger/sealed.ts";
import { type Command, jsonOption } from "./command.ts";
import { write } from "./input.ts";
import { type LedgerFile, openLedgerFile, readTrustedHead, receiptFrom } from "./ledger-input.ts";
import { publicKeysForCommand } from "./ledger-keys.ts";
import { paint } from "./paint.ts";

type Trusted = { readonly number: number; readonly root: string };
type Outcome = {
  readonly what: "ledger" | "export" | "receipt";
  readonly entries: number;
  readonly verified: boolean;
  readonly root: string;
  readonly firstBad: number | null;
  readonly fault: LedgerFault | null;
  readonly key?: string;
};

const names = {
  ledger: "账本 / the ledger",
  export: "导出文件 / an export of the ledger",
  receipt: "回执 / a receipt",
} as const;

const faults: Readonly<Record<LedgerFault, string>> = {
  changed: "内容与摘要不符 / it is not what was hashed",
  missing: "此处缺少一笔 / an entry is missing here",
  order: "次序或编号不符 / the order or the numbers are not right",
  head: "与签名的账头不符 / a signed head disagrees",
  cut: "账尾被截去 / the tail was cut",
};

const ofDatabase = async (trusted: Trusted | undefined): Promise<Outcome> => {
  const keys = publicKeysForCommand();
  const settings = { ...(trusted === undefined ? {} : { trusted }), ...(keys === undefined ? {} : { keys }) };
  const verdict = await withDatabase((database, funder) => verifyLedger(database.kysely, funder, settings));
  return { what: "ledger", ...verdict };
};

const ofExport = async (
  { header, rest }: Extract<LedgerFile, { kind: "export" }>,
  trusted: Trusted | undefined,
): Promise<Outcome> => {
  const reader = exportReader(sha256, isEd25519, header, trusted ?? null);
  for await (const line of { [Symbol.asyncIterator]: () => rest })
    if ("text" in line) reader.add(line.text);
    else reader.addUnreadable();
  return { what: "export", ...reader.finish(), key: header.head.key };
};

const ofReceipt = (receipt: Receipt, file: string, trusted: Trusted | undefined): Outcome => {
  const { entry, head } = receipt;
  if (trusted !== undefined && trusted.number !== head.number)
    throw invalid(
      "--head",
      `账头是第 ${trusted.number} 笔时的，${file} 用的是第 ${head.number} 笔时的，两者不能直接比较`,
      `this head was signed at entry ${trusted.number}, that of ${file} at entry ${head.number}: they cannot be compared directly`,
    );
  const { verified, fault } = verifyReceipt(sha256, isEd25519, receipt);
  const known = trusted === undefined || trusted.root === head.root;
  return {
    what: "receipt",
    entries: 1,
    verified: verified && known,
    root: head.root,
    firstBad: fault === "entry" ? entry.number : null,
    fault: fault === "entry" ? "changed" : verified && known ? null : "head",
    key: head.key,
  };
};

const judge = async (file: string | undefined, head: string | undefined): Promise<Outcome> => {
  const trusted = head === undefined ? undefined : await readTrustedHead(head);
  if (file === undefined) return ofDatabase(trusted);
  const opened = await openLedgerFile(file);
  return opened.kind === "export"
    ? ofExport(opened, trusted)
    : ofReceipt(receiptFrom(opened.value, file), file, trusted);
};

const tell = ({ what, entries, verified, root, firstBad, fault, key }: Outcome): string => {
  const verdict = verified ? paint.good("相符 / verified") : paint.error("不符 / not verified");
  const where = firstBad === null ? "" : `第 ${firstBad} 笔起 / from entry ${firstBad}　`;
  return [
    `${verdict}　${names[what]}`,
    ...(fault === null ? [] : [`${where}${faults[fault]}`]),
    `${entries} 笔 / entries`,
    paint.quiet(`root ${root}`),
    ...(key === undefined ? [] : [paint.quiet(`key  ${key}`)]),
    "",
  ].join("\n");
};

export const ledgerVerify: Command = {
  name: ["ledger", "verify"],
  positional: [],
  options: [
    {
      name: "file",
      value: "EXPORT",
      help: "导出文件或回执，不用数据库 / an export or a receipt, without a database",
    },
    {
      name: "head",
      value: "HEAD",
      help: "另存的账头：文件，或 编号:根 / a head kept elsewhere: a file, or NUMBER:ROOT",
    },
    jsonOption,
  ],
  summary: "核对账本、导出文件或回执 / verify the ledger, an export or a receipt",
  help: `重算每一笔的摘要和整棵树的根，与签名的账头比对；不符时指出第一笔有问题的编号，以 1 退出。
Recomputes every hash and the root, compares them with the signed heads; where they differ it names the first bad entry and exits with 1.
不带 --file 时核对数据库里的账本。另存的账头（--head）能查出账尾被截去或整本重写。
Without --file it is the ledger in the database. A head kept elsewhere (--head) shows a cut tail or a ledger rewritten as a whole.`,
  run: async ({ switches, values }) => {
    const outcome = await judge(values.get("file"), values.get("head"));
    const { what, entries, verified, root, firstBad } = outcome;
    if (!switches.has("json")) await write(tell(outcome));
    else {
      const answer = { entries, verified, root, firstBad };
      await write(`${JSON.stringify(what === "receipt" ? { ...answer, kind: what } : answer)}\n`);
      if (!verified) process.stderr.write(tell(outcome));
    }
    return verified ? 0 : 1;
  },
};
