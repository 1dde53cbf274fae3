import type { Part, Town } from "./town.ts";

/** A program at the API: nothing but HTTP. */

// oxlint-disable-next-line typescript/no-explicit-any -- answers of a hundred operations
export type Json = any;
export type Answer = { readonly status: number; readonly type: string; readonly body: Json };

export type Client = {
  readonly token: string;
  readonly get: (name: string, query?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly post: (name: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Posts and insists on 200; the key is new. */
  readonly act: (name: string, body: unknown) => Promise<Json>;
  readonly upload: (bytes: Buffer) => Promise<{ readonly sha256: string }>;
};

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  type: response.headers.get("content-type") ?? "",
  body: await response.json(),
});

export const clientWith = (base: string, token: string): Client => {
  const authorized = token === "" ? {} : { authorization: `Bearer ${token}` };
  const post: Client["post"] = async (name, body, headers = {}) =>
    answerOf(
      await fetch(`${base}/api/v1/${name}`, {
        method: "POST",
        headers: { ...authorized, "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
  return {
    token,
    post,
    get: async (name, query = {}) => {
      const search = new URLSearchParams(query);
      return answerOf(await fetch(`${base}/api/v1/${name}?${String(search)}`, { headers: authorized }));
    },
    act: async (name, body) => {
      const answer = await post(name, body, { "idempotency-key": crypto.randomUUID() });
      if (answer.status !== 200)
        throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body, null, 1)}`);
      return answer.body;
    },
    upload: async (bytes) => {
      const response = await fetch(`${base}/api/v1/file.upload`, {
        method: "POST",
        headers: { ...authorized, "content-type": "application/octet-stream" },
        body: new Uint8Array(bytes),
      });
      if (response.status !== 200)
        throw new Error(`file.upload: ${response.status} ${await response.text()}`);
      return (await response.json()) as { sha256: string };
    },
  };
};

/** Signed in with the real password. */
export const clientOf = async ({ base, people, password }: Town, part: Part): Promise<Client> => {
  const { token } = await clientWith(base, "").act("session.create", {
    account: people[part].login,
    password,
  });
  return clientWith(base, String(token));
};
