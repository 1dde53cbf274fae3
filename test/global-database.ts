import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { migratedDatabase, startScratch, type Scratch } from "../src/platform/database/scratch.ts";

/**
 * One server for the run, begun when the first suite asks for it (over the port that is provided): suites without a database do
 * not pay. ZHINAN_TEST_DATABASE_URL: a server of one's own, whose user may create databases.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<Scratch> | null = null;
  const door = createServer((_request, response) => {
    started ??= start();
    started.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  project.provide("databaseDoor", (door.address() as AddressInfo).port);
  const close = async () => {
    door.close();
    await (await started?.catch(() => null))?.stop();
  };
  const interrupted = () => void close().finally(() => process.exit(143));
  process.once("SIGTERM", interrupted);
  return async () => {
    process.off("SIGTERM", interrupted);
    await close();
  };
}

declare module "vitest" {
  interface ProvidedContext {
    databaseDoor: number;
  }
}

/** The server, with the migrated database `template`. */
const start = async (): Promise<Scratch> => {
  const given = process.env["ZHINAN_TEST_DATABASE_URL"];
  const server = given ? { url: given, stop: async () => {} } : await startScratch();
  try {
    await migratedDatabase(server.url, "template");
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
};
