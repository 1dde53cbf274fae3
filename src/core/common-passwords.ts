/** Passwords that are tried first: a few hundred words with what people put around them, rows of keys, repetitions, days of birth. */

/** Whether the password is one of them, in any case, with the usual signs for letters and figures around it. */
export const isCommonPassword = (password: string): boolean => {
  const low = password.toLowerCase();
  if (/^\d{0,9}$/.test(low) || repeats(low) || runs(low)) return true;
  const word = trimmed(low);
  return words.has(word) || words.has(unmasked(word)) || words.has(trimmed(unmasked(low))) || rows.has(low);
};

/** `admin@123`, `2024admin!!`: the word within. */
const trimmed = (text: string): string => {
  let from = 0;
  let to = text.length;
  while (from < to && !isLetter(text.charCodeAt(from))) from += 1;
  while (to > from && !isLetter(text.charCodeAt(to - 1))) to -= 1;
  const core = text.slice(from, to);
  // Beside a long tail of its own the word is not the password any more.
  return text.length - core.length <= 8 ? core : text;
};

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || code > 127;

const masks: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "l",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};
const unmasked = (text: string): string => Array.from(text, (sign) => masks[sign] ?? sign).join("");

/** One part of at most four signs, over and over. */
const repeats = (text: string): boolean => {
  for (let part = 1; part <= 4 && part * 2 <= text.length; part += 1)
    if (
      text ===
      text
        .slice(0, part)
        .repeat(Math.ceil(text.length / part))
        .slice(0, text.length)
    )
      return true;
  return false;
};

const lines = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890123456789",
  "qwertyuiop[]",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "1q2w3e4r5t6y7u8i9o0p",
  "qazwsxedcrfvtgbyhnujm",
  "!@#$%^&*()_+",
  "147258369",
  "a1b2c3d4e5f6g7h8i9j0",
];
const backwards = lines.map((line) => Array.from(line).reverse().join(""));

/** A row of keys or of the alphabet, either way; or two rows, one after the other (`qwer1234`, `asdf!@#$`). */
const runs = (text: string): boolean => {
  const isRun = (part: string) => [...lines, ...backwards].some((line) => line.includes(part));
  if (isRun(text)) return true;
  for (let at = 3; at <= text.length - 3; at += 1)
    if (isRun(text.slice(0, at)) && isRun(text.slice(at))) return true;
  return false;
};

const rows = new Set([
  "1234qwer",
  "a123456789",
  "5201314520",
  "1314520520",
  "zaq12wsx",
  "p@ssw0rd",
  "passw0rd!",
]);

const words = new Set(
  `password passwort passwd pass passw admin administrator root user guest test tester testing demo default login welcome letmein
  changeme master monkey dragon shadow sunshine princess football baseball basketball superman batman starwars pokemon iloveyou
  loveyou lovely michael jordan jennifer thomas charlie daniel jessica ashley andrew joshua robert hunter killer trustno secret
  freedom whatever computer internet server system oracle mysql postgres database cisco huawei lenovo dell samsung apple google
  microsoft windows office linux ubuntu android iphone baidu tencent alibaba taobao weixin wechat alipay qq qqqq sina
  qwerty qwert qwertyuiop asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qaz wsx qazwsx abc abcd abcde aa aaa aaaa a q w z x aq
  woaini woaini woaiwojia woaibaba woaimama wodemima wodemima mima nihao nihaoma zhongguo beijing shanghai guangzhou shenzhen
  chengdu hangzhou nanjing wuhan xian tianjin chongqing shenyang qingdao suzhou xiamen china chinese zhang wang li liu chen yang
  zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng
  zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing liuwei wangxiuying zhangli lili zhangjing
  hello helloworld world love baby angel summer winter spring autumn january february march april june july august september
  october november december monday tuesday wednesday thursday friday saturday sunday happy lucky money business company manager
  student teacher school university college research science project keyan kejiting kejiju jijin shenbao zhinan guide fund
  gongzuo gongsi bangong caiwu renshi mimamima dashuju xitong guanli guanliyuan ceshi yonghu
  secure security access private public service support operator supervisor newpass newpassword mypassword temp temppass
  passwordpassword adminadmin rootroot testtest useruser iloveu fuckyou asshole pussy biteme cookie pepper ginger buster tigger
  soccer hockey yankees eagles cowboys mustang harley ferrari porsche mercedes corvette camaro yamaha blink linkin metallica
  密码 我的密码 测试 管理员 我爱你 你好 中国 指南 科技局 基金 用户`
    .split(/\s/)
    .filter((word) => word !== ""),
);
