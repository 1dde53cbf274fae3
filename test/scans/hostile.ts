import { deflateSync } from "node:zlib";

/** Files that somebody made to do harm, or that came to harm. */

type Made = { readonly dictionary?: string; readonly stream?: Buffer; readonly body?: string };

/** A PDF of the given objects, numbered from 1; object 1 is the catalog. */
export const pdfOf = (objects: readonly (string | Made)[], trailer = ""): Buffer => {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n", "latin1")];
  let length = parts[0]!.length;
  const put = (bytes: Buffer) => {
    parts.push(bytes);
    length += bytes.length;
  };
  const offsets = objects.map((object, index) => {
    const at = length;
    if (typeof object === "string") put(Buffer.from(`${index + 1} 0 obj\n${object}\nendobj\n`, "latin1"));
    else {
      const { dictionary = "", stream = Buffer.alloc(0) } = object;
      put(
        Buffer.from(`${index + 1} 0 obj\n<< ${dictionary} /Length ${stream.length} >>\nstream\n`, "latin1"),
      );
      put(stream);
      put(Buffer.from("\nendstream\nendobj\n", "latin1"));
    }
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  put(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
      "latin1",
    ),
  );
  return Buffer.concat(parts);
};

const catalog = (more = "") => `<< /Type /Catalog /Pages 2 0 R ${more} >>`;
const onePage = (more = "", box = "0 0 595 842") =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [${box}] ${more} >>`;
const onePages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";

export const plain = (pages = 1): Buffer =>
  pdfOf([
    catalog(),
    `<< /Type /Pages /Kids [${Array.from({ length: pages }, (_, at) => `${at + 3} 0 R`).join(" ")}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => onePage()),
  ]);

/** RC4, 40 bits, with a user password that is not the empty one. */
export const encrypted = (): Buffer =>
  pdfOf(
    [
      catalog(),
      onePages,
      onePage(),
      `<< /Filter /Standard /V 1 /R 2 /P -44 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >>`,
    ],
    "/Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]",
  );

export const withoutPages = (): Buffer => pdfOf([catalog(), "<< /Type /Pages /Kids [] /Count 0 >>"]);

/** Claims more pages than it has; the tree leads back to itself. */
export const circle = (): Buffer => pdfOf([catalog(), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100 >>"]);

/** A page tree 5,000 levels deep. */
export const deep = (levels = 5_000): Buffer =>
  pdfOf([
    catalog(),
    ...Array.from(
      { length: levels },
      (_, at) => `<< /Type /Pages /Kids [${at + 3} 0 R] /Count 1 /Parent ${at + 1} 0 R >>`,
    ),
    `<< /Type /Page /Parent ${levels + 1} 0 R /MediaBox [0 0 595 842] >>`,
  ]);

export const hugePage = (): Buffer => pdfOf([catalog(), onePages, onePage("", "0 0 14400 14400")]);

/** A picture that says it has 30,000 x 30,000 pixels, in a few bytes. */
export const hugePicture = (side = 30_000): Buffer =>
  pdfOf([
    catalog(),
    onePages,
    onePage("/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>"),
    { stream: Buffer.from("q 595 0 0 842 0 0 cm /I Do Q") },
    {
      dictionary: `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode`,
      stream: deflateSync(Buffer.alloc(1_000_000)),
    },
  ]);

/** A page whose drawing unfolds to `megabytes`, packed twice. */
export const bomb = (megabytes = 4_000): Buffer => {
  const inner = deflateSync(Buffer.alloc(64 * 1_048_576, "0 0 m "), { level: 9 });
  const many = Buffer.concat(Array.from({ length: 1 }, () => inner));
  const zeros = deflateSync(Buffer.alloc(Math.min(megabytes, 512) * 1_048_576, 32), { level: 9 });
  return pdfOf([
    catalog(),
    onePages,
    onePage(`/Contents [${Array.from({ length: 16 }, () => "4 0 R 5 0 R").join(" ")}]`),
    { dictionary: "/Filter /FlateDecode", stream: zeros },
    { dictionary: "/Filter /FlateDecode", stream: many },
  ]);
};

/** Runs a program and starts another when it is opened, and carries a file. */
export const active = (): Buffer =>
  pdfOf([
    catalog(
      "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /Launch /F (calc.exe) >> >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>",
    ),
    onePages,
    onePage(),
  ]);

/** A PNG whose head says `side` x `side` pixels. */
export const pngOf = (side: number): Buffer => {
  const crc = (bytes: Buffer) => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
    return ~sum >>> 0;
  };
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    check.writeUInt32BE(crc(body));
    return Buffer.concat([size, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(1_000))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

/** Is a PDF and a ZIP, and begins with a page for a browser. */
export const polyglot = (pdf: Buffer): Buffer => {
  const end = Buffer.from([0x50, 0x4b, 0x05, 0x06, ...Array.from({ length: 18 }, () => 0)]);
  return Buffer.concat([
    Buffer.from("<html><script>alert(1)</script>\n"),
    pdf,
    end,
    Buffer.from("\n%%EOF\n"),
  ]);
};
