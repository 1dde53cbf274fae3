import type { FastifyInstance } from "fastify";
import type { Role } from "../../src/core/role.ts";
import { buildServer } from "../../src/app/web.ts";
import { startWorker } from "../../src/app/worker.ts";
import { platformNow } from "../../src/platform/action.ts";
import { startSequencer } from "../../src/platform/ledger/sequencer.ts";
import { hashPassword } from "../../src/platform/passwords.ts";
import { openWorld, type OrganizationName, type Someone, type World } from "../world/world.ts";

/** The whole platform on a port: the site, the API, the clock's worker and the ledger's sequencer, and somebody for every step. */

const cast = {
  pi: ["PI", "university"],
  otherPi: ["PI", "university"],
  member: ["MEMBER", "university"],
  admin: ["ORG_ADMIN", "university"],
  finance: ["ORG_FINANCE", "university"],
  seal: ["ORG_SEAL", "university"],
  reviewer: ["DEPT_REVIEWER", "education"],
  approver: ["DEPT_APPROVER", "education"],
  officer: ["ACCEPTANCE_OFFICER", "bureau"],
  security: ["SEC_ADMIN", "bureau"],
} as const satisfies Record<string, readonly [Role, OrganizationName]>;

export type Part = keyof typeof cast;
export type Resident = Someone & { readonly login: string };
export type Town = {
  readonly world: World;
  readonly app: FastifyInstance;
  readonly base: string;
  readonly people: Readonly<Record<Part, Resident>>;
  readonly password: string;
  readonly close: () => Promise<void>;
};

const password = "gao-neng-mi-du-2024";

export const openTown = async (): Promise<Town> => {
  const world = await openWorld();
  const { platform } = world;
  const { kysely } = platform.database;
  const hash = await hashPassword(password);
  const people: Partial<Record<Part, Resident>> = {};
  for (const [part, [role, organization]] of Object.entries(cast) as [Part, (typeof cast)[Part]][]) {
    const who = await world.someone({ roles: [role], organization });
    const { login } = await kysely
      .updateTable("account")
      .set({ password_hash: hash })
      .where("id", "=", who.account)
      .returning("login")
      .executeTakeFirstOrThrow();
    people[part] = { ...who, login };
  }
  const from = await platformNow(kysely);
  const measured = performance.now();
  const app = await buildServer({ platform, clock: () => from + performance.now() - measured, demo: true });
  const base = await app.listen({ host: "127.0.0.1", port: 0 });
  const sequencer = startSequencer(platform.database, platform.funder, { signer: platform.keys.ledger });
  const stopWorker = await startWorker(platform);
  return {
    world,
    app,
    base,
    people: people as Town["people"],
    password,
    close: async () => {
      await app.close();
      await stopWorker();
      await sequencer.stop();
      await world.close();
    },
  };
};

/** One empty page with a number inside, so that no two are the same file. */
export const paper = (number: number): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/N ${number}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );
