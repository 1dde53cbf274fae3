import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A real mail server in the process. What it took is kept as the bytes that came. */
export type Taken = { readonly from: string; readonly to: readonly string[]; readonly raw: string };
export type MailServer = {
  readonly port: number;
  readonly taken: Taken[];
  readonly close: () => Promise<void>;
};

/** `answer` says no to a recipient with a code, or takes it (null); `data` does so after the letter has come, or drops the line. */
export const openMailServer = async ({
  answer = () => null,
  data = () => null,
  ...options
}: SMTPServerOptions & {
  answer?: (to: string) => number | null;
  data?: (letter: Taken) => number | "drop" | null;
} = {}): Promise<MailServer> => {
  const taken: Taken[] = [];
  const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined ? ["STARTTLS"] : [],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const code = answer(address);
      done(code === null ? null : refusal(code, `${address} is not taken here`));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => void parts.push(part));
      stream.on("end", () => {
        const letter = {
          from: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString("utf8"),
        };
        const said = data(letter);
        if (said === "drop") {
          taken.push(letter);
          for (const connection of server.connections as Set<{
            close: () => void;
            _socket: { destroy: () => void };
          }>)
            connection._socket.destroy();
          return;
        }
        if (said === null) taken.push(letter);
        done(said === null ? null : refusal(said, "not now"));
      });
    },
    ...options,
  });
  // What a client does to a connection is the tests' own doing.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** A letter read as a mail program reads it: unfolded headers with their encoded words decoded, parts by type. */
export const readLetter = (raw: string) => {
  const read = (text: string) => {
    const at = text.indexOf("\r\n\r\n");
    const lines = text
      .slice(0, at)
      .replaceAll(/\r\n[ \t]+/g, " ")
      .split("\r\n");
    const headers = lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), decoded(line.slice(colon + 1).trim())] as const;
    });
    return { headers, body: text.slice(at + 4) };
  };
  const { headers, body } = read(raw);
  const header = (name: string) => headers.filter(([one]) => one === name).map(([, value]) => value);
  const boundary = /boundary="([^"]+)"/.exec(header("content-type")[0] ?? "")?.[1] ?? "";
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => read(part.replace(/^\r\n/, "")));
  const part = (type: string) => {
    const found = parts.find((one) =>
      one.headers.some(([name, value]) => name === "content-type" && value.startsWith(type)),
    );
    const encoding = found?.headers.find(([name]) => name === "content-transfer-encoding")?.[1];
    if (found === undefined || encoding !== "base64") throw new Error(`${type} in ${encoding}`);
    return Buffer.from(found.body, "base64").toString("utf8").replaceAll("\r\n", "\n");
  };
  return {
    names: headers.map(([name]) => name),
    header,
    text: () => part("text/plain"),
    html: () => part("text/html"),
  };
};

/** RFC 2047: the bytes of neighbouring words belong together. */
const decoded = (value: string): string =>
  value.replaceAll(/\?=\s+=\?/g, "?==?").replaceAll(/(?:=\?[Uu][Tt][Ff]-8\?[BbQq]\?[^?]*\?=)+/g, (words) =>
    Buffer.concat(
      [...words.matchAll(/\?([BbQq])\?([^?]*)\?=/g)].map(([, kind, text = ""]) =>
        kind?.toLowerCase() === "b"
          ? Buffer.from(text, "base64")
          : Buffer.from(
              text
                .replaceAll("_", " ")
                .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
                  String.fromCharCode(Number.parseInt(hex, 16)),
                ),
              "latin1",
            ),
      ),
    ).toString("utf8"),
  );
