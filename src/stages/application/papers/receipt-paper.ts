import { civilDateOf, formatDate } from "../../../core/calendar.ts";
import { applicationTransitions } from "../../../core/lifecycle/application.ts";
import type { DocumentOrder } from "../../../platform/documents.ts";
import type { Receipt } from "../../../core/ledger/receipt.ts";
import type { ApplicationFacts } from "../facts.ts";
import type { ReceiptView } from "../receipt.ts";
import { labelOf } from "../view.ts";

/** 回执: one act in the ledger, with the proof that it stands there. Hashes in hex. */
export type ReceiptData = {
  readonly author: readonly string[];
  readonly funder: string;
  readonly platform: string;
  readonly label: string;
  readonly title: string;
  readonly organization: string;
  readonly investigator: string;
  readonly act: string;
  readonly time: string;
  readonly version: string;
  readonly code: string;
  readonly hash: string;
  readonly entry: { readonly number: string; readonly id: string };
  readonly head: {
    readonly number: string;
    readonly root: string;
    readonly at: string;
    readonly key: string;
    readonly signature: string;
  };
  readonly proof: readonly string[];
  readonly file: string;
};

export const receiptFilename = ({ call, number }: ApplicationFacts, receipt: Receipt): string =>
  `${labelOf(call.code, number)}-${receipt.entry.number}.json`;

/** `2024年6月30日 16:02`, in the civil time of the guide. */
const momentOf = (at: number): string =>
  `${formatDate(civilDateOf(at), "zh")} ${new Date(at + 8 * 3_600_000).toISOString().slice(11, 16)}`;

/** Carries no square: it goes out and does not come back. */
export const receiptOrder = (
  facts: ApplicationFacts,
  title: string,
  { entry, version }: ReceiptView,
  receipt: Receipt,
): DocumentOrder => {
  const { programme } = facts.call.policy;
  const data: ReceiptData = {
    author: [programme.funder.zh],
    funder: programme.funder.zh,
    platform: programme.platform.zh,
    label: labelOf(facts.call.code, facts.number),
    title,
    organization: facts.organization.name,
    investigator: facts.investigator.name,
    act: applicationTransitions.find(({ action }) => action === entry.action)?.title.zh ?? entry.action,
    time: momentOf(entry.at),
    version: version === null ? "" : `第 ${version.number} 版`,
    code: version?.code ?? "",
    hash: version?.hash ?? "",
    entry: { number: String(receipt.entry.number), id: entry.id },
    head: {
      number: String(receipt.head.number),
      root: receipt.head.root,
      at: momentOf(Date.parse(receipt.head.at)),
      key: receipt.head.key,
      signature: receipt.head.signature,
    },
    proof: receipt.proof,
    file: receiptFilename(facts, receipt),
  };
  return {
    policy: facts.call.policy.id,
    kind: "receipt",
    code: null,
    data,
    at: entry.at,
    application: facts.id,
  };
};
