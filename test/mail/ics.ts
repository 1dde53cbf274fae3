/** RFC 5545 read back: lines of at most 75 octets, unfolded; every event and its alarm by their names. */
export type Event = Readonly<Record<string, string>>;

export const readCalendar = (bytes: Buffer) => {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const lines = text.split("\r\n");
  const long = lines.filter((line) => Buffer.byteLength(line) > 75);
  if (long.length > 0) throw new Error(`longer than 75 octets: ${long[0]}`);
  if (text.replaceAll("\r\n", "").includes("\n")) throw new Error("a bare line end");
  const unfolded = text.replaceAll("\r\n ", "").replace(/\r\n$/, "").split("\r\n");
  const heads: Record<string, string> = {};
  const events: Record<string, string>[] = [];
  const within: string[] = [];
  for (const line of unfolded) {
    const at = line.indexOf(":");
    const [name, value] = [line.slice(0, at), line.slice(at + 1)];
    if (name === "BEGIN") {
      within.push(value);
      if (value === "VEVENT") events.push({});
    } else if (name === "END") {
      if (within.pop() !== value) throw new Error(`END:${value}`);
    } else if (within.length === 1) heads[name] = value;
    else {
      const event = events.at(-1);
      const key = within.at(-1) === "VALARM" ? `ALARM.${name}` : name;
      if (event === undefined || key in event) throw new Error(`${key} twice or nowhere`);
      event[key] = name.startsWith("DT") || name === "TRIGGER" ? value : textOf(value);
    }
  }
  if (within.length > 0) throw new Error("not closed");
  return { heads, events: events as readonly Event[] };
};

const textOf = (value: string): string =>
  value.replaceAll(/\\(.)/g, (_all, sign: string) => (sign === "n" || sign === "N" ? "\n" : sign));
