import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";

/** What a PDF claims of itself, and what is in it, read by another program than the one that wrote it. */
export type Seen = {
  /** Such as "2a"; null where it claims no PDF/A. */
  readonly archivable: string | null;
  readonly tagged: boolean;
  readonly title: string;
  readonly language: string;
  readonly pages: readonly string[];
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
};

type Info = { readonly Title?: string; readonly Language?: string };
type Font = { readonly name: string; readonly missingFile?: boolean; readonly data?: Uint8Array };

export const seenIn = async (bytes: Uint8Array): Promise<Seen> => {
  const pdf = await getDocument({
    data: new Uint8Array(bytes),
    verbosity: 0,
    disableFontFace: true,
    fontExtraProperties: true,
  }).promise;
  const [{ info, metadata }, marks] = (await Promise.all([
    pdf.getMetadata(),
    pdf.getMarkInfo(),
  ])) as unknown as [Awaited<ReturnType<typeof pdf.getMetadata>>, ReadonlyMap<string, boolean> | null];
  const xmp = (name: string) => (metadata === null ? null : (metadata.get(name) as string | null));
  const pages: string[] = [];
  const fonts = new Map<string, boolean>();
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((one) => ("str" in one ? one.str : "")).join(""));
    const { fnArray, argsArray } = await page.getOperatorList();
    for (const [at, operation] of fnArray.entries()) {
      if (operation !== OPS.setFont) continue;
      const font = page.commonObjs.get((argsArray as string[][])[at]![0]!) as Font;
      fonts.set(font.name, font.missingFile !== true && font.data !== undefined);
    }
  }
  const { Title: title = "", Language: language = "" } = info as Info;
  const part = xmp("pdfaid:part");
  await pdf.loadingTask.destroy();
  return {
    archivable: part === null ? null : `${part}${(xmp("pdfaid:conformance") ?? "").toLowerCase()}`,
    tagged: marks?.get("Marked") === true,
    title,
    language,
    pages,
    fonts: [...fonts].map(([name, embedded]) => ({ name, embedded })),
  };
};
