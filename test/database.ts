import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { connect, type ConnectSettings, type Database } from "../src/platform/database/connect.ts";

/**
 * A migrated, empty database of one's own, dropped at `close()`. The first call of a run starts the server (about a second), each
 * call clones the template.
 */
export const freshDatabase = async (settings: ConnectSettings = {}): Promise<Database> =>
  clone("template", settings);

/** A database without any table. */
export const emptyDatabase = async (settings: ConnectSettings = {}): Promise<Database> =>
  clone("template1", settings);

const clone = async (template: string, settings: ConnectSettings): Promise<Database> => {
  const server = await serverUrl();
  const name = `t_${randomBytes(8).toString("hex")}`;
  await command(server, `create database ${name} template ${template} strategy ${strategy}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const database = connect(String(url), settings);
  return {
    ...database,
    close: async () => {
      await database.close();
      await command(server, `drop database if exists ${name} with (force)`);
    },
  };
};

const strategy = "wal_log";

let asked: Promise<string> | null = null;
const serverUrl = (): Promise<string> =>
  (asked ??= fetch(`http://127.0.0.1:${inject("databaseDoor")}`).then(async (answer) => {
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  }));

const command = async (url: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};
