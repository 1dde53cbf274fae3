import { Agent, request } from "node:http";

/** A plain HTTP client over kept connections; what is not 2xx is an error with the answer's words. */
export type Client = (
  method: "GET" | "POST" | "PATCH",
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
) => Promise<string>;

export const clientOf = (url: string, connections = 256): Client => {
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  return (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          agent,
          host: hostname,
          port,
          method,
          path,
          headers:
            body === undefined
              ? headers
              : {
                  ...headers,
                  "content-type": "application/json",
                  "content-length": Buffer.byteLength(body),
                },
        },
        (answer) => {
          const parts: Buffer[] = [];
          answer
            .on("data", (part: Buffer) => parts.push(part))
            .on("error", reject)
            .on("end", () => {
              const text = Buffer.concat(parts).toString();
              const status = answer.statusCode ?? 0;
              if (status >= 200 && status < 300) resolve(text);
              else reject(new Error(`${path} ${status} ${text.slice(0, 200)}`));
            });
        },
      ).on("error", reject);
      asked.end(body);
    });
};
