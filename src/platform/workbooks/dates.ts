/** Dates of Excel: days since the end of 1899 or of 1903, by the workbook; whether a number is one depends on its format alone. */

const day = 86_400_000;

/** `2024-06-20`, with a part of a day `2024-06-20 14:30:00`, below one day `14:30:00`; null outside of the calendar that Excel knows. */
export const textOfSerial = (serial: number, since1904: boolean): string | null => {
  const whole = Math.floor(serial);
  const seconds = Math.round((serial - whole) * 86_400);
  if (seconds === 86_400) return textOfSerial(whole + 1, since1904);
  if (serial < 0 || whole > 2_958_465) return null;
  const time = seconds === 0 ? "" : new Date(seconds * 1_000).toISOString().slice(11, 19);
  if (!since1904 && whole === 0 && time !== "") return time;
  const date = dateOf(whole, since1904);
  return time === "" ? date : `${date} ${time}`;
};

const dateOf = (whole: number, since1904: boolean): string => {
  if (since1904) return civil(Date.UTC(1904, 0, 1) + whole * day);
  // Excel counts a 29 February 1900, which never was: it is told as it stands, and is no day of the calendar.
  if (whole === 60) return "1900-02-29";
  return civil(Date.UTC(1899, 11, whole < 60 ? 31 : 30) + whole * day);
};

const civil = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

const builtIn = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether numbers of this format are shown as a day or an hour. `code`: the workbook's own format, where it has one. */
export const isDateFormat = (id: number, code: string | undefined): boolean => {
  if (code === undefined) return builtIn(id);
  const shown = code
    .replaceAll(/"[^"]*"/g, "")
    .replaceAll(/\\./g, "")
    .replaceAll(/\[[^[\]]*\]/g, "");
  return /[ymdhs年月日]/i.test(shown) && !/general/i.test(shown);
};
