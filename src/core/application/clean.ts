/** Signs that no form field can mean and that the database or a document cannot hold: NUL, other controls, halves of signs. */
const unwanted = /(?![\t\n])[\p{Cc}\u{fffe}\u{ffff}]/gu;

/** Text as it is kept: line ends as `\n`, well formed, without control characters. Everything else stays as typed. */
export const cleanText = (text: string): string =>
  text.toWellFormed().replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll(unwanted, "");

/** Characters as a person counts them: code points, line ends not counted. */
export const charactersOf = (text: string): number => {
  let count = 0;
  for (const sign of text) if (sign !== "\n" && sign !== "\r") count += 1;
  return count;
};
