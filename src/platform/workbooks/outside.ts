import { type Listed, partsOf } from "./zip-parts.ts";

/** What a file is, from the outside: by its first bytes and the names in its directory. Nothing is unpacked. */
export const partsOfWorkbook = (bytes: Buffer): Listed => {
  if (bytes.length === 0) return { fault: "empty" };
  if (bytes.subarray(0, 4).equals(compoundFile))
    return { fault: bytes.includes(encryptedPackage) ? "encrypted" : "oldFormat" };
  if (!bytes.subarray(0, 4).equals(zipFile))
    return { fault: looksLikeText(bytes) ? "plainText" : "notWorkbook" };
  const listed = partsOf(bytes);
  if ("fault" in listed) return listed;
  const has = (test: (name: string) => boolean) => listed.parts.some(({ name }) => test(name.toLowerCase()));
  if (has((name) => name.endsWith("vbaproject.bin") || name.startsWith("xl/macrosheets/")))
    return { fault: "macros" };
  if (has((name) => name === "xl/workbook.bin" || name === "content.xml")) return { fault: "otherFormat" };
  return has((name) => name === "[content_types].xml") && has((name) => name.startsWith("xl/"))
    ? listed
    : { fault: "notWorkbook" };
};

const compoundFile = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const zipFile = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** A workbook under a password is a stream of this name in a compound file. */
const encryptedPackage = Buffer.from("EncryptedPackage", "utf16le");

const looksLikeText = (bytes: Buffer): boolean => {
  const head = bytes.subarray(0, 4_096);
  const isWide = head[0] === 0xff && head[1] === 0xfe;
  return isWide || !head.some((byte) => byte < 9 || (byte > 13 && byte < 32));
};
