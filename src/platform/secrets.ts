/** Fields that must not stand in the clear: sealed with AES-256-GCM, found again by a blind index. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { sql } from "kysely";
import { type Database, inTransaction } from "./database/connect.ts";
import type { Keys } from "./keys.ts";

/** Where a sealed field stands, `person.identity_sealed:<id>`: moved to another row or column it does not open. */
export type FieldPlace = string;

const idBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;

/** Key id (4 bytes) | nonce (12) | tag (16) | ciphertext. */
export const sealField = (keys: Keys, text: string, place: FieldPlace): Buffer => {
  const [{ id, secret }] = keys.identity;
  const keyId = keyIdBytes(id);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", secret, nonce);
  cipher.setAAD(Buffer.concat([keyId, Buffer.from(place)]));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([keyId, nonce, cipher.getAuthTag(), sealed]);
};

/** Throws `Error` for bytes that were changed, stand elsewhere, or were sealed with a key that is not here. Says nothing of the content. */
export const openField = (keys: Keys, bytes: Uint8Array, place: FieldPlace): string => {
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [column = ""] = place.split(":", 1);
  if (sealed.length < idBytes + nonceBytes + tagBytes) throw new Error(`${column}: not a sealed field`);
  const id = sealed.readUInt32BE(0);
  const key = keys.identity.find((one) => one.id === id);
  if (key === undefined) throw new Error(`${column}: sealed with key identity.${id}, which is not here`);
  const nonce = sealed.subarray(idBytes, idBytes + nonceBytes);
  const cipher = createDecipheriv("aes-256-gcm", key.secret, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([sealed.subarray(0, idBytes), Buffer.from(place)]));
  cipher.setAuthTag(sealed.subarray(idBytes + nonceBytes, idBytes + nonceBytes + tagBytes));
  try {
    const rest = sealed.subarray(idBytes + nonceBytes + tagBytes);
    return Buffer.concat([cipher.update(rest), cipher.final()]).toString("utf8");
  } catch {
    throw new Error(`${column}: a sealed field was changed or moved`);
  }
};

const keyIdBytes = (id: number): Buffer => {
  const bytes = Buffer.alloc(idBytes);
  bytes.writeUInt32BE(id);
  return bytes;
};

/** Equal values of a kind have equal indexes (32 bytes); without the key nothing can be tried out. Hand in the normalised form. */
export const blindIndexOf = (keys: Keys, kind: string, normalisedValue: string): Buffer =>
  createHmac("sha256", keys.blindIndex).update(`${kind}\0${normalisedValue}`).digest();

export type SealedColumn = { readonly table: string; readonly column: string };

const batch = 200;

/**
 * Seals every field of a column anew with the current key, in short transactions beside normal work; returns how many.
 * The table's key must be (funder, id), and the place of each field `table.column:id`.
 */
export const resealFields = async (
  database: Database,
  funder: string,
  keys: Keys,
  { table, column }: SealedColumn,
): Promise<number> => {
  const current = keyIdBytes(keys.identity[0].id);
  const [from, field] = [sql.table(table), sql.ref(column)];
  let all = 0;
  for (;;) {
    const done = await inTransaction(database, {}, async (tx) => {
      const { rows } = await sql<{ id: string; sealed: Uint8Array }>`
        select id, ${field} as sealed from ${from}
        where funder = ${funder} and ${field} is not null and substring(${field} for ${idBytes}) <> ${current}
        order by id limit ${batch} for update`.execute(tx);
      const anew = rows.map(({ id, sealed }) => {
        const place: FieldPlace = `${table}.${column}:${id}`;
        return sealField(keys, openField(keys, sealed, place), place);
      });
      await sql`
        update ${from} set ${field} = anew.sealed
        from unnest(${rows.map(({ id }) => id)}::uuid[], ${anew}::bytea[]) as anew (id, sealed)
        where ${from}.funder = ${funder} and ${from}.id = anew.id`.execute(tx);
      return rows.length;
    });
    all += done;
    if (done < batch) return all;
  }
};
