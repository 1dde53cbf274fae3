import { generateKeyPairSync, sign } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../../src/platform/database/connect.ts";
import { type NewEntry, record } from "../../src/platform/ledger.ts";
import type { Signer } from "../../src/platform/ledger/heads.ts";
import { freshDatabase } from "../database.ts";

export const funder = "fund";

export const freshSigner = (): Signer => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    publicKey: Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url"),
    sign: (message) => sign(null, message, privateKey),
  };
};

export const ledgerDatabase = async (): Promise<Database> => {
  const database = await freshDatabase();
  await sql`insert into funder (id, name) values (${funder}, '{"zh":"基金","en":"Fund"}'), ('other', '{}')`.execute(
    database.kysely,
  );
  return database;
};

export const act = (index: number, at = Date.UTC(2024, 5, 20) + index * 1000): NewEntry => ({
  funder,
  action: "application.submit",
  actor: "00000000-0000-4000-8000-000000000001",
  actingFor: null,
  role: "PRINCIPAL_INVESTIGATOR",
  objectKind: "application",
  objectId: `application-${index}`,
  at,
  body: { from: "DRAFT", to: "ORG_REVIEW", amount: index * 100, hash: "ab".repeat(32) },
});

export const recordSome = async (database: Database, count: number, from = 0): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let index = from; index < from + count; index += 1)
    ids.push(await record(database.kysely, act(index)));
  return ids;
};
