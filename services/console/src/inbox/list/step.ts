/** Puts the focus on the next row of a list, or the one before; on the open one where none has it. */
export function step(list: HTMLElement | null, by: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>("a[href]") ?? [])];
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const open = rows.findIndex((row) => row.hasAttribute("aria-current"));
  const from = focused >= 0 ? focused : open;
  const to = from < 0 ? rows[0] : rows[from + by];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
}
