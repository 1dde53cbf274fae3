/** A paper as its template draws it for the screen, where what people wrote has been escaped. In Chinese, as the paper is. */
export const PaperSheet = ({ html, label }: { html: string; label: string }) => (
  <article class="zn-paper" lang="zh-CN" aria-label={label} dangerouslySetInnerHTML={{ __html: html }} />
);
