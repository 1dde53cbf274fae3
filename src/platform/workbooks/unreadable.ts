import type { Bilingual } from "../../core/policy/words.ts";
import { Refused } from "../errors.ts";

/** Why a file cannot be read as a workbook, and what to do. */
export type WorkbookFault =
  | "empty"
  | "encrypted"
  | "macros"
  | "oldFormat"
  | "plainText"
  | "otherFormat"
  | "notWorkbook"
  | "damaged"
  | "tooLarge"
  | "tooManyRows"
  | "tooManyColumns";

/** Content rows of one sheet, without its head. */
export const mostRows = 20_000;
export const mostColumns = 256;

const words: Readonly<Record<WorkbookFault, Bilingual>> = {
  empty: {
    zh: "这个文件是空的（0 字节）。请在电脑上打开确认后重新上传。",
    en: "This file is empty (0 bytes). Open it on your computer, then upload it again.",
  },
  encrypted: {
    zh: "这个工作簿设了打开密码，平台读不了。请去掉密码，另存为 xlsx 后再上传。",
    en: "This workbook has a password. Remove it, save as xlsx, and upload again.",
  },
  macros: {
    zh: "这个工作簿含有宏。请另存为不含宏的 xlsx 后再上传。",
    en: "This workbook holds macros. Save it as xlsx without macros, then upload it.",
  },
  oldFormat: {
    zh: "这是旧版 Excel（xls）文件。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传；只改文件名不起作用。",
    en: "This is a workbook of the old kind (xls). Save it as xlsx in Excel or WPS; a new name alone does not help.",
  },
  plainText: {
    zh: "这是文本或 CSV 文件，身份证号和日期在里面容易走样，所以不收。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传。",
    en: "This is text or CSV, where long numbers and dates get lost. Save it as xlsx in Excel or WPS, then upload it.",
  },
  otherFormat: {
    zh: "这是另一种表格格式（ods 或 xlsb）。请另存为 xlsx 后再上传。",
    en: "This is a sheet of another format (ods or xlsb). Save it as xlsx, then upload it.",
  },
  notWorkbook: {
    zh: "这个文件不是 Excel 工作簿。请下载空白模板填写，保存为 xlsx 后再上传。",
    en: "This file is no Excel workbook. Fill in the blank template, save it as xlsx, and upload that.",
  },
  damaged: {
    zh: "这个工作簿不完整，或内部结构有问题。请用 Excel 或 WPS 打开确认，另存一份后再上传。",
    en: "This workbook is not whole, or broken inside. Open it in Excel or WPS, save a new copy, and upload that.",
  },
  tooLarge: {
    zh: "这个工作簿展开后过大，平台没有打开。请只留要导入的表，去掉图片和整列的格式，分成几份上传。",
    en: "This workbook unpacks to too much and was not opened. Keep only the sheet to be read, without pictures or formats of whole columns, or split it.",
  },
  tooManyRows: {
    zh: `一张表最多 ${mostRows} 行，这一份超过了。请分成几份上传。`,
    en: `A sheet may have ${mostRows} rows and this one has more. Split it.`,
  },
  tooManyColumns: {
    zh: `一张表最多 ${mostColumns} 列，这一份超过了。请删去用不到的列后再上传。`,
    en: `A sheet may have ${mostColumns} columns and this one has more. Delete those not needed.`,
  },
};

/** 422 in words of what to do; `fault` for who must tell them apart. */
export class UnreadableWorkbook extends Refused {
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault) {
    super(words[fault]);
    this.name = "UnreadableWorkbook";
    this.fault = fault;
  }
}
