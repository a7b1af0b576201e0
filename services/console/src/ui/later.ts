import { useEffect, useState } from "react";

const PAUSE_MS = 250;

/** What was typed, once nobody types any more. */
export function useLater(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
