// Which columns there are, in which order, how wide and which stay in place. A person's own choice is kept in the browser; an
// address that names columns comes first, so that a shared link shows the same.
import { useState } from "react";
import { useMe } from "../../api/session.ts";

export interface Layout {
  /** Those that stay at the left come first. */
  keys: readonly string[];
  pinned: readonly string[];
}

export const DEFAULT_LAYOUT = "name|grade,stage,owner,city,tags,completeness,updated";

/** `name|grade,owner` of the columns that there are; without a name nobody would know whose row it is. */
export function readLayout(text: string, known: ReadonlySet<string>): Layout {
  const [before = "", after = ""] = text.includes("|") ? text.split("|", 2) : ["", text];
  const named = (list: string) => list.split(",").filter((key) => known.has(key));
  const pinned = [...new Set(named(before))];
  const others = [...new Set(named(after))].filter((key) => !pinned.includes(key));
  if (pinned.includes("name") || others.includes("name")) return { pinned, keys: [...pinned, ...others] };
  return { pinned: ["name", ...pinned], keys: ["name", ...pinned, ...others] };
}

export const writeLayout = ({ keys, pinned }: Layout): string =>
  `${pinned.join(",")}|${keys.filter((key) => !pinned.includes(key)).join(",")}`;

export function withPin(layout: Layout, key: string, pin: boolean): Layout {
  const pinned = pin ? [...layout.pinned, key] : layout.pinned.filter((each) => each !== key);
  return { pinned, keys: [...pinned, ...layout.keys.filter((each) => !pinned.includes(each))] };
}

export function withShown(layout: Layout, key: string, shown: boolean): Layout {
  if (shown) return { ...layout, keys: [...layout.keys, key] };
  const without = (list: readonly string[]) => list.filter((each) => each !== key);
  return { keys: without(layout.keys), pinned: without(layout.pinned) };
}

/** To where another column stands, on the same side of the bar. */
export function withMoved(layout: Layout, key: string, to: string): Layout {
  const isPinned = layout.pinned.includes(key);
  if (key === to || layout.pinned.includes(to) !== isPinned) return layout;
  const move = (list: readonly string[]) => {
    const at = list.indexOf(to);
    const without = list.filter((each) => each !== key);
    return list.includes(key) && at >= 0 ? without.toSpliced(at, 0, key) : list;
  };
  return { keys: move(layout.keys), pinned: move(layout.pinned) };
}

/** The next one on the same side, where there is one. */
export function neighbour({ keys, pinned }: Layout, key: string, step: 1 | -1): string | undefined {
  const other = keys[keys.indexOf(key) + step];
  return other !== undefined && pinned.includes(other) === pinned.includes(key) ? other : undefined;
}

/** A value that this person keeps in this browser. */
export function useKept<T>(
  name: string,
  initial: T,
  fits: (value: unknown) => value is T,
): [T, (value: T) => void] {
  const { user } = useMe();
  const place = `guanxi.customers.${name}.${user?.userId}`;
  const [value, setValue] = useState<T>(() => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "null");
      return fits(kept) ? kept : initial;
    } catch {
      return initial; // somebody else wrote it
    }
  });
  return [
    value,
    (next) => {
      localStorage.setItem(place, JSON.stringify(next));
      setValue(next);
    },
  ];
}
