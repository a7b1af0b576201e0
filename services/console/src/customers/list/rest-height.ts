import { type RefCallback, useCallback, useState } from "react";

const BELOW = 32;

/** What is left of the window below an element, wherever the element comes to begin; at least so much. */
export function useRestHeight(least: number): [RefCallback<HTMLElement>, number] {
  const [height, setHeight] = useState(least);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      const content = element.closest(".content");
      const measure = () => {
        const top = element.getBoundingClientRect().top + (content?.scrollTop ?? 0);
        setHeight(Math.max(least, Math.floor(window.innerHeight - top - BELOW)));
      };
      const watch = new ResizeObserver(measure);
      // What stands above grows and shrinks with its own content, and the page with it.
      const page = element.closest(".page");
      if (page) watch.observe(page);
      window.addEventListener("resize", measure);
      measure();
      return () => {
        watch.disconnect();
        window.removeEventListener("resize", measure);
      };
    },
    [least],
  );
  return [ref, height];
}
