/** A paper as its template draws it for the screen, where what people wrote has been escaped. In Chinese, as the paper is. */
export const PaperSheet = ({
  html,
  label,
  broad = false,
}: {
  html: string;
  label: string;
  /** Long rows: as wide as there is room. */
  broad?: boolean;
}) => (
  <article
    class={broad ? "zn-paper zn-paper--broad" : "zn-paper"}
    lang="zh-CN"
    aria-label={label}
    dangerouslySetInnerHTML={{ __html: html }}
  />
);
