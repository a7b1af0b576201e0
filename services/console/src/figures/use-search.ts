import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FiguresSearch } from "./search.ts";

/** What stands in the address, and how to change a part of it. */
export function useFiguresSearch(): [FiguresSearch, (change: FiguresSearch) => void] {
  const search = useSearch({ from: "/shell/figures" });
  const navigate = useNavigate();
  const change = (part: FiguresSearch) =>
    void navigate({ to: "/figures", search: { ...search, ...part }, replace: true });
  return [search, change];
}
