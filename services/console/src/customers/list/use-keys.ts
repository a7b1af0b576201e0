import { useNavigate, useRouter } from "@tanstack/react-router";
import { type MouseEvent, useCallback, useEffect, useRef, useState } from "react";
import { useShortcuts } from "../../ui/shortcuts.ts";
import type { Choice } from "./choice.ts";
import type { Row } from "./rows.ts";

export const ROW_HEIGHT = 40;

export function useOpen() {
  const navigate = useNavigate();
  return useCallback(
    (row: Row, event?: MouseEvent) => {
      if (event?.ctrlKey || event?.metaKey) window.open(`/customers/${row.customerId}`, "_blank", "noopener");
      else void navigate({ to: "/customers/$customerId", params: { customerId: row.customerId } });
    },
    [navigate],
  );
}

/** Behind the first rows, which need the network and the processor more. */
const SOON_MS = 300;

/** The code of a customer's page comes while somebody looks at the list, what it shows while a row is still held down. */
export function useForesight(): (row: Row) => void {
  const router = useRouter();
  useEffect(() => {
    const page = router.routesById["/shell/customers/$customerId"];
    const timer = setTimeout(() => void router.loadRouteChunk(page), SOON_MS);
    return () => clearTimeout(timer);
  }, [router]);
  return useCallback(
    ({ customerId }) => void router.preloadRoute({ to: "/customers/$customerId", params: { customerId } }),
    [router],
  );
}

/** j and k as on a list of mail, arrows as in a table. */
export function useKeys(rows: readonly Row[], choice: Choice, show: (index: number) => void) {
  const [index, set] = useState(-1);
  const open = useOpen();
  const at = useRef(index);
  at.current = Math.min(index, rows.length - 1);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    set(next);
    show(next);
  };
  const page = Math.max(1, Math.floor(window.innerHeight / ROW_HEIGHT / 2));
  const openActive = () => {
    const row = rows[at.current];
    if (row && !document.activeElement?.matches("button, a, [role=button]")) open(row);
  };
  const extend = (step: number) => {
    if (!choice.rows.has(rows[at.current]?.customerId ?? "")) choice.toggle(at.current);
    go(at.current + step);
    choice.toggle(at.current + step, true);
  };
  useShortcuts({
    j: () => go(at.current + 1),
    k: () => go(at.current - 1),
    ArrowDown: () => go(at.current + 1),
    ArrowUp: () => go(at.current - 1),
    J: () => extend(1),
    K: () => extend(-1),
    PageDown: () => go(at.current + page),
    PageUp: () => go(at.current - page),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    x: () => choice.toggle(at.current),
    o: openActive,
    Enter: openActive,
    Escape: choice.clear,
  });
  return { index: at.current, set };
}
