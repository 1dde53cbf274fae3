import type { ComponentChildren } from "preact";

/** A box of the page with its heading. */
export const Panel = ({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ComponentChildren;
}) => (
  <section class="zn-panel" aria-labelledby={`${id}-title`} id={id}>
    <div class="zn-panel__head">
      <h2 id={`${id}-title`}>{title}</h2>
    </div>
    {children}
  </section>
);
