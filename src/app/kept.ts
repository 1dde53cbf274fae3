import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const squeezeGzip = promisify(gzip);
const squeezeBrotli = promisify(brotliCompress);

export type Body = {
  readonly html: Buffer;
  readonly gzip: Buffer;
  readonly brotli: Buffer;
  readonly etag: string;
};

/** Compressed both ways; slow and small for what stays, quick for what lasts a minute. */
const compress = async (html: string, stays: boolean): Promise<Body> => {
  const bytes = Buffer.from(html);
  const [small, smaller] = await Promise.all([
    squeezeGzip(bytes, { level: stays ? 9 : 6 }),
    squeezeBrotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: stays ? 11 : 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  ]);
  const etag = `W/"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  return { html: bytes, gzip: small, brotli: smaller, etag };
};

/** Pages kept ready to send. The number of keys is bounded: only addresses without a query come here. */
export const keeper = () => {
  const pages = new Map<string, { readonly age: number; readonly body: Promise<Body> }>();
  /** `age` names the edition: the page is made again when it changes, and once however many ask at that moment. */
  return (key: string, age: number, render: () => Promise<string>): Promise<Body> => {
    const known = pages.get(key);
    if (known?.age === age) return known.body;
    const body = render().then((html) => compress(html, age === 0));
    pages.set(key, { age, body });
    // A page that could not be made must not stay: the next visitor tries again.
    body.catch(() => pages.delete(key));
    return body;
  };
};
