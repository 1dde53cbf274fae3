/** What the two ends of a line tell about the sentence it belongs to. */

/** `stop` ends a sentence, `item` ends a list item (；), `colon` announces, `comma` goes on, `open` tells nothing. */
export type End = "stop" | "item" | "colon" | "comma" | "open";

const CLOSERS = "”’\"')）】》〉」』]］";
const OPENERS = "（(《〈【“‘「『[［〔";

/** Words no heading ends with: the sentence certainly goes on. */
const GOES_ON =
  /(?:(?<![目标])的|(?<![共中饱缓调总])和|(?<!参)与|(?<![普涉])及|(?<![意预])见|(?<![行作])为|(?<![理事自缘])由|或者?|且|于|至|[按依遵]照|按|第|自|(?<![节集条合签履制预违契])约|根据|符合|包括|属于|具有|[获取]得|(?<=.)附[件表]|超过|[高低多少大小]于|达到|共计|合计|总计|最高|最低|最多|最少|至少|至多|给予|(?:每项|每个|每家|给予|一次性)(?:资助|补助|支持|奖励|补贴)?)$/u;
const GOES_ON_IN_ENGLISH =
  /\s(?:the|an?|of|and|or|to|in|on|at|by|for|from|with|than|exceed|exceeding|be|is|are)$/u;

export const endOf = (text: string): End => {
  let at = text.length - 1;
  while (at > 0 && CLOSERS.includes(text.charAt(at))) at -= 1;
  const last = text.charAt(at);
  if ("。！？!?｡".includes(last)) return "stop";
  // A bracket closed after a colon or a comma ("（略：）") announces nothing: only sentence ends are looked for inside it.
  if (at < text.length - 1) return "open";
  if ("；;".includes(last)) return "item";
  if ("：:".includes(last)) return "colon";
  if (last === ".") return /[\p{L})]\.$/u.test(text.slice(-3)) ? "stop" : "open";
  if ("，、,".includes(last) || OPENERS.includes(last)) return "comma";
  return GOES_ON.test(text.slice(-6)) || GOES_ON_IN_ENGLISH.test(text.slice(-12)) ? "comma" : "open";
};

/** A quantity, not an ordinal: what follows a number and makes it one (万元, 倍, 月). */
const UNIT =
  /^\s*(?:[万亿千]|百(?!分|度|家)|元(?!件|素|数|器|旦)|美元|倍|[%％‰℃°]|个(?!人|体|别|案|性)|名(?!额|称|单|录|词)|项(?!目)|人(?!才|工|员|力|机|类|民|体|口|文|选)|年(?!度|龄|报|轻|限|检|均|会)|月(?!度|报)|日(?!常|程|期|志)|天(?!然|津|文|空|使)|小时|分钟|周(?!期|边|转|报)|季度|米|公里|千米|厘米|毫米|克|公斤|吨|平方|立方|亩|公顷|级(?!别)|岁|次(?!要|级|生)|篇(?!章)|件|字(?!段|符)|页(?!面|码)|份(?!额)|台(?!账)|套(?!餐)|所(?!属|有|在|述|称|得|需)|号|(?:million|billion|thousand|kg|km|cm|mm|nm|kW|MW|GW|GHz|MHz|Hz|kV|mg|ml|GB|TB)(?![A-Za-z]))/u;

export const quantity = (rest: string): boolean => UNIT.test(rest.slice(0, 12));

/** A line that starts with a closing mark, or a word no sentence starts with, was broken off from the line before. */
export const continues = (text: string): boolean =>
  /^(?:的(?!确)|之[一二三间外内后前中]|等[，。；、）]|或者|以及|[a-z]{2})/u.test(text.slice(0, 2)) ||
  /^[，。；：！？、）》】”’,;:!?)\]〕」』%％]/u.test(text.slice(0, 2));

/** A line that starts with an amount (3.5万元) goes on with a sentence; one that starts with a year may open one. */
export const startsWithAmount = (text: string): boolean => {
  const number = /^[\d０-９]{1,12}(?:[.．,][\d０-９]{1,12})?/u.exec(text.slice(0, 28));
  return number !== null && quantity(text.slice(number[0].length)) && !/^\d{4}\s?年/u.test(text.slice(0, 8));
};

/** Opening brackets less closing ones, and how far a prefix ever falls below zero. */
export const brackets = (text: string, from = 0): { net: number; low: number } => {
  let net = 0;
  let low = 0;
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if ("（(《【“〔「『".includes(char)) net += 1;
    else if ("）)》】”〕」』".includes(char)) {
      net -= 1;
      if (net < low) low = net;
    }
  }
  return { net, low };
};

/** No heading is longer, in characters. */
export const LONGEST_HEADING = 160;

/** Is it a heading's words: no mark that ends or announces; a comma only where the caller knows the line is whole. */
export const unpunctuated = (text: string, commas: boolean): boolean =>
  text.length <= LONGEST_HEADING &&
  !/[。；！？：:;!?]/u.test(text) &&
  (commas || !/[，,]/u.test(text)) &&
  !/[，、,]$/u.test(text.slice(-1)) &&
  !/[\p{L})]\.(?:\s|$)/u.test(text);
