import { readHeader, readLine } from "../../core/ledger/export.ts";
import { type Head, headSchema, isSigned } from "../../core/ledger/head.ts";
import { type Receipt, receiptKind, receiptSchema } from "../../core/ledger/receipt.ts";
import { invalid, Invalid } from "../../platform/errors.ts";
import { faultsOf, parseJson } from "../../platform/json.ts";
import { isEd25519 } from "../../platform/ledger/sealed.ts";
import { type Line, lines, megabyte } from "./input.ts";

const mostLineBytes = 8 * megabyte;
const mostLines = 100_000;

/** What a file holds: an export, whose entries are still to be read, or a document of its own. */
export type LedgerFile =
  | {
      readonly kind: "export";
      readonly header: { readonly head: Head; readonly exact: boolean };
      readonly rest: AsyncIterator<Line>;
    }
  | { readonly kind: "document"; readonly value: unknown };

/** Opens an export or a small JSON document. Throws `Invalid` for anything else. */
export const openLedgerFile = async (file: string): Promise<LedgerFile> => {
  const rest = lines(file, mostLineBytes);
  const first = await next(rest, file);
  if (first === null) throw invalid(file, "文件是空的", "the file is empty");
  const header = readHeader(first);
  if (header !== null) return { kind: "export", header, rest };
  if (readLine(first) !== null)
    throw invalid(
      `${file} line 1`,
      "缺少第一行的账头，这份导出不完整",
      "the head that is the first line of an export is missing",
    );
  const parts = [first];
  for (let line = await next(rest, file); line !== null; line = await next(rest, file))
    if (parts.push(line) > mostLines) throw neither(file);
  const value = parseJson(parts.join("\n"), file);
  return { kind: "document", value };
};

const next = async (rest: AsyncIterator<Line>, file: string): Promise<string | null> => {
  const { value, done } = (await rest.next()) as IteratorResult<Line, undefined>;
  if (done === true || value === undefined) return null;
  if ("text" in value) return value.text;
  const place = `${file} line ${value.number}`;
  throw "notText" in value
    ? invalid(place, "不是 UTF-8 文本", "not UTF-8 text")
    : invalid(place, "行过长", "the line is too long");
};

const neither = (file: string) =>
  invalid(file, "不是账本的导出文件，也不是回执", "neither an export of a ledger nor a receipt");

const kindOf = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;

/** The receipt of a document. Throws `Invalid` with every fault. */
export const receiptFrom = (value: unknown, file: string): Receipt => {
  if (kindOf(value) !== receiptKind) throw neither(file);
  const receipt = receiptSchema.safeParse(value);
  if (!receipt.success) throw new Invalid(faultsOf(receipt.error, file));
  return receipt.data;
};

/** A head kept elsewhere: `NUMBER:ROOT`, or a file with a head, an export or a receipt. Throws `Invalid` where it is none, or its signature does not fit. */
export const readTrustedHead = async (words: string): Promise<{ number: number; root: string }> => {
  const [, number, root] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(words) ?? [];
  if (number !== undefined && root !== undefined) return { number: Number(number), root };
  const file = await openLedgerFile(words);
  const head = file.kind === "export" ? file.header.head : headFrom(file.value, words);
  if (!isSigned(isEd25519, head))
    throw invalid(words, "账头的签名与内容不符", "the signature of the head does not fit it");
  return { number: head.number, root: head.root };
};

const headFrom = (value: unknown, place: string): Head => {
  if (kindOf(value) === receiptKind) return receiptFrom(value, place).head;
  const head = headSchema.safeParse(value);
  if (!head.success) throw new Invalid(faultsOf(head.error, place));
  return head.data;
};
