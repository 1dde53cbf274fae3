/** Counts while one writes, as the server counts after saving: code points, line ends not counted. */
export const countCharacters = (): void => {
  for (const said of document.querySelectorAll<HTMLElement>("[data-count-of]")) {
    const field = document.querySelector<HTMLTextAreaElement>(`#${said.dataset["countOf"] ?? ""}`);
    const most = Number(said.dataset["maximum"] ?? Number.POSITIVE_INFINITY);
    field?.addEventListener("input", () => {
      const count = Array.from(field.value.replaceAll("\n", "")).length;
      said.textContent = (said.dataset["said"] ?? "").replace("0", String(count));
      said.classList.toggle("is-over", count > most);
    });
  }
};
