import type { Bilingual } from "../policy/words.ts";
import { mostPages, mostPixels, type ScanFault } from "./scan.ts";

/** What is wrong with a file as a whole, and what to do. */
export const faultWords: Readonly<Record<ScanFault, Bilingual>> = {
  encrypted: {
    zh: "这份 PDF 设有密码或使用限制，打不开。请去掉密码后重新上传。",
    en: "This PDF is protected by a password. Remove the password and upload it again.",
  },
  damaged: {
    zh: "这个文件已损坏，一页也打不开。请在电脑上打开确认无误后重新上传。",
    en: "This file is damaged; not one page opens. Open it on your computer, then upload it again.",
  },
  empty: {
    zh: "这个文件里没有页面。请在电脑上打开确认后重新上传。",
    en: "There is no page in this file. Open it on your computer, then upload it again.",
  },
  "too-many-pages": {
    zh: `这份 PDF 超过 ${mostPages} 页。请只扫描盖章的材料，其他附件在申报书里上传。`,
    en: `This PDF has more than ${mostPages} pages. Scan the stamped papers only; other attachments belong to the form.`,
  },
  "too-large": {
    zh: `图片超过 ${mostPixels / 1_000_000} 百万像素。请用 300 dpi 重新扫描。`,
    en: `The picture has more than ${mostPixels / 1_000_000} million pixels. Scan it again at 300 dpi.`,
  },
  slow: {
    zh: "这份文件用了很久也没有读完。请对着纸质件核对版本码；也可以用 300 dpi 重新扫描后再上传。",
    en: "This file took too long to read. Check the code against the paper, or scan again at 300 dpi.",
  },
  heavy: {
    zh: "打开这份文件需要的内存太多，没有读完。请用 300 dpi 重新扫描，存为 PDF 后上传。",
    en: "Opening this file takes too much memory. Scan the paper again at 300 dpi, save it as PDF and upload it.",
  },
};
