import { createInflateRaw } from "node:zlib";
import { SaxesParser } from "saxes";
import type { Part } from "./zip-parts.ts";
import type { WorkbookFault } from "./unreadable.ts";

/** Ends the reading; crosses the border of the process as its word. */
export class Unreadable extends Error {
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault) {
    super(fault);
    this.fault = fault;
  }
}

export type Tag = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
};
/** Names without their prefix: some programs write `x:row`. Text comes whole, between two tags. */
export type Events = {
  readonly open: (tag: Tag) => void;
  readonly close: (name: string) => void;
  readonly text: (text: string) => void;
};

const mostDepth = 100;
const mostAttributes = 200;
const mostText = 1_048_576;

const bare = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Reads a part as a stream: it never stands in memory as a whole, and is cut off at the size that the directory claims. */
export const readXmlPart = async (file: Buffer, part: Part, { open, close, text }: Events): Promise<void> => {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  let attributes = 0;
  let held = 0;
  const unreadable = (fault: WorkbookFault): never => {
    throw new Unreadable(fault);
  };
  parser.on("error", () => unreadable("damaged"));
  // Entities of one's own are how a short text becomes a long one; no workbook has any.
  parser.on("doctype", () => unreadable("damaged"));
  parser.on("attribute", () => {
    if (++attributes > mostAttributes) unreadable("damaged");
  });
  parser.on("opentag", (tag) => {
    attributes = 0;
    held = 0;
    if (++depth > mostDepth) unreadable("damaged");
    open({ name: bare(tag.name), attributes: tag.attributes });
  });
  parser.on("closetag", (tag) => {
    depth -= 1;
    held = 0;
    close(bare(tag.name));
  });
  parser.on("text", text);
  parser.on("cdata", text);

  const decoder = new TextDecoder("utf-8", { fatal: true });
  const take = (chunk: Uint8Array) => {
    const read = decoder.decode(chunk, { stream: true });
    // Without a tag in it, it is one long text or one long attribute.
    held = read.includes("<") ? 0 : held + read.length;
    if (held > mostText) unreadable("tooLarge");
    parser.write(read);
  };
  const packed = file.subarray(part.from, part.from + part.packed);
  try {
    if (part.deflated) {
      const inflate = createInflateRaw();
      inflate.end(packed);
      let size = 0;
      for await (const chunk of inflate as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > part.unpacked) throw new Unreadable("damaged");
        take(chunk);
      }
    } else for (let at = 0; at < packed.length; at += 65_536) take(packed.subarray(at, at + 65_536));
    parser.write(decoder.decode()).close();
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("damaged");
  }
};
