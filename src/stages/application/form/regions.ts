import type { Policy } from "../../../core/policy/policy.ts";
import type { Bilingual } from "../../../core/policy/words.ts";

/** GB/T 2260, first level, by its first two digits. */
const provinces: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  11: ["北京", "Beijing"],
  12: ["天津", "Tianjin"],
  13: ["河北", "Hebei"],
  14: ["山西", "Shanxi"],
  15: ["内蒙古", "Inner Mongolia"],
  21: ["辽宁", "Liaoning"],
  22: ["吉林", "Jilin"],
  23: ["黑龙江", "Heilongjiang"],
  31: ["上海", "Shanghai"],
  32: ["江苏", "Jiangsu"],
  33: ["浙江", "Zhejiang"],
  34: ["安徽", "Anhui"],
  35: ["福建", "Fujian"],
  36: ["江西", "Jiangxi"],
  37: ["山东", "Shandong"],
  41: ["河南", "Henan"],
  42: ["湖北", "Hubei"],
  43: ["湖南", "Hunan"],
  44: ["广东", "Guangdong"],
  45: ["广西", "Guangxi"],
  46: ["海南", "Hainan"],
  50: ["重庆", "Chongqing"],
  51: ["四川", "Sichuan"],
  52: ["贵州", "Guizhou"],
  53: ["云南", "Yunnan"],
  54: ["西藏", "Tibet"],
  61: ["陕西", "Shaanxi"],
  62: ["甘肃", "Gansu"],
  63: ["青海", "Qinghai"],
  64: ["宁夏", "Ningxia"],
  65: ["新疆", "Xinjiang"],
};

/** Name of the region of a GB/T 2260 code: the funder's own territory, else its province. */
export const regionName = ({ programme }: Policy, code: string): Bilingual => {
  if (programme.territory.regionPrefixes.some((prefix) => code.startsWith(prefix)))
    return programme.territory.title;
  const [zh, en] = provinces[code.slice(0, 2)] ?? [code, code];
  return { zh, en };
};

/** Codes to choose from: the funder's own territory first. */
export const regionCodes = ({ programme }: Policy): readonly string[] => [
  ...programme.territory.regionPrefixes.slice(0, 1).map((prefix) => prefix.padEnd(6, "0")),
  ...Object.keys(provinces).map((two) => two.padEnd(6, "0")),
];

/** Where a partner from no named country belongs: ISO 3166 keeps ZZ for it. */
export const elsewhere = "ZZ";

/** Countries that the guide names, home first. */
export const countryCodes = ({ programme }: Policy): readonly string[] => [
  "CN",
  ...[...new Set(programme.partnerRegions.flatMap((one) => one.countries))]
    .filter((one) => one !== "CN")
    .toSorted(),
  elsewhere,
];

export const countryName = (code: string, language: "zh" | "en", abroad: string): string =>
  code === elsewhere || !/^[A-Z]{2}$/.test(code)
    ? abroad
    : (new Intl.DisplayNames([language === "zh" ? "zh-CN" : "en"], { type: "region" }).of(code) ?? code);
