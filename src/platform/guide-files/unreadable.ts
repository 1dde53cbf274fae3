/** The file is no guide that can be read; `place` is where in it, if one place is at fault. */
export class UnreadableGuide extends Error {
  override readonly name = "UnreadableGuide";
  readonly reason: { readonly zh: string; readonly en: string };
  readonly place?: string;
  constructor(reason: { readonly zh: string; readonly en: string }, place?: string) {
    super(`${reason.zh} ${reason.en}`);
    this.reason = reason;
    if (place !== undefined) this.place = place;
  }
}

/** Ends the reading, in both languages. */
export const refuse = (zh: string, en: string, place?: string): never => {
  throw new UnreadableGuide({ zh, en }, place);
};
